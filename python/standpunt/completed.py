"""What anonymous groups leave open, carried into measures of all actors at once."""

from __future__ import annotations

from collections.abc import Mapping

from standpunt import _core, frames
from standpunt.arguments import SizeTable, sizes, string
from standpunt.coefficients import COHESIONS, METRICS, CohesionMeasure, Metric
from standpunt.congruence import DEFINITIONS, KINDS, NORMALISE, Definition, Kind, Normalise
from standpunt.declaration import number, whole
from standpunt.errors import InputError
from standpunt.frames import Frame
from standpunt.ties import LINKAGES, Linkage

__all__ = ["Completed"]


class Completed:
    """The measures of a `Corpus` that need all seats at once.

    Where a closed form exists bounds are sharp; otherwise they come from completions: every issue seated as the group
    model has it, `draws` times. Their mean is the model's expectation up to `error` (its standard error, which falls
    with the root of the draws); `least` and `greatest` are the ends of what was drawn, and the true ends lie at or
    beyond them.
    """

    __slots__ = ()
    _inner: _core.CorpusCore

    def cohesion(self, measure: CohesionMeasure = "hix_noury_roland") -> Frame:
        """Dataframe, one row a meeting and issue: how closely the member states stand together.

        Columns: meeting, topic, issue, the measure's name (expected over the sizes that the groups may have), lower,
        upper (sharp: both are reached by some sizes), defined (the probability that anybody takes a side). The silent
        do not vote, those reported as neutral abstain. For the formulas see `sp.cohesion`. Where reports tell only
        who is in favour, every cohesion is 1: it measures those who spoke.

        Example:
            >>> import standpunt as sp
            >>> said = "France and Spain supported the tax. A few member states opposed the tax."
            >>> row = sp.parse_report(f"Report of 6 June 2025\\n\\n{said}").cohesion("rice")
            >>> row[["lower", "upper"]].round(3).values.tolist()
            [[0.0, 0.429]]
        """
        frames.choose("measure", measure, COHESIONS)
        return frames.frame(_core.open_cohesion(self._inner, measure))

    def alpha(self, metric: Metric = "nominal", *, draws: int = 1000, seed: int = 0, level: float = 0.95) -> Frame:
        """Dataframe, one row: Krippendorff's alpha of all actors over the issues, over completions.

        Columns: alpha (the mean), error, ci_low, ci_high, least, greatest, defined (completions in which it
        is).

        Args:
            metric: As in `sp.alpha`; opposition, neutral and support are in order.
            draws: How many completions, at most 100,000.
            seed: The seed of the draws; the same gives the same.
            level: The share of completions between ci_low and ci_high.
        """
        frames.choose("metric", metric, METRICS)
        return frames.frame(_core.open_alpha(self._inner, metric, _drawn(draws, seed, level)))

    def congruence(
        self,
        *,
        kind: Kind = "congruence",
        normalise: Normalise = "average",
        definition: Definition = "corrected",
        draws: int = 1000,
        seed: int = 0,
        level: float = 0.95,
    ) -> Frame:
        """Dataframe, one row a pair: the network of who says alike, over completions; each issue is a concept.

        Columns: actor_a, actor_b, the kind (its mean), error, ci_low, ci_high, least, greatest, defined.

        Args:
            kind, normalise, definition: As in `Positions.congruence`.
            draws, seed, level: As in `alpha`.
        """
        frames.choose("kind", kind, KINDS)
        frames.choose("normalise", normalise, NORMALISE)
        frames.choose("definition", definition, DEFINITIONS)
        options = {
            "kind": kind,
            "normalise": normalise,
            "definition": definition,
            "duplicates": "include",
            "within": None,
        }
        return frames.frame(_core.open_congruence(self._inner, options, _drawn(draws, seed, level)))

    def camps(
        self,
        number: int = 2,
        *,
        linkage: Linkage = "average",
        draws: int = 200,
        seed: int = 0,
        level: float = 0.95,
    ) -> Frame:
        """Dataframe, one row a pair: in what share of completions both are in one camp.

        Columns: actor_a, actor_b, together (0 to 1), error, ci_low, ci_high, least, greatest (0 or 1 each), defined
        (completions in which both have a score with someone). A pair that is always together or always apart has least
        equal to greatest: only of those is the camp known.

        Args:
            number, linkage: As in `Ties.camps`, on the agreement of the completion.
            draws, seed, level: As in `alpha`.
        """
        frames.choose("linkage", linkage, LINKAGES)
        drawn = _drawn(draws, seed, level)
        return frames.frame(_core.open_camps(self._inner, whole("number", number, 2**31), linkage, drawn))

    def sensitivity(self, tables: Mapping[str, SizeTable]) -> Frame:
        """Dataframe of what depends on how large size words are taken to be; what all tables give alike has no row.

        Columns: quantity ("agreement" of a pair, "cohesion" of an issue by Rice, "majority": the probability that a
        side is a qualified majority), actor_a, actor_b, or meeting, issue, side, then table, value, lower, upper,
        verdict.

        Args:
            tables: Size tables by name: a TOML file, or ranges by size word that replace the standard ones.

        Example:
            >>> import standpunt as sp
            >>> text = "Report of 6 June 2025\\n\\nMany member states supported the tax. France opposed the tax."
            >>> rows = sp.parse_report(text).sensitivity({"standard": {}, "wide": {"many": (14, 26)}})
            >>> rows[rows["quantity"] == "cohesion"]["table"].tolist()
            ['standard', 'wide']

        Raises:
            InputError: For fewer than two tables.
        """
        if not isinstance(tables, Mapping) or len(tables) < 2:
            raise InputError("tables: expected at least two size tables by name")
        named = [(string("tables", name), sizes(table)) for name, table in tables.items()]
        return frames.frame(_core.sensitivity(self._inner, named))


def _drawn(draws: int, seed: int, level: float) -> tuple[int, int, float]:
    return whole("draws", draws, 100_000), whole("seed", seed, 2**64 - 1), number("level", level)
