"""Agreement: who stands with whom, and how far that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from standpunt import frames
from standpunt.frames import Frame
from standpunt.html import Picture
from standpunt.remade import Remade
from standpunt.ties import Ties

if TYPE_CHECKING:
    from standpunt import _core

__all__ = ["Agreement", "scored"]

Measure = Literal["agreement", "lower", "upper", "shared"]


class Agreement(Remade):
    """The scores of every pair of actors. Made by `Corpus.agreement`.

    >>> import standpunt as sp
    >>> corpus = sp.parse_report("Report of 6 June 2025\\n\\nFrance supported the tax. Italy opposed the tax.")
    >>> corpus.agreement(actors=["FR", "IT"]).frame["agreement"].tolist()
    [0.0]
    """

    __slots__ = ("_inner",)
    _inner: _core.AgreementCore

    def __init__(self, core: _core.AgreementCore) -> None:
        """Wrap the core's scores."""
        self._inner = core

    @property
    def frame(self) -> Frame:
        """Dataframe, one row a pair (and key of `by`), sorted.

        Columns: actor_a, actor_b, those of `by`, agreement, lower, upper (0 to 1; missing where the two share no
        issue), shared, shared_lower, shared_upper, agree, disagree (expected numbers of issues, unweighted). With
        `shared_lower` 0 the agreement is not identified: no issue is certain to be shared.
        """
        return frames.frame(self._inner.frame())

    @property
    def provenance(self) -> dict[str, str]:
        """Package and size-table versions, and the options of the corpus and of this score."""
        return self._inner.provenance()

    def matrix(self, measure: Measure = "agreement") -> Frame:
        """Square dataframe, actors by actors, of agreement, lower, upper or shared; missing where undefined.

        Raises:
            InputError: For another measure, or for scores by topic or meeting: those have no single matrix.
        """
        frames.choose("measure", measure, ("agreement", "lower", "upper", "shared"))
        return frames.square(self._inner.matrix(measure))

    def explain(self, actor_a: str, actor_b: str) -> Frame:
        """Dataframe, one row an issue that makes the score of two actors, with the quotes.

        Columns: instrument where the scores are split by it, meeting, topic, issue, weight, stance_a and stance_b
        (missing where the group model leaves them open), p_agree, p_disagree, contribution (adds up to the score of the
        pair, or of each key that scores are split by), certain (only one outcome is possible; where it is not, the
        group model made the contribution), holders_a, holders_b (one a line), quotes_a, quotes_b, statements_a,
        statements_b (in the same order). It explains any cell of `heatmap`: call it with the row's and the column's
        actor.

        Raises:
            InputError: For an actor that is not there, with the near match.
        """
        return frames.frame(self._inner.explain(*_pair(actor_a, actor_b)))

    def influence(self, actor_a: str, actor_b: str) -> Frame:
        """Dataframe, one row a statement: what the score of two actors would be without it.

        Columns: statement, meeting, topic, issue, with, without, influence (with less without; missing where
        either score is), quote. Those of the greatest influence come first; statements that change nothing have no
        row. Over all issues, whatever the scores are split by.

        Raises:
            InputError: For an actor that is not there, with the near match.
        """
        return frames.frame(self._inner.influence(*_pair(actor_a, actor_b)))

    @property
    def ties(self) -> Ties:
        """The identified pairs as a network: its tree, camps, map and backbone, and files for other programs."""
        return Ties(self._inner.ties())

    def heatmap(self) -> Picture:
        """Return the matrix as a picture by cluster, hatched where not identified; hover tells the issues.

        Raises:
            InputError: For scores by topic, meeting or instrument: those have no single matrix. So for every picture.
        """
        return Picture(self._inner.heatmap())

    def network(self, *, threshold: float = 0.75) -> Picture:
        """Return the identified pairs as a network.

        Args:
            threshold: The share of agreement, 0.5 to 1, from which two are joined by a full line; those that
                disagree as much by a dashed one.
        """
        return Picture(self._inner.network(float(threshold)))

    def clusters(self) -> Picture:
        """Return who stands together as a tree: average linkage on 1 - agreement, one half where not identified."""
        return Picture(self._inner.clusters())

    def map(self) -> Picture:
        """Return the actors on a plane, near who agree; identified pairs alone have a say, and it tells its stress."""
        return Picture(self._inner.map())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand out the rows of `frame`."""
        return self._inner.frame().__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        """Return the number of rows of `frame`."""
        return len(self._inner)

    def __repr__(self) -> str:
        """Say what is known of how many pairs."""
        known = self._inner.identified()
        return f"<Agreement: {len(self)} rows, {known} identified>"

    def _repr_html_(self) -> str:
        return self._inner.html()


def _pair(actor_a: str, actor_b: str) -> tuple[str, str]:
    for name, actor in (("actor_a", actor_a), ("actor_b", actor_b)):
        if not isinstance(actor, str):
            raise TypeError(f"{name}: expected a string, got {type(actor).__name__}")
    return actor_a, actor_b


def scored(core: _core.CorpusCore, *options: Any) -> Agreement:
    """Return the scores of a corpus; the options are those of the core."""
    return Agreement(core.agreement(*options))
