"""Tallies: what scores are made of. They can be merged in any order, pickled and kept."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from standpunt import _core, frames
from standpunt.coefficients import COHESIONS, CohesionMeasure
from standpunt.declaration import named, whole
from standpunt.frames import Frame
from standpunt.paths import write_file

if TYPE_CHECKING:
    import numpy
    from typing_extensions import Self

__all__ = ["AlphaTally", "CohesionTally", "PairTally"]


class Tally:
    """What tallies of every kind can do: add up, compare, pickle, be kept in a file."""

    __slots__ = ("_inner",)
    _inner: Any
    _core_class: ClassVar[Any]
    _makers: ClassVar[str]

    def __init__(self) -> None:
        """Say how one is made.

        Raises:
            TypeError: Always.
        """
        raise TypeError(self._makers)

    @classmethod
    def _of(cls, core: object) -> Self:
        tally = cls.__new__(cls)
        tally._inner = core
        return tally

    @classmethod
    def _stored(cls, stored: bytes, name: str = "pickle") -> Self:
        return cls._of(cls._core_class.from_bytes(stored, name))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the tally to one file; an old one is replaced whole or not at all.

        The file: a line with the kind of tally and the version of its form, a line of JSON with what is counted, then
        little-endian numbers (of pairs: shared, own, margins as 32 bits, distances and weights as 64 bits; of groups:
        the weights of issues as 64 bits, votes as 32 bits), and the CRC-32 of all that.
        """
        write_file(Path(path), self._inner.to_bytes())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read a tally that `save` wrote.

        Raises:
            OSError: Where the file cannot be opened.
            FormatError: Where it is none, or broken.
        """
        path = Path(path)
        return cls._stored(path.read_bytes(), path.name)

    def __add__(self, other: Self) -> Self:
        """Return the tally of both.

        Raises:
            FormatError: Where what is counted differs: measure or metric, scale, levels, range.
        """
        return self._of(self._inner.merge(other._inner)) if isinstance(other, type(self)) else NotImplemented

    def __eq__(self, other: object) -> bool:
        """Compare all counts."""
        return self._inner == other._inner if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        """Hash what `==` compares."""
        return hash(self._inner.to_bytes())

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the stored form."""
        return self._stored, (self._inner.to_bytes(),)


class PairTally(Tally):
    """Counts and sums for every pair of actors. Made by `Positions.tally`, `PairTally.load` and `+`.

    >>> import numpy, standpunt as sp
    >>> whole = sp.Positions.from_matrix(numpy.array([[1, 2, 1], [1, 1, 1]]))
    >>> first = sp.Positions.from_matrix(numpy.array([[1, 2], [1, 1]]))
    >>> second = sp.Positions.from_matrix(numpy.array([[1], [1]]))
    >>> first.tally() + second.tally() == whole.tally()
    True

    Tallies of tables that part the issues of one, added up in any order, have the bytes of the tally of the one.
    Tables may know different actors; on a nominal scale also different levels. Sums are whole numbers on a grid that
    the greatest weight sets: see `heaviest` of `Positions.tally`.
    """

    __slots__ = ()
    _inner: _core.PairTallyCore
    _core_class = _core.PairTallyCore
    _makers = "a PairTally is made by Positions.tally and PairTally.load"

    @property
    def actors(self) -> list[str]:
        """The actors, in the order of the matrix."""
        return self._inner.actors

    def frame(self, *, min_shared: int = 0) -> Frame:
        """Return a dataframe, one row a pair: actor_a, actor_b, the measure's name, shared.

        A pair that shares no issue, or fewer than `min_shared`, has no score.
        """
        return frames.frame(self._inner.frame(whole("min_shared", min_shared, 2**32 - 1)))

    def array(self, *, min_shared: int = 0) -> numpy.ndarray[Any, Any]:
        """Return the scores as a square array in the order of `actors`, NaN where undefined."""
        scores: numpy.ndarray[Any, Any] = self._inner.matrix(whole("min_shared", min_shared, 2**32 - 1))
        return scores

    def matrix(self, *, min_shared: int = 0) -> Frame:
        """Return a square dataframe of the scores, actors by actors; missing where undefined."""
        return frames.labelled(self.array(min_shared=min_shared), self.actors)

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self._inner)

    def __repr__(self) -> str:
        """Say what it holds."""
        return f"<PairTally: {self._inner.measure} of {len(self)} pairs>"


class AlphaTally(Tally):
    """What Krippendorff's alpha is made of. Made by `Positions.alpha_tally`, `AlphaTally.load` and `+`.

    >>> import numpy, standpunt as sp
    >>> tally = sp.Positions.from_matrix(numpy.array([[1, 2], [1, 2]])).alpha_tally()
    >>> (tally + tally).alpha
    1.0
    """

    __slots__ = ()
    _inner: _core.AlphaTallyCore
    _core_class = _core.AlphaTallyCore
    _makers = "an AlphaTally is made by Positions.alpha_tally and AlphaTally.load"

    @property
    def alpha(self) -> float | None:
        """Krippendorff's alpha; None where nothing can be paired or all values are equal."""
        return self._inner.parts()[0]

    @property
    def parts(self) -> dict[str, float | None]:
        """Alpha, observed and expected disagreement, and the numbers of issues and values they rest on."""
        names = ("alpha", "observed", "expected", "issues", "values")
        return dict(zip(names, self._inner.parts(), strict=True))

    def __repr__(self) -> str:
        """Say what it comes to."""
        return f"<AlphaTally: {self.alpha}>"


class CohesionTally(Tally):
    """The votes of groups, issue by issue. Made by `Positions.cohesion_tally`, `CohesionTally.load` and `+`.

    >>> import numpy, standpunt as sp
    >>> votes = numpy.array([["yes", "no"], ["yes", "yes"]])
    >>> parts = [sp.Positions.from_matrix(votes[:, at:at + 1], issues=[at]).cohesion_tally() for at in range(2)]
    >>> (parts[1] + parts[0]).frame("rice")["rice"].tolist()
    [1.0, 0.0]

    Tallies of tables that part the issues or the actors of one, added up in any order, have the bytes of the tally of
    the one. A part that is added twice counts twice.
    """

    __slots__ = ()
    _inner: _core.CohesionTallyCore
    _core_class = _core.CohesionTallyCore
    _makers = "a CohesionTally is made by Positions.cohesion_tally and CohesionTally.load"

    @property
    def groups(self) -> list[str]:
        """The groups."""
        return self._inner.groups

    def frame(self, measure: CohesionMeasure = "hix_noury_roland", *, by: str | Sequence[str] | None = None) -> Frame:
        """Return the cohesion of the groups, as `Positions.cohesion` does.

        Args:
            measure: Rice, Attinà (in percent) or Hix, Noury and Roland.
            by: "issue", "meeting", "topic" or what the tally was made with; without it one row per group and issue,
                with it the mean over the issues, over all of them where it is an empty list.

        Raises:
            InputError: For anything else in `by`.
        """
        frames.choose("measure", measure, COHESIONS)
        keys = [by] if isinstance(by, str) else None if by is None else named("by", by)
        return frames.frame(self._inner.frame(measure, keys))

    def __len__(self) -> int:
        """Return the number of issues."""
        return len(self._inner)

    def __repr__(self) -> str:
        """Say what it holds."""
        return f"<CohesionTally: {len(self.groups)} groups on {len(self)} issues>"
