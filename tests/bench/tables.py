"""Times the table workloads W1 to W7 beside the best peer, in one run: python tests/bench/tables.py [W3 W6 ...]

Every line: the peer's and our best time, the ratio, and the memory each took above the input. Results are checked equal
before anything is timed. Peers are the strongest formulations we know; `--threads 1` limits both sides.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from pathlib import Path

LEVELS = ["no", "abstain", "yes"]


def votes(actors, issues, seed, levels=3):
    """Votes from two hidden dimensions, -1 for about a quarter of the cells."""
    rng = np.random.default_rng(seed)
    place, slope = rng.normal(size=(actors, 2)), rng.normal(size=(issues, 2))
    pull = place @ slope.T + rng.normal(size=issues) + rng.logistic(size=(actors, issues)) * 0.6
    codes = np.searchsorted(np.quantile(pull, np.linspace(0, 1, levels + 1)[1:-1]), pull).astype(np.int8)
    codes[rng.random(codes.shape) < rng.uniform(0.1, 0.4, (actors, 1))] = -1
    return codes


def numbers(actors, issues, seed):
    """Whole scores from 0 to 100, NaN where there is none."""
    codes = votes(actors, issues, seed, levels=5)
    spread = np.random.default_rng(seed + 1).normal(size=codes.shape) * 8
    return np.where(codes < 0, np.nan, np.clip(np.round(codes * 25.0 + spread), 0, 100))


def ours(codes):
    return sp.Positions.from_matrix(codes, missing=-1).agreement().array


def ours_of_frame(frame):
    return sp.Positions.from_matrix(frame, levels=LEVELS).agreement().matrix()


def ours_weighted(values, weights):
    return sp.Positions.from_matrix(values, weights=weights, scale="interval", range=(0, 100)).agreement().array


def ours_drawn(codes):
    frame = sp.Positions.from_matrix(codes, missing=-1).agreement(bootstrap=1000, seed=1).frame
    return frame[["ci_low", "ci_high"]].to_numpy(float).T


def ours_long(table):
    return sp.Positions(table, missing="absent").agreement().array


def resident(key):
    with Path("/proc/self/status").open() as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith(key))


def timed(run, seconds=3.0, most=15):
    """Return the best time, and the peak of memory above what was there before."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")
    before, best, start = resident("VmRSS"), float("inf"), time.perf_counter()
    for _ in range(most):
        begin = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - begin)
        if time.perf_counter() - start > seconds:
            break
    return best, resident("VmHWM") - before


def compare(name, goal, peer, other, run, tolerance, same=lambda result: result):
    """Check both results equal and print one line."""
    expected, found = (same(np.asarray(side(), float)) for side in (run, other))
    error = np.nanmax(np.abs(found - expected))
    assert error <= tolerance, f"{name}, {peer}: off by {error}"
    (theirs, memory), (best, own) = timed(other), timed(run)
    share = own / memory if memory > 1 else float("nan")
    print(
        f"{name:12} {peer:26} {theirs * 1e3:9.2f} ms {memory:6.0f} MB   ours {best * 1e3:9.3f} ms {own:6.0f} MB"
        f"   x{theirs / best:7.2f}   memory {share:5.2f}   goal {goal}",
        flush=True,
    )


def w1():
    codes = votes(27, 200, 1)
    compare("W1 array", "<= 25 us", "one-hot products", lambda: peers.one_hot(codes), lambda: ours(codes), 1e-6)
    cells = np.array([*LEVELS, None], object)[codes]
    names = [f"state {at:02}" for at in range(27)]
    frame = pd.DataFrame(cells, index=names, columns=[f"issue {at:03}" for at in range(200)], dtype=object)
    compare(
        "W1 frame",
        ">= x1",
        "numpy, frame to frame",
        lambda: peers.frame_by_numpy(frame),
        lambda: ours_of_frame(frame),
        1e-6,
    )


def nominal(name, actors, issues, among):
    codes = votes(actors, issues, 2)
    for peer in among:
        compare(name, ">= x10, memory <= 0.2", peer.__name__, lambda peer=peer: peer(codes), lambda: ours(codes), 1e-6)


