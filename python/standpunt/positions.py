"""Tables of positions: actors by issues with one value a cell, and the scores made from them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from standpunt import _core, frames
from standpunt.coefficients import COHESIONS, METRICS, WEIGHTS, CohesionMeasure, Metric, Weights
from standpunt.congruence import (
    DEFINITIONS,
    DUPLICATES,
    KINDS,
    NORMALISE,
    Congruence,
    Definition,
    Duplicates,
    Kind,
    Normalise,
    TwoMode,
)
from standpunt.declaration import Missing, Scale, core_of, declaration, members, named, names, number, whole
from standpunt.errors import InputError
from standpunt.frames import Frame
from standpunt.pair_scores import PairScores
from standpunt.rolling import Rolling
from standpunt.tallies import AlphaTally, CohesionTally, PairTally

__all__ = ["Positions"]

Measure = Literal[
    "agreement",
    "agree2",
    "agree3",
    "s",
    "kappa",
    "weighted_kappa",
    "pi",
    "weighted_pi",
    "excess_s",
    "tau_b",
]

Distance = Literal["absolute", "squared"]
Salience = Literal["product", "mean"]
Kernel = Literal["uniform", "triangular", "epanechnikov", "gaussian"]

MEASURES = get_args(Measure)
DISTANCES = ("absolute", "squared")
KERNELS = ("uniform", "triangular", "epanechnikov", "gaussian")


class Positions:
    """A table of positions: one value per actor and issue.

    An actor without a row on an issue has not stated a position there; so has a row without a value. No measure takes
    either for a position, nor what `missing` declares. A row that repeats another is read once and counted in
    `repeated`. Actors and issues are sorted, so the order of the rows changes nothing.

    >>> import pandas, standpunt as sp
    >>> votes = pandas.DataFrame({"actor": ["BE", "NL"] * 2, "issue": [1, 1, 2, 2], "value": list("yyny")})
    >>> table = sp.Positions(votes)
    >>> table.agreement().frame["agreement"].item()
    0.5

    Args:
        frame: A dataframe with one row per actor and issue, or a path to one.
        actor, issue, value: The names of its columns.
        topic: The column with the topic of each issue.
        meeting: The column with the meeting; the same issue in two meetings counts as two.
        weight: The column with the weight of each issue: a finite number of at least 0, the same in all its rows.
        salience: The column with how much the actor cares about the issue, for `agreement(salience=...)`.
        scale: What the values are.
        levels: The levels; on an ordinal scale lowest first and required.
        range: The lowest and the highest value there can be, required on an interval scale.
        missing: Values that are no positions: one, several, or a mapping to "absent" or "not_eligible". They stay
            apart from each other and from cells without a row; `worst` and `best` leave out who was not eligible.

    Raises:
        InputError: For columns that are not there, values outside the scale, weights that are none, or an actor with
            two different values on an issue, with row and column.
    """

    __slots__ = ("_core", "_keys", "_source", "_whole")

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
        salience: str | None = None,
        scale: Scale = "nominal",
        levels: Sequence[Any] | None = None,
        range: tuple[float, float] | None = None,
        missing: Missing = None,
    ) -> None:
        """Read the frame."""
        columns = {"actor": actor, "issue": issue, "value": value, "topic": topic, "meeting": meeting, "weight": weight}
        columns["salience"] = salience
        for name, column in columns.items():
            if not isinstance(column, str) and (column is not None or name in ("actor", "issue", "value")):
                raise TypeError(f"{name}: expected the name of a column, got {type(column).__name__}")
        self._source: Any = (frame, columns, declaration(scale, levels, range, missing))
        self._keys: list[str] = []
        self._whole: _core.PositionsCore | None = None
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
    def _of(cls, core: _core.PositionsCore, keys: Sequence[str] = ()) -> Positions:
        """Wrap a table of the core."""
        table = cls.__new__(cls)
        table._source, table._keys, table._core, table._whole = None, list(keys), core, None
        return table

    @classmethod
    def from_matrix(
        cls,
        array: Any,
        *,
        actors: str | Sequence[Any] | None = None,
        issues: Sequence[Any] | None = None,
        weights: Sequence[float] | None = None,
        scale: Scale = "nominal",
        levels: Sequence[Any] | None = None,
        range: tuple[float, float] | None = None,
        missing: Missing = None,
    ) -> Positions:
        """Return the table of an array or a wide dataframe, actors by issues.

        NaN and None are missing; in arrays of whole numbers only what `missing` names.

        Args:
            array: Two-dimensional, or a dataframe: its columns are the issues, a pandas index the actors.
            actors: The names of the rows, or the column of a dataframe that holds them; numbers without it.
            issues: The names of the columns; those of a dataframe, or numbers, without it.
            weights: The weight of each issue.
            scale: What the values are.
            levels: The levels; on an ordinal scale lowest first and required.
            range: The lowest and the highest value there can be, required on an interval scale.
            missing: Values that are no positions, as in `Positions`.

        Raises:
            InputError: For an array that is not two-dimensional, values outside the scale, or labels that do not fit.
        """
        import numpy

        declared = declaration(scale, levels, range, missing)
        if isinstance(actors, str) or frames.is_frame(array):
            array, actors, issues = frames.wide(array, actors, issues)
        if isinstance(array, numpy.ma.MaskedArray):
            masked: Any = array.astype(object if array.dtype.kind in "OUS" else float)
            array = masked.filled(numpy.nan)
        array = numpy.asarray(array)
        if array.ndim != 2:
            raise InputError(f"array: expected two dimensions, actors by issues, got {array.ndim}")
        labels = {
            "actors": names("actor", actors, array.shape[0]),
            "issues": names("issue", issues, array.shape[1]),
            "weights": None if weights is None else [number("weights", weight) for weight in weights],
        }
        return cls._of(core_of(array, labels, declared))

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
        distance: Distance = "absolute",
        salience: Salience | None = None,
        min_shared: int = 0,
        bootstrap: int = 0,
        seed: int | None = None,
        level: float = 0.95,
        interval: Literal["percentile", "bca"] = "percentile",
    ) -> PairScores:
        """Return the score of every pair of actors, over the issues on which both have a position.

        With w the weight of an issue, d the distance of the two positions on it and D the greatest distance that the
        scale allows:

        - "agreement": 1 - sum(w d) / (D sum(w)), from 0 to 1; on a nominal scale the share of equal positions;
        - "agree2": the share of equal votes where neither abstains; "agree3": an abstention is half way between no
          and yes (Voeten 2013); both from 0 to 1;
        - "s": 1 - 2 sum(w d) / (D sum(w)), from -1 to 1 (Signorino and Ritter 1999), on a scale with an order;
        - "kappa" (Cohen 1960), "weighted_kappa" (Cohen 1968) and "pi" (Scott 1955): 1 - observed / expected
          disagreement, from -1 to 1, 0 what chance gives; missing where both always take one and the same level.
          Kappa expects it from the habits of each, "pi" and "weighted_pi" from those of both together;
        - "excess_s" (Benati and Capurri's A): twice the expected less the observed mean distance over D, from -1 to 1,
          0 at chance: S less what independence would give;
        - "tau_b" (Kendall 1945): (C - D) / sqrt((n0 - n1)(n0 - n2)) with C concordant and D discordant pairs of
          issues, n0 all pairs, n1 and n2 those tied for the one and the other; from -1 to 1; missing where one of the
          two takes one level throughout. It sees order alone: who always stands one step lower has 1.

        Those from "kappa" on count levels: they take no weights and no numbers. All are symmetric, and missing where
        the two share no issue. Do not read a chance-corrected one where an actor hardly varies: it is near 0
        whatever they share.

        Args:
            by: Columns of the frame, constant on an issue: one score per pair and value.
            actors: The actors to score; all without it.
            measure: The measure; its name is that of the column.
            distance: How distance grows on a scale with an order.
            salience: What an issue weighs for a pair, on top of its own weight: the "product" or the "mean" of how
                much the two care about it.
            min_shared: Pairs that share fewer issues have no score.
            bootstrap: Replicates for `ci_low` and `ci_high`, drawn over issues; 0 for none, at most 100,000.
            seed: The seed of the draws; without one it is drawn, and recorded in `provenance`.
            level: The share of replicates inside the interval.
            interval: How the interval is read from the replicates.

        Raises:
            InputError: Where the measure does not fit the scale, or an option lies outside its range.
        """
        frames.choose("measure", measure, MEASURES)
        frames.choose("distance", distance, DISTANCES)
        choose_salience(salience)
        frames.choose("interval", interval, ("percentile", "bca"))
        seed = secrets.randbits(48) if seed is None else whole("seed", seed, 2**64 - 1)
        options = {
            "by": self._keyed(by) or [],
            "actors": None if actors is None else named("actors", actors),
            "measure": measure,
            "distance": distance,
            "salience": salience,
            "min_shared": whole("min_shared", min_shared, 2**32 - 1),
            "bootstrap": whole("bootstrap", bootstrap, 100_000),
            "seed": seed,
            "level": number("level", level),
            "interval": interval,
        }
        return PairScores(self._core.agreement(options), options)

    def tally(
        self,
        *,
        measure: Measure = "agreement",
        distance: Distance = "absolute",
        salience: Salience | None = None,
        heaviest: float | None = None,
    ) -> PairTally:
        """Return what the scores of all pairs are made of, to be merged with that of other issues.

        Args:
            measure: The measure.
            distance: How distance grows on a scale with an order.
            salience: What an issue weighs for a pair, as in `agreement`.
            heaviest: The greatest weight of all tables whose tallies will be merged. It sets the grid of the sums:
                with it, tables read apart give the bytes that one table gives.
        """
        frames.choose("measure", measure, MEASURES)
        frames.choose("distance", distance, DISTANCES)
        choose_salience(salience)
        options = {"measure": measure, "distance": distance, "salience": salience}
        return PairTally._of(self._core.tally(options, None if heaviest is None else number("heaviest", heaviest)))

    def advice(
        self,
        voter: str,
        *,
        metric: Literal["manhattan", "directional"] = "manhattan",
        unanswered: Literal["neutral", "relative_maximum", "ignore"] = "neutral",
    ) -> Frame:
        """Return how far an actor is from every other, as voting advice has it; nearest first.

        Columns: actor, distance (the mean over issues, by their weights; 0 to 1; missing where no issue counts),
        answered (issues on which both have a position). Issues on which the voter has none never count. It is not
        symmetric in what is missing: to compare actors of equal standing use `agreement`.

        With a and b from -1/2 to 1/2, the ends of the declared scale (OpenVAA's matching):

        Args:
            voter: The actor who is advised.
            metric: "manhattan" |a - b|; "directional" 1/2 - 2ab: the same side counts the more, the more strongly both
                take it, and two neutral answers have 1/2, so an actor is not at distance 0 from itself.
            unanswered: What an answer counts as that the other one did not give: the "neutral" middle of the scale, the
                "relative_maximum", its end that is farther from the voter, or nothing ("ignore" the issue).

        >>> import standpunt as sp
        >>> rows = [[1, 3, 5], [None, None, None], [1, 4, 5]]
        >>> table = sp.Positions.from_matrix(rows, actors=["me", "silent", "near"], scale="ordinal", levels=range(1, 6))
        >>> table.advice("me")[["actor", "distance"]].round(3).values.tolist()
        [['near', 0.083], ['silent', 0.333]]

        Raises:
            InputError: For an actor that is not there, or a nominal scale.
        """
        frames.choose("metric", metric, ("manhattan", "directional"))
        frames.choose("unanswered", unanswered, ("neutral", "relative_maximum", "ignore"))
        return frames.frame(self._core.advice(named("voter", [voter])[0], metric, unanswered))

    def congruence(
        self,
        *,
        kind: Kind = "congruence",
        normalise: Normalise = "average",
        definition: Definition = "corrected",
        duplicates: Duplicates = "include",
        within: str | None = None,
    ) -> Congruence:
        """Return the network of the statements of all actors; each issue is a concept, pooled over meetings.

        With a the statements of an actor on a concept at a level, and s the likeness of two levels (equality, or on an
        ordinal scale 1 - distance/range), summed over concepts and pairs of levels (Leifeld 2017): "congruence" is
        a a' s, "conflict" a a' (1 - s), "subtract" their difference, "ignore" their sum. From 0 up, "subtract" also
        below. It grows with how much two say: to compare pairs that say little and much, use `agreement`.

        Where an actor says several things on a concept, give each statement its own `meeting`. A statement on an issue
        of weight w counts the root of w, so a pair counts as DNA's kernels weigh it: see `rolling(...).congruence`.

        Args:
            kind: What joins two actors.
            normalise: "average" divides by the mean number of statements of the two (not bounded); "jaccard" by the
                pairs on shared concepts and what each says on others; "cosine" by the lengths of the two profiles.
            definition: "corrected" keeps jaccard and cosine within 1 and is missing without a statement or divisor;
                "dna" is what the Discourse Network Analyzer computes: its cosine divides by the product of the
                numbers of statements, its jaccard can exceed 1, and it has 0 where nothing is defined.
            duplicates: Whether every statement counts, or the first one of an actor on a concept at one level: in all
                ("once"), or of each ISO "week", "month" or "year".
            within: With "once", a column of the frame, such as the document: the first for each value. With a week,
                month or year the column of the days, "date" without it.

        Raises:
            InputError: For numbers, or more than two nominal levels where the formula has none.
        """
        frames.choose("normalise", normalise, NORMALISE)
        options = self._networked(kind, normalise, definition, duplicates, within)
        return Congruence(self._core.congruence(options, self._whole), options)

    def two_mode(
        self,
        *,
        kind: Literal["subtract", "ignore"] = "subtract",
        normalise: Literal["none", "activity", "prominence"] = "none",
        definition: Definition = "corrected",
        duplicates: Duplicates = "include",
        within: str | None = None,
    ) -> TwoMode:
        """Return the network of actors and concepts: who speaks of what, and on which side (Leifeld 2017).

        Args:
            kind: "subtract" adds up the statements, those at the lowest level as -1, those at the highest as 1: in
                favour less against, on an ordinal scale. "ignore" counts them, whatever their side.
            normalise: "activity" divides by all statements of the actor, "prominence" by all on the concept, whatever
                their side: from -1 to 1 ("ignore" from 0).
            definition: "corrected" is missing where an actor takes no side and "subtract" asks for it, or where nothing
                is to be divided; "dna" has 0 there.
            duplicates: Which statements count, as in `congruence`.
            within: As in `congruence`.

        Raises:
            InputError: For numbers, or to subtract on a nominal scale.
        """
        frames.choose("normalise", normalise, ("none", "activity", "prominence"))
        options = self._networked(kind, normalise, definition, duplicates, within)
        return TwoMode(self._core.two_mode(options), options)

    def _networked(
        self, kind: str, normalise: str, definition: str, duplicates: str, within: str | None
    ) -> dict[str, Any]:
        """Return the options of a network of statements, checked."""
        frames.choose("kind", kind, KINDS)
        frames.choose("definition", definition, DEFINITIONS)
        frames.choose("duplicates", duplicates, DUPLICATES)
        if within is not None and duplicates == "include":
            raise InputError('within: expected duplicates="once" or a period beside it, got "include"')
        self._keyed("date" if within is None and duplicates in ("week", "month", "year") else within)
        return {
            "kind": kind,
            "normalise": normalise,
            "definition": definition,
            "duplicates": duplicates,
            "within": within,
        }

    def alpha_tally(self, metric: Metric = "nominal") -> AlphaTally:
        """Return what alpha is made of, to be merged with that of other issues."""
        frames.choose("metric", metric, METRICS)
        return AlphaTally._of(self._core.alpha_tally(metric))

    def rolling(
        self,
        date: str = "date",
        *,
        days: int | None = None,
        issues: int | None = None,
        step: int = 1,
        kernel: Kernel = "uniform",
        definition: Definition = "corrected",
    ) -> Rolling:
        """Return windows over time, each of which can be scored.

        Args:
            date: The column of the frame with the day of each issue, as dates or as YYYY-MM-DD.
            days: How many days a window is wide, its first and last day included.
            issues: Or how many issues it holds, in order of date; those of one day in the order of the table.
            step: How many days (or issues) later the next window begins.
            kernel: How the weight of an issue falls with its distance from the middle of the window. With u that
                distance over half the width: "uniform" 1, "triangular" 1-|u|, "epanechnikov" 1-u^2, "gaussian"
                exp(-u^2/2), which reaches beyond the window. Nothing is drawn at random.
            definition: "dna" takes the kernels of the Discourse Network Analyzer with their constant factors: 1/2,
                |1-u| (as it has it: above 1 where u is below 0), 3/4 (1-u^2), and the normal density.

        Issues without a date stand in no window.

        Raises:
            InputError: Unless exactly one of days and issues is given, or for a cell that is no day.
        """
        if (days is None) == (issues is None):
            raise InputError("rolling: expected one of days= and issues=, the width of a window")
        frames.choose("kernel", kernel, KERNELS)
        frames.choose("definition", definition, DEFINITIONS)
        name = "issues" if days is None else "days"
        width = whole(name, issues if days is None else days, 2**31 - 1)
        self._keyed(date)
        found = self._core.windows(date, width, days is not None, whole("step", step, 2**31 - 1), (kernel, definition))
        options = {"date": date, name: width, "step": step, "kernel": kernel, "definition": definition}
        return Rolling(self, found, options)

    def alpha(self, metric: Metric = "nominal", *, by: str | Sequence[str] | None = None) -> Frame | float | None:
        """Return Krippendorff's alpha of all actors over the issues: 1 - observed / expected disagreement.

        1 is perfect, 0 what chance gives. Issues with fewer than two positions do not count (Krippendorff 2011). None
        where nothing can be paired, or all positions are equal. On an ordinal scale "interval" takes the levels as 0,
        1, 2 ...; "ordinal" takes the distance of their ranks.

        With `by` a dataframe: its columns, then alpha, observed, expected, issues, values.
        """
        frames.choose("metric", metric, METRICS)
        keys = self._keyed(by) or []
        table = self._core.alpha(metric, keys)
        if by is not None:
            return frames.frame(table)
        import pyarrow

        return pyarrow.table(table)["alpha"][0].as_py()

    def reliability(
        self,
        *,
        weights: Weights = "identity",
        by: str | Sequence[str] | None = None,
        per_category: bool = False,
    ) -> Frame:
        """Return every chance-corrected coefficient of all actors over the issues, one row each.

        Gwet's AC1 and AC2, Fleiss, Conger, Brennan and Prediger, Krippendorff with weights: see `sp.reliability`.
        Levels count as 1, 2, 3 ... in their order. With `per_category` one row a level (column category) and
        coefficient: the level against all others together.
        """
        frames.choose("weights", weights, WEIGHTS)
        if per_category:
            if by is not None or weights != "identity":
                raise InputError("per_category: expected neither by= nor weights= beside it")
            return frames.frame(self._core.categories())
        return frames.frame(self._core.reliability(weights, self._keyed(by) or []))

    @property
    def disagreements(self) -> Frame:
        """Dataframe: issue, meeting, topic, actor, value: what each has where actors (coders) differ."""
        return frames.frame(self._core.differing())

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

    def cohesion_tally(
        self,
        *,
        groups: Mapping[str, Any] | None = None,
        by: str | Sequence[str] | None = None,
    ) -> CohesionTally:
        """Return what cohesion is made of, to be merged with that of other issues or actors.

        Args:
            groups: As in `cohesion`; who has no row in this table has no vote in it.
            by: Columns of the frame that the means can be asked for, beside "issue", "meeting" and "topic".
        """
        keys = self._keyed(by) or []
        return CohesionTally._of(self._core.cohesion_tally(members(groups, self.actors), keys))

    def _part(self, units: list[int], weights: list[float] | None) -> Positions:
        """Return the table of the issues at `units`, with further weights."""
        return Positions._of(self._core.window(units, weights), self._keys)

    def _keyed(self, by: str | Sequence[str] | None) -> list[str] | None:
        """Return the keys as a list, reading from the frame those the table does not have yet."""
        if by is None:
            return None
        keys = [by] if isinstance(by, str) else named("by", by)
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

    def __copy__(self) -> Positions:
        """Return itself: it does not change."""
        return self

    def __deepcopy__(self, memo: object) -> Positions:
        """Return itself: it does not change."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what was read, and the columns that `by=` may still ask for."""
        source = self._source
        if source is not None:
            source = (frames.kept(source[0], [*source[1].values(), *self._keys]), *source[1:])
        return restored, (self._core.to_stored(), source, self._keys)

    def __repr__(self) -> str:
        """Say how large it is."""
        return f"<Positions: {len(self.actors)} actors, {len(self.issues)} issues>"


def restored(stored: bytes, source: Any, keys: list[str]) -> Positions:
    """Return a table of what `Positions.__reduce__` gave."""
    table = Positions.__new__(Positions)
    table._source, table._keys = source, list(keys)
    table._core = _core.PositionsCore.from_stored(stored, "pickle")
    return table


def choose_salience(salience: object) -> None:
    """Check the option."""
    if salience is not None:
        frames.choose("salience", salience, ("product", "mean"))
