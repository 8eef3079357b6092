"""Ctrl-C, forks and threads."""

import multiprocessing
import os
import signal
import sys
import threading
import time

import numpy as np
import pytest

import standpunt as sp

TABLE = np.random.default_rng(1).integers(0, 3, (100, 200)).astype(np.int8)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as on Unix")
@pytest.mark.parametrize("measure", ["agreement", "kappa"])
def test_control_c_ends_a_bootstrap_within_a_tenth_of_a_second(measure):
    table = sp.Positions.from_matrix(TABLE)
    before = table.agreement(measure=measure).array
    took = []
    for wait in (0.1, 0.17, 0.3):
        sent = []

        def send(sent=sent):
            sent.append(time.perf_counter())
            os.kill(os.getpid(), signal.SIGINT)

        timer = threading.Timer(wait, send)
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            table.agreement(measure=measure, bootstrap=100_000, seed=1)
        took.append(time.perf_counter() - sent[0])
        timer.join()
    assert min(took) < 0.1, took
    assert np.array_equal(table.agreement(measure=measure).array, before, equal_nan=True)


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
