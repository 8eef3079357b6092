"""What a table of positions says of every pair of its actors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from standpunt import _core, frames
from standpunt.frames import Frame
from standpunt.ties import Ties

if TYPE_CHECKING:
    import numpy

__all__ = ["PairTable"]


class PairTable:
    """A number for every pair of actors, as rows and as a square, with the options it was made with."""

    __slots__ = ("_core", "_options")
    _core: Any

    def __init__(self, core: object, options: dict[str, Any]) -> None:
        """Wrap what the core found."""
        self._core = core
        self._options = options

    @property
    def array(self) -> numpy.ndarray[Any, Any]:
        """The numbers as a square array in the order of `actors`, NaN where undefined."""
        numbers: numpy.ndarray[Any, Any] = self._core.matrix()
        return numbers

    @property
    def actors(self) -> list[str]:
        """The actors, in the order of the matrix."""
        names: list[str] = self._core.actors
        return names

    @property
    def provenance(self) -> dict[str, Any]:
        """The package's version, the options, and the seed where one was drawn."""
        return {"standpunt": _core.__VERSION__, **self._options}

    @property
    def ties(self) -> Ties:
        """The numbers as a network: its tree, camps, map and backbone, and files for other programs."""
        return Ties(self._core.ties())

    def matrix(self) -> Frame:
        """Square dataframe of the numbers, actors by actors; missing where undefined."""
        return frames.labelled(self._core.matrix(), self.actors)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand out the rows of `frame`."""
        return self._core.frame().__arrow_c_stream__(requested_schema)
