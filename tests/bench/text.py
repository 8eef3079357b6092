"""Times reading reports beside finding cues in them (W9), in one run: python tests/bench/text.py [MEGABYTES]

Reading goes from files to coded, linked statements; the peers only find words of the Dutch lexicon in sentences.
All on one thread. Then the same reports on more threads, whose bytes must be equal, and twice as many, and twice again.
"""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import tomllib
from made import write_reports

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
CODE = """
import hashlib, pyarrow, sys, time, standpunt as sp
start = time.perf_counter()
corpus = sp.read_reports(sys.argv[1], progress=False)
seconds = time.perf_counter() - start
table = pyarrow.table(corpus)
print(seconds, len(corpus), hashlib.sha256(repr(table.to_pydict()).encode()).hexdigest()[:12])
"""


def reports(folder: Path, megabytes: float) -> int:
    """Write reports of so many megabytes in all; return their bytes."""
    return write_reports(folder, max(1, round(megabytes * 1e6 / write_reports(folder, 1))))


def read(folder: Path, threads: int) -> tuple[float, int, str]:
    """Read the folder in a process of its own; return its seconds, statements and digest."""
    environment = os.environ | {"RAYON_NUM_THREADS": str(threads)}
    command = [sys.executable, "-c", CODE, str(folder)]
    out = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()
    return float(out[0]), int(out[1]), out[2]


def cues() -> list[str]:
    """Return the names, size words and verb forms of the Dutch lexicon."""
    words = tomllib.loads((ROOT / "src/lexicon/languages/nl.toml").read_text(encoding="utf-8"))
    lists = [*words["states"].values(), *words["institutions"].values(), *words["quantifiers"].values()]
    forms = (form for verb in words["verbs"].values() for form in re.split(r"[\s.~]+", verb) if form)
    return sorted({word for words in lists for word in words} | {form.replace("_", " ") for form in forms})


def automaton(text: str, words: list[str]) -> int:
    import ahocorasick_rs

    found = ahocorasick_rs.AhoCorasick(words)
    return sum(len(found.find_matches_as_indexes(sentence)) for sentence in SENTENCE.split(text))


def alternation(text: str, words: list[str]) -> int:
    found = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")\b")
    return sum(1 for sentence in SENTENCE.split(text) for _ in found.finditer(sentence))


def timed(work, *arguments) -> float:
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def main() -> None:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 4.0
    words = cues()
    rates = []
    for factor in (1, 2, 4):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            size = reports(folder, megabytes * factor / 4)
            seconds, statements, digest = min(read(folder, 1) for _ in range(3))
            rates.append(size / seconds)
            print(
                f"{size / 1e6:6.2f} MB read and linked on one thread: {size / 1e6 / seconds:6.2f} MB/s, {statements} statements"
            )
            if factor == 4:
                text = "\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.iterdir()))
                for threads in (2, 4):
                    seconds, _, other = read(folder, threads)
                    print(f"  on {threads} threads: {size / 1e6 / seconds:6.2f} MB/s, same bytes: {other == digest}")
    print(f"growth exponent of the time: {1 - math.log(rates[-1] / rates[0], 4):.2f}")
    lower = text.lower()
    part = lower[:500_000]
    print(
        f"finding {len(words)} cues alone, ahocorasick_rs by sentence: {len(lower) / 1e6 / timed(automaton, lower, words):6.2f} MB/s"
    )
    print(
        f"finding {len(words)} cues alone, re by sentence: {len(part) / 1e6 / timed(alternation, part, words):6.2f} MB/s"
    )


if __name__ == "__main__":
    main()
