"""Scores of pairs as a network: trees, camps, a map, a backbone, and files that other programs read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from standpunt import _core, frames
from standpunt.declaration import members, number, whole
from standpunt.errors import InputError
from standpunt.frames import Frame

__all__ = ["Ties"]

Linkage = Literal["average", "single", "complete", "ward"]
LINKAGES = ("average", "single", "complete", "ward")
FORMATS = {".gexf": "gexf", ".graphml": "graphml"}


class Ties:
    """The scores of every pair as a network. Found as `ties` of the scores of a corpus, of a table, and of statements.

    Of a corpus only identified pairs have a score here.

    >>> import standpunt as sp
    >>> rows = [["y", "y", "n"], ["y", "y", "n"], ["n", "n", "y"], ["n", "n", "n"]]
    >>> ties = sp.Positions.from_matrix(rows, actors=list("abcd")).agreement().ties
    >>> ties.camps(2)["camp"].tolist()
    [1, 1, 2, 2]
    >>> ties.between({"left": ["a", "b"], "right": ["c", "d"]})["mean"].round(3).tolist()
    [1.0, 0.167, 0.667]
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.TiesCore) -> None:
        """Wrap the core's network."""
        self._core = core

    def edges(self, *, threshold: float | None = None, backbone: float | None = None) -> Frame:
        """Dataframe, one row a tie: actor_a, actor_b, the measure's name, shared.

        Args:
            threshold: The least score of a tie; pairs without a score have none.
            backbone: Keep of those only what stands out at this level, such as 0.05 (the disparity filter of Serrano,
                Boguñá and Vespignani 2009): with p the share of a tie in the positive ties of an actor that has k of
                them, (1 - p)^(k - 1) lies below the level for either end. An actor's only tie stays. Among scores that
                are all alike nothing stands out, and where every pair is scored few ties do.

        Raises:
            InputError: For a level that is not between 0 and 1.
        """
        return frames.frame(self._core.edges(*_bounds(threshold, backbone)))

    def camps(self, number: int = 2, *, linkage: Linkage = "average") -> Frame:
        """Dataframe: actor, camp: the tree cut into that many camps, numbered by their first actor.

        The distance of two is the greatest score there can be (of statements: that there is) less theirs. A pair
        without a score takes the mean distance of those that have one; an actor without any has no camp (missing).
        """
        frames.choose("linkage", linkage, LINKAGES)
        return frames.frame(self._core.camps(whole("number", number, 2**31), linkage))

    def tree(self, *, linkage: Linkage = "average") -> Frame:
        """Dataframe, one row a join, the nearest first: cluster_a, cluster_b (their members), distance, size.

        Actors and pairs without a score as in `camps`.
        """
        frames.choose("linkage", linkage, LINKAGES)
        return frames.frame(self._core.tree(linkage)[0])

    def between(self, camps: Mapping[str, Any]) -> Frame:
        """Dataframe: camp_a, camp_b, mean (score within a camp, or between two), pairs, unknown (without a score).

        Args:
            camps: A mapping of each camp to its members, or of each actor to its camp.
        """
        return frames.frame(self._core.between(members(camps, self._core.actors)))

    def places(self) -> Frame:
        """Dataframe: actor, x, y, stress: a map on which those who agree are near (multidimensional scaling, SMACOF).

        Only distances mean something, not directions. Stress tells how well it shows the scores: under 0.1 good, over
        0.2 poor. Pairs without a score may lie anywhere; actors without any have no row.
        """
        return frames.frame(self._core.places())

    def write(
        self,
        path: str | os.PathLike[str],
        *,
        threshold: float | None = None,
        backbone: float | None = None,
        camps: int | None = None,
        linkage: Linkage = "average",
    ) -> None:
        """Write the network for another program, by the ending of the path: .gexf (Gephi) or .graphml (igraph, ...).

        Every actor is there, and every tie of `edges`, with score and shared issues.

        Args:
            path: Where.
            threshold: As in `edges`.
            backbone: As in `edges`.
            camps: Give every actor its camp, of that many.
            linkage: How camps are found.

        Raises:
            InputError: For another ending.
        """
        from standpunt.paths import write_file

        frames.choose("linkage", linkage, LINKAGES)
        kind = FORMATS.get(Path(path).suffix.lower())
        if kind is None:
            raise InputError(f"path: expected a name that ends in .gexf or .graphml, got '{os.fspath(path)}'")
        wanted = None if camps is None else (whole("camps", camps, 2**31), linkage)
        write_file(Path(path), self._core.xml(kind, *_bounds(threshold, backbone), wanted).encode())

    def __repr__(self) -> str:
        """Say what it holds."""
        return f"<Ties: {self._core.measure} of {len(self._core.actors)} actors>"


def _bounds(threshold: float | None, backbone: float | None) -> tuple[float | None, float | None]:
    least = None if threshold is None else number("threshold", threshold)
    return least, None if backbone is None else number("backbone", backbone)
