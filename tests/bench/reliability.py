"""Times measures beside the one they are held to, in one run: python tests/bench/reliability.py [pairs raters]

`pairs`: every measure of two actors beside agreement, on tables of 200 x 6,000 and 705 x 20,000 with three levels and of
200 x 6,000 with seven. `raters`: every coefficient of raters, all five with their errors and intervals, beside nominal alpha
on 705 x 20,000. Each line gives both times and their ratio; what is compared is timed in turn, the best of each.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

MEASURES = ["s", "kappa", "weighted_kappa", "pi", "weighted_pi", "excess_s", "tau_b"]


def in_turn(runs, seconds=6.0, most=15):
    """Return the best time of each run."""
    best = dict.fromkeys(runs, float("inf"))
    start = time.perf_counter()
    for _ in range(most):
        for name, run in runs.items():
            begin = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - begin)
        if time.perf_counter() - start > seconds:
            break
    return best


def compare(title, base, runs):
    best = in_turn({base: runs[base], **runs})
    print(f"{title}: {base} {best[base] * 1e3:.2f} ms")
    for name, took in best.items():
        if name != base:
            print(f"    {name:28} {took * 1e3:9.2f} ms   x{took / best[base]:.2f}", flush=True)


def pairs():
    for actors, issues, levels in ((200, 6000, 3), (200, 6000, 7), (705, 20000, 3)):
        codes = tables.votes(actors, issues, 2, levels)
        for scale in ("nominal", "ordinal"):
            table = sp.Positions.from_matrix(codes, scale=scale, levels=list(range(levels)), missing=-1)
            of = [name for name in MEASURES if scale == "ordinal" or name in ("kappa", "pi")]
            runs = {
                name: lambda name=name, table=table: table.agreement(measure=name).array for name in ["agreement", *of]
            }
            compare(f"{actors} x {issues}, {levels} {scale} levels", "agreement", runs)


def raters():
    for levels in (3, 7):
        codes = tables.votes(705, 20000, 5, levels)
        runs = {"alpha": lambda codes=codes: sp.alpha(codes, missing=-1)}
        for weights in ("identity", "linear", "quadratic", "ordinal", "radical"):
            runs[f"all five, {weights}"] = lambda weights=weights, codes=codes: sp.reliability(
                codes, weights=weights, missing=-1
            )
        compare(f"705 x 20000, {levels} levels", "alpha", runs)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["pairs", "raters"])
    parser.add_argument("--threads", default="2")
    arguments = parser.parse_args()
    os.environ["RAYON_NUM_THREADS"] = arguments.threads
    import numpy as np

    import standpunt as sp

    sys.path.insert(0, str(Path(__file__).parent))
    import tables

    tables.np = np
    for part in arguments.parts:
        globals()[part]()
