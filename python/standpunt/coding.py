"""Other coders than the rules: a language model, a person; and how far two codings agree."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from standpunt import _core, frames
from standpunt.corpus import Corpus
from standpunt.declaration import named, number, whole
from standpunt.errors import InputError
from standpunt.frames import ArrowStream, Frame
from standpunt.positions import DISTANCES, MEASURES, Distance, Measure, Positions
from standpunt.remade import Remade, made

__all__ = ["Coder", "CodingComparison", "code", "coder_error", "codings", "compare_codings", "statement_schema"]

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

        Columns: variable, n (units), agreement (share coded alike, 0 to 1), alpha (Krippendorff, nominal), alpha_low,
        alpha_high, ac1 (Gwet), ac1_low, ac1_high. Both are 1 where coders agree and 0 at chance, and missing where all
        values are of one category; the ends are those of the 95 % interval over units (Gwet 2014).
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


def codings(
    *corpora: Corpus, names: Sequence[str] | None = None, variable: Literal["stance", "holder"] = "stance"
) -> Positions:
    """Return two or more codings of the same reports as a table: coders by units, for its coefficients.

    Units pair as in `compare_codings`, each further coding with the units of the earlier ones; a coder without a
    statement where others have one has no value there. `reliability` then gives every coefficient with its interval,
    `reliability(per_category=True)` those of each stance, `disagreements` the units coded differently, and
    `coder_error` what that does to scores.

    Args:
        corpora: The codings.
        names: What the coders are called; numbers from 1 without it.
        variable: What is compared.

    Raises:
        InputError: Where names do not fit the codings, or there are more than 128 holders.

    >>> import standpunt as sp
    >>> corpus = sp.parse_report("Report of 6 June 2025\\n\\nFrance supported the tax. Italy opposed the tax.")
    >>> sp.codings(corpus, corpus).alpha()
    1.0
    """
    frames.choose("variable", variable, ("stance", "holder"))
    called = [str(at) for at in range(1, len(corpora) + 1)] if names is None else named("names", names)
    if len(called) != len(corpora):
        raise InputError(f"names: expected one a coding, {len(corpora)}, got {len(called)}")
    for corpus in corpora:
        if not isinstance(corpus, Corpus):
            raise TypeError(f"corpora: expected a Corpus, got {type(corpus).__name__}")
    cores = [corpus._inner for corpus in corpora]
    return Positions._of(_core.coders_table(list(zip(called, cores, strict=True)), variable))


def coder_error(
    table: Positions,
    coders: Positions,
    *,
    measure: Measure = "agreement",
    distance: Distance = "absolute",
    replicates: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> Frame:
    """Return what the error of coders does to the scores of pairs.

    Every position of the table is drawn again as another coder might have given it: where coders gave k, their
    colleagues gave l that often, over all units that two of them coded; independently from cell to cell. Such error
    draws scores toward chance, so the mean lies below the score of those who agree: take the score as the estimate, and
    the width of the interval as how much coding alone can move it. Errors that all coders share do not show.

    Columns: actor_a, actor_b, the measure's name (of the table as it is), mean, ci_low, ci_high.

    Args:
        table: The positions.
        coders: Coders by units, on the same levels.
        measure: The measure, as in `Positions.agreement`.
        distance: How distance grows on a scale with an order.
        replicates: How many codings are drawn, at most 100,000.
        seed: The seed of the draws; the same gives the same.
        level: The share of codings inside the interval.

    Raises:
        InputError: Where the levels of the two differ, or no unit has two codes.

    >>> import standpunt as sp
    >>> table = sp.Positions.from_matrix([["y", "n"] * 4, ["y", "n"] * 4], actors=["a", "b"])
    >>> coders = sp.Positions.from_matrix([["y", "n", "y", "n"], ["y", "n", "y", "y"]])
    >>> found = sp.coder_error(table, coders, seed=1)
    >>> found["agreement"].item(), bool(found["mean"].item() < 1)
    (1.0, True)
    """
    frames.choose("measure", measure, MEASURES)
    frames.choose("distance", distance, DISTANCES)
    draws = whole("replicates", replicates, 100_000), whole("seed", seed, 2**64 - 1), number("level", level)
    return frames.frame(table._core.recoded(coders._core, measure, distance, draws))


def _compared(a: _core.CorpusCore, b: _core.CorpusCore) -> CodingComparison:
    return CodingComparison(*_core.compare_codings(a, b))


def _short(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.2f}"
