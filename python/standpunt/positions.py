"""Tables of positions: actors by issues with one value a cell, and the scores made from them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from standpunt import _core, frames
from standpunt.errors import InputError
from standpunt.frames import Frame

if TYPE_CHECKING:
    import numpy

__all__ = ["PairScores", "Positions", "alpha", "cohesion"]

Scale = Literal["nominal", "ordinal", "interval"]
Measure = Literal["agreement", "agree2", "agree3", "s", "kappa", "weighted_kappa", "pi"]
Metric = Literal["nominal", "ordinal", "interval", "ratio"]
CohesionMeasure = Literal["rice", "attina", "hix_noury_roland"]
Missing = Any
"""One value, several, or a mapping of values to "absent" or "not_eligible"."""

SCALES = ("nominal", "ordinal", "interval")
MEASURES = ("agreement", "agree2", "agree3", "s", "kappa", "weighted_kappa", "pi")
METRICS = ("nominal", "ordinal", "interval", "ratio")
COHESIONS = ("rice", "attina", "hix_noury_roland")


class Positions:
    """A table of positions: one value per actor and issue.

    Args:
        frame: A dataframe with one row per actor and issue, or a path to one.
        actor, issue, value: The names of its columns.
        topic: The column with the topic of each issue.
        meeting: The column with the meeting; the same issue in two meetings counts as two.
        weight: The column with the weight of each issue.
        scale: What the values are.
        levels: The levels; on an ordinal scale lowest first and required.
        range: The lowest and the highest value there can be, required on an interval scale.
        missing: Values that are no positions: one, several, or a mapping to "absent" or "not_eligible". They stay
            apart from each other and from cells without a row; `worst` and `best` leave out who was not eligible.

    Raises:
        InputError: For columns that are not there, values outside the scale, weights that are none, or an actor with
            two different values on an issue, with row and column.
    """

    __slots__ = ("_core", "_keys", "_source")

    def __init__(
        self,
        frame: Any,
        *,
        actor: str = "actor",
        issue: str = "issue",
        value: str = "value",
        topic: str | None = None,
        meeting: str | None = None,
        weight: str | None = None,
        scale: Scale = "nominal",
        levels: Sequence[Any] | None = None,
        range: tuple[float, float] | None = None,
        missing: Missing = None,
    ) -> None:
        """Read the frame."""
        columns = {"actor": actor, "issue": issue, "value": value, "topic": topic, "meeting": meeting, "weight": weight}
        for name, column in columns.items():
            if not isinstance(column, str) and not (column is None and name in ("topic", "meeting", "weight")):
                raise TypeError(f"{name}: expected the name of a column, got {type(column).__name__}")
        self._source: Any = (frame, columns, declaration(scale, levels, range, missing))
        self._keys: list[str] = []
        self._core = self._read()

    def _read(self) -> _core.PositionsCore:
        frame, columns, declared = self._source
        if frames.is_pandas(frame):
            # Other columns are none of our business, nor is their conversion.
            wanted = [name for name in dict.fromkeys([*columns.values(), *self._keys]) if name is not None]
            if all(name in frame.columns for name in wanted):
                frame = frame.loc[:, wanted]
        table, name = frames.table(frame, "frame")
        return _core.PositionsCore.from_long(table, name, {**columns, "keys": self._keys}, declared)

    @classmethod
    def from_matrix(
        cls,
        array: Any,
        *,
        actors: Sequence[Any] | None = None,
        issues: Sequence[Any] | None = None,
        weights: Sequence[float] | None = None,
        scale: Scale = "nominal",
        levels: Sequence[Any] | None = None,
        range: tuple[float, float] | None = None,
        missing: Missing = None,
    ) -> Positions:
        """Return the table of an array, actors by issues; a pandas frame brings its own names.

        NaN and None are missing; in arrays of whole numbers only what `missing` names.

        Raises:
            InputError: For an array that is not two-dimensional, values outside the scale, or labels that do not fit.
        """
        import numpy

        declared = declaration(scale, levels, range, missing)
        if frames.is_pandas(array):
            actors = list(array.index) if actors is None else actors
            issues = list(array.columns) if issues is None else issues
            array = array.to_numpy()
        array = numpy.asarray(array)
        if array.ndim != 2:
            raise InputError(f"array: expected two dimensions, actors by issues, got {array.ndim}")
        labels = {
            "actors": names("actor", actors, array.shape[0]),
            "issues": names("issue", issues, array.shape[1]),
            "weights": None if weights is None else [float(weight) for weight in weights],
        }
        table = cls.__new__(cls)
        table._source, table._keys = None, []
        table._core = core_of(array, labels, declared)
        return table

    @property
    def actors(self) -> list[str]:
        """The actors, in the order of the matrices."""
        return self._core.actors

    @property
    def issues(self) -> list[str]:
        """The issues."""
        return self._core.issues

    @property
    def levels(self) -> list[str]:
        """The levels of the scale; empty on an interval scale."""
        return self._core.levels

    @property
    def repeated(self) -> int:
        """How many rows repeated another one; each was read once."""
        return self._core.repeated

    @property
    def states(self) -> Frame:
        """Dataframe: actor, state, issues: how often an actor has each level and each reason for having none."""
        return frames.frame(self._core.states())

    def agreement(
        self,
        *,
        by: str | Sequence[str] | None = None,
        actors: Sequence[str] | None = None,
        measure: Measure = "agreement",
        distance: Literal["absolute", "squared"] = "absolute",
        min_shared: int = 0,
        bootstrap: int = 0,
        seed: int | None = None,
        level: float = 0.95,
        interval: Literal["percentile", "bca"] = "percentile",
    ) -> PairScores:
        """Return the score of every pair of actors.

        Args:
            by: Columns of the frame, constant on an issue: one score per pair and value.
            actors: The actors to score; all without it.
            measure: The measure; its name is that of the column.
            distance: How distance grows on a scale with an order.
            min_shared: Pairs that share fewer issues have no score.
            bootstrap: Replicates for `ci_low` and `ci_high`, drawn over issues; 0 for none, at most 100,000.
            seed: The seed of the draws; without one it is drawn, and recorded in `provenance`.
            level: The share of replicates inside the interval.
            interval: How the interval is read from the replicates.

        Raises:
            InputError: Where the measure does not fit the scale, or an option lies outside its range.
        """
        frames.choose("measure", measure, MEASURES)
        frames.choose("distance", distance, ("absolute", "squared"))
        frames.choose("interval", interval, ("percentile", "bca"))
        seed = secrets.randbits(48) if seed is None else whole("seed", seed, 2**64 - 1)
        options = {
            "by": self._keyed(by) or [],
            "actors": None if actors is None else [str(actor) for actor in actors],
            "measure": measure,
            "distance": distance,
            "min_shared": whole("min_shared", min_shared, 2**32 - 1),
            "bootstrap": whole("bootstrap", bootstrap, 100_000),
            "seed": seed,
            "level": float(level),
            "interval": interval,
        }
        return PairScores(self._core.agreement(options), options)

    def alpha(self, metric: Metric = "nominal", *, by: str | Sequence[str] | None = None) -> Frame | float | None:
        """Return Krippendorff's alpha of all actors over the issues; None where it is undefined.

        With `by` a dataframe: its columns, then alpha, observed, expected, issues, values.
        """
        frames.choose("metric", metric, METRICS)
        keys = self._keyed(by) or []
        table = self._core.alpha(metric, keys)
        if by is not None:
            return frames.frame(table)
        import pyarrow

        return pyarrow.table(table)["alpha"][0].as_py()

    def cohesion(
        self,
        measure: CohesionMeasure = "hix_noury_roland",
        *,
        groups: Mapping[str, Any] | None = None,
        by: str | Sequence[str] | None = None,
    ) -> Frame:
        """Return the cohesion of groups, on a scale with no, abstain and yes.

        Args:
            measure: Rice, Attinà (in percent) or Hix, Noury and Roland.
            groups: A mapping of each group to its members, or of each actor to its group; without it all are one.
            by: Columns of the frame; without them one row per group and issue, with them the mean over the issues.
        """
        frames.choose("measure", measure, COHESIONS)
        keys = self._keyed(by)
        return frames.frame(self._core.cohesion(measure, members(groups, self.actors), keys))

    def _keyed(self, by: str | Sequence[str] | None) -> list[str] | None:
        """Return the keys as a list, reading from the frame those the table does not have yet."""
        if by is None:
            return None
        keys = [by] if isinstance(by, str) else list(by)
        new = [key for key in keys if key not in self._keys and key not in ("issue", "meeting", "topic")]
        if new and self._source is not None:
            before = list(self._keys)
            self._keys = before + new
            try:
                self._core = self._read()
            except Exception:
                self._keys = before
                raise
        return keys

    def __repr__(self) -> str:
        """Say how large it is."""
        return f"<Positions: {len(self.actors)} actors, {len(self.issues)} issues>"


class PairScores:
    """The scores of every pair of actors of a table. Made by `Positions.agreement`."""

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

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand out the rows of `frame`."""
        return self._core.frame().__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        """Return the number of rows of `frame`."""
        return len(self._core)

    def __repr__(self) -> str:
        """Say what it holds."""
        return f"<PairScores: {self._options['measure']} of {len(self)} pairs>"


