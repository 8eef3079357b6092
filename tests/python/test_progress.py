"""Bars on long work: there where they are asked for or somebody looks, silent otherwise."""

import re
import sys

import numpy as np
import pytest

import standpunt as sp
from standpunt import progress

TABLE = np.random.default_rng(1).integers(0, 3, (20, 60)).astype(np.int8)
PAIRS = 20 * 19 // 2
CORPUS = sp.parse_report("Report of 6 June 2025\n\nFrance supported the tax. Italy opposed the tax.")


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    yield
    sp.set_progress(None)


def score(replicates=1_000):
    sp.Positions.from_matrix(TABLE).agreement(bootstrap=replicates, seed=1)


def longer_and_longer():
    """Work of every length up to one at which any machine looks for progress."""
    for replicates in (500, 2_000, 8_000, 32_000, 100_000):
        yield lambda replicates=replicates: score(replicates)


def test_a_bar_counts_the_steps_of_the_core_up_to_all(at_once, capfd):
    sp.set_progress(True)
    for work in longer_and_longer():
        work()
        shown = capfd.readouterr().err
        if shown:
            break
    counts = [(int(done), int(expected)) for done, expected in re.findall(r"(\d+)/(\d+) \[", shown)]
    assert counts == sorted(counts), shown
    assert counts[-1][1] == -(-PAIRS // 32), shown
    assert all(done <= expected for done, expected in counts), shown


@pytest.mark.parametrize(
    "work",
    [
        score,
        lambda: CORPUS.sensitivity({"a": {"many": (5, 6)}, "b": {"many": (9, 9)}}),
        lambda: CORPUS.agreement(),
    ],
)
def test_work_is_silent_where_nobody_looks_or_it_is_told_to_be(at_once, capfd, work):
    work()
    sp.set_progress(False)
    work()
    assert capfd.readouterr().err == ""


def test_a_bar_that_cannot_be_drawn_ends_the_work_and_leaves_it_usable(at_once, monkeypatch):
    def refuse(self, done, expected):
        raise RuntimeError("no screen")

    monkeypatch.setattr(progress.Watch, "look", refuse)
    with pytest.raises(RuntimeError, match="no screen"):
        [work() for work in longer_and_longer()]
    monkeypatch.undo()
    assert len(sp.Positions.from_matrix(TABLE).agreement().frame) == PAIRS


def test_reports_and_windows_tick(at_once, tmp_path, capfd):
    for day in (6, 7, 8):
        (tmp_path / f"{day}.txt").write_text(f"Report of {day} June 2025\n\nFrance agreed to the tax.")
    sp.set_progress(True)
    sp.read_reports(tmp_path)
    assert "3/3" in capfd.readouterr().err
    sp.read_reports(tmp_path, progress=False)
    assert capfd.readouterr().err == ""


def test_what_is_asked_is_checked(monkeypatch):
    with pytest.raises(TypeError, match="show: expected True, False or None"):
        sp.set_progress("yes")
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(ImportError, match=r"standpunt\[progress\]"):
        sp.set_progress(True)
