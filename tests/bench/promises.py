"""Promises at run time, measured: how soon Ctrl-C ends a call, whether memory grows, whether runs give the same bytes.

python tests/bench/promises.py interrupts 200     # signals at random times in reading, linking, scoring and drawing
python tests/bench/promises.py memory 10000       # calls, and what the process holds after each tenth of them
python tests/bench/promises.py bytes 20           # runs on 1, 2, 4 and 8 threads
"""

import hashlib
import os
import random
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy
import pyarrow
from made import write_reports

import standpunt as sp

SAID = "Veel lidstaten, waaronder Nederland en Malta, steunden het bodemvoorstel maar niet het fonds voor gebied {}. "


def report(paragraphs):
    """A report of that many paragraphs, each of twenty sentences."""
    body = "\n\n".join(SAID.format(number) * 20 for number in range(paragraphs))
    return f"Verslag Milieuraad 16 oktober 2023\n\n1. Bodem\n\n{body}"


def interrupts(count):
    """Send signals at random times; each call must end by KeyboardInterrupt and give the same as before afterwards."""
    draw = random.Random(1)
    table = sp.Positions.from_matrix(numpy.random.default_rng(1).integers(0, 3, (120, 400)).astype(numpy.int8))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        huge = folder / "huge.txt"
        huge.write_text(report(4_000))
        (folder / "page.html").write_text("<main>" + "".join(f"<p>{part}</p>" for part in report(4_000).split("\n\n")))
        (folder / "many").mkdir()
        write_reports(folder / "many", 40, 16)
        # Whole reports: the signal comes at any time from opening the file to the last step of linking.
        calls = {
            "one huge report": lambda: sp.read_reports(huge, progress=False),
            "a web page": lambda: sp.read_reports(folder / "page.html", progress=False),
            "many reports": lambda: sp.read_reports(folder / "many", progress=False),
            "kappa": lambda: table.agreement(measure="kappa", bootstrap=5_000, seed=1),
            "bootstrap": lambda: table.agreement(bootstrap=10_000, seed=1),
        }
        lasts = {}
        for what, call in calls.items():
            start = time.perf_counter()
            call()
            lasts[what] = time.perf_counter() - start
            print(f"{what}: {lasts[what]:.1f} s", flush=True)
        small = report(2)
        before = (sp.parse_report(small, name="x"), table.agreement().array)
        took = {what: [] for what in calls}
        for number in range(count):
            what = list(calls)[number % len(calls)]
            took[what].append(interrupted(calls[what], draw.uniform(0.0, 0.9 * lasts[what])))
        assert sp.parse_report(small, name="x") == before[0]
        assert numpy.array_equal(table.agreement().array, before[1], equal_nan=True)
    for what, times in took.items():
        ordered = sorted(each for each in times if each is not None) or [float("nan")]
        middle, most = ordered[len(ordered) // 2], ordered[-1]
        late = sum(each is None for each in times)
        print(f"{what}: {len(ordered)} signals, p50 {middle * 1000:.0f} ms, max {most * 1000:.0f} ms; {late} came late")


def interrupted(call, wait):
    """Return the seconds from a signal sent so long after the start of a call to its end; None where it ended before."""
    sent = []

    def send():
        sent.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(wait, send)
    try:
        timer.start()
        call()
        timer.cancel()
        timer.join()
        return None
    except KeyboardInterrupt:
        return time.perf_counter() - sent[0]


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
