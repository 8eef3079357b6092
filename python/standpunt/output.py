"""What a command writes: a table as text, CSV, JSON or Parquet, or a page with pictures and tables."""

from __future__ import annotations

import datetime
import io
import os
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

__all__ = ["FORMATS", "Sheet", "visible", "write_csv", "write_sheet"]

FORMATS = ("table", "csv", "json", "parquet", "html")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """One pyarrow table, and what a page shows beside it: pictures, drawn when asked for, and further tables."""

    title: str
    table: Any
    pictures: Sequence[Callable[[], str]] = ()
    beside: Mapping[str, Any] = field(default_factory=dict)
    provenance: Mapping[str, str] = field(default_factory=dict)


def write_sheet(sheet: Sheet, options: argparse.Namespace) -> None:
    """Write what was asked for in the chosen format to the chosen place."""
    from standpunt.paths import write_file

    ending = Path(options.output).suffix[1:].lower() if options.output else ""
    ending = "html" if ending == "htm" else ending
    kind = options.format or (ending if ending in FORMATS else "table")
    data = page(sheet).encode() if kind == "html" else encode(sheet.table, kind, options.spreadsheet_safe)
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


def write_csv(frame: Any, path: str | os.PathLike[str]) -> None:
    """Write a dataframe so that R's `read.csv(path)` has it without surprises.

    UTF-8 without a byte order mark; text always in quotes, lists of it joined by "; "; NA where something is missing,
    TRUE and FALSE, days as YYYY-MM-DD, numbers with a point and all their digits. The names of a labelled matrix become
    its first column. R takes a text that is NA itself, such as Namibia's code, for missing, in quotes or not: where
    there is one, what is missing is left empty, and a warning says how to read it.

    >>> import standpunt as sp, tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "pairs.csv"
    >>> table = sp.Positions.from_matrix([["y", "n"], ["y", "y"]], actors=["a", "b"])
    >>> sp.write_csv(table.agreement().frame[["actor_a", "actor_b", "agreement", "ci_low"]], path)
    >>> print(path.read_text(encoding="utf-8").strip())
    "actor_a","actor_b","agreement","ci_low"
    "a","b",0.5,NA
    """
    import pyarrow

    from standpunt import frames
    from standpunt.paths import write_file

    if frames.is_pandas(frame) and frame.index.dtype == object:
        frame = frame.reset_index(names="actor")
    table = pyarrow.table(frames.table(frame, "frame")[0])
    plain_na = [name for name in table.column_names if "NA" in table[name].to_pylist()]
    missing = "" if plain_na else "NA"
    lines = [",".join(_quoted(name) for name in table.column_names)]
    lines += [",".join(_for_r(value, missing) for value in row.values()) for row in table.to_pylist()]
    if plain_na:
        from standpunt.errors import StandpuntWarning

        told = f'the text NA stands in {", ".join(plain_na)}; read it with read.csv(path, na.strings = "")'
        warnings.warn(told, StandpuntWarning, stacklevel=2)
    write_file(Path(path), ("\n".join(lines) + "\n").encode())


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _for_r(value: object, missing: str) -> str:
    if value is None or value != value:
        return missing
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return repr(value).replace("inf", "Inf")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    return str(plain(value)) if isinstance(value, (int, datetime.date)) else _quoted(str(flat(value)))


def plain(value: object) -> object:
    """Return a value as JSON has it: days as text."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def flat(value: object) -> object:
    """Return a value as a format without lists has it: joined."""
    return "; ".join(value) if isinstance(value, list) else value


def cell(value: object, safe: bool) -> object:
    """Return a value as CSV has it: nothing where it is missing; with `safe`, no text that runs as a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    value = flat(value)
    if safe and isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return plain(value)


def visible(text: str) -> str:
    """Return text in which nothing steers a terminal: control characters and direction marks are spelled out."""
    return "".join(c if c.isprintable() or c == "\n" else f"\\u{ord(c):04x}" for c in text)


STYLE = """:root { color-scheme: light dark; font: 1rem/1.45 system-ui, sans-serif }
body { margin: 2rem clamp(1rem, 4vw, 3rem) } svg { max-width: 100%; height: auto } figure { margin: 1.5rem 0 }
div { overflow-x: auto; max-height: 80vh } table { border-collapse: collapse; font-size: .875rem }
th { text-align: left; position: sticky; top: 0; background: Canvas } td { vertical-align: top; white-space: pre-line }
th, td { padding: .25rem .75rem .25rem 0; border-bottom: 1px solid GrayText } td.n { text-align: right }"""


def page(sheet: Sheet) -> str:
    """Return one self-contained page: pictures, the table, those beside it, and how it was made."""
    from html import escape

    parts = [f"<h1>{escape(sheet.title)}</h1>"]
    parts += [f"<figure>{picture()}</figure>" for picture in sheet.pictures]
    parts.append(rows_of(sheet.table))
    for name, table in sheet.beside.items():
        parts.append(f"<h2>{escape(name.capitalize())}</h2>{rows_of(table)}")
    made = "".join(f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in sorted(sheet.provenance.items()))
    parts.append(f"<h2>How this was made</h2><table>{made}</table>")
    head = f'<meta charset="utf-8"><title>{escape(sheet.title)}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{"".join(parts)}</body></html>\n'


def rows_of(table: Any) -> str:
    """Return a pyarrow table as HTML; numbers are shown to four digits, what is missing is empty."""
    from html import escape

    def shown(value: object) -> str:
        if isinstance(value, float):
            return f'<td class="n">{value:.4g}</td>'
        if isinstance(value, int) and not isinstance(value, bool):
            return f'<td class="n">{value}</td>'
        return f"<td>{'' if value is None else escape(str(plain(flat(value))))}</td>"

    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in table.column_names)
    rows = "".join(f"<tr>{''.join(map(shown, row.values()))}</tr>" for row in table.to_pylist())
    return f"<div><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
