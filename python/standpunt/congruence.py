"""Networks of statements: how much two actors say alike, and against each other."""

from __future__ import annotations

from typing import Literal

from standpunt import _core, frames
from standpunt.declaration import whole
from standpunt.frames import Frame
from standpunt.pair_table import PairTable

__all__ = ["Congruence", "Polarisation", "TwoMode"]

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

    def polarisation(self, camps: int = 2, *, balanced: bool = True, seed: int = 0) -> Polarisation:
        """Return the camps that come nearest to agreeing within and opposing each other, whatever the kind.

        With c the congruence and f the conflict of two (normalised, repeats and all as here), C and F their sums over
        ordered pairs, n the sizes of camps, W and B the numbers of ordered pairs within and between them, the misfit is
        the sum of |c - C/W| + f within and of c + |f - F/B| between, over 2(C + F), from 0 to 1. With definition="dna"
        it expects n(n-1)C/W^2 and n n'F/B^2, as the Discourse Network Analyzer does; that keeps the split of greatest
        misfit (`worst`), this the one of least. There are always camps: compare `misfit` with `worst` before believing
        in them.

        Args:
            camps: How many.
            balanced: Whether their sizes differ by one at most; otherwise any from 1 on.
            seed: Where the search starts, from 60 splits, where there are too many to look at each (from 20 actors on).

        Raises:
            InputError: For fewer than two camps, or more than there are actors who say something.
        """
        options = whole("camps", camps, 2**31), bool(balanced), whole("seed", seed, 2**64 - 1)
        return Polarisation(*self._core.polarisation(*options))

    def __repr__(self) -> str:
        """Say what it holds."""
        return f"<Congruence: {self._options['kind']} of {len(self.actors)} actors>"


class Polarisation:
    """Camps of least misfit. Made by `Congruence.polarisation`.

    >>> import standpunt as sp
    >>> rows = [["y", "y"], ["y", "y"], ["n", "n"], ["n", "n"]]
    >>> found = sp.Positions.from_matrix(rows, actors=list("abcd")).congruence().polarisation()
    >>> found.frame["camp"].tolist(), found.misfit, found.exact
    ([1, 1, 2, 2], 0.0, True)
    """

    __slots__ = ("_camps", "exact", "misfit", "worst")

    misfit: float
    """From 0, where all congruence lies evenly within camps and all conflict evenly between them, to 1."""
    worst: float
    """The misfit of the worst split that was looked at."""
    exact: bool
    """Whether every split was looked at."""

    def __init__(self, camps: _core.Table, misfit: float, worst: float, exact: bool) -> None:
        """Wrap what the core found."""
        self._camps, self.misfit, self.worst, self.exact = camps, misfit, worst, exact

    @property
    def frame(self) -> Frame:
        """Dataframe: actor, camp (from 1); actors who say nothing have no row."""
        return frames.frame(self._camps)

    def __repr__(self) -> str:
        """Say how good they are."""
        return f"<Polarisation: misfit {self.misfit:.3f}, worst {self.worst:.3f}>"


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
