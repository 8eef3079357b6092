"""The scores of every pair of actors of a table of positions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from standpunt import _core, frames
from standpunt.frames import Frame

if TYPE_CHECKING:
    import numpy

__all__ = ["PairScores"]


class PairScores:
    """The scores of every pair of actors of a table. Made by `Positions.agreement`.

    >>> import standpunt as sp
    >>> table = sp.Positions.from_matrix([["yes", "no"], ["yes", "yes"]], actors=["a", "b"])
    >>> table.agreement().frame[["agreement", "shared"]].values.tolist()
    [[0.5, 2]]
    """

    __slots__ = ("_core", "_options")

    def __init__(self, core: _core.PairScoresCore, options: dict[str, Any]) -> None:
        """Wrap the core's scores."""
        self._core = core
        self._options = options

    @property
    def frame(self) -> Frame:
        """Dataframe, one row a pair (and key of `by`).

        Columns: actor_a, actor_b, those of `by`, the measure's name, shared (issues on which both have a position),
        ci_low, ci_high (missing without bootstrap), worst, best (the score if missing positions could be anything).
        """
        return frames.frame(self._core.frame())

    @property
    def array(self) -> numpy.ndarray[Any, Any]:
        """The scores as a square array in the order of `actors`, NaN where undefined."""
        scores: numpy.ndarray[Any, Any] = self._core.matrix()
        return scores

    @property
    def actors(self) -> list[str]:
        """The actors, in the order of the matrix."""
        return self._core.actors

    @property
    def provenance(self) -> dict[str, Any]:
        """The package's version, the options and the seed."""
        return {"standpunt": _core.__VERSION__, **self._options}

    def matrix(self) -> Frame:
        """Square dataframe of the scores, actors by actors; missing where undefined."""
        return frames.labelled(self._core.matrix(), self.actors)

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
        return _rescored, (self._core.positions().to_stored(), self._options)

    def __copy__(self) -> PairScores:
        """Return itself: it does not change."""
        return self

    def __deepcopy__(self, memo: object) -> PairScores:
        """Return itself: it does not change."""
        return self

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand out the rows of `frame`."""
        return self._core.frame().__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        """Return the number of rows of `frame`."""
        return len(self._core)

    def __repr__(self) -> str:
        """Say what it holds."""
        return f"<PairScores: {self._options['measure']} of {len(self)} pairs>"


def _rescored(stored: bytes, options: dict[str, Any]) -> PairScores:
    return PairScores(_core.PositionsCore.from_stored(stored, "pickle").agreement(options), options)
