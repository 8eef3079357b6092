"""What people decided on statements: kept in a file beside the report, and applied again whenever it is read.

A file `NAME.review.jsonl` has one decision a line, a JSON object with the keys statement (its id), report, do (accept,
correct, reject, add or clear), set (columns of `corpus.statements` with their new values, for correct and add), was
(the statement as it was read), by and at (who, and when in UTC). Lines are only ever added; the last on a statement
holds.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from standpunt import _core, frames
from standpunt.errors import InputError, StandpuntError
from standpunt.frames import Frame

__all__ = ["append", "applied", "checked", "file_of", "followed", "read_file", "reviewed"]

Row: TypeAlias = dict[str, Any]
Decision: TypeAlias = dict[str, Any]

KINDS = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "add": "added", "clear": None}
HOLDER = ("institution", "named", "excluded", "quantifier")
SETTABLE = (*HOLDER, "size_lo", "size_hi", "stance", "intensity", "conditional", "topic", "issue", "proposition")
PLACE = ("meeting", "report", "section", "quote", "start", "end")
SAME = ("start", "end", "proposition", *HOLDER)


def file_of(report: str | os.PathLike[str]) -> Path:
    """Return the file of decisions that goes with a report's file."""
    path = Path(report)
    return path.with_name(f"{path.stem}.review.jsonl")


def read_file(path: Path) -> tuple[list[Decision], list[str]]:
    """Return the decisions of a file and notes on lines that are none; nothing where there is no file."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return [], []
    found, notes = [], []
    for at, line in enumerate(lines, 1):
        if not line.strip():
            continue
        decision = _parse(line)
        if decision is None:
            notes.append(f"{path.name}: line {at} is no decision and is left out")
        else:
            found.append(decision)
    return found, notes


def _parse(line: bytes) -> Decision | None:
    try:
        decision = json.loads(line)
    except ValueError:
        return None
    if not isinstance(decision, dict) or decision.get("do") not in KINDS:
        return None
    texts = all(isinstance(decision.get(key), str) for key in ("statement", "by", "at"))
    tables = all(isinstance(decision.get(key, {}), dict) for key in ("set", "was"))
    known = texts and tables and set(decision.get("set", {})) <= {*SETTABLE, *PLACE}
    return decision if known else None


def append(path: Path, decision: Decision) -> None:
    """Add one decision to a file: the whole line in one write that has reached the disk when this returns.

    Raises:
        OSError: Where the file cannot be written; then nothing counts as decided.
    """
    data = (line_of(decision) + "\n").encode()
    with path.open("a+b", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        if end:
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                # A line that was cut off stays by itself.
                data = b"\n" + data
        written = 0
        try:
            written = file.write(data)
            if written != len(data):
                raise OSError(f"{path}: the decision could not be written whole")
            os.fsync(file.fileno())
        except OSError:
            # Unless somebody else has added a decision behind it meanwhile.
            if file.seek(0, os.SEEK_END) == end + written:
                file.truncate(end)
            raise


def line_of(decision: Decision) -> str:
    """Return a decision as a line of JSON."""
    return json.dumps(decision, ensure_ascii=False, separators=(",", ":"))


def rows_of(core: _core.CorpusCore) -> list[Row]:
    """Return the statements of a corpus as they can stand in JSON."""
    import pyarrow

    rows: list[Row] = pyarrow.table(core.statements()).drop_columns(["date_start"]).to_pylist()
    return rows


def applied(core: _core.CorpusCore, decisions: Sequence[Decision]) -> tuple[_core.CorpusCore, list[str]]:
    """Return a corpus on which no one decided yet with these decisions, and notes on those that no longer fit."""
    rows = rows_of(core)
    matched, lost = match(rows, decisions)
    kept = latest(matched)
    try:
        done = recoded(core, edited(rows, kept))
    except StandpuntError:
        refused = [key for key, decision in kept.items() if not _fits(core, rows, decision)]
        lost += len(refused)
        kept = {key: decision for key, decision in kept.items() if key not in refused}
        done = recoded(core, edited(rows, kept))
    notes = []
    if lost:
        what = "decision of a review no longer fits" if lost == 1 else "decisions of a review no longer fit"
        notes.append(f"{lost} {what} what was read and is kept unapplied, see corpus.reviewed")
    return done.with_reviews([line_of(decision) for decision in matched]), notes


def followed(core: _core.CorpusCore, paths: Iterable[Path]) -> tuple[_core.CorpusCore, list[str]]:
    """Return a corpus on which no one decided yet with the decisions of these files, and notes."""
    decisions, notes = [], []
    for path in paths:
        found, doubts = read_file(path)
        decisions += found
        notes += doubts
    if not decisions:
        return core, notes
    done, lost = applied(core, decisions)
    return done, notes + lost


def _fits(core: _core.CorpusCore, rows: list[Row], decision: Decision) -> bool:
    try:
        recoded(core, edited(rows, {decision["statement"]: decision}))
    except StandpuntError:
        return False
    return True


def match(rows: Iterable[Row], decisions: Iterable[Decision]) -> tuple[list[Decision], int]:
    """Return the decisions under the ids that their statements have now, and how many statements are gone.

    A statement whose id changed is found by its place, its holder and its proposition.
    """
    decisions = list(decisions)
    ids = {decision["statement"] for decision in decisions if decision["do"] == "add"}
    places = {}
    for row in rows:
        ids.add(row["statement"])
        places[tuple(row[key] for key in SAME)] = row["statement"]
    found = []
    for decision in decisions:
        was = decision.get("was") or {}
        if decision["statement"] not in ids and was:
            now = places.get(tuple(was.get(name) for name in SAME), decision["statement"])
            decision = {**decision, "statement": now}
        found.append(decision)
    return found, sum(key not in ids for key in latest(found))


def latest(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return the decision that holds on each statement."""
    held: dict[str, Decision] = {}
    for decision in decisions:
        held.pop(decision["statement"], None)
        if decision["do"] != "clear":
            held[decision["statement"]] = decision
    return held


