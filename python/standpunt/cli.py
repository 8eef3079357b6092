"""The command line: `standpunt report`, `standpunt read`, `standpunt agree`."""

from __future__ import annotations

import argparse
import datetime
import io
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FORMATS = ("table", "csv", "json", "parquet")
TABLES = ("statements", "meetings", "positions", "majorities", "conflicts", "unread", "errors")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0, or 1 where it failed. Wrong arguments exit with 2."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    from standpunt.errors import InternalError, StandpuntError

    try:
        with warnings.catch_warnings():
            warnings.showwarning = lambda message, *_: print(f"standpunt: note: {message}", file=sys.stderr)
            warnings.simplefilter("always")
            options.run(options)
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe has gone: nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("standpunt: stopped", file=sys.stderr)
        return 130
    except (StandpuntError, InternalError, OSError, ImportError) as error:
        print(f"standpunt: {visible(' '.join(str(error).split()))}", file=sys.stderr)
        return 1
    return 0


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    from standpunt import _core

    parser = argparse.ArgumentParser(prog="standpunt", description="Positions and agreement from reports of meetings.")
    parser.add_argument("--version", action="version", version=f"standpunt {_core.__VERSION__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    source = argparse.ArgumentParser(add_help=False)
    source.add_argument("paths", nargs="+", metavar="PATH", help="report, folder, glob, coded table or stored corpus")
    source.add_argument("--language", metavar="CODE", help="of the reports; found from the text without it")
    source.add_argument("--encoding", help="of the reports; UTF-8 without it")
    source.add_argument("--codebook", metavar="FILE", help="TOML with topics, issues and their phrases")
    source.add_argument("--quantifiers", metavar="FILE", help="another size table, TOML")
    source.add_argument("--strict", action="store_true", help="stop at the first report that cannot be read")

    sink = argparse.ArgumentParser(add_help=False)
    sink.add_argument("--format", choices=FORMATS, help="the end of FILE decides without it, and a table on screen")
    sink.add_argument("-o", "--output", metavar="FILE", help="write there instead of standard output")
    sink.add_argument("--spreadsheet-safe", action="store_true", help="in CSV, put ' before text that runs as formula")

    report = commands.add_parser("report", parents=[source], help="print what is known, and write a page of it")
    report.add_argument("-o", "--output", metavar="FILE", default="standpunt.html", help="the page (standpunt.html)")
    report.set_defaults(run=run_report)

    read = commands.add_parser("read", parents=[source, sink], help="write the statements, or another table")
    read.add_argument("--table", choices=TABLES, default="statements")
    read.set_defaults(run=run_read)

    agree = commands.add_parser("agree", parents=[source, sink], help="write who agrees with whom")
    agree.add_argument("--by", action="append", choices=("topic", "meeting"), help="split; can stand twice")
    agree.add_argument("--actors", metavar="CODES", help="codes with commas between them")
    agree.add_argument("--silence", choices=("apart", "category"), default="apart")
    agree.add_argument("--min-shared", type=float, default=0.0, metavar="N", help="no score below N shared issues")
    agree.set_defaults(run=run_agree)
    return parser


def run_report(options: argparse.Namespace) -> None:
    """Print what is known, and write a page of it."""
    from standpunt.paths import write_file

    corpus = read_corpus(options)
    page = Path(options.output)
    write_file(page, corpus.page().encode())
    print(visible(corpus.brief()))
    print(f"The reports with every position marked: {page}")


def run_read(options: argparse.Namespace) -> None:
    """Write one table of a corpus."""
    from standpunt import set_frames

    set_frames("pyarrow")
    write_table(getattr(read_corpus(options), options.table), options)


def run_agree(options: argparse.Namespace) -> None:
    """Write the agreement of pairs."""
    from standpunt import set_frames

    set_frames("pyarrow")
    actors = options.actors.replace(",", " ").split() if options.actors else None
    corpus = read_corpus(options)
    scores = corpus.agreement(by=options.by, actors=actors, silence=options.silence, min_shared=options.min_shared)
    write_table(scores.frame, options)


def read_corpus(options: argparse.Namespace) -> Any:
    """Return the corpus of all paths: coded tables and stored corpora by their ending, the rest as reports."""
    import standpunt

    parts, reports = [], []
    for path in options.paths:
        kind = Path(path).suffix.lower()
        if kind in (".csv", ".tsv", ".parquet"):
            parts.append(standpunt.read_statements(path, quantifiers=options.quantifiers))
        elif kind == ".json":
            parts.append(standpunt.load(path))
        else:
            reports.append(path)
    if reports:
        parts.append(
            standpunt.read_reports(
                reports,
                language=options.language,
                encoding=options.encoding,
                codebook=options.codebook,
                quantifiers=options.quantifiers,
                strict=options.strict,
            )
        )
    return parts[0] if len(parts) == 1 else standpunt.concat(parts)


def write_table(table: Any, options: argparse.Namespace) -> None:
    """Write a pyarrow table in the chosen format to the chosen place."""
    from standpunt.paths import write_file

    ending = Path(options.output).suffix[1:].lower() if options.output else ""
    kind = options.format or (ending if ending in FORMATS else "table")
    data = encode(table, kind, options.spreadsheet_safe)
    if options.output:
        write_file(Path(options.output), data)
    elif kind == "parquet":
        sys.stdout.buffer.write(data)
    else:
        sys.stdout.write(data.decode())


def encode(table: Any, kind: str, safe: bool) -> bytes:
    """Return a pyarrow table in one of the formats."""
    import json

    text = io.StringIO(newline="")
    if kind == "parquet":
        import pyarrow.parquet

        sink = io.BytesIO()
        pyarrow.parquet.write_table(table, sink)
        return sink.getvalue()
    if kind == "csv":
        import csv

        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(table.column_names)
        writer.writerows([cell(value, safe) for value in row.values()] for row in table.to_pylist())
    elif kind == "json":
        rows = [{name: plain(value) for name, value in row.items()} for row in table.to_pylist()]
        text.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        shown = table.to_pandas()
        lines = shown.to_string(index=False, max_colwidth=48, na_rep="").split("\n")
        text.write("\n".join(visible(line.rstrip()) for line in lines) + "\n")
    return text.getvalue().encode()


def plain(value: object) -> object:
    """Return a value as JSON has it: days as text."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def cell(value: object, safe: bool) -> object:
    """Return a value as CSV has it: nothing where it is missing; with `safe`, no text that runs as a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if safe and isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return plain(value)


def visible(text: str) -> str:
    """Return text in which nothing steers a terminal: control characters and direction marks are spelled out."""
    return "".join(c if c.isprintable() or c == "\n" else f"\\u{ord(c):04x}" for c in text)


if __name__ == "__main__":
    sys.exit(main())
