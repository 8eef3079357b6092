"""What changed between meetings, and labels of two lists matched."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Literal, TypeAlias

from standpunt import _core, frames
from standpunt.errors import InputError
from standpunt.frames import Frame
from standpunt.html import Picture
from standpunt.remade import Remade, made

__all__ = ["Comparison", "Meetings", "compare", "match_labels"]

Day: TypeAlias = "datetime.date | str"
Meetings: TypeAlias = "str | Iterable[str] | tuple[Day, Day]"
"""A meeting's id, several, or the first and the last day of a window."""


class Comparison(Remade):
    """What changed from the earlier meetings to the later; made by `Corpus.compare`.

    >>> import standpunt as sp
    >>> texts = {"june": "6 June 2025\\n\\nItaly opposed the tax.", "july": "7 July 2025\\n\\nItaly supported the tax."}
    >>> corpus = sp.concat([sp.parse_report(f"Report of {text}", name=name) for name, text in texts.items()])
    >>> corpus.compare("june", "july")
    <Comparison: 1 moved>
    """

    __slots__ = ("_inner",)

    def __init__(self, core: _core.ComparisonCore) -> None:
        """Wrap a comparison of the core."""
        self._inner = core

    @property
    def shifts(self) -> Frame:
        """Dataframe, one row an actor and issue: what became of the position.

        Columns: actor, topic, issue, before, after, change, quotes_before, quotes_after.
        `before` and `after` are p_support - p_oppose, -1 to 1, missing where there is no position to have. A change is
        the first that fits of not_eligible, new_issue, dropped_issue, uncertain, fell_silent, joined, moved,
        to_neutral, from_neutral, hardened, softened, unchanged. Who is silent on both sides has no row.
        """
        return frames.frame(self._inner.shifts())

    @property
    def agreement(self) -> Frame:
        """Dataframe, one row a pair: how far it agrees more or less than before.

        Columns: actor_a, actor_b, before, after, change, lower, upper, shared_before, shared_after, p_value.
        `lower` and `upper` bound the change. `p_value` says how often chance changes the agreement as much where the
        issues are dealt anew to the two sides; missing without a change.
        """
        return frames.frame(self._inner.agreement())

    def slopes(self) -> Picture:
        """Return who changed position as a picture: a ring before, a dot after, quotes on hover. Silence is none."""
        return Picture(self._inner.slopes())

    @property
    def provenance(self) -> dict[str, str]:
        """Versions, meetings of both sides, options and seed."""
        return self._inner.provenance()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand out the shifts."""
        return self._inner.shifts().__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        """Return the number of shifts."""
        return len(self._inner)

    def __repr__(self) -> str:
        """Say how many shifts there are of each kind."""
        counts = ", ".join(f"{count} {word}" for word, count in self._inner.counts().items())
        return f"<Comparison: {counts or 'no shifts'}>"

    def _repr_html_(self) -> str:
        return str(frames.frame(self._inner.shifts())._repr_html_())


def compare(
    core: _core.CorpusCore,
    earlier: Meetings,
    later: Meetings,
    *,
    silence: Literal["apart", "category"],
    permutations: int,
    seed: int,
) -> Comparison:
    """Compare two sides of a corpus; see `Corpus.compare`."""
    sides = _meetings(core, "earlier", earlier), _meetings(core, "later", later)
    for name, value in (("permutations", permutations), ("seed", seed)):
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{name}: expected a whole number, got {type(value).__name__}")
        if not 0 <= value < 2**63:
            raise InputError(f"{name}: expected a whole number from 0, got {value}")
    result: Comparison = made(_compared, [core], *sides, silence, (permutations, seed))
    return result


def _compared(core: _core.CorpusCore, *options: Any) -> Comparison:
    return Comparison(_core.compare(core, *options))


def _meetings(core: _core.CorpusCore, name: str, value: Meetings) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = list(value) if isinstance(value, Iterable) else [value]
    ids = core.meeting_ids()
    window = [_day(item) for item in items] if isinstance(value, tuple) and len(items) == 2 else []
    if len(window) == 2 and None not in window and not any(item in ids for item in items):
        return _between(core, name, *(day for day in window if day is not None))
    for item in items:
        if not isinstance(item, str):
            kinds = "a meeting's id, a list of them, or a first and a last day"
            raise TypeError(f"{name}: expected {kinds}, got {type(item).__name__}")
    return [str(item) for item in items]


def _day(value: object) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _between(core: _core.CorpusCore, name: str, first: datetime.date, last: datetime.date) -> list[str]:
    import pyarrow

    if last < first:
        raise InputError(f"{name}: the last day {last} is before the first {first}")
    rows = pyarrow.table(core.meetings()).select(["meeting", "date_start"]).to_pylist()
    found = [row["meeting"] for row in rows if row["date_start"] is not None and first <= row["date_start"] <= last]
    if not found:
        raise InputError(f"{name}: no meeting from {first} to {last}")
    return found


def match_labels(left: Iterable[str], right: Iterable[str], *, limit: int = 1) -> Frame:
    """Dataframe, for each label of `left` the `limit` most similar of `right`: left, right, similarity.

    The similarity is rapidfuzz's normalised Indel similarity, 0 to 1; of equally similar labels the first is taken.

    Raises:
        TypeError: Where a label is no string.
        InputError: For a `limit` below 1.

    >>> import standpunt as sp
    >>> sp.match_labels(["cyber act"], ["budget", "the cyber act"])["right"].tolist()
    ['the cyber act']
    """
    if isinstance(limit, bool) or not isinstance(limit, int):
        raise TypeError(f"limit: expected a whole number, got {type(limit).__name__}")
    if limit < 1:
        raise InputError(f"limit: expected a whole number from 1, got {limit}")
    return frames.frame(_core.match_labels(_labels("left", left), _labels("right", right), limit))


def _labels(name: str, labels: Iterable[str]) -> list[str]:
    if isinstance(labels, str):
        raise TypeError(f"{name}: expected a list of labels, got one string")
    found = list(labels)
    for label in found:
        if not isinstance(label, str):
            raise TypeError(f"{name}: expected strings, got {type(label).__name__} in it")
    return found
