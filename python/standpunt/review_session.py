"""A review going on: each decision is checked against the corpus, then written, and only then holds."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from standpunt import _core
from standpunt.coding import statement_schema
from standpunt.errors import InputError
from standpunt.review import (
    KINDS,
    PLACE,
    SETTABLE,
    Decision,
    Row,
    append,
    decisions_of,
    edited,
    file_of,
    insert,
    latest,
    line_of,
    recoded,
    rows_of,
)

__all__ = ["Session"]


class Session:
    """The statements of a corpus as they were read, what was decided on them, and where that is kept.

    Attributes:
        core: The corpus with every decision so far.
    """

    def __init__(
        self, core: _core.CorpusCore, files: Mapping[str, str], path: Path | None = None, reviewer: str | None = None
    ) -> None:
        """Begin where the decisions that the corpus holds left off."""
        self.core = core
        self._files = {report: file_of(file) for report, file in files.items()}
        self._path = path
        self._reviewer = user() if reviewer is None else reviewer
        self._decisions = decisions_of(core)
        self._base = unedited(rows_of(core), latest(self._decisions))

    def file(self, report: str | None) -> Path:
        """Return where decisions on a report are kept.

        Raises:
            InputError: Where no file is known that it was read from.
        """
        path = self._path or self._files.get(report or "")
        if path is None:
            raise InputError(
                f"path: '{report or 'this corpus'}' was read from no file, so say where decisions are kept"
            )
        return path

    def decide(self, do: str, statement: str | None = None, values: Mapping[str, Any] | None = None) -> str:
        """Take a decision, write it, and return the id of the statement that it is about.

        Args:
            do: accept, correct, reject, add, or clear, which takes the last decision back.
            statement: The id; None for add.
            values: The columns to set, for correct and add.

        Raises:
            InputError: For a statement that is not there, or values that do not fit; then nothing is written.
            OSError: Where the file cannot be written.
        """
        values = dict(values or {})
        self._check(do, values)
        held = latest(self._decisions)
        was = next((row for row in self._base if row["statement"] == statement), None)
        if do == "add":
            statement = self._new_id(values)
        elif statement is None or (was is None and statement not in held):
            raise InputError(f"statement: no statement '{statement}' in the corpus")
        before = held.get(statement)
        if was is None and before is not None and do == "correct":
            do, values = "add", before.get("set", {}) | values
        report = values.get("report") if was is None else was["report"]
        report = before.get("report") if report is None and before is not None else report
        decision: Decision = {"statement": statement, "report": report, "do": do}
        decision |= {"set": values} if values else {}
        decision |= {"was": was} if was else {}
        decision |= {"by": self._reviewer, "at": now()}
        decisions = [*self._decisions, decision]
        core = recoded(self.core, edited(self._base, latest(decisions)))
        append(self.file(report), decision)
        self._decisions = decisions
        self.core = core.with_reviews([line_of(decision) for decision in decisions])
        return statement

    def _check(self, do: str, values: Mapping[str, Any]) -> None:
        if do not in KINDS:
            raise InputError(f"do: '{do}' is not one of {', '.join(KINDS)}")
        allowed = (*SETTABLE, *PLACE) if do == "add" else SETTABLE if do == "correct" else ()
        for name in values:
            if name not in allowed:
                raise InputError(f"set: '{name}' cannot be set by {do}")

    def _new_id(self, values: Mapping[str, Any]) -> str:
        """Return the id that the core gives a new statement."""
        rows = edited(self._base, latest(self._decisions))
        known = {row["statement"] for row in rows}
        with_new = recoded(self.core, [*rows, edited([], {"": {"statement": None, "do": "add", "set": values}})[0]])
        new = [row["statement"] for row in rows_of(with_new) if row["statement"] not in known]
        if not new:
            raise InputError("add: the same position stands there already")
        return str(new[0])

    def rows(self, meeting: str) -> list[Row]:
        """Return the statements of a meeting as they are now, rejected ones included, each with who decided what."""
        held = latest(self._decisions)
        shown = {row["statement"]: row for row in rows_of(self.core)}
        shown |= {row["statement"]: row for row in self._base if row["statement"] not in shown}
        rows = [{**row, **_status(held.get(key))} for key, row in shown.items() if row["meeting"] == meeting]
        return sorted(rows, key=lambda row: (row["start"] is None, row["start"] or 0))

    def context(self, meeting: str, report: str, start: int) -> Row:
        """Return meeting, report, section and topic of a place: those of the last statement before it."""
        near = [row for row in self._base if row["report"] == report and row["start"] is not None]
        before = [row for row in near if row["start"] <= start] or near[:1]
        last = max(before, key=lambda row: row["start"], default={})
        found = {"section": last.get("section"), "topic": last.get("topic")}
        return {"meeting": last.get("meeting") or meeting, "report": report} | found


def _status(decision: Decision | None) -> Row:
    if decision is None:
        return {"decision": None, "by": None, "at": None}
    return {"decision": KINDS[decision["do"]], "by": decision["by"], "at": decision["at"]}


def unedited(rows: list[Row], held: Mapping[str, Decision]) -> list[Row]:
    """Return statements as they were read, before anyone decided on them."""
    base = []
    for row in rows:
        decision = held.get(row["statement"])
        if decision is None:
            base.append(row)
        elif decision["do"] != "add":
            base.append(decision.get("was") or row)
    for decision in held.values():
        if decision["do"] == "reject" and decision.get("was"):
            insert(base, decision["was"])
    return base


def choices() -> dict[str, list[str]]:
    """Return the words that can be chosen for a statement, by column."""
    fields = statement_schema()["properties"]["statements"]["items"]["properties"]
    found = {name: [word for word in fields[name]["enum"] if word] for name in ("stance", "institution", "intensity")}
    return found | {"quantifier": [word for word in fields["quantifier"]["anyOf"][0]["enum"] if word]}


def user() -> str:
    """Return the name of whoever runs this, as the system knows it."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def now() -> str:
    """Return this moment in UTC."""
    moment = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    return moment.isoformat().replace("+00:00", "Z")
