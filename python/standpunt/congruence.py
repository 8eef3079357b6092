"""Networks of statements: how much two actors say alike, and against each other."""

from __future__ import annotations

from typing import Literal

from standpunt import _core, frames
from standpunt.frames import Frame
from standpunt.pair_table import PairTable

__all__ = ["Congruence"]

Kind = Literal["congruence", "conflict", "subtract", "ignore"]
Normalise = Literal["none", "average", "jaccard", "cosine"]
Definition = Literal["corrected", "dna"]

KINDS = ("congruence", "conflict", "subtract", "ignore")
NORMALISE = ("none", "average", "jaccard", "cosine")
DEFINITIONS = ("corrected", "dna")


class Congruence(PairTable):
    """The ties of every pair of actors of a table, none with oneself (DNA: 0). Made by `Positions.congruence`.

    >>> import standpunt as sp
    >>> table = sp.Positions.from_matrix([["yes", "no"], ["yes", "yes"]], actors=["a", "b"])
    >>> table.congruence(normalise="none").frame[["congruence", "shared"]].values.tolist()
    [[1.0, 2.0]]
    """

    __slots__ = ()
    _core: _core.CongruenceCore

    @property
    def frame(self) -> Frame:
        """Dataframe: actor_a, actor_b, the kind, shared (concepts of which both speak), statements_a, statements_b."""
        return frames.frame(self._core.frame())

    def __repr__(self) -> str:
        """Say what it holds."""
        return f"<Congruence: {self._options['kind']} of {len(self.actors)} actors>"