def alpha(array: Any, metric: Metric = "nominal", *, missing: Missing = None) -> float | None:
    """Return Krippendorff's alpha of an array, raters by units; None where all values are equal.

    NaN is missing; in arrays of whole numbers only what `missing` names.

    Raises:
        InputError: Where no unit has two values, or the values do not fit the metric.
    """
    import numpy

    frames.choose("metric", metric, METRICS)
    array = numpy.asarray(array)
    if array.ndim != 2:
        raise InputError(f"array: expected two dimensions, raters by units, got {array.ndim}")
    gaps = [value for value, _ in gaps_of(missing)]
    if array.dtype == numpy.int8:
        parts = _core.alpha_of_bytes(array, metric, [int(gap) for gap in gaps if -128 <= int(gap) < 128])
    else:
        parts = _core.alpha_of_numbers(numbers(array, gaps), metric)
    if parts[3] == 0:
        raise InputError("array: no unit has two values, so there is nothing to compare")
    return parts[0]


def cohesion(yes: float, no: float, abstain: float = 0, *, measure: CohesionMeasure = "rice") -> float | None:
    """Return the cohesion of a group from its votes; None where it is undefined.

    "rice" is |Y-N|/(Y+N), "attina" 100(2 max-T)/T in percent, "hix_noury_roland" (max-(T-max)/2)/T.
    """
    frames.choose("measure", measure, COHESIONS)
    return _core.cohesion_of_counts(float(yes), float(no), float(abstain), measure)


