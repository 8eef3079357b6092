"""A corpus: the meetings and statements that were read, and what can be asked of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from standpunt import _core, frames, review
from standpunt.arguments import SizeTable, sizes, string, strings
from standpunt.errors import InputError, StandpuntWarning
from standpunt.frames import ArrowStream, Frame
from standpunt.html import Html, Picture
from standpunt.paths import write_file
from standpunt.scored import Scored

if TYPE_CHECKING:
    from standpunt.review_widget import Review

__all__ = ["Corpus", "concat", "load", "noted", "read_statements", "show_versions"]


class Corpus(Scored):
    """Meetings and statements. Immutable: every correction makes a new one.

    Made by `read_reports`, `parse_report`, `read_statements`, `load` and `concat`. `len` is the
    number of statements; iterating gives the meetings' ids; `==` compares everything that was read.

    >>> import standpunt as sp
    >>> corpus = sp.parse_report("Report of 6 June 2025\\n\\nFrance supported the tax. Italy opposed the tax.")
    >>> corpus
    <Corpus: 1 meeting, 2 statements, 0 unread>
    >>> corpus.statements["stance"].tolist()
    ['support', 'oppose']
    """

    __slots__ = ("_files",)
    _files: Mapping[str, str]

    def __init__(self) -> None:
        """Refuse: a corpus is read."""
        raise TypeError("a Corpus is made by read_reports, parse_report, read_statements, load or concat")

    @classmethod
    def _of(cls, core: _core.CorpusCore, files: Mapping[str, str] | None = None) -> Corpus:
        """Wrap a corpus of the core; `files` are those that its reports were read from, by name."""
        corpus = object.__new__(cls)
        object.__setattr__(corpus, "_inner", core)
        object.__setattr__(corpus, "_files", dict(files or {}))
        return corpus

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a corpus does not change."""
        raise AttributeError(f"a Corpus does not change: cannot set {name}")

    @property
    def meetings(self) -> Frame:
        """Dataframe, one row a meeting, by date.

        Columns: meeting, body, date_start, date_end, place, presidency, language, reporting_state, members
        (how many), roster (their codes), statements and unread (numbers of rows). Unknown is missing.
        """
        return frames.frame(self._inner.meetings())

    @property
    def statements(self) -> Frame:
        """Dataframe, one row a statement: one holder, one issue, one stance.

        `start` and `end` count code points of `corpus.text(meeting)`, so that `text[start:end] == quote`; both are
        missing without a text. `page` and `paragraph`, from 1, say where `start` lies; `page` is missing where the text
        has no pages. `named` and `excluded` are codes joined by a blank. `size_lo` and `size_hi` count
        the named members. Confidence is 0 to 1. `stance` and `intensity` are categories of all their words. The other
        columns: statement, report, meeting, date_start, section, topic, issue, polarity, proposition, institution,
        group, quantifier, conditional, quote, rule, change, weight. `read_statements(corpus.statements)` scores the
        same.
        """
        return frames.frame(self._inner.statements())

    @property
    def unread(self) -> Frame:
        """Dataframe, one row a sentence that names an actor and gave no statement.

        Columns: meeting, section, start, end, text, reason, report.
        """
        return frames.frame(self._inner.unread())

    @property
    def errors(self) -> Frame:
        """Dataframe, one row a file that could not be read: path, error."""
        return frames.frame(self._inner.errors())

    @property
    def conflicts(self) -> Frame:
        """Dataframe, one row a contradiction: meeting, topic, issue, who, kind, done (what was done), statements
        (a list of ids).

        A kind is both_sides, named_and_excepted, count_below_names, sizes or not_member.
        """
        return frames.frame(self._inner.conflicts())

    @property
    def positions(self) -> Frame:
        """Dataframe, one row an actor and issue of a meeting; members of the roster, and institutions that spoke.

        Columns: actor, meeting, topic, issue, p_support, p_oppose, p_neutral (probabilities, 0 to 1; missing where a
        contradiction leaves the actor out), certain (a stance; missing for the open and the silent), intensity,
        conditional (of the statement that names the actor).
        """
        return frames.frame(self._inner.positions())

    @property
    def issues(self) -> Frame:
        """Dataframe, the crosswalk of issues: issue, topic, proposition, meeting, similarity, polarity, statements.

        One row a phrase of a meeting; `similarity` is that of the phrase with the issue's name, `polarity` 1 or -1
        toward it. `relink` takes it back edited.
        """
        return frames.frame(_core.issues(self._inner))

    @property
    def topics(self) -> Frame:
        """Dataframe, the crosswalk of topics: topic, section, meeting, similarity, statements."""
        return frames.frame(_core.topics(self._inner))

    @property
    def instruments(self) -> Frame:
        """Dataframe, one row a named law, plan, programme, fund, body or network that positions are about.

        Columns: instrument, abbreviation, variants (a list), meetings (ids joined by a blank),
        statements, supporters, opponents (codes of those named, joined by a blank).
        """
        return frames.frame(_core.instruments(self._inner))

    @property
    def provenance(self) -> dict[str, str]:
        """Package and size-table versions, and the options that the corpus was read with."""
        return self._inner.provenance()

    def text(self, meeting: str) -> str:
        """Return the text that the offsets of a meeting refer to.

        Raises:
            InputError: Where there is no such meeting, or no text because its statements came from a table.
        """
        return self._inner.text(string("meeting", meeting))

    def show(self, meeting: str | None = None) -> Html:
        """Return the report of a meeting (the first one with a text where none is named) with every position marked."""
        return Html(self._inner.report_html(None if meeting is None else string("meeting", meeting)))

    def brief(self) -> str:
        """Return what is known in plain text: meetings, positions, agreement, majorities, what is not identified."""
        return self._inner.brief()

    def page(self) -> Html:
        """Return everything as one self-contained HTML page, what is certain first."""
        return Html(self._inner.page())

    def seats(self) -> Picture:
        """Return what each side could decide as a picture: certain, possible and expected members against 55 %."""
        return Picture(self._inner.seats())

    def timeline(self, issue: str) -> Picture:
        """Return one issue in the meetings that took sides on it, as a picture in order of the days.

        Raises:
            InputError: For an issue on which no member state took a side, with the near match.
        """
        return Picture(self._inner.timeline(string("issue", issue)))

    def relink(self, table: ArrowStream | str | os.PathLike[str]) -> Corpus:
        """Return a new corpus with corrected issues and polarities, or topics.

        Args:
            table: An edited `corpus.issues` or `corpus.topics`, or a file of it. A row without a meeting or topic
                holds for all; what no row names stays as it is.

        Raises:
            InputError: For a row that names a phrase or meeting that is not there, or contradicts another.
        """
        stream, name = frames.table(table, "table")
        return Corpus._of(_core.relink(self._inner, stream, name), self._files)

    def codebook(self) -> str:
        """Return a codebook in TOML that describes how topics and issues are joined now, to be corrected by hand."""
        return _core.draft_codebook(self._inner)

    def find_instruments(self, known: ArrowStream | str | os.PathLike[str]) -> Frame:
        """Dataframe as `instruments`, where a list takes precedence over what the texts show.

        Args:
            known: A dataframe or file with the column instrument, and abbreviation and variants (a list, or joined by
                ";") where they are known.
        """
        stream, name = frames.table(known, "known")
        return frames.frame(_core.instruments(self._inner, stream, name))

    def merge(self, other: Corpus, *, same: Mapping[str, str] | None = None) -> Corpus:
        """Return one corpus of two, joining reports of one meeting by different reporters.

        `conflicts` of the result lists the states that the reports put on different sides of an issue; they are left
        out of it. Issues are linked anew where all statements stand in reports. A meeting with different reporting
        states has none in the result: look at `naming` before.

        Args:
            other: The corpus with the other reports.
            same: Ids of meetings there, with the ids of the same meetings here; equal ids are the same.

        Raises:
            InputError: For a meeting that is not there, or whose day or members differ in the two.
        """
        if not isinstance(other, Corpus):
            raise TypeError(f"other: expected a Corpus, got {type(other).__name__}")
        return Corpus._of(self._inner.merge(other._inner, dict(same or {})), {**other._files, **self._files})

    def recode(self, table: ArrowStream | str | os.PathLike[str], *, drop: bool = False) -> Corpus:
        """Return a new corpus with corrected statements.

        Args:
            table: An edited `corpus.statements`, or a file of it. Rows are matched by `statement`; a row
                without one, or with a new one, is a new statement about one of the meetings.
            drop: Whether statements that the table lacks leave the corpus; otherwise they are an error.

        Raises:
            InputError: For a row that does not fit, with its row and column; quotes must stand in the text.
        """
        stream, name = frames.table(table, "table")
        return noted(self._inner.recode(stream, name, drop), self._files)

    def filter(
        self,
        *,
        meeting: str | Sequence[str] | None = None,
        topic: str | Sequence[str] | None = None,
        instrument: str | Sequence[str] | None = None,
        min_confidence: float = 0,
        instruments: ArrowStream | str | os.PathLike[str] | None = None,
        reviewed: bool | None = None,
    ) -> Corpus:
        """Return a new corpus with the statements of those meetings and topics, of that confidence (0 to 1) or more.

        With `instrument` only those that are about one of these, by name, abbreviation or variant; a list of
        `instruments` as in `find_instruments` takes precedence over what the texts show. With `reviewed=True` only
        those that a person has accepted, corrected or added, with False only the others.

        Raises:
            InputError: For a meeting, topic or instrument that is not there, with the near match.
        """
        names = strings("instrument", instrument)
        own = None if instruments is None else frames.table(instruments, "instruments")
        core = _core.about(self._inner, names, own) if names else self._inner
        core = core.filter(strings("meeting", meeting), strings("topic", topic), float(min_confidence))
        return Corpus._of(core if reviewed is None else review.checked(core, bool(reviewed)), self._files)

    def review(
        self, meeting: str | None = None, *, path: str | os.PathLike[str] | None = None, reviewer: str | None = None
    ) -> Review:
        """Open the report of a meeting in a notebook to accept, correct, reject and add positions.

        Every decision is written at once, with who and when, as a line of `NAME.review.jsonl` beside the report, and
        is applied again whenever `read_reports` reads it. The `corpus` of what this returns has all of them. Needs
        the extra `review`.

        Args:
            meeting: Its id; the first one with a text where none is named.
            path: The file of decisions, where it is another one or the report was read from no file.
            reviewer: The name that the decisions bear; the user's where it is None.

        Raises:
            InputError: For a meeting that is not there, or a report that was read from no file, without `path`.
            ImportError: Where anywidget is not installed.
        """
        from standpunt.review_widget import open_review

        named = None if meeting is None else string("meeting", meeting)
        return open_review(self._inner, self._files, named, path, reviewer)

    def apply_review(self, path: str | os.PathLike[str]) -> Corpus:
        """Return a new corpus with the decisions of a review file, for reports that were read from no file.

        Raises:
            FileNotFoundError: Where the file is not there.
            InputError: Where the corpus holds decisions already.
        """
        if self._inner.reviews():
            raise InputError("apply_review: this corpus holds decisions already; read it again with review=False")
        if not Path(path).exists():
            raise FileNotFoundError(f"{path}: no such file")
        return noted(review.followed(self._inner, [Path(path)]), self._files)

    @property
    def reviewed(self) -> Frame:
        """Dataframe, one row a statement that a person decided on, by time.

        Columns: statement, report, meeting, decision (accepted, corrected, rejected, added), in_corpus (false for a
        rejected one, and for one that is no longer read), by, at (UTC), changed (columns, joined by a blank), quote.
        """
        return review.reviewed(self._inner)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write everything to one file, JSON with the texts; an existing file is replaced whole or not at all."""
        write_file(Path(path), self._inner.to_bytes())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand out the statements."""
        return self._inner.statements().__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        """Return the number of statements."""
        return len(self._inner)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the meetings' ids."""
        return iter(self._inner.meeting_ids())

    def __eq__(self, other: object) -> bool:
        """Compare everything that was read."""
        return self._inner == other._inner if isinstance(other, Corpus) else NotImplemented

    def __hash__(self) -> int:
        """Hash what `==` compares."""
        return hash(self._inner)

    def __reduce__(self) -> tuple[Callable[..., Corpus], tuple[bytes, str, dict[str, str]]]:
        """Pickle the stored form."""
        return _restore, (self._inner.to_bytes(), "pickle", dict(self._files))

    def __copy__(self) -> Corpus:
        """Return itself: it does not change."""
        return self

    def __deepcopy__(self, memo: object) -> Corpus:
        """Return itself: it does not change."""
        return self

    def __repr__(self) -> str:
        """Say how much it holds."""
        meetings, statements, unread, errors = self._inner.counts()
        failed = f", {errors} unreadable" if errors else ""
        return f"<Corpus: {_count(meetings, 'meeting')}, {_count(statements, 'statement')}, {unread} unread{failed}>"

    def _repr_html_(self) -> str:
        return self._inner.corpus_html()


