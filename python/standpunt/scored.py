"""What can be scored in a corpus: agreement, majorities, change."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from standpunt import _core, frames
from standpunt.agreement import Agreement
from standpunt.arguments import string, strings
from standpunt.compare import Comparison, Meetings, compare
from standpunt.council import Area, Rule, ballot

if TYPE_CHECKING:
    from standpunt.frames import Frame

__all__ = ["Scored"]

By = Literal["topic", "meeting", "instrument"]
Silence = Literal["apart", "category"]


class Scored:
    """The questions that a `Corpus` answers with scores."""

    __slots__ = ("_inner",)
    _inner: _core.CorpusCore

    def agreement(
        self,
        *,
        by: By | Sequence[By] | None = None,
        actors: Sequence[str] | None = None,
        weights: Mapping[str, float] | None = None,
        silence: Silence = "apart",
        min_shared: float = 0,
    ) -> Agreement:
        """Score who agrees with whom.

        Args:
            by: One score per "topic", "meeting", "instrument" or several of them, instead of one per pair. A
                statement about two instruments counts once under each.
            actors: The codes to compare; all of the rosters and institutions where it is None.
            weights: Weight of an issue, 0 or more; 1 where an issue is not named.
            silence: "apart" leaves out who is silent; "category" makes silence a position of its own.
            min_shared: The score is missing where fewer issues are expected to be shared.

        Raises:
            InputError: For an unknown choice, actor or issue, with the near match.
        """
        keys = [by] if isinstance(by, str) else list(by or ())
        core = self._inner.agreement(
            [string("by", key) for key in keys],
            None if actors is None else strings("actors", actors),
            None if weights is None else dict(weights),
            string("silence", silence),
            float(min_shared),
        )
        return Agreement(core)

    def majorities(
        self,
        *,
        rule: Rule = "qualified",
        area: Area = "union",
        without: Sequence[str] = (),
        populations: str | os.PathLike[str] | None = None,
    ) -> Frame:
        """Dataframe, one row a meeting, issue and side: what that side could decide.

        Columns: meeting, topic, issue, side, size_lo, size_hi (members), share_lo, share_hi (of the population that
        takes part, 0 to 1), verdict and probability (only stated supporters in favour), verdict_assent and
        probability_assent (the silent go along), reason (why there is no verdict), additions (the fewest members
        whose naming on the side would make the verdict certain, the heaviest being taken; empty where it is, missing
        where none would), population (the table used). A verdict is certain, possible or impossible.

        Args:
            rule: Which majority.
            area: "union", or "euro" where only the euro area takes part.
            without: Codes of members with an opt-out.
            populations: A CSV file valid_from,state,share of further tables; the newest not later than a meeting holds.

        Raises:
            InputError: For an unknown rule or state, or a table that does not hold together.
        """
        return frames.frame(_core.majorities(self._inner, ballot(rule, area, without, populations)))

    def pivotal(
        self,
        *,
        rule: Rule = "qualified",
        area: Area = "union",
        without: Sequence[str] = (),
        populations: str | os.PathLike[str] | None = None,
    ) -> Frame:
        """Dataframe, one row a meeting, issue, side and member: on whose choice the verdict on the side hangs.

        Columns: meeting, topic, issue, side, actor, probability: that the verdict turns when the member alone joins
        or leaves the side, only stated supporters being in favour. Arguments are those of `majorities`.
        """
        return frames.frame(_core.pivotal(self._inner, ballot(rule, area, without, populations)))

    def compare(
        self,
        earlier: Meetings,
        later: Meetings,
        *,
        silence: Silence = "apart",
        permutations: int = 999,
        seed: int = 0,
    ) -> Comparison:
        """Compare meetings: who changed position, and whose agreement changed.

        Args:
            earlier: A meeting's id, a list of them, or a tuple of a first and a last day.
            later: Likewise; no meeting may be on both sides. Of several meetings an actor's last position counts.
            silence: "apart" leaves out who is silent; "category" makes silence a position of its own.
            permutations: How many times the test against chance deals the issues anew; 0 leaves it out.
            seed: The seed of that test.

        Raises:
            InputError: For a meeting that is not there, with the near match, or one on both sides.
        """
        return compare(self._inner, earlier, later, silence=silence, permutations=permutations, seed=seed)
