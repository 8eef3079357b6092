"""Council rules: who is a member, what a side could decide, who has how much power."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from standpunt import _core, frames
from standpunt.arguments import string, strings, text_of
from standpunt.frames import Frame
from standpunt.remade import Remade, made

if TYPE_CHECKING:
    import datetime

__all__ = ["Majority", "majority", "members", "power"]

Rule = Literal["qualified", "qualified_72", "blocking_minority", "simple", "unanimity"]
"""qualified: 55 % of members and 65 % of population, or fewer than four against; qualified_72: 72 % and 65 %, where
the proposal is not the Commission's; blocking_minority: four members with more than 35 %; more than half; all."""

Area = Literal["union", "euro"]
"""Who takes part: every member state, or those whose currency is the euro on the day."""

Day: TypeAlias = "str | datetime.date"
Populations: TypeAlias = "str | os.PathLike[str] | None"


class Majority(Remade):
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

    @property
    def additions(self) -> list[str] | None:
        """The fewest unnamed members whose naming in favour makes the verdict certain, the heaviest being taken.

        Empty where it is certain; None where no names would do.
        """
        return self._inner.additions

    @property
    def population(self) -> str | None:
        """The table of populations used, with its first day; None where the rule needs none."""
        return self._inner.population

    def __repr__(self) -> str:
        """Show the verdict and its probability."""
        return f"<Majority: {self.verdict}, probability {self.probability:.4f}>"


def ballot(rule: str, area: str, without: Sequence[str], populations: Populations) -> _core.Ballot:
    """Return rule, participants and populations as the core takes them."""
    frames.choose("rule", rule, get_args(Rule))
    frames.choose("area", area, get_args(Area))
    table = None if populations is None else text_of(populations)
    return _core.Ballot(string("rule", rule), area == "euro", strings("without", without), table)


def majority(
    *,
    named: Iterable[str] = (),
    lo: int,
    hi: int,
    excluded: Iterable[str] = (),
    abstaining: Iterable[str] = (),
    rule: Rule = "qualified",
    date: Day,
    area: Area = "union",
    without: Sequence[str] = (),
    populations: Populations = None,
) -> Majority:
    """Return what a side of `lo` to `hi` members could decide, everyone else not being in favour.

    Args:
        named: Codes of members that are certainly in favour; `lo` and `hi` count them.
        lo: The fewest in favour.
        hi: The most in favour.
        excluded: Codes of members that are not in favour.
        abstaining: Codes of members that abstain: no votes in favour, but no obstacle to unanimity, and as good as
            votes against for a blocking minority.
        rule: Which majority.
        date: The day, from which members and populations follow.
        area: "union", or "euro" where only the euro area takes part.
        without: Codes of members with an opt-out; shares are then those of the participants' population.
        populations: A CSV file valid_from,state,share of further tables; the newest not later than the day holds.

    Raises:
        InputError: For an unknown rule or state, or sizes that no side can have.

    Example:
        >>> import standpunt as sp
        >>> found = sp.council.majority(named=["NL"], lo=23, hi=27, date="2025-03-04")
        >>> found.verdict, found.additions, found.population
        ('possible', ['DE', 'FR', 'IT'], 'population.csv 2025-01-01')
    """
    states = (_codes("named", named), _codes("excluded", excluded), _codes("abstaining", abstaining))
    chosen = (rule, area, tuple(without), populations)
    result: Majority = made(_decided, [], states, (lo, hi), chosen, _day(date))
    return result


def _decided(states: Any, sizes: tuple[int, int], chosen: Any, day: str) -> Majority:
    return Majority(_core.majority(states, sizes, ballot(*chosen), day))


def members(date: Day, *, area: Area = "union") -> list[str]:
    """Return the ISO 3166 codes of the member states on a day, sorted; with "euro" those of the euro area.

    Raises:
        InputError: For a day before 1995-01-01, or none of the calendar.
    """
    frames.choose("area", area, get_args(Area))
    return _core.members(_day(date), area == "euro")


def power(
    *,
    index: Literal["banzhaf", "shapley"] = "banzhaf",
    date: Day,
    rule: Rule = "qualified",
    area: Area = "union",
    without: Sequence[str] = (),
    populations: Populations = None,
) -> Frame:
    """Dataframe: actor, power under a rule on a day, exactly; the column sums to 1. Arguments as in `majority`."""
    frames.choose("index", index, ("banzhaf", "shapley"))
    return frames.frame(_core.power(index, ballot(rule, area, without, populations), _day(date)))


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