def read_statements(
    table: ArrowStream | str | os.PathLike[str],
    *,
    roster: Iterable[str] | None = None,
    quantifiers: SizeTable | None = None,
) -> Corpus:
    """Read coded statements, without reports.

    Args:
        table: A dataframe, or a .csv, .parquet or .json file, with the columns meeting, date_start, topic, issue,
            institution, named, excluded, stance, and quantifier or size_lo and size_hi. Optional: section,
            proposition, polarity, group, intensity, conditional, change, weight, quote and whatever
            `corpus.statements` holds. EL is read as GR, UK as GB. Only an empty cell is missing.
        roster: The names of those who can hold a position, where they are not the member states of the day.
        quantifiers: Another size table: a TOML file, or ranges by size word.

    Raises:
        InputError: For a missing column, or for the first cell that does not fit, with its row and column.
        FormatError: For a file that is no table.

    >>> import standpunt as sp, pandas
    >>> row = {"meeting": "m", "date_start": "2025-06-06", "issue": "i", "named": "NL", "stance": "support"}
    >>> sp.read_statements(pandas.DataFrame([row]))
    <Corpus: 1 meeting, 1 statement, 0 unread>
    """
    stream, name = frames.table(table, "table")
    names = None if roster is None else strings("roster", roster)
    return noted(_core.read_statements(stream, name, names, sizes(quantifiers)))


