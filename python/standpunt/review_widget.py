"""The widget that shows a review in a notebook; the only file that knows anywidget."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from standpunt import _core
from standpunt.corpus import Corpus
from standpunt.errors import InputError, StandpuntError
from standpunt.review_session import Session, choices

try:
    import anywidget
    import traitlets
except ImportError as error:
    raise ImportError("reviewing in a notebook needs anywidget: pip install 'standpunt[review]'") from error

__all__ = ["Review", "open_review"]

HERE = Path(__file__).parent


class Review(anywidget.AnyWidget):
    """A report with its positions, to be accepted, corrected, rejected and added to. Made by `Corpus.review`."""

    _esm = HERE / "review.js"
    _css = _core.STYLE + (HERE / "review.css").read_text(encoding="utf-8")
    text = traitlets.Unicode().tag(sync=True)
    heading = traitlets.Unicode().tag(sync=True)
    kept_in = traitlets.Unicode().tag(sync=True)
    choices = traitlets.Dict().tag(sync=True)
    rows: Any = traitlets.List().tag(sync=True)
    said = traitlets.Dict().tag(sync=True)

    def __init__(self, session: Session, meeting: str, report: str | None, text: str, files: Mapping[str, str]) -> None:
        """Show a meeting of a session."""
        self._session = session
        self._meeting = meeting
        self._report = report
        self._files = files
        kept_in = os.fspath(session.file(report))
        rows = session.rows(meeting)
        super().__init__(text=text, heading=meeting, kept_in=kept_in, choices=choices(), rows=rows)
        self.on_msg(self._heard)

    @property
    def corpus(self) -> Corpus:
        """The corpus with every decision so far."""
        return Corpus._of(self._session.core, self._files)

    def _heard(self, _widget: object, message: object, _buffers: object) -> None:
        """Take a decision from the page; what is wrong with it is said there, and nothing is written."""
        number = message.get("number") if isinstance(message, dict) else None
        try:
            if not isinstance(message, dict):
                raise InputError("review: expected a decision")
            values = message.get("set") or {}
            if message.get("do") == "add" and self._report is not None:
                values = self._session.context(self._meeting, self._report, int(values.get("start", 0))) | values
            self._session.decide(str(message.get("do")), message.get("statement"), values)
        except (StandpuntError, OSError, TypeError, ValueError) as error:
            self.said = {"number": number, "problem": str(error)}
            return
        self.rows = self._session.rows(self._meeting)
        self.said = {"number": number, "problem": ""}


def open_review(
    core: _core.CorpusCore,
    files: Mapping[str, str],
    meeting: str | None,
    path: str | os.PathLike[str] | None,
    reviewer: str | None,
) -> Review:
    """Return the widget of a meeting; see `Corpus.review`."""
    import pyarrow

    reports: list[dict[str, Any]] = pyarrow.table(core.reports()).to_pylist()
    ids = core.meeting_ids()
    if not ids:
        raise InputError("review: the corpus holds no meeting")
    first = next((row["meetings"].split()[0] for row in reports if row["meetings"]), ids[0])
    meeting = first if meeting is None else meeting
    report = next((row for row in reports if meeting in row["meetings"].split()), None)
    if meeting not in ids:
        core.text(meeting)  # Says what is near.
    name, text = (report["report"], report["text"]) if report else (None, "")
    session = Session(core, files, None if path is None else Path(path), reviewer)
    return Review(session, meeting, name, text, files)
