"""Scores of a table of positions by their published formulas: plain loops, nothing shared with the engine.

A table is a list of rows, one an actor, each a list of values with None where nothing is stated. Levels are 0, 1, 2 …
"""

from collections import Counter
from math import sqrt


def ratio(part, whole):
    """part / whole; None where there is no whole."""
    return part / whole if whole else None


def pair(row_a, row_b, measure, *, weights, width, levels, nominal, squared):
    """The score of two actors and the number of issues they share; `width` is the scale's greatest distance."""

    def apart(x, y):
        if nominal or measure in ("kappa", "pi"):
            return float(x != y)
        return (abs(x - y) / width) ** (2 if squared else 1)

    both = [(x, y, w) for x, y, w in zip(row_a, row_b, weights, strict=True) if x is not None and y is not None]
    if measure == "agree2":
        both = [(x, y, w) for x, y, w in both if 1 not in (x, y)]
    shared, total = len(both), sum(w for _, _, w in both)
    if not total:
        return None, shared
    observed = sum(w * apart(x, y) for x, y, w in both) / total
    if measure in ("agreement", "agree2", "agree3"):
        return 1 - observed, shared
    if measure == "s":
        return 1 - 2 * observed, shared
    if measure == "tau_b":
        return tau_b([(x, y) for x, y, _ in both]), shared
    habits = [Counter(x for x, _, _ in both), Counter(y for _, y, _ in both)]
    if measure in ("pi", "weighted_pi"):
        pooled = {level: (habits[0][level] + habits[1][level]) / 2 for level in range(levels)}
        habits = [pooled, pooled]
    pairs = ((k, other) for k in range(levels) for other in range(levels))
    expected = sum(habits[0][k] * habits[1][other] * apart(k, other) for k, other in pairs) / shared**2
    if measure == "excess_s":
        return 2 * (expected - observed), shared
    return (1 - observed / expected if expected else None), shared


def tau_b(both):
    """Kendall (1945): concordant less discordant pairs of issues, over those untied for each."""
    sign = lambda x: (x > 0) - (x < 0)  # noqa: E731
    turns = [(sign(both[i][0] - both[j][0]), sign(both[i][1] - both[j][1])) for i in range(len(both)) for j in range(i)]
    root = sqrt(sum(abs(a) for a, _ in turns) * sum(abs(b) for _, b in turns))
    return ratio(sum(a * b for a, b in turns), root)


def alpha(rows, metric):
    """Krippendorff (2011): 1 - observed / expected, from every ordered pair of values within a unit and among all."""
    units = [[x for x in unit if x is not None] for unit in zip(*rows, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    values = [x for unit in units for x in unit]
    count = Counter(values)

    def delta(c, k):
        if c == k:
            return 0.0
        if metric == "nominal":
            return 1.0
        if metric == "interval":
            return (c - k) ** 2
        if metric == "ratio":
            return ((c - k) / (c + k)) ** 2
        low, high = min(c, k), max(c, k)
        return (sum(n for x, n in count.items() if low <= x <= high) - (count[low] + count[high]) / 2) ** 2

    if not values:
        return None
    within = sum(sum(delta(c, k) for c in unit for k in unit) / (len(unit) - 1) for unit in units)
    among = sum(n * m * delta(c, k) for c, n in count.items() for k, m in count.items()) / (len(values) - 1)
    return 1 - within / among if among else None


def cohesion(yes, no, abstain, measure):
    """Rice (1925), Attinà (1990), Hix, Noury and Roland (2005)."""
    total, most = yes + no + abstain, max(yes, no, abstain)
    if measure == "rice":
        return ratio(abs(yes - no), yes + no)
    if measure == "attina":
        return ratio(100 * (2 * most - total), total)
    return ratio(most - (total - most) / 2, total)