def load(path: str | os.PathLike[str]) -> Corpus:
    """Read a corpus that `Corpus.save` wrote; every row and quote is checked again.

    Raises:
        OSError: Where the file cannot be opened.
        FormatError: Where it is no stored corpus.

    >>> import standpunt as sp, tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "corpus.json"
    >>> sp.datasets.telecom().save(path)
    >>> sp.load(path) == sp.datasets.telecom()
    True
    """
    path = Path(path)
    return _restore(path.read_bytes(), path.name)


def concat(corpora: Iterable[Corpus]) -> Corpus:
    """Return one corpus of several; what stands in two of them unchanged is kept once.

    Raises:
        InputError: Where two of them hold one meeting in different forms.

    >>> import standpunt as sp
    >>> parts = [sp.parse_report(f"Report of {day} June 2025\\n\\nFrance agreed.", name=f"r{day}") for day in (6, 7)]
    >>> len(sp.concat(parts)) == len(parts[0]) + len(parts[1])
    True
    """
    parts = list(corpora)
    for part in parts:
        if not isinstance(part, Corpus):
            raise TypeError(f"corpora: expected a list of Corpus, got {type(part).__name__} in it")
    files = {name: file for part in parts for name, file in part._files.items()}
    return Corpus._of(_core.CorpusCore.concat([part._inner for part in parts]), files)


def _restore(data: bytes, name: str, files: Mapping[str, str] | None = None) -> Corpus:
    return Corpus._of(_core.CorpusCore.from_bytes(data, name), files)


def noted(read: tuple[_core.CorpusCore, list[str]], files: Mapping[str, str] | None = None) -> Corpus:
    """Return what was read as a corpus, and warn of what its reader should know."""
    import warnings

    core, notes = read
    for note in notes:
        warnings.warn(note, StandpuntWarning, stacklevel=3)
    return Corpus._of(core, files)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def show_versions() -> None:
    """Print the versions that a report of a problem should name.

    >>> import standpunt as sp
    >>> sp.show_versions()  # doctest: +ELLIPSIS
    standpunt ...
    """
    import importlib.metadata
    import platform

    print(f"standpunt {_core.__VERSION__}, sizes {_core.Sizes().version}")
    print(f"Python {platform.python_version()} on {platform.platform()}")
    for package in ("pandas", "pyarrow", "polars", "numpy", "anywidget", "tqdm"):
        try:
            print(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            print(f"{package} not installed")
