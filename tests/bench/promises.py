"""Promises at run time, measured: how soon Ctrl-C ends a call, whether memory grows, whether runs give the same bytes.

python tests/bench/promises.py interrupts 200     # signals at random times in reading, scoring and drawing
python tests/bench/promises.py memory 10000       # calls, and what the process holds after each tenth of them
python tests/bench/promises.py bytes 20           # runs on 1, 2, 4 and 8 threads
"""

import hashlib
import os
import random
import signal
import sys
import threading
import time
from pathlib import Path

import numpy
import pyarrow

import standpunt as sp

SAID = "Veel lidstaten, waaronder Nederland en Malta, steunden het bodemvoorstel maar niet het fonds voor gebied {}. "


def report(paragraphs):
    """A report of that many paragraphs, each of twenty sentences."""
    body = "\n\n".join(SAID.format(number) * 20 for number in range(paragraphs))
    return f"Verslag Milieuraad 16 oktober 2023\n\n1. Bodem\n\n{body}"


def interrupts(count):
    """Send signals at random times; each call must end by KeyboardInterrupt and give the same as before afterwards."""
    draw = random.Random(1)
    text = report(4_000)
    table = sp.Positions.from_matrix(numpy.random.default_rng(1).integers(0, 3, (120, 400)).astype(numpy.int8))
    calls = {
        "reading": lambda: sp.parse_report(text, name="x"),
        "kappa": lambda: table.agreement(measure="kappa", bootstrap=50_000, seed=1),
        "bootstrap": lambda: table.agreement(bootstrap=100_000, seed=1),
    }
    small = report(2)
    before = (sp.parse_report(small, name="x"), table.agreement().array)
    took = {name: [] for name in calls}
    for number in range(count):
        name = list(calls)[number % len(calls)]
        sent = []

        def send(sent=sent):
            sent.append(time.perf_counter())
            os.kill(os.getpid(), signal.SIGINT)

        timer = threading.Timer(draw.uniform(0.02, 0.4), send)
        timer.start()
        try:
            calls[name]()
            print(f"{name} ended before the signal")
            timer.cancel()
        except KeyboardInterrupt:
            took[name].append(time.perf_counter() - sent[0])
        timer.join()
    assert sp.parse_report(small, name="x") == before[0]
    assert numpy.array_equal(table.agreement().array, before[1], equal_nan=True)
    for name, times in took.items():
        ordered = sorted(times) or [float("nan")]
        middle, most = ordered[len(ordered) // 2], ordered[-1]
        print(f"{name}: {len(times)} signals, p50 {middle * 1000:.0f} ms, max {most * 1000:.0f} ms")


def held():
    """The bytes that the process holds in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def memory(count):
    """Read, score and draw over and over."""
    small = report(1)
    array = numpy.random.default_rng(1).integers(0, 3, (20, 50)).astype(numpy.int8)
    for number in range(1, count + 1):
        sp.parse_report(small, name="x").agreement()
        pyarrow.table(sp.Positions.from_matrix(array).agreement(bootstrap=10, seed=1))
        if number % max(1, count // 10) == 0:
            print(f"{number} calls: {held() / 1e6:.1f} MB")


def same_bytes(count):
    """Digest what is read, scored and drawn, for each number of threads."""
    array = numpy.random.default_rng(1).integers(0, 3, (60, 400)).astype(numpy.int8)
    found = set()
    for threads in (1, 2, 4, 8):
        sp.set_threads(threads)
        for _ in range(max(1, count // 4)):
            digest = hashlib.sha256()
            corpus = sp.datasets.telecom()
            table = sp.Positions.from_matrix(array)
            for result in (corpus, corpus.agreement(), table.agreement(bootstrap=200, seed=1)):
                for column in pyarrow.table(result).itercolumns():
                    digest.update(repr(column.to_pylist()).encode())
            found.add(digest.hexdigest())
    print(f"{len(found)} digest: {', '.join(found)}")
    return len(found) == 1


if __name__ == "__main__":
    what, number = sys.argv[1], int(sys.argv[2])
    sys.exit({"interrupts": interrupts, "memory": memory, "bytes": same_bytes}[what](number) is False)
