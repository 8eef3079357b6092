"""Networks of statements: how much two actors say alike, and against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from standpunt import _core, frames
from standpunt.frames import Frame

if TYPE_CHECKING:
    import numpy

__all__ = ["Congruence"]

Kind = Literal["congruence", "conflict", "subtract", "ignore"]
Normalise = Literal["none", "average", "jaccard", "cosine"]
Definition = Literal["corrected", "dna"]

KINDS = ("congruence", "conflict", "subtract", "ignore")
NORMALISE = ("none", "average", "jaccard", "cosine")
DEFINITIONS = ("corrected", "dna")


class Congruence:
    """The ties of every pair of actors of a table. Made by `Positions.congruence`.

    >>> import standpunt as sp
    >>> table = sp.Positions.from_matrix([["yes", "no"], ["yes", "yes"]], actors=["a", "b"])
    >>> table.congruence(normalise="none").frame[["congruence", "shared"]].values.tolist()
    [[1.0, 2.0]]
    """

    __slots__ = ("_core", "_options")

    def __init__(self, core: _core.CongruenceCore, options: dict[str, Any]) -> None:
        """Wrap the core's network."""
        self._core = core
        self._options = options

    @property
    def frame(self) -> Frame:
        """Dataframe: actor_a, actor_b, the kind, shared (concepts of which both speak), statements_a, statements_b."""
        return frames.frame(self._core.frame())

    @property
    def array(self) -> numpy.ndarray[Any, Any]:
        """The ties as a square array in the order of `actors`, NaN where undefined and on the diagonal (DNA: 0)."""
        ties: numpy.ndarray[Any, Any] = self._core.matrix()
        return ties

    @property
    def actors(self) -> list[str]:
        """The actors, in the order of the matrix."""
        return self._core.actors

    @property
    def provenance(self) -> dict[str, Any]:
        """The package's version and the options."""
        return {"standpunt": _core.__VERSION__, **self._options}

    def matrix(self) -> Frame:
        """Square dataframe of the ties, actors by actors; missing where undefined."""
        return frames.labelled(self._core.matrix(), self.actors)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand out the rows of `frame`."""
        return self._core.frame().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        """Say what it holds."""
        return f"<Congruence: {self._options['kind']} of {len(self.actors)} actors>"
