"""Networks of statements: how much two actors say alike, and against each other."""

from __future__ import annotations

from typing import Literal

from standpunt import _core, frames
from standpunt.frames import Frame
from standpunt.pair_table import PairTable

__all__ = ["Congruence", "TwoMode"]

Kind = Literal["congruence", "conflict", "subtract", "ignore"]
Normalise = Literal["none", "average", "jaccard", "cosine"]
Definition = Literal["corrected", "dna"]
Duplicates = Literal["include", "once", "week", "month", "year"]

KINDS = ("congruence", "conflict", "subtract", "ignore")
NORMALISE = ("none", "average", "jaccard", "cosine")
DEFINITIONS = ("corrected", "dna")
DUPLICATES = ("include", "once", "week", "month", "year")


class Congruence(PairTable):
    """The ties of every pair of actors of a table, none with oneself (DNA: 0). Made by `Positions.congruence`.

    >>> import standpunt as sp
    >>> table = sp.Positions.from_matrix([["yes", "no"], ["yes", "yes"]], actors=["a", "b"])
    >>> table.congruence(normalise="none").frame[["congruence", "shared"]].values.tolist()
    [[1.0, 2]]
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


class TwoMode(PairTable):
    """The ties of actors and concepts. Made by `Positions.two_mode`.

    >>> import standpunt as sp
    >>> rows = [["yes", "no"], ["yes", None]]
    >>> table = sp.Positions.from_matrix(rows, actors=["a", "b"], scale="ordinal", levels=["no", "yes"])
    >>> table.two_mode(kind="ignore", normalise="prominence").array.tolist()
    [[0.5, 1.0], [0.5, 0.0]]
    """

    __slots__ = ()
    _core: _core.TwoModeCore

    @property
    def frame(self) -> Frame:
        """Dataframe: actor, concept, the kind, statements (how many there are, by the roots of their weights)."""
        return frames.frame(self._core.frame())

    @property
    def concepts(self) -> list[str]:
        """The concepts, in the order of the columns of the matrix."""
        return self._core.concepts

    def matrix(self) -> Frame:
        """Dataframe of the numbers, actors by concepts; missing where undefined."""
        return frames.labelled(self._core.matrix(), self.actors, self.concepts)

    def __repr__(self) -> str:
        """Say what it holds."""
        return f"<TwoMode: {self._options['kind']} of {len(self.actors)} actors and {len(self.concepts)} concepts>"
