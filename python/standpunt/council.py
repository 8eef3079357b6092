"""Council rules: who is a member, what a side could decide, who has how much power."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, TypeAlias

from standpunt import _core, frames
from standpunt.frames import Frame

if TYPE_CHECKING:
    import datetime

__all__ = ["Majority", "majority", "members", "power"]

Rule = Literal["qualified", "qualified_72", "blocking_minority", "simple", "unanimity"]
"""qualified: 55 % of members and 65 % of population, or fewer than four against; qualified_72: 72 % and 65 %, where
the proposal is not the Commission's; blocking_minority: four members with more than 35 %; more than half; all."""

Day: TypeAlias = "str | datetime.date"


class Majority:
    """What a side could decide: a verdict, its probability, and who would turn it."""

    __slots__ = ("_inner",)

    def __init__(self, core: _core.MajorityCore) -> None:
        """Wrap the core's verdict."""
        self._inner = core

    @property
    def verdict(self) -> str:
        """certain, possible or impossible."""
        return self._inner.verdict

    @property
    def probability(self) -> float:
        """The probability that the rule is met, 0 to 1, every seating of the unnamed being equally likely."""
        return self._inner.probability

    @property
    def pivotal(self) -> Frame:
        """Dataframe: actor, probability that the verdict turns when it switches sides."""
        return frames.frame(self._inner.pivotal())

    def __repr__(self) -> str:
        """Show the verdict and its probability."""
        return f"<Majority: {self.verdict}, probability {self.probability:.4f}>"


def majority(
    *,
    named: Iterable[str] = (),
    lo: int,
    hi: int,
    excluded: Iterable[str] = (),
    rule: Rule = "qualified",
    date: Day,
) -> Majority:
    """Return what a side of `lo` to `hi` members could decide, everyone else not being in favour.

    Args:
        named: Codes of members that are certainly in favour; `lo` and `hi` count them.
        lo: The fewest in favour.
        hi: The most in favour.
        excluded: Codes of members that are not in favour.
        rule: Which majority.
        date: The day, from which members and populations follow.

    Raises:
        InputError: For an unknown rule or state, or sizes that no side can have.
    """
    return Majority(_core.majority(_codes("named", named), (lo, hi), _codes("excluded", excluded), rule, _day(date)))


def members(date: Day) -> list[str]:
    """Return the ISO 3166 codes of the member states on a day, sorted.

    Raises:
        InputError: For a day before 1995-01-01, or none of the calendar.
    """
    return _core.members(_day(date))


def power(*, index: Literal["banzhaf", "shapley"] = "banzhaf", date: Day) -> Frame:
    """Dataframe: actor, power under the qualified majority of a day; the column sums to 1."""
    frames.choose("index", index, ("banzhaf", "shapley"))
    return frames.frame(_core.power(index, _day(date)))


def _day(date: Day) -> str:
    import datetime

    if isinstance(date, datetime.datetime):
        return date.date().isoformat()
    if isinstance(date, datetime.date):
        return date.isoformat()
    if isinstance(date, str):
        return date
    raise TypeError(f"date: expected a day as year-month-day, got {type(date).__name__}")


def _codes(name: str, codes: Iterable[str]) -> list[str]:
    if isinstance(codes, str):
        raise TypeError(f"{name}: expected a list of codes, got one string")
    return list(codes)
