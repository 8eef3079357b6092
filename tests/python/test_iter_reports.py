"""Reports one by one: what each gives alone, in the order of the files, few read ahead."""

import os
import subprocess
import sys

import pandas as pd
import pytest

import standpunt as sp
from standpunt import reports

TEXT = "Report of the Fisheries Council of {} June 2025\n\n1. Quotas\n\nFrance supported the tax on {}. Italy opposed it.\n"


@pytest.fixture
def folder(tmp_path):
    for day in range(1, 21):
        (tmp_path / f"{day:02}.txt").write_text(TEXT.format(day, "fish"), encoding="utf-8")
    return tmp_path


def test_each_report_is_given_as_it_is_read_alone(folder):
    given = list(sp.iter_reports(folder))
    assert len(given) == 20
    assert given == [sp.read_reports(path) for path in sorted(folder.iterdir())]
    together = pd.concat([corpus.statements for corpus in given])
    assert together["statement"].tolist() == sp.read_reports(folder).statements["statement"].tolist()


@pytest.mark.filterwarnings("ignore::standpunt.StandpuntWarning")
def test_a_file_that_cannot_be_read_stops_nothing(folder):
    (folder / "05.docx").write_bytes(b"no zip")
    given = list(sp.iter_reports(folder))
    assert [len(corpus.errors) for corpus in given].count(1) == 1
    assert sum(len(corpus.meetings) for corpus in given) == 20
    with pytest.raises(sp.FormatError, match=r"05\.docx"):
        list(sp.iter_reports(folder, strict=True))


def test_what_is_wrong_with_the_options_is_said_at_once(folder):
    with pytest.raises(FileNotFoundError):
        sp.iter_reports(folder / "nothing")
    with pytest.raises(sp.InputError, match="limits"):
        sp.iter_reports(folder, limits={"file_bytes": -1})


def test_a_file_that_goes_away_meanwhile_is_an_error_of_its_own(folder):
    given = sp.iter_reports(folder)
    (folder / "18.txt").unlink()
    with pytest.warns(sp.StandpuntWarning, match=r"18\.txt"):
        assert sum(len(corpus.meetings) for corpus in given) == 19


def test_few_files_are_read_ahead(tmp_path):
    sizes = [1] * 40 + [reports.ROOM + 1, 1, reports.ROOM // 2, reports.ROOM // 2, 1]
    files = []
    for at, size in enumerate(sizes):
        path = tmp_path / f"{at:02}.txt"
        with path.open("wb") as file:
            file.truncate(size)
        files.append((str(path), path.stem))
    batches = list(reports.batches(files))
    assert [file for batch in batches for file in batch] == files
    assert [len(batch) for batch in batches] == [16, 16, 8, 1, 2, 2]


def test_it_stops_where_the_caller_does(folder):
    given = sp.iter_reports(folder)
    assert next(given).meetings["meeting"].item().endswith("2025-06-01")
    for path in folder.iterdir():
        path.unlink()
    given.close()
    assert list(given) == []


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory was taken")
def test_ten_times_the_reports_take_no_more_memory(tmp_path):
    text = TEXT.format(6, "fish") + "France supported the tax on fish. Italy opposed the tax on fish.\n" * 1_000
    code = """
import sys, standpunt as sp
from pathlib import Path
peaks = []
for last in (12, 120):
    files = sorted(Path(sys.argv[1]).iterdir())[:last]
    assert sum(len(corpus) for corpus in sp.iter_reports(files)) == last * 2_002
    peaks.append(next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")))
print(*peaks)
"""
    for at in range(120):
        (tmp_path / f"{at:03}.txt").write_text(text, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, env=os.environ)
    assert done.returncode == 0, done.stderr
    few, many = map(int, done.stdout.split())
    # The corpora of 108 more would take 200 MB.
    assert many - few < 20_000, (few, many)
