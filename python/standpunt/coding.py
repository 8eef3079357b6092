"""Other coders than the rules: a language model, a person; and how far two codings agree."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from standpunt import _core, frames
from standpunt.corpus import Corpus
from standpunt.frames import ArrowStream, Frame
from standpunt.remade import Remade, made

__all__ = ["Coder", "CodingComparison", "code", "compare_codings", "statement_schema"]

Coder: TypeAlias = "Callable[[str], Iterable[Mapping[str, Any]] | ArrowStream]"
"""Takes the text of a report and gives its statements: mappings, or a dataframe."""


def statement_schema() -> dict[str, Any]:
    """Return the JSON schema of the statements that a coder should give, for a language model to fill.

    It describes an object {"statements": [...]}; the list is what a coder returns.

    >>> sorted(statement_schema()["properties"]["statements"]["items"]["properties"])[:3]
    ['conditional', 'end', 'excluded']
    """
    schema: dict[str, Any] = json.loads(_core.statement_schema())
    return schema


def code(
    corpus: _core.CorpusCore, coder: Coder, codebook: tuple[str, str] | None
) -> tuple[_core.CorpusCore, list[str]]:
    """Return the corpus with the statements that `coder` gives for each of its reports, and notes."""
    if not callable(coder):
        raise TypeError(f"coder: expected a callable that takes a text, got {type(coder).__name__}")
    tables = [(name, _rows(coder(text), name)) for name, text in corpus.report_texts()]
    return _core.code(corpus, tables, codebook)


def _rows(given: Iterable[Mapping[str, Any]] | ArrowStream, name: str) -> ArrowStream:
    """Return a coder's statements as a table of text."""
    import pyarrow

    if isinstance(given, ArrowStream):
        return frames.table(given, name)[0]
    rows = []
    for at, row in enumerate(given, 1):
        if not isinstance(row, Mapping):
            raise TypeError(f"coder: expected mappings as statements, got {type(row).__name__} as statement {at}")
        rows.append({str(key): _cell(value) for key, value in row.items()})
    names = list(dict.fromkeys(key for row in rows for key in row))
    columns = {key: pyarrow.array([row.get(key) for row in rows], pyarrow.string()) for key in names or ["quote"]}
    table: ArrowStream = pyarrow.table(columns)
    return table


def _cell(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, set, frozenset)):
        return " ".join(sorted(map(str, value)) if isinstance(value, (set, frozenset)) else map(str, value))
    return str(value)


class CodingComparison(Remade):
    """How far two codings of the same reports agree; made by `compare_codings`.

    >>> import standpunt as sp
    >>> corpus = sp.parse_report("Report of 6 June 2025\\n\\nFrance supported the tax. Italy opposed the tax.")
    >>> sp.compare_codings(corpus, corpus).span_agreement
    1.0
    """

    __slots__ = ("_coefficients", "_disagreements", "span_agreement")

    span_agreement: float | None
    """F1 of the places coded, 0 to 1: how much of both codings the other one has too; None where both are empty."""

    def __init__(self, coefficients: _core.Table, disagreements: _core.Table, span_agreement: float | None) -> None:
        """Wrap a comparison of the core."""
        self._coefficients = coefficients
        self._disagreements = disagreements
        self.span_agreement = span_agreement

    @property
    def coefficients(self) -> Frame:
        """Dataframe, one row for the holder, the stance, and both at once, over the units that both coded.

        Columns: variable, n (units), agreement (share coded alike, 0 to 1), alpha (Krippendorff, nominal), ac1 (Gwet);
        both are 1 where coders agree and 0 at chance, and missing where all values are of one category.
        """
        return frames.frame(self._coefficients)

    @property
    def disagreements(self) -> Frame:
        """Dataframe, one row a unit that the coders coded differently, or that one of them left out, side by side.

        Columns: report, meeting, start, end, difference (only_a, only_b, holder, stance, holder_and_stance), then
        quote, holder, stance and proposition of both, with _a and _b.
        """
        return frames.frame(self._disagreements)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand out the disagreements."""
        return self._disagreements.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        """Return the number of disagreements."""
        return len(self._disagreements)

    def __repr__(self) -> str:
        """Say how far they agree."""
        import pyarrow

        rows = pyarrow.table(self._coefficients).to_pylist()
        shown = (f"{row['variable']} alpha {_short(row['alpha'])} AC1 {_short(row['ac1'])}" for row in rows[:2])
        units = f"{rows[0]['n']} units coded by both, span F1 {_short(self.span_agreement)}"
        return f"<CodingComparison: {units}, {', '.join(shown)}, {len(self)} disagreements>"


def compare_codings(a: Corpus, b: Corpus) -> CodingComparison:
    """Compare two codings of the same reports: the rules and a person, two people, two models.

    Statements pair one to one, the best first, where their quotes share at least half of the shorter one; where a
    quote has no place in a text, statements with the same quote pair, and without quotes those with the same
    proposition. What differs in the words of the proposition alone is no disagreement.

    Args:
        a: A corpus.
        b: Another one; reports match by name, coded tables without texts by meeting.

    Raises:
        TypeError: For anything but a corpus.

    >>> import standpunt as sp
    >>> corpus = sp.parse_report("Report of 6 June 2025\\n\\nFrance supported the tax. Italy opposed the tax.")
    >>> len(sp.compare_codings(corpus, corpus))
    0
    """
    for name, corpus in (("a", a), ("b", b)):
        if not isinstance(corpus, Corpus):
            raise TypeError(f"{name}: expected a Corpus, got {type(corpus).__name__}; read_statements reads a table")
    result: CodingComparison = made(_compared, [a._inner, b._inner])
    return result


def _compared(a: _core.CorpusCore, b: _core.CorpusCore) -> CodingComparison:
    return CodingComparison(*_core.compare_codings(a, b))


def _short(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.2f}"