def w2():
    nominal("W2", 200, 6000, (peers.bit_counts, peers.one_hot, peers.simplex))


def w3():
    nominal("W3", 705, 20000, (peers.one_hot, peers.simplex))


def w4():
    values = numbers(700, 5000, 3)
    whole = np.round(np.random.default_rng(9).gamma(2, 25, 5000).clip(1, 127))
    upper = np.triu_indices(700, 1)
    for name, goal, weights in (("W4 whole", ">= x6", whole), ("W4 fractions", ">= x3", whole + 0.137)):
        compare(
            name,
            goal,
            "numba",
            lambda weights=weights: 1 - peers.distances_by_numba(values, weights)[upper] / 100,
            lambda weights=weights: ours_weighted(values, weights)[upper],
            1e-5,
        )


def w5():
    codes = votes(27, 2000, 4)
    # Other draws: the ends agree within the noise of a thousand replicates.
    for peer, goal, run in (
        ("pair products", ">= x1.7", peers.intervals_by_products),
        ("loop of products", ">= x10", peers.intervals_by_loop),
    ):
        compare("W5", goal, peer, lambda run=run: run(codes), lambda: ours_drawn(codes), 0.015)


def w6():
    codes = votes(705, 20000, 2)
    order = np.random.default_rng(3).permutation(codes.size)
    keys = (order // 20000, order % 20000, np.where(codes < 0, 3, codes).ravel()[order])
    words = ([f"MEP-{at:06}" for at in range(705)], [f"vote {at:06}" for at in range(20000)], [*LEVELS, "absent"])
    arrays = [
        pa.DictionaryArray.from_arrays(pa.array(key.astype(np.int32)), pa.array(word))
        for key, word in zip(keys, words, strict=True)
    ]
    table = pa.table(dict(zip(("actor", "issue", "value"), arrays, strict=True)))
    del codes, order, keys, arrays
    compare("W6 codes", ">= x3", "pyarrow, products", lambda: peers.scattered(table), lambda: ours_long(table), 1e-6)
    text = table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
    compare(
        "W6 strings",
        ">= x2, memory <= 0.5",
        "pyarrow, products",
        lambda: peers.scattered_strings(text),
        lambda: ours_long(text),
        1e-6,
        # The peer numbers actors as they come: compare what does not depend on their order.
        same=lambda square: np.sort(square.ravel()),
    )


def w7():
    for metric, levels in (("nominal", 3), ("ordinal", 5)):
        codes = votes(705, 20000, 5, levels)
        for peer, goal, run in (
            ("numpy", ">= x5", peers.alpha_by_numpy),
            ("krippendorff", ">= x40", peers.alpha_by_package),
        ):
            compare(
                f"W7 {metric}",
                goal,
                peer,
                lambda run=run, codes=codes, metric=metric: run(codes, metric),
                lambda codes=codes, metric=metric: sp.alpha(codes, metric, missing=-1),
                1e-9,
            )
    values = numbers(705, 20000, 6)
    compare(
        "W7 interval",
        ">= x3",
        "numpy moments",
        lambda: peers.alpha_by_moments(values),
        lambda: sp.alpha(values, "interval"),
        1e-9,
    )


def growth():
    """Print how the time grows: with the issues, and with the actors up to 3,000."""
    for what, shapes in (("issues", ((200, 20000), (200, 80000))), ("actors", ((750, 4000), (3000, 4000)))):
        times = []
        for actors, issues in shapes:
            codes = np.random.default_rng(1).integers(-1, 3, (actors, issues)).astype(np.int8)
            times.append(timed(lambda codes=codes: ours(codes), most=5)[0])
        print(f"growth with {what}: exponent {np.log(times[1] / times[0]) / np.log(4):.2f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workloads", nargs="*", default=["W1", "W2", "W3", "W4", "W5", "W6", "W7", "growth"])
    parser.add_argument("--threads", default="2")
    arguments = parser.parse_args()
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS"):
        os.environ[variable] = arguments.threads
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    import standpunt as sp

    sys.path.insert(0, str(Path(__file__).parent))
    import peers

    for workload in arguments.workloads:
        globals()[workload.lower()]()
