"""What an expert would write instead, for tests/bench/tables.py."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

LEVELS = ["no", "abstain", "yes"]


def one_hot(codes):
    """One product per level, and one for the shared cells."""
    present = (codes >= 0).astype(np.float32)
    same = np.zeros((len(codes), len(codes)), np.float32)
    for level in range(3):
        plane = (codes == level).astype(np.float32)
        same += plane @ plane.T
    with np.errstate(invalid="ignore"):
        return same / (present @ present.T)


def simplex(codes):
    """Levels as corners of a triangle: symmetric products, two instead of three."""
    from scipy.linalg.blas import ssyrk

    across = np.array([1, -0.5, -0.5, 0], np.float32)[codes]
    up = np.array([0, 0.75**0.5, -(0.75**0.5), 0], np.float32)[codes]
    inner = ssyrk(1.0, across.T, trans=1)
    inner = ssyrk(1.0, up.T, trans=1, beta=1.0, c=inner, overwrite_c=1)
    both = ssyrk(1.0, (codes >= 0).astype(np.float32).T, trans=1)
    with np.errstate(all="ignore"):
        upper = np.triu((2 * inner + both) / (3 * both))
    return upper + np.triu(upper, 1).T


def bit_counts(codes):
    """Packed bits and numpy's population count, row by row."""

    def packed(plane):
        octets = np.packbits(plane, axis=1)
        return np.pad(octets, ((0, 0), (0, -octets.shape[1] % 8))).view(np.uint64)

    valid, one, two = (packed(plane) for plane in (codes >= 0, codes == 1, codes == 2))
    out = np.empty((len(codes), len(codes)))
    for row in range(len(codes)):
        both = valid[row] & valid[row:]
        same = both & ~((one[row] ^ one[row:]) | (two[row] ^ two[row:]))
        out[row, row:] = np.bitwise_count(same).sum(1) / np.maximum(np.bitwise_count(both).sum(1), 1)
        out[row:, row] = out[row, row:]
    return out


def frame_by_numpy(frame):
    """Strings to codes to products to a labelled frame."""
    cells = frame.to_numpy()
    codes = np.full(cells.shape, -1, np.int8)
    for at, level in enumerate(LEVELS):
        codes[cells == level] = at
    return pd.DataFrame(one_hot(codes), index=frame.index, columns=frame.index)


_compiled = {}


def distances_by_numba(values, weights):
    """Compiled loops over all pairs in parallel, single precision, weights multiplied in before."""
    if not _compiled:
        import numba

        @numba.njit(parallel=True, fastmath={"reassoc", "contract", "nsz", "arcp"})
        def run(scaled, present, weights):
            rows, issues = scaled.shape
            out = np.zeros((rows, rows))
            for i in numba.prange(rows):
                for j in range(i + 1, rows):
                    apart, total = np.float32(0), np.float32(0)
                    for k in range(issues):
                        both = present[i, k] * present[j, k]
                        apart += both * abs(scaled[i, k] - scaled[j, k])
                        total += both * weights[k]
                    out[i, j] = apart / total
                    out[j, i] = out[i, j]
            return out

        _compiled["run"] = run
    present = (~np.isnan(values)).astype(np.float32)
    scaled = (np.nan_to_num(values) * weights).astype(np.float32)
    return _compiled["run"](scaled, present, weights.astype(np.float32))


def intervals_by_products(codes, replicates=1000):
    """Pair indicators times drawn counts: one product for all replicates."""
    i, j = np.triu_indices(len(codes), 1)
    present = codes >= 0
    both = present[i] & present[j]
    same = (both & (codes[i] == codes[j])).astype(np.float32)
    issues = codes.shape[1]
    rng = np.random.default_rng(1)
    counts = np.empty((issues, replicates), np.float32)
    for at in range(replicates):
        counts[:, at] = np.bincount(rng.integers(0, issues, issues), minlength=issues)
    return np.percentile((same @ counts) / (both.astype(np.float32) @ counts), [2.5, 97.5], axis=1)


def intervals_by_loop(codes, replicates=1000):
    """The whole matrix again for each replicate."""
    rng = np.random.default_rng(1)
    issues = codes.shape[1]
    drawn = np.stack([one_hot(codes[:, rng.integers(0, issues, issues)]) for _ in range(replicates)])
    i, j = np.triu_indices(len(codes), 1)
    return np.percentile(drawn[:, i, j], [2.5, 97.5], axis=0)


def scattered(table):
    """Dictionary codes of three columns to a matrix, then products."""
    actor, issue, value = (table[name].combine_chunks() for name in ("actor", "issue", "value"))
    order = {"no": 0, "abstain": 1, "yes": 2, "absent": -1}
    code = np.array([order[name] for name in value.dictionary.to_pylist()], np.int8)[value.indices.to_numpy()]
    codes = np.full((len(actor.dictionary), len(issue.dictionary)), -1, np.int8)
    codes[actor.indices.to_numpy(), issue.indices.to_numpy()] = code
    return one_hot(codes)


def scattered_strings(table):
    """Strings to dictionary codes first."""
    return scattered(pa.table({name: table[name].combine_chunks().dictionary_encode() for name in table.column_names}))


def alpha_by_numpy(codes, metric):
    """Counts per unit by comparisons, then a level by level table."""
    levels = int(codes.max()) + 1
    counts = np.stack([(codes == level).sum(0, dtype=np.int32) for level in range(levels)], 1).astype(float)
    raters = counts.sum(1)
    counts, raters = counts[raters > 1], raters[raters > 1]
    shares = counts / (raters - 1)[:, None]
    observed = counts.T @ shares - np.diag(shares.sum(0))
    totals = counts.sum(0)
    expected = (np.outer(totals, totals) - np.diag(totals)) / (totals.sum() - 1)
    if metric == "nominal":
        apart = 1 - np.eye(levels)
    else:
        edges = np.concatenate([[0], np.cumsum(totals)])
        middle = (edges[:-1] + edges[1:]) / 2
        apart = (middle[:, None] - middle) ** 2
    return 1 - (observed * apart).sum() / (expected * apart).sum()


def alpha_by_moments(values):
    """Interval alpha from sums and squares per unit."""
    present = ~np.isnan(values)
    centred = np.where(present, values - 50, 0.0)
    n, s, q = present.sum(0).astype(float), centred.sum(0), np.einsum("ij,ij->j", centred, centred)
    n, s, q = n[n > 1], s[n > 1], q[n > 1]
    within = ((n * q - s * s) / (n - 1)).sum()
    return 1 - within / ((n.sum() * q.sum() - s.sum() ** 2) / (n.sum() - 1))


def alpha_by_package(codes, metric):
    """The `krippendorff` package."""
    import krippendorff

    values = np.where(codes < 0, np.nan, codes)
    return krippendorff.alpha(reliability_data=values, level_of_measurement=metric)
