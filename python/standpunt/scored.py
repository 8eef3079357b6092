"""What can be scored in a corpus: agreement, majorities, change."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from standpunt import _core, frames
from standpunt.agreement import Agreement, scored
from standpunt.arguments import string, strings
from standpunt.compare import Comparison, Meetings, compare
from standpunt.completed import Completed
from standpunt.council import Area, Rule, ballot
from standpunt.remade import made

if TYPE_CHECKING:
    from standpunt.frames import Frame

__all__ = ["Scored"]

By = Literal["topic", "meeting", "instrument"]
Silence = Literal["apart", "category"]
Names = Literal["all", "groups", "without_reporter"]
Source: TypeAlias = "frames.ArrowStream | str | os.PathLike[str]"


class Scored(Completed):
    """The questions that a `Corpus` answers with scores."""

    __slots__ = ("_inner",)
    _inner: _core.CorpusCore

    @property
    def naming(self) -> Frame:
        """Dataframe, one row a state: how often reports name it, with and without the reporting state.

        Columns: actor, named (statements that name it), statements (that member states hold, at meetings where it was
        a member), share, reported (meetings that its own government reported), named_by_others and
        statements_of_others (in reports of others, the reporting state taken out of each), share_by_others (missing
        where its own government wrote every report). A national report names its own state far more often:
        `agreement(names="without_reporter")` leaves that out.
        """
        return frames.frame(self._inner.naming())

    @property
    def dna_statements(self) -> Frame:
        """Dataframe, one row a statement and named holder, as the Discourse Network Analyzer has statements.

        Columns: id, statement, document, date, start, stop, coder, organization, concept, agreement (1 for support of
        the issue, 0 for opposition), text. Neutral stances, and members of a group that nobody names, have no place.
        """
        return frames.frame(self._inner.dna_statements())

    def agreement(
        self,
        *,
        by: By | Sequence[By] | None = None,
        actors: Sequence[str] | None = None,
        weights: Mapping[str, float] | Literal["sentence"] | None = None,
        silence: Silence = "apart",
        min_shared: float = 0,
        names: Names = "all",
        instruments: Source | None = None,
    ) -> Agreement:
        """Score who agrees with whom.

        Args:
            by: One score per "topic", "meeting", "instrument" or several of them, instead of one per pair. A
                statement about two instruments counts once under each.
            actors: The codes to compare; all of the rosters and institutions where it is None.
            weights: Weight of an issue, 0 or more; 1 where an issue is not named. "sentence" lets each sentence
                count once: the weight of its statements is divided by the number of issues that it is about.
            silence: "apart" leaves out who is silent; "category" makes silence a position of its own.
            min_shared: The score is missing where fewer issues are expected to be shared.
            names: "groups" counts group membership alone and leaves out what states say by name only;
                "without_reporter" takes a state's name for unsaid in the reports of its own government.
            instruments: A list as in `find_instruments` that takes precedence, with by="instrument".

        Raises:
            InputError: For an unknown choice, actor or issue, with the near match.

        Example:
            >>> import standpunt as sp
            >>> corpus = sp.datasets.telecom()
            >>> alone = corpus.agreement(weights="sentence", names="without_reporter")
            >>> alone.provenance["names"]
            'without_reporter'
        """
        if isinstance(weights, str):
            frames.choose("weights", weights, ("sentence",))
        keys = [by] if isinstance(by, str) else list(by or ())
        score: Agreement = made(
            scored,
            [self._inner],
            [string("by", key) for key in keys],
            None if actors is None else strings("actors", actors),
            None if weights is None or isinstance(weights, str) else dict(weights),
            (string("silence", silence), string("names", names), weights == "sentence"),
            float(min_shared),
            None if instruments is None else frames.table(instruments, "instruments"),
        )
        return score

    def majorities(
        self,
        *,
        rule: Rule = "qualified",
        area: Area = "union",
        without: Sequence[str] = (),
        populations: str | os.PathLike[str] | None = None,
    ) -> Frame:
        """Dataframe, one row a meeting, issue and side: what that side could decide.

        Columns: meeting, topic, issue, side, size_lo, size_hi (members), share_lo, share_hi (of the population that
        takes part, 0 to 1), verdict and probability (only stated supporters in favour), verdict_assent and
        probability_assent (the silent go along), reason (why there is no verdict), additions (members whose
        naming on the side would make the verdict certain, the heaviest taken first and none that can be left out;
        empty where it is, missing where none would), population (the table used). A verdict is certain, possible or
        impossible.

        Args:
            rule: Which majority.
            area: "union", or "euro" where only the euro area takes part.
            without: Codes of members with an opt-out.
            populations: A CSV file valid_from,state,share of further tables; the newest not later than a meeting holds.

        Raises:
            InputError: For an unknown rule or state, or a table that does not hold together.
        """
        return frames.frame(_core.majorities(self._inner, ballot(rule, area, without, populations)))

    def pivotal(
        self,
        *,
        rule: Rule = "qualified",
        area: Area = "union",
        without: Sequence[str] = (),
        populations: str | os.PathLike[str] | None = None,
    ) -> Frame:
        """Dataframe, one row a meeting, issue, side and member: on whose choice the verdict on the side hangs.

        Columns: meeting, topic, issue, side, actor, probability: that the verdict turns when the member alone joins
        or leaves the side, only stated supporters being in favour. Arguments are those of `majorities`.
        """
        return frames.frame(_core.pivotal(self._inner, ballot(rule, area, without, populations)))

    def compare(
        self,
        earlier: Meetings,
        later: Meetings,
        *,
        silence: Silence = "apart",
        permutations: int = 999,
        seed: int = 0,
    ) -> Comparison:
        """Compare meetings: who changed position, and whose agreement changed.

        Args:
            earlier: A meeting's id, a list of them, or a tuple of a first and a last day.
            later: Likewise; no meeting may be on both sides. Of several meetings an actor's last position counts.
            silence: "apart" leaves out who is silent; "category" makes silence a position of its own.
            permutations: How many times the test against chance deals the issues anew; 0 leaves it out.
            seed: The seed of that test.

        Raises:
            InputError: For a meeting that is not there, with the near match, or one on both sides.
        """
        return compare(self._inner, earlier, later, silence=silence, permutations=permutations, seed=seed)

    def against_votes(
        self,
        votes: Source,
        *,
        key: Mapping[str, str] | Source | None = None,
        actor: str = "actor",
        issue: str = "issue",
        vote: str = "vote",
        values: Mapping[object, str] | None = None,
    ) -> Frame:
        """Dataframe, one row a vote: what the actor had said of the issue, what it voted, and the gap.

        Columns: actor, voted_on, issue, similarity, said (p_support - p_oppose, -1 to 1; missing for the silent),
        stance (where it is certain), voted (1 for the issue, 0 abstained, -1 against; missing for the absent), gap
        (voted less said), quotes. Of several meetings an actor's last position counts.

        Args:
            votes: A dataframe or file with one row a vote: yes, no, abstain, or absent (as an empty cell).
            key: Which issue of the corpus a vote is about: issues by what was voted on, or a dataframe or file with
                the columns voted_on, issue, and polarity (-1 where a vote in favour is one against the issue). What
                it does not name goes to the issue of the most similar phrase of the crosswalk by soft TF-IDF, from
                0.7 on; a vote for the "abolition of the levy" is one against the levy.
            actor: The column of who voted.
            issue: The column of what was voted on.
            vote: The column of how.
            values: What the values of that column mean, where they are others: {1: "yes", 2: "no"}.

        Raises:
            InputError: For a cell that does not fit, or an issue of the key that is not there.

        Example:
            >>> import pandas, standpunt as sp
            >>> said = pandas.DataFrame({"meeting": ["m"], "date_start": ["2025-03-04"], "issue": ["5G deadline"],
            ...                          "named": ["NL"], "stance": ["support"]})
            >>> votes = pandas.DataFrame({"actor": ["NL", "DE"], "issue": ["5G deadline"] * 2, "vote": ["no", "yes"]})
            >>> sp.read_statements(said).against_votes(votes)[["actor", "said", "voted", "gap"]].values.tolist()
            [['NL', 1.0, -1.0, -2.0], ['DE', nan, 1.0, nan]]
        """
        columns = {actor: "actor", issue: "issue", vote: "vote"}
        table = frames.renamed(*frames.table(votes, "votes"), columns, {vote: values or {}})
        if isinstance(key, Mapping):
            import pyarrow

            key = pyarrow.table({"voted_on": list(key), "issue": list(key.values())})
        own = None if key is None else frames.table(key, "key")
        return frames.frame(_core.against_votes(self._inner, table, own))
