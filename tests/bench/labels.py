"""Times matching labels beside rapidfuzz (W8), in one run: python tests/bench/labels.py [NUMBER]

Each label of one list is matched with the most similar of another, by normalised Indel similarity. Both sides take all
processors; the best of three is shown, with the peak of memory above what was there before.
"""

from __future__ import annotations

import gc
import os
import random
import re
import sys
import time
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

import standpunt as sp

ROOT = Path(__file__).resolve().parents[2]
KINDS = [
    "Verordening",
    "Richtlijn",
    "Mededeling",
    "Actieplan",
    "Pakket",
    "Strategie",
    "Programma",
    "Fonds",
    "Verklaring",
    "Regulation",
    "Directive",
]
SMALL = "abcdefghijklmnopqrstuvwxyz"


def labels(number: int) -> tuple[list[str], list[str]]:
    """Return names of dossiers from the seed report's words, and as many misspelt ones."""
    draw = random.Random(8)
    text = (ROOT / "seeds/reports/verslag-informele-telecomraad-2025-03.txt").read_text(encoding="utf-8")
    words = sorted({word.lower() for word in re.findall(r"[A-Za-zé]{6,}", text)})
    joins = ["inzake", "over", "betreffende", "on", "voor"]
    names = [
        " ".join([draw.choice(KINDS), draw.choice(joins), *draw.sample(words, draw.randint(2, 4))])
        for _ in range(number)
    ]

    def misspelt(name: str) -> str:
        parts = name.split()
        for _ in range(draw.randint(0, 2)):
            at = draw.randrange(len(parts))
            kind = draw.random()
            if kind < 0.3 and len(parts) > 3:
                parts.pop(at)
            elif kind < 0.6:
                parts[at] = draw.choice(words)
            else:
                letters = list(parts[at])
                letters[draw.randrange(len(letters))] = draw.choice(SMALL)
                parts[at] = "".join(letters)
        if draw.random() < 0.15:
            draw.shuffle(parts)
        return " ".join(parts)

    return [misspelt(draw.choice(names)) for _ in range(number)], names


def by_rapidfuzz(left: list[str], right: list[str]) -> list[str]:
    scores = process.cdist(left, right, scorer=fuzz.ratio, workers=-1)
    return [right[at] for at in scores.argmax(1)]


def by_standpunt(left: list[str], right: list[str]) -> list[str]:
    return sp.match_labels(left, right)["right"].tolist()


def resident(key: str) -> float:
    with Path("/proc/self/status").open() as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith(key))


def timed(work, *arguments) -> tuple[float, float, list[str]]:
    best, memory, result = float("inf"), 0.0, []
    for _ in range(3):
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")
        before, start = resident("VmRSS"), time.perf_counter()
        result = work(*arguments)
        best = min(best, time.perf_counter() - start)
        memory = max(memory, resident("VmHWM") - before)
    return best, memory, result


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    left, right = labels(number)
    sp.match_labels(left[:10], right[:10])["right"].tolist()
    theirs, much, expected = timed(by_rapidfuzz, left, right)
    ours, little, found = timed(by_standpunt, left, right)
    # cdist's scores are 32-bit: where two labels are nearly alike it may take either.
    alike = np.mean(
        [
            a == b or abs(fuzz.ratio(x, a) - fuzz.ratio(x, b)) < 1e-4
            for x, a, b in zip(left, expected, found, strict=False)
        ]
    )
    print(f"{number} x {number} labels on {os.cpu_count()} processors, same best match: {alike:.4%}")
    print(f"rapidfuzz cdist {theirs:.3f} s {much:.0f} MB; standpunt {ours:.3f} s {little:.0f} MB; x{theirs / ours:.2f}")


if __name__ == "__main__":
    main()
