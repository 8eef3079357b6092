"""The scores of every pair of actors of a table of positions."""

from __future__ import annotations

from typing import Any, Literal

from standpunt import _core, frames
from standpunt.frames import Frame
from standpunt.pair_table import PairTable

__all__ = ["PairScores"]


class PairScores(PairTable):
    """The scores of every pair of actors of a table. Made by `Positions.agreement`.

    >>> import standpunt as sp
    >>> table = sp.Positions.from_matrix([["yes", "no"], ["yes", "yes"]], actors=["a", "b"])
    >>> table.agreement().frame[["agreement", "shared"]].values.tolist()
    [[0.5, 2]]
    """

    __slots__ = ()
    _core: _core.PairScoresCore

    @property
    def frame(self) -> Frame:
        """Dataframe, one row a pair (and key of `by`).

        Columns: actor_a, actor_b, those of `by`, the measure's name, shared (issues on which both have a position),
        ci_low, ci_high (missing without bootstrap), worst, best (the score if missing positions could be anything).
        """
        return frames.frame(self._core.frame())

    def explain(self, actor_a: str, actor_b: str, *, by: Literal["issue", "topic"] = "issue") -> Frame:
        """Return what each issue does to the score of two actors, over all issues.

        Columns: issue, meeting, topic, position_a, position_b, weight, contribution (they sum to the score), without
        (the score if the issue were left out). By topic: topic, contribution, issues.
        """
        frames.choose("by", by, ("issue", "topic"))
        table = self._core.explain(actor_a, actor_b)
        if by == "issue":
            return frames.frame(table)
        import pyarrow

        sums = pyarrow.table(table).group_by("topic", use_threads=False)
        summed = sums.aggregate([("contribution", "sum"), ("issue", "count")])
        return frames.frame(
            summed.select(["topic", "contribution_sum", "issue_count"]).rename_columns(
                ["topic", "contribution", "issues"]
            )
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the table and the options; the scores are the same again."""
        return _rescored, (self._core.to_stored(), self._options)

    def __copy__(self) -> PairScores:
        """Return itself: it does not change."""
        return self

    def __deepcopy__(self, memo: object) -> PairScores:
        """Return itself: it does not change."""
        return self

    def __len__(self) -> int:
        """Return the number of rows of `frame`."""
        return len(self._core)

    def __repr__(self) -> str:
        """Say what it holds."""
        return f"<PairScores: {self._options['measure']} of {len(self)} pairs>"


def _rescored(stored: bytes, options: dict[str, Any]) -> PairScores:
    return PairScores(_core.PositionsCore.from_stored(stored, "pickle").agreement(options), options)
