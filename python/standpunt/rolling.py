"""Scores in windows over time."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from standpunt import frames
from standpunt.coefficients import CohesionMeasure, Metric
from standpunt.errors import InputError
from standpunt.frames import ArrowStream, Frame

if TYPE_CHECKING:
    from standpunt.positions import Positions
from standpunt.progress import Watch

__all__ = ["Rolling"]

Moment = tuple[str, str, list[int], list[float]]
EPOCH = "1970-01-01"


class Rolling:
    """Windows over the dates of the issues of a table. Made by `Positions.rolling`.

    >>> import pandas, standpunt as sp
    >>> days = ["2024-01-01", "2024-02-01"]
    >>> votes = pandas.DataFrame({"actor": ["BE", "NL"] * 2, "issue": [1, 1, 2, 2], "value": list("yyny")})
    >>> table = sp.Positions(votes.assign(date=[days[0]] * 2 + [days[1]] * 2))
    >>> table.rolling("date", days=30, step=31).agreement()["agreement"].tolist()
    [1.0, 0.0]

    Every frame begins with the columns window (from 0), start and end (its first and last day).
    """

    __slots__ = ("_found", "_options", "_table")

    def __init__(self, table: Positions, found: list[Moment], options: dict[str, Any]) -> None:
        """Keep the table, its windows and how they were asked for."""
        self._table = table
        self._found = found
        self._options = options

    @property
    def frame(self) -> Frame:
        """Dataframe: window, start, end, issues, weight (the sum of the kernel over its issues)."""
        import pyarrow

        return frames.frame(
            pyarrow.table(
                {
                    "window": pyarrow.array(range(len(self._found)), pyarrow.int64()),
                    "start": days([start for start, _, _, _ in self._found]),
                    "end": days([end for _, end, _, _ in self._found]),
                    "issues": pyarrow.array([len(units) for _, _, units, _ in self._found], pyarrow.int64()),
                    "weight": pyarrow.array([sum(weights) for _, _, _, weights in self._found], pyarrow.float64()),
                }
            )
        )

    def agreement(self, **options: Any) -> Frame:
        """Return the scores of every pair in every window: the columns of `PairScores.frame` behind the window's.

        Args:
            options: Those of `Positions.agreement`. With bootstrap= and no seed= one is drawn and stands in the
                column seed; every window draws from the same seed.
        """
        if options.get("bootstrap") and options.get("seed") is None:
            options["seed"] = secrets.randbits(48)
        scored = self._each(lambda table: table.agreement(**options))
        if options.get("bootstrap"):
            import pyarrow

            seed = pyarrow.array([options["seed"]] * scored.num_rows, pyarrow.uint64())
            scored = scored.append_column("seed", seed)
        return frames.frame(scored)

    def alpha(self, metric: Metric = "nominal") -> Frame:
        """Return Krippendorff's alpha in every window, with observed, expected, issues and values.

        Raises:
            InputError: With another kernel than the uniform one: alpha knows no weights.
        """
        if self._options["kernel"] != "uniform":
            raise InputError(
                f"kernel: expected 'uniform' for alpha, which knows no weights, got '{self._options['kernel']}'"
            )
        return frames.frame(self._each(lambda table: table._core.alpha(metric, [])))

    def cohesion(
        self, measure: CohesionMeasure = "hix_noury_roland", *, groups: Mapping[str, Any] | None = None
    ) -> Frame:
        """Return the mean cohesion of groups in every window: group, the measure's name, issues."""
        from standpunt.declaration import members

        named = members(groups, self._table.actors)
        return frames.frame(self._each(lambda table: table._core.cohesion(measure, named, [])))

    def congruence(self, **options: Any) -> Frame:
        """Return the network of statements in every window: the columns of `Congruence.frame` behind the window's.

        A statement counts the root of its kernel weight, so a pair of statements z and z' counts the root of z z'.
        Where the windows and the network are both of definition "dna", "average" multiplies by the sum, over the
        concepts and levels that either of the two ever takes, of 2 / (the statements of both there at any time), and
        "jaccard" and "cosine" divide by nothing, as DNA has it: not for pairs of whom one speaks of more concepts.

        Args:
            options: Those of `Positions.congruence`.
        """
        return frames.frame(self._each(lambda table: table.congruence(**options)))

    def _each(self, score: Callable[[Positions], ArrowStream]) -> Any:
        """Return the rows of every window, the window's columns first."""
        import pyarrow

        tables = []
        watch = Watch("window")
        # Without a window the columns are those of a table without issues.
        for at, (start, end, units, weights) in enumerate(self._found or [(EPOCH, EPOCH, [], [])]):
            table = self._table._part(units, None if all(weight == 1 for weight in weights) else weights)
            table._whole = self._table._core if self._options["definition"] == "dna" else None
            rows = pyarrow.table(score(table))
            count = rows.num_rows
            rows = rows.add_column(0, "end", days([end] * count)).add_column(0, "start", days([start] * count))
            tables.append(rows.add_column(0, "window", pyarrow.array([at] * count, pyarrow.int64())))
            watch.look(at + 1, len(self._found))
        watch.close()
        rows = pyarrow.concat_tables(tables)
        return rows if self._found else rows[:0]

    def __len__(self) -> int:
        """Return the number of windows."""
        return len(self._found)

    def __repr__(self) -> str:
        """Say how many there are."""
        return f"<Rolling: {len(self)} windows>"


def days(texts: list[str]) -> Any:
    """Return days as an Arrow array."""
    import pyarrow

    return pyarrow.array(texts, pyarrow.string()).cast(pyarrow.date32())
