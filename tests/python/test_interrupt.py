"""Ctrl-C, forks and threads."""

import multiprocessing
import os
import signal
import sys
import threading
import time

import numpy as np
import pyarrow as pa
import pytest

import standpunt as sp

BRIEF = 0.1 * (os.cpu_count() or 1)
"""A tenth of a second on every processor."""
TABLE = np.random.default_rng(1).integers(0, 3, (100, 200)).astype(np.int8)


def interrupted(call, waits=(0.05, 0.1, 0.17)):
    """Return how much work, in seconds of a processor, was done after Ctrl-C: a busy machine adds none."""
    took = []
    for wait in waits:
        sent = []

        def send(sent=sent):
            sent.append(time.process_time())
            os.kill(os.getpid(), signal.SIGINT)

        timer = threading.Timer(wait, send)
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            call()
        took.append(time.process_time() - sent[0])
        timer.join()
    return took


def long_table():
    rows = np.random.default_rng(2).permutation(3_000_000)
    names = [f"issue {at}" for at in range(3000)]
    issue = pa.DictionaryArray.from_arrays(pa.array(rows % 3000, pa.int32()), names).cast(pa.string())
    return pa.table({"actor": rows // 3000, "issue": issue, "value": rows % 3 / 3})


unix = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as on Unix")


@unix
@pytest.mark.parametrize("measure", ["agreement", "kappa"])
def test_control_c_ends_a_bootstrap_within_a_tenth_of_a_second(measure):
    table = sp.Positions.from_matrix(TABLE)
    before = table.agreement(measure=measure).array
    took = interrupted(lambda: table.agreement(measure=measure, bootstrap=100_000, seed=1), (0.1, 0.17, 0.3))
    assert min(took) < BRIEF, took
    assert np.array_equal(table.agreement(measure=measure).array, before, equal_nan=True)


@unix
@pytest.mark.parametrize("scale", ["nominal", "interval"])
def test_control_c_ends_the_reading_of_a_long_table(scale):
    options = {"scale": scale, "range": (0, 1) if scale == "interval" else None}
    frame = long_table()
    # So often that it would not end before Ctrl-C on any machine.
    took = interrupted(lambda: [sp.Positions(frame, **options) for _ in range(100)])
    assert min(took) < BRIEF, took
    small = frame.slice(0, 1000)
    assert len(sp.Positions(small, **options).issues) == len(set(small["issue"].to_pylist()))


@unix
@pytest.mark.parametrize(
    ("make", "options"),
    [
        (lambda codes: codes.astype(np.int8), {}),
        (lambda codes: codes.astype(float), {}),
        (lambda codes: codes.astype(float), {"scale": "interval", "range": (0, 2), "missing": [7]}),
        (lambda codes: np.array(["no", "abstain", "yes"], object)[codes], {}),
    ],
)
def test_control_c_ends_the_reading_of_an_array(make, options):
    array = make(np.random.default_rng(3).integers(0, 3, (1000, 4000)))
    took = interrupted(lambda: [sp.Positions.from_matrix(array, **options) for _ in range(1000)])
    assert min(took) < BRIEF, took
    assert len(sp.Positions.from_matrix(array[:3], **options).actors) == 3


def in_child(table, results):
    results.put(table.agreement(measure="s", bootstrap=10, seed=1).frame["s"].sum())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_scores_too():
    table = sp.Positions.from_matrix(TABLE[:60].astype(float), scale="interval", range=(0, 2))
    expected = table.agreement(measure="s", bootstrap=10, seed=1).frame["s"].sum()
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    child = context.Process(target=in_child, args=(table, results))
    child.start()
    assert results.get(timeout=60) == expected
    child.join(60)
    assert child.exitcode == 0


def test_threads_share_a_table():
    table = sp.Positions.from_matrix(TABLE[:50])
    expected = table.agreement().array
    found = []
    threads = [threading.Thread(target=lambda: found.append(table.agreement().array)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(np.array_equal(array, expected) for array in found)