def declaration(scale: str, levels: Sequence[Any] | None, range: Any, missing: Missing) -> dict[str, Any]:
    """Return what values mean, checked, as the core takes it."""
    frames.choose("scale", scale, SCALES)
    if scale == "ordinal" and levels is None:
        raise InputError("levels: expected the levels of the ordinal scale, lowest first, got nothing")
    if scale == "interval" and range is None:
        raise InputError(
            "range: expected (lowest, highest) on an interval scale, never taken from the data, got nothing"
        )
    if isinstance(levels, str):
        raise InputError(f"levels: expected a list of levels, got '{levels}'")
    return {
        "scale": scale,
        "levels": None if levels is None else [text(level) for level in levels],
        "range": None if range is None else tuple(float(end) for end in range),
        "missing": gaps_of(missing),
    }


def gaps_of(missing: Missing) -> list[tuple[str, bool]]:
    """Return the declared values that are no positions, each with whether a position could have been taken."""
    if missing is None:
        return []
    if isinstance(missing, Mapping):
        for kind in missing.values():
            frames.choose("missing", kind, ("absent", "not_eligible"))
        return [(text(value), kind != "not_eligible") for value, kind in missing.items()]
    several = missing if isinstance(missing, Iterable) and not isinstance(missing, str) else [missing]
    return [(text(value), True) for value in several]


def text(value: object) -> str:
    """Return a value as the core names it: 27.0 is 27."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def names(kind: str, given: Sequence[Any] | None, count: int) -> list[str]:
    """Return the labels of rows or columns, numbered where none are given."""
    if given is None:
        return [str(at) for at in range(count)]
    if len(given) != count:
        raise InputError(f"{kind}s: expected {count} names, got {len(given)}")
    return [text(name) for name in given]


def core_of(array: Any, labels: dict[str, Any], declared: dict[str, Any]) -> _core.PositionsCore:
    """Return the core's table of an array of any type."""
    import numpy

    if declared["scale"] == "interval":
        if array.dtype.kind not in "fiu":
            raise InputError(f"array: expected numbers on an interval scale, got {array.dtype}")
        return _core.PositionsCore.from_numbers(numpy.asarray(array, numpy.float64), labels, declared)
    if array.dtype == numpy.int8:
        return _core.PositionsCore.from_bytes(array, labels, declared)
    if array.dtype.kind in "iub" and array.size and int(array.min()) >= -128 and int(array.max()) <= 127:
        return _core.PositionsCore.from_bytes(array.astype(numpy.int8), labels, declared)
    return _core.PositionsCore.from_objects(array.astype(object), labels, declared)


def numbers(array: Any, gaps: list[str]) -> Any:
    """Return an array as doubles, NaN for the declared gaps."""
    import numpy

    if array.dtype.kind not in "fiub":
        raise InputError(f"array: expected numbers, got {array.dtype}")
    if not gaps:
        return numpy.asarray(array, numpy.float64)
    array = array.astype(numpy.float64)
    array[numpy.isin(array, [float(gap) for gap in gaps])] = numpy.nan
    return array


def members(groups: Mapping[str, Any] | None, actors: list[str]) -> list[tuple[str, list[str]]]:
    """Return groups with their members, whichever way round they were given."""
    if groups is None:
        return [("all", actors)]
    if not isinstance(groups, Mapping):
        raise TypeError(f"groups: expected a mapping, got {type(groups).__name__}")
    if any(not isinstance(value, str) for value in groups.values()):
        return [(str(name), [str(actor) for actor in group]) for name, group in groups.items()]
    found: dict[str, list[str]] = {}
    for actor, group in groups.items():
        found.setdefault(group, []).append(str(actor))
    return sorted(found.items())


def whole(name: str, value: object, most: int) -> int:
    """Return a whole number from 0 to `most`.

    Raises:
        InputError: For anything else.
    """
    if isinstance(value, bool) or not hasattr(value, "__index__") or not 0 <= value.__index__() <= most:
        raise InputError(f"{name}: expected a whole number from 0 to {most:,}, got {value!r}")
    return int(value.__index__())