def edited(rows: Iterable[Row], held: Mapping[str, Decision]) -> list[Row]:
    """Return statements as people decided; what a person has checked has a confidence of 1."""
    done, left = [], dict(held)
    for row in rows:
        decision = left.pop(row["statement"], None)
        if decision is None:
            done.append(row)
        elif decision["do"] != "reject":
            done.append(changed({**row, "confidence": 1.0}, decision.get("set", {})))
    for decision in left.values():
        if decision["do"] == "add":
            insert(done, changed({"statement": decision["statement"]}, decision.get("set", {})))
    return done


def insert(rows: list[Row], row: Row) -> None:
    """Put a statement among the others where it stands in its report, or at the end."""
    rows.insert(next((at for at, other in enumerate(rows) if _after(other, row)), len(rows)), row)


def changed(row: Row, values: Mapping[str, Any]) -> Row:
    """Return a statement with other values; the sizes of a group follow its size word unless they are given."""
    row = {**row, **values}
    if row.get("institution"):
        row |= dict.fromkeys(("named", "excluded", "quantifier", "size_lo", "size_hi"))
    elif row.get("quantifier") and any(key in values for key in HOLDER) and "size_lo" not in values:
        row |= {"size_lo": None, "size_hi": None}
    return row


def _after(row: Row, new: Row) -> bool:
    same = row.get("report") == new.get("report") and row["meeting"] == new.get("meeting")
    return same and row["start"] is not None and new.get("start") is not None and row["start"] > new["start"]


def recoded(core: _core.CorpusCore, rows: list[Row]) -> _core.CorpusCore:
    """Return the corpus with these statements instead of its own.

    Raises:
        InputError: For the first value that does not fit.
    """
    import pyarrow

    # All as text: the core reads and checks each cell, and names the one that does not fit.
    names = list(dict.fromkeys(["statement", "meeting", "issue", "stance", *(name for row in rows for name in row)]))
    columns = {name: pyarrow.array([_cell(row.get(name)) for row in rows], pyarrow.string()) for name in names}
    return core.recode(pyarrow.table(columns), "review", True)[0]


def _cell(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    raise InputError(f"review: expected text, a number or a truth value, got {type(value).__name__}")


def decisions_of(core: _core.CorpusCore) -> list[Decision]:
    """Return what people decided on a corpus, oldest first."""
    return [json.loads(line) for line in core.reviews()]


def checked(core: _core.CorpusCore, wanted: bool) -> _core.CorpusCore:
    """Return the corpus with the statements that a person has accepted, corrected or added, or with the others."""
    held = latest(decisions_of(core))
    return recoded(core, [row for row in rows_of(core) if (row["statement"] in held) == wanted])


def reviewed(core: _core.CorpusCore) -> Frame:
    """Return what people decided as a dataframe; see `Corpus.reviewed`."""
    import pyarrow

    present = {row["statement"] for row in rows_of(core)}
    rows: list[Row] = []
    for key, decision in latest(decisions_of(core)).items():
        was, values = decision.get("was") or {}, decision.get("set", {})
        place = {**was, **{name: values[name] for name in PLACE if name in values}}
        other = [name for name in values if values[name] != was.get(name)] if was else []
        row = {"statement": key, "report": decision.get("report"), "meeting": place.get("meeting")}
        row |= {"decision": KINDS[decision["do"]], "in_corpus": key in present, "by": decision["by"]}
        rows.append(row | {"at": decision["at"], "changed": " ".join(other), "quote": place.get("quote")})
    text, names = pyarrow.string(), ("statement", "report", "meeting", "decision", "in_corpus", "by", "at", "changed")
    schema = pyarrow.schema([(name, pyarrow.bool_() if name == "in_corpus" else text) for name in (*names, "quote")])
    table = pyarrow.Table.from_pylist(rows, schema=schema)
    moments = pyarrow.array([moment(row["at"]) for row in rows], pyarrow.timestamp("s", tz="UTC"))
    return frames.frame(table.set_column(names.index("at"), "at", moments))


def moment(text: str) -> Any:
    """Return a moment of a decision; None where it is none."""
    import datetime

    try:
        found = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=datetime.timezone.utc)
