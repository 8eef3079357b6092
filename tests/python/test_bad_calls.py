"""Bad calls, by number (58 to 60): nothing to compare, options out of range, interrupts, forks and threads."""

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading

import numpy as np
import pandas as pd
import pytest

import standpunt as sp
from refusal import refused

VOTES = np.array([[1, 2, 1], [1, 1, 2]], dtype=np.int8)


def test_58_nothing_to_compare_has_no_score_and_says_how_much_it_had():
    alone = sp.Positions.from_matrix(VOTES[:1])
    assert len(alone.agreement().frame) == 0
    apart = sp.Positions.from_matrix([["y", None], [None, "y"]])
    for measure in ("agreement", "kappa", "pi"):
        row = apart.agreement(measure=measure, bootstrap=10, seed=1).frame.iloc[0]
        assert row["shared"] == 0
        assert row[[measure, "ci_low", "ci_high"]].isna().all()
    assert apart.alpha() is None
    one = sp.read_statements(
        pd.DataFrame([{"meeting": "m", "date_start": "2025-03-04", "issue": "i", "named": "NL", "stance": "support"}])
    )
    row = one.agreement(actors=["NL", "DE"]).frame.iloc[0]
    assert (row["shared"], row["shared_upper"]) == (0, 0)
    assert row[["agreement", "lower", "upper"]].isna().all()


SEED = "a whole number from 0 to 18,446,744,073,709,551,615"
RANGES = [
    ({"bootstrap": -1}, "bootstrap: expected a whole number from 0 to 100,000, got -1"),
    ({"bootstrap": 10**9}, "bootstrap: expected a whole number from 0 to 100,000, got 1000000000"),
    ({"bootstrap": 10, "seed": 1.5}, f"seed: expected {SEED}, got 1.5"),
    ({"bootstrap": 10, "seed": -1}, f"seed: expected {SEED}, got -1"),
    ({"bootstrap": 10, "level": 1.0}, "level: expected a number between 0 and 1, got 1"),
]


@pytest.mark.parametrize(("options", "message"), RANGES)
def test_59_an_option_out_of_range_is_answered_with_its_range(options, message):
    assert refused(sp.InputError, sp.Positions.from_matrix(VOTES).agreement, **options) == message


def test_59_no_bootstrap_is_no_interval_and_too_much_is_refused_first():
    assert sp.Positions.from_matrix(VOTES).agreement(bootstrap=0).frame["ci_low"].isna().all()
    wide = sp.Positions.from_matrix(np.zeros((2, 100_000), np.int8))
    got = refused(sp.LimitError, wide.agreement, bootstrap=100_000)
    assert got == "bytes of drawn issues: 10000000000 is over the limit of 4294967296"
    assert refused(sp.InputError, sp.set_threads, 0) == "threads: expected 1 to 1024, or None, got 0"


@pytest.fixture(scope="module")
def long_text():
    """One report that takes seconds to read."""
    said = "Veel lidstaten, waaronder Nederland en Malta, steunden het bodemvoorstel maar niet het fonds voor {}. "
    body = "\n\n".join(said.format(f"gebied{number}") * 20 for number in range(2_000))
    return f"Verslag Milieuraad 16 oktober 2023\n\n1. Bodem\n\n{body}"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as on Unix")
def test_60_an_interrupt_inside_one_long_report_leaves_all_as_it_was(long_text):
    before = sp.parse_report(long_text[:2_000], name="x").statements
    for wait in (0.05, 0.15, 0.3):
        timer = threading.Timer(wait, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            sp.parse_report(long_text, name="x")
        timer.join()
    assert sp.parse_report(long_text[:2_000], name="x").statements.equals(before)


def in_child(table, corpus, results):
    results.put((table.agreement().frame, corpus.agreement().frame, sp.datasets.telecom().statements))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_60_a_forked_child_reads_and_scores_what_its_parent_made():
    table, corpus = sp.Positions.from_matrix(VOTES), sp.datasets.telecom()
    expected = (table.agreement().frame, corpus.agreement().frame, corpus.statements)
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    child = context.Process(target=in_child, args=(table, corpus, results))
    child.start()
    found = results.get(timeout=120)
    child.join(60)
    assert child.exitcode == 0
    assert all(one.equals(other) for one, other in zip(found, expected, strict=True))


def test_60_two_threads_use_one_object_and_a_third_drops_it():
    corpus = sp.datasets.telecom()
    expected = corpus.agreement().frame
    found = []
    threads = [threading.Thread(target=lambda: found.append(corpus.agreement().frame)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(frame.equals(expected) for frame in found)
    kept = [sp.datasets.telecom(), sp.Positions.from_matrix(VOTES).agreement()]
    dropper = threading.Thread(target=kept.clear)
    dropper.start()
    dropper.join()
    gc.collect()
    assert kept == []


LEAVING = """
import atexit, threading, numpy, pandas, standpunt as sp
table = sp.Positions.from_matrix(numpy.zeros((60, 400), numpy.int8))
corpus = sp.datasets.telecom()
atexit.register(lambda: print(len(corpus.agreement().frame) > 0, table.agreement().array.shape))
threading.Thread(target=lambda: table.agreement(bootstrap=20_000, seed=1), daemon=True).start()
"""


def test_60_work_under_way_and_at_the_end_of_the_interpreter_does_not_hang():
    ran = subprocess.run([sys.executable, "-c", LEAVING], capture_output=True, text=True, timeout=120)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "True (60, 60)\n", "")
