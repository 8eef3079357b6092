"""What does not fit is answered with one whole sentence, and with the right class."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

import standpunt as sp
from coded_rows import table
from refusal import refused
from standpunt import _core


def test_a_cell_error_carries_its_row_and_column():
    rows = [{}] * 16 + [{"stance": "suport"}]
    with pytest.raises(sp.InputError) as caught:
        sp.read_statements(table(*rows))
    error = caught.value
    assert (error.row, error.column) == (17, "stance")
    expected = "table: row 17 (spreadsheet row 18), column 'stance': 'suport' is not one of support, oppose, neutral (did you mean 'support'?)"
    assert str(error) == expected
    assert isinstance(error, sp.StandpuntError)
    assert isinstance(error, ValueError)


def test_a_file_is_called_by_its_name(tmp_path):
    path = tmp_path / "reports.csv"
    path.write_text("meeting,date_start,issue,named,stance\nm,2025-03-04,i,Hollandia,support\n", encoding="utf-8")
    got = refused(sp.InputError, sp.read_statements, path)
    assert (
        got
        == "reports.csv: row 1 (spreadsheet row 2), column 'named': 'Hollandia' is no code or name of a member state"
    )
    path.write_bytes(b"meeting,date_start\nm,\xff\n")
    got = refused(sp.FormatError, sp.read_statements, path)
    assert got == "reports.csv: line 2, byte 21: not valid UTF-8; save the table as CSV in UTF-8"
    path.write_text('meeting,date_start\nm,2025-03-04\nn,"2025\n', encoding="utf-8")
    got = refused(sp.FormatError, sp.read_statements, path)
    assert got == "reports.csv: line 3: a quote opens here and is never closed"


def test_wrong_types_are_named_with_their_parameter(seed):
    kinds = "a dataframe (pandas, polars, pyarrow, anything with __arrow_c_stream__) or a path"
    assert refused(TypeError, sp.read_statements, 3) == f"table: expected {kinds}, got int"
    for value, name in [(None, "NoneType"), (3, "int"), (b"x", "bytes")]:
        assert refused(TypeError, sp.parse_report, value) == f"text: expected a string, got {name}"
    assert refused(TypeError, seed.text, 3) == "meeting: expected a string, got int"
    got = refused(TypeError, sp.read_reports, 3)
    assert got == "paths: expected a path, a glob or a list of paths, got int"
    assert refused(TypeError, sp.read_statements, table({}), roster=[1]) == "roster: expected a string, got int"
    got = refused(TypeError, sp.read_statements, table({}), quantifiers=3)
    assert got == "quantifiers: expected a path or ranges by size word, got int"


def test_choices_are_answered_with_the_nearest(seed):
    cases = [
        (
            lambda: seed.agreement(silence="aparrt"),
            "silence: 'aparrt' is not one of apart, category (did you mean 'apart'?)",
        ),
        (
            lambda: seed.agreement(by="topics"),
            "by: 'topics' is not one of topic, meeting, instrument (did you mean 'topic'?)",
        ),
        (lambda: seed.agreement(actors=["NLD"]), "no actor 'NLD' (did you mean 'NL'?)"),
        (lambda: seed.agreement(min_shared=-1), "min_shared: expected a number from 0, got -1"),
        (lambda: seed.agreement(weights={"x": float("nan")}), "weights: expected numbers from 0, got NaN for 'x'"),
        (
            lambda: sp.set_frames("panda"),
            "library: 'panda' is not one of pandas, polars, pyarrow (did you mean 'pandas'?)",
        ),
        (
            lambda: seed.agreement().matrix("uper"),
            "measure: 'uper' is not one of agreement, lower, upper, shared (did you mean 'upper'?)",
        ),
        (
            lambda: seed.agreement(by="topic").matrix(),
            "by: expected scores that are not split, for a matrix, got topic",
        ),
        (
            lambda: seed.text("telecomraad-2025-03-05"),
            "no meeting 'telecomraad-2025-03-05' (did you mean 'telecomraad-2025-03-04'?)",
        ),
        (lambda: seed.filter(min_confidence=2), "min_confidence: expected a number from 0 to 1, got 2"),
        (lambda: sp.parse_report("x", language="xx"), "language: 'xx' is not one of nl"),
    ]
    for call, expected in cases:
        with pytest.raises(sp.StandpuntError) as caught:
            call()
        assert str(caught.value).startswith(expected), expected


def test_half_a_surrogate_pair_is_named_by_its_place():
    got = refused(sp.InputError, sp.parse_report, "ab\ud800")
    assert got == "text: character 2 is half of a surrogate pair and no character of its own"


def test_every_class_of_error_is_raised(tmp_path, seed, monkeypatch):
    refused(sp.InputError, sp.read_statements, table({"stance": "voor"}))
    (tmp_path / "x.json").write_text("{}")
    assert refused(sp.FormatError, sp.load, tmp_path / "x.json").startswith(
        "x.json: not a stored corpus of Standpunt: missing field `format`"
    )
    refused(sp.LanguageError, sp.parse_report, "x", language="xx")
    names = [f"state {number}" for number in range(65)]
    got = refused(sp.LimitError, sp.read_statements, table({"named": "state 1"}), roster=names)
    assert got == "members of a roster: 65 is over the limit of 64"
    got = refused(sp.InternalError, _core.provoke_internal_error)
    assert got == "internal error: provoked; please report it with the input that led to it"
    assert not issubclass(sp.InternalError, sp.StandpuntError)


def test_files_that_are_not_there_are_os_errors(tmp_path):
    assert refused(FileNotFoundError, sp.read_reports, "nowhere.txt") == "nowhere.txt: no such file, folder or glob"
    refused(FileNotFoundError, sp.read_statements, "nowhere.csv")
    refused(FileNotFoundError, sp.load, "nowhere.json")
    assert refused(FileNotFoundError, sp.read_reports, tmp_path).endswith(
        "no report (.txt, .md, .html, .htm, .xhtml, .xml, .docx, .pdf) in this folder"
    )


def test_a_folder_is_read_inside_itself_only(tmp_path, root):
    text = (root / "seeds/reports/verslag-informele-telecomraad-2025-03.txt").read_bytes()
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(text)
    (tmp_path / "outside.txt").write_bytes(text)
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / ".hidden.txt").write_bytes(text)
    assert list(sp.read_reports(folder)) == ["telecomraad-2025-03-04"]
    assert len(sp.read_reports(folder).errors) == 0


def test_unreadable_reports_are_listed_unless_strict(tmp_path, root):
    text = (root / "seeds/reports/verslag-informele-telecomraad-2025-03.txt").read_bytes()
    (tmp_path / "a.txt").write_bytes(text)
    (tmp_path / "b.txt").write_bytes(b"x\n\xff\xfe")
    (tmp_path / "c.txt").write_bytes(text)
    with pytest.warns(sp.StandpuntWarning, match="2 of the reports could not be read"):
        corpus = sp.read_reports(tmp_path)
    assert list(corpus) == ["telecomraad-2025-03-04"]
    hint = "not valid UTF-8; if the file is from an older Windows program, try encoding='cp1252'"
    assert corpus.errors.error[0] == f"{tmp_path}/b.txt: line 2, byte 2: {hint}"
    assert "has been read from" in corpus.errors.error[1]
    refused(sp.FormatError, sp.read_reports, tmp_path, strict=True)
    refused(sp.FormatError, sp.read_reports, tmp_path / "b.txt")


def test_quotes_must_stand_in_the_text(seed):
    frame = seed.statements
    text = seed.text("telecomraad-2025-03-04")

    def changed(**cells):
        edited = frame.copy()
        for column, value in cells.items():
            edited.loc[2, column] = value
        return refused(sp.InputError, seed.recode, edited)

    start, end, quote = frame.start[2], frame.end[2], frame.quote[2]
    there = " ".join(quote.split())
    assert (
        changed(quote="nee")
        == f"table: row 3 (spreadsheet row 4), column 'quote': 'nee' is not what stands at {start} to {end}: '{shown(there)}'"
    )
    assert changed(end=99_999) == (
        f"table: row 3 (spreadsheet row 4), column 'end': 99999 is past the end of the text, which has {len(text)} characters"
    )
    assert changed(start=end + 1) == f"table: row 3 (spreadsheet row 4), column 'start': {end + 1} is past end, {end}"
    first_accent = next(at for at, char in enumerate(text) if ord(char) > 127)
    late = next(row for row in frame.itertuples() if row.start > first_accent)
    edited = frame.copy()
    edited.loc[late.Index, ["start", "end"]] = [
        len(text[: late.start].encode()),
        len(text[: late.end].encode()),
    ]
    assert refused(sp.InputError, seed.recode, edited).endswith(
        "; it fits if they count bytes, but they count characters"
    )
    assert changed(meeting="telecomraad-2025-03-05").endswith("(did you mean 'telecomraad-2025-03-04'?)")


def shown(words):
    return words if len(words) <= 80 else f"{words[:80]}…"


def test_a_group_that_contradicts_itself_is_listed():
    rows = [{"stance": "support"}, {"stance": "oppose"}, {"named": "DE", "issue": "j", "excluded": "DE"}]
    corpus = sp.read_statements(table(*rows))
    assert set(corpus.conflicts.kind) == {"both_sides", "named_and_excepted"}
    assert len(corpus) == 3


def test_aliases_and_doubles_are_noted():
    with pytest.warns(sp.StandpuntWarning) as notes:
        corpus = sp.read_statements(table({"named": "EL Nederland"}, {"named": "GR NL"}))
    assert [str(note.message) for note in notes] == [
        "table: column 'named': 'EL' read as GR (1 row)",
        "table: column 'named': 'Nederland' read as NL (1 row)",
        "table: the same row stood before and is kept once (1 row)",
    ]
    assert len(corpus) == 1


def test_the_roster_follows_the_date():
    days = {"2016-06-01": 28, "2020-02-01": 27, "2004-04-30": 15}
    for day, members in days.items():
        assert sp.read_statements(table({"date_start": day})).meetings.members[0] == members
    got = refused(sp.InputError, sp.read_statements, table({"date_start": "1990-01-01"}))
    assert got.startswith(
        "table: row 1 (spreadsheet row 2), column 'date_start': 1990-01-01: expected a day from 1995-01-01 on"
    )


def test_states_that_were_no_members_are_kept_and_flagged():
    with pytest.warns(sp.StandpuntWarning, match="GB was no member at meeting 'm'"):
        corpus = sp.read_statements(table({"named": "GB NL"}))
    assert corpus.statements.named[0] == "GB NL"
    assert list(corpus.conflicts.kind) == ["not_member"]


def test_hostile_cells_stay_text(seed):
    rows = [{"quote": "=cmd|' /C calc'!A0"}, {"quote": "<script>alert(1)</script>", "issue": "<b>j</b>"}]
    corpus = sp.read_statements(table(*rows))
    assert list(corpus.statements.quote) == [row["quote"] for row in rows]
    assert "<script>" not in corpus.agreement().heatmap()
    hostile = seed.text("telecomraad-2025-03-04").replace("Blueprint Cyber", "<script>x</script>")
    assert "<script>x" not in sp.parse_report(hostile).show()


def test_an_interrupted_reading_stops(tmp_path, root):
    report = (root / "seeds/reports/verslag-informele-telecomraad-2025-03.txt").read_text(encoding="utf-8")
    for number in range(400):
        (tmp_path / f"{number}.txt").write_text(
            report.replace("4-5 maart 2025", f"{1 + number % 28} maart {1996 + number // 28}")
        )
    code = f"import standpunt as sp; print('go', flush=True); sp.read_reports([{str(tmp_path)!r}] )"
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "go\n"
    time.sleep(0.1)
    os.kill(child.pid, signal.SIGINT)
    _, errors = child.communicate(timeout=30)
    assert child.returncode == 0 or "KeyboardInterrupt" in errors


def test_two_threads_read_at_once(seed, root):
    results = [None] * 4

    def work(at):
        results[at] = sp.read_reports(root / "seeds" / "reports").agreement().frame

    threads = [threading.Thread(target=work, args=(at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(frame.equals(results[0]) for frame in results)
