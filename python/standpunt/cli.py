"""The command line: `standpunt report`, `read`, `agree`, `compare`, `majorities` and `link`."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from standpunt.output import FORMATS, Sheet, visible, write_sheet

TABLES = ("statements", "meetings", "positions", "majorities", "conflicts", "unread", "errors")
RULES = ("qualified", "qualified_72", "blocking_minority", "simple", "unanimity")


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
    source.add_argument("--language", metavar="CODE", help="of the reports; found from the text without it")
    source.add_argument("--encoding", help="of the reports; UTF-8 without it")
    source.add_argument("--codebook", metavar="FILE", help="TOML with topics, issues and their phrases")
    source.add_argument("--quantifiers", metavar="FILE", help="another size table, TOML")
    source.add_argument("--strict", action="store_true", help="stop at the first report that cannot be read")

    paths = argparse.ArgumentParser(add_help=False, parents=[source])
    paths.add_argument("paths", nargs="+", metavar="PATH", help="report, folder, glob, coded table or stored corpus")

    sink = argparse.ArgumentParser(add_help=False)
    sink.add_argument("--format", choices=FORMATS, help="the end of FILE decides without it, and a table on screen")
    sink.add_argument("-o", "--output", metavar="FILE", help="write there instead of standard output")
    sink.add_argument("--spreadsheet-safe", action="store_true", help="in CSV, put ' before text that runs as formula")

    report = commands.add_parser("report", parents=[paths], help="print what is known, and write a page of it")
    report.add_argument("-o", "--output", metavar="FILE", default="standpunt.html", help="the page (standpunt.html)")
    report.set_defaults(run=run_report)

    read = commands.add_parser("read", parents=[paths, sink], help="write the statements, or another table")
    read.add_argument("--table", choices=TABLES, default="statements")
    read.set_defaults(run=run_read)

    agree = commands.add_parser("agree", parents=[paths, sink], help="write who agrees with whom")
    agree.add_argument(
        "--by", action="append", choices=("topic", "meeting", "instrument"), help="split; can stand twice"
    )
    agree.add_argument("--actors", metavar="CODES", help="codes with commas between them")
    agree.add_argument("--silence", choices=("apart", "category"), default="apart")
    agree.add_argument("--min-shared", type=float, default=0.0, metavar="N", help="no score below N shared issues")
    agree.set_defaults(run=run_agree)

    compare = commands.add_parser("compare", parents=[source, sink], help="write what changed between meetings")
    kinds = "report, folder, glob, coded table or stored corpus"
    compare.add_argument("earlier", metavar="EARLIER", help=kinds)
    compare.add_argument("later", metavar="LATER", help="likewise; no meeting may be on both sides")
    inside = "then EARLIER and LATER are meetings of PATH: ids with commas between them, or FIRST..LAST day; can repeat"
    compare.add_argument("--in", dest="within", action="append", metavar="PATH", help=inside)
    compare.add_argument("--table", choices=("shifts", "agreement"), default="shifts")
    compare.add_argument("--silence", choices=("apart", "category"), default="apart")
    compare.add_argument("--permutations", type=int, default=999, metavar="N", help="of the test against chance")
    compare.add_argument("--seed", type=int, default=0, metavar="N", help="of that test")
    compare.set_defaults(run=run_compare)

    sides = commands.add_parser("majorities", parents=[paths, sink], help="write what each side could decide")
    sides.add_argument("--rule", choices=RULES, default="qualified")
    sides.add_argument("--area", choices=("union", "euro"), default="union", help="who takes part")
    sides.add_argument("--without", metavar="CODES", help="members with an opt-out, with commas between them")
    sides.add_argument("--populations", metavar="FILE", help="CSV valid_from,state,share of further tables")
    sides.set_defaults(run=run_majorities)

    link = commands.add_parser("link", parents=[paths, sink], help="write the crosswalk and a draft of the codebook")
    link.add_argument("--table", choices=("issues", "topics", "instruments"), default="issues")
    beside = "of the codebook; without it beside the output, with the ending .codebook.toml, or nowhere"
    link.add_argument("--draft", metavar="FILE", help=beside)
    link.set_defaults(run=run_link)
    return parser


def run_report(options: argparse.Namespace) -> None:
    """Print what is known, and write a page of it."""
    from standpunt.paths import write_file

    corpus = read_corpus(options.paths, options)
    page = Path(options.output)
    write_file(page, corpus.page().encode())
    print(visible(corpus.brief()))
    print(f"The reports with every position marked: {page}")


def run_read(options: argparse.Namespace) -> None:
    """Write one table of a corpus."""
    corpus = quietly(options.paths, options)
    title = options.table.capitalize()
    write_sheet(Sheet(title, getattr(corpus, options.table), provenance=corpus.provenance), options)


def run_agree(options: argparse.Namespace) -> None:
    """Write the agreement of pairs."""
    corpus = quietly(options.paths, options)
    actors = codes(options.actors) or None
    scores = corpus.agreement(by=options.by, actors=actors, silence=options.silence, min_shared=options.min_shared)
    pictures = () if options.by else (scores.heatmap,)
    write_sheet(Sheet("Who agrees with whom", scores.frame, pictures, provenance=scores.provenance), options)


def run_compare(options: argparse.Namespace) -> None:
    """Write what changed from the meetings of one path to those of the other."""
    if options.within:
        corpus = quietly(options.within, options)
        earlier, later = side(options.earlier), side(options.later)
    else:
        earlier = list(quietly([options.earlier], options))
        later = list(quietly([options.later], options))
        # Read together, the issues of both sides are linked to each other.
        corpus = quietly([options.earlier, options.later], options)
    test = {"permutations": options.permutations, "seed": options.seed}
    found = corpus.compare(earlier, later, silence=options.silence, **test)
    tables = {"shifts": found.shifts, "agreement": found.agreement}
    asked = tables.pop(options.table)
    title = "What changed between meetings"
    write_sheet(Sheet(title, asked, (found.slopes,), tables, found.provenance), options)


def run_majorities(options: argparse.Namespace) -> None:
    """Write what each side could decide."""
    corpus = quietly(options.paths, options)
    vote = {"rule": options.rule, "area": options.area, "without": codes(options.without)}
    sides = corpus.majorities(populations=options.populations, **vote)
    # The picture is that of the ordinary majority.
    plain = vote == {"rule": "qualified", "area": "union", "without": []} and options.populations is None
    provenance = corpus.provenance | {"rule": options.rule, "area": options.area, "without": " ".join(vote["without"])}
    tables = {"statements": corpus.statements}
    write_sheet(
        Sheet("What each side could decide", sides, (corpus.seats,) if plain else (), tables, provenance), options
    )


def run_link(options: argparse.Namespace) -> None:
    """Write the crosswalk, and a draft of a codebook that describes it."""
    from standpunt.paths import write_file

    corpus = quietly(options.paths, options)
    draft = options.draft or (options.output and Path(options.output).with_suffix(".codebook.toml"))
    if draft:
        write_file(Path(draft), corpus.codebook().encode())
    tables = {name: getattr(corpus, name) for name in ("issues", "topics", "instruments")}
    asked = tables.pop(options.table)
    write_sheet(Sheet("How topics and issues are joined", asked, (), tables, corpus.provenance), options)


def side(text: str) -> list[str] | tuple[str, str]:
    """Return meetings' ids, or the first and the last day of a window."""
    first, dots, last = text.partition("..")
    return (first, last) if dots else text.split(",")


def codes(text: str | None) -> list[str]:
    """Return the codes of a list with commas or blanks between them."""
    return text.replace(",", " ").split() if text else []


def quietly(paths: Sequence[str], options: argparse.Namespace) -> Any:
    """Return the corpus of some paths, its tables being pyarrow's."""
    from standpunt import set_frames

    set_frames("pyarrow")
    return read_corpus(paths, options)


def read_corpus(paths: Sequence[str], options: argparse.Namespace) -> Any:
    """Return the corpus of all paths: coded tables and stored corpora by their ending, the rest as reports."""
    import standpunt

    parts, reports = [], []
    for path in paths:
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


if __name__ == "__main__":
    sys.exit(main())
