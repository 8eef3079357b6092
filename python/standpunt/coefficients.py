"""Coefficients of plain arrays and counts, without a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, get_args

from standpunt import _core, frames
from standpunt.declaration import Missing, gaps_of, number, numbers
from standpunt.errors import InputError
from standpunt.frames import Frame

__all__ = ["alpha", "cohesion", "consensus", "esteban_ray", "group_consensus", "policy_agreement", "reliability"]

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
CohesionMeasure = Literal["rice", "attina", "hix_noury_roland"]

METRICS = ("nominal", "ordinal", "interval", "ratio")
Weights = Literal["identity", "linear", "quadratic", "ordinal", "radical", "ratio"]
ConsensusMeasure = Literal[
    "van_der_eijk",
    "polarization",
    "tastle_wierman",
    "leik",
    "berry_mielke",
    "blair_lacy",
    "kvalseth",
    "reynal_querol",
    "reardon",
    "entropy",
]

WEIGHTS = get_args(Weights)
CONSENSUS = get_args(ConsensusMeasure)
COHESIONS = ("rice", "attina", "hix_noury_roland")


def alpha(array: Any, metric: Metric = "nominal", *, missing: Missing = None) -> float | None:
    """Return Krippendorff's alpha of an array, raters by units; None where all values are equal.

    1 - observed / expected disagreement (Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011): 1 is
    perfect, 0 what chance gives. NaN is missing; in arrays of whole numbers only what `missing` names. Where nearly all
    values are of one category alpha is low whatever raters share: look at Gwet's AC1 (`reliability`) beside it.

    >>> import numpy, standpunt as sp
    >>> round(sp.alpha(numpy.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]])), 12)
    0.095238095238

    Raises:
        InputError: Where no unit has two values, or the values do not fit the metric.
    """
    import numpy

    frames.choose("metric", metric, METRICS)
    array = numpy.asarray(array)
    if array.ndim != 2:
        raise InputError(f"array: expected two dimensions, raters by units, got {array.ndim}")
    gaps = [value for value, _ in gaps_of(missing)]
    if array.dtype == numpy.int8:
        parts = _core.alpha_of_bytes(array, metric, small(gaps))
    else:
        parts = _core.alpha_of_numbers(numbers(array, gaps), metric)
    if parts[3] == 0:
        raise InputError("array: no unit has two values, so there is nothing to compare")
    return parts[0]


def small(gaps: list[str]) -> list[int]:
    """Return the declared values that eight bits can hold; others cannot occur."""
    whole = [int(gap) for gap in gaps if gap.removeprefix("-").isdecimal()]
    return [gap for gap in whole if -128 <= gap < 128]


def cohesion(yes: float, no: float, abstain: float = 0, *, measure: CohesionMeasure = "rice") -> float | None:
    """Return the cohesion of a group from its votes; None where it is undefined.

    With T all votes and max the most frequent of the three: "rice" is |Y-N|/(Y+N), 0 to 1, undefined where all
    abstain (Rice 1925); "attina" 100(2 max-T)/T, -33 1/3 to 100 percent (Attinà 1990); "hix_noury_roland"
    (max-(T-max)/2)/T, 0 to 1 (2005): two equal halves without an abstention have 0.25. The higher, the closer. Small
    groups come out higher by chance alone: do not rank groups of very different size. Rice does not see abstentions.

    >>> import standpunt as sp
    >>> sp.cohesion(90, 10), sp.cohesion(1, 1, measure="hix_noury_roland")
    (0.8, 0.25)
    """
    frames.choose("measure", measure, COHESIONS)
    return _core.cohesion_of_counts(float(yes), float(no), float(abstain), measure)


def reliability(array: Any, *, weights: Weights = "identity", missing: Missing = None) -> Frame:
    """Return every chance-corrected coefficient of an array, raters by units, one row each.

    Columns: coefficient, value, observed, expected, error (the standard error over units), ci_low, ci_high (95 %, by
    Student's t), issues (units with at least two values). Value is 1 - (1 - observed) / (1 - expected); 1 is perfect, 0
    what chance gives, missing where nothing can be paired or chance explains all. The coefficients differ in what they
    expect (Gwet, "Handbook of Inter-Rater Reliability", 2014): "gwet" (AC1, with other weights AC2), "fleiss", "conger"
    (Cohen's kappa for two), "brennan_prediger" and "krippendorff" (alpha with these weights). All but
    alpha count units with one rating in what they expect: where there are many of these, take alpha.

    Args:
        array: Numbers; NaN is missing, in arrays of whole numbers only what `missing` names. The categories are the
            values that occur.
        weights: How alike two categories are, by their numbers: "identity", "linear", "quadratic", "ordinal" (by ranks;
            another one than Krippendorff's ordinal metric), "radical" or "ratio".
        missing: Values that are none.

    >>> import numpy, standpunt as sp
    >>> found = sp.reliability(numpy.array([[1, 2, 2, 1], [1, 2, 1, 1]]))
    >>> found.set_index("coefficient")["value"].round(4).to_dict()["conger"]
    0.5
    """
    import numpy

    frames.choose("weights", weights, WEIGHTS)
    array = numpy.asarray(array)
    if array.ndim != 2:
        raise InputError(f"array: expected two dimensions, raters by units, got {array.ndim}")
    gaps = [value for value, _ in gaps_of(missing)]
    if array.dtype == numpy.int8:
        return frames.frame(_core.reliability_of_bytes(array, weights, small(gaps)))
    return frames.frame(_core.reliability_of_numbers(numbers(array, gaps), weights))


def consensus(counts: Iterable[float], *, measure: ConsensusMeasure = "van_der_eijk") -> float | None:
    """Return how far the answers on one ordered scale stand together; None where it is undefined.

    With K categories, p the shares, m their mean place and F the cumulated shares of the first K - 1; sums over these:

    - "van_der_eijk": A (2001), the agreement of layers of equal frequency; -1 two camps at the ends, 0 all alike
      frequent, 1 one camp; from three categories on. "polarization": (1 - A) / 2;
    - "tastle_wierman" (2007): 1 + sum p log2(1 - |k - m| / (K - 1)), from 0, two halves at the ends, to 1;
    - dispersions, from 0, all in one category, to 1, two halves at the ends: "leik" (1966) 2 sum min(F, 1-F) / (K - 1);
      "berry_mielke" (1992) 1 - l^2 and "kvalseth" (1995) 1 - l with l from "blair_lacy" (2000), a concentration:
      sqrt(4 sum (F - 1/2)^2 / (K - 1)); "reardon" (2009) the entropy of F in bits, summed, over K - 1;
    - without regard to order: "reynal_querol" (2002) 1 - sum ((1/2 - p) / (1/2))^2 p, 1 where two camps are equal;
      "entropy" (Shannon 1948) -sum p log2 p, up to log2 K.

    None but the last two are for categories without an order. Few answers make every one of them unstable.

    Args:
        counts: How often each category was given, lowest first; empty categories must be given too.
        measure: The measure.

    >>> import standpunt as sp
    >>> sp.consensus([2, 0, 0, 2]), sp.consensus([0, 4, 0], measure="leik")
    (-1.0, 0.0)
    """
    frames.choose("measure", measure, CONSENSUS)
    return _core.consensus_of_counts([number("counts", count) for count in counts], measure)


def esteban_ray(shares: Iterable[float], positions: Iterable[float], *, alpha: float = 1.3) -> float | None:
    """Return the polarisation of groups by Esteban and Ray (1994); None without any group.

    The sum of p^(1+alpha) q |x - y| over all ordered pairs of groups with shares p and q at x and y. Divided by
    2 * 0.5^(2+alpha), two halves at distance 1 have 1. From 0, all at one place; it grows with distance and
    with the size of camps. The groups must be given: it says nothing of whether they are camps.

    Args:
        shares: The size of each group; they are divided by their sum.
        positions: Where each stands.
        alpha: From 0 (the Gini mean difference) to 1.6: how much belonging to a large group counts.

    >>> import standpunt as sp
    >>> sp.esteban_ray([1, 1], [0, 1], alpha=1)
    0.25
    """
    return _core.esteban_ray(
        [number("shares", share) for share in shares],
        [number("positions", position) for position in positions],
        number("alpha", alpha),
    )


def policy_agreement(
    *,
    same: float = 0,
    differ: float = 0,
    absent: float = 0,
    strong_same: float = 0,
    strong_differ: float = 0,
    strong_absent: float = 0,
) -> float | None:
    """Return how far a member votes as a policy has it, as They Vote For You does; None without a vote.

    The weighted mean of 1 for a vote the same way, 1/2 for an absence and 0 for the other way, from 0 to 1. An ordinary
    vote weighs 5, an ordinary absence 1, and either 25 where the policy calls the vote strong (OpenAustralia
    Foundation); their distance is 1 less this. The weights are theirs and not derived: to compare two members with
    each other use `Positions.agreement`.

    Args:
        same, differ, absent: How many ordinary votes of each kind.
        strong_same, strong_differ, strong_absent: How many strong ones.

    >>> import standpunt as sp
    >>> sp.policy_agreement(same=3, differ=1)
    0.75

    Raises:
        InputError: For a count that is not finite or below 0.
    """
    pairs = [(same, strong_same), (differ, strong_differ), (absent, strong_absent)]
    counts = [[number("counts", count) for count in pair] for pair in pairs]
    return _core.policy_agreement(*counts)


def group_consensus(
    agree: Iterable[float], votes: Iterable[float], *, pooling: Literal["geometric", "product"] = "geometric"
) -> float | None:
    """Return the group-aware consensus on one statement, as Polis has it (Small and others 2021); None without a group.

    Over groups with a of n votes in agreement the mean of (a + 1) / (n + 2), from 0 to 1: high only where every group
    agrees. A group without a vote has 1/2.

    Args:
        agree: How many of each group agree.
        votes: How many of each group voted.
        pooling: The "geometric" mean can be compared between polls with any number of groups; the "product", as first
            published, falls with their number.

    >>> import standpunt as sp
    >>> round(sp.group_consensus([4, 1], [5, 4], pooling="product"), 10)
    0.2380952381

    Raises:
        InputError: For two lists of different length, or more in agreement than there are votes.
    """
    frames.choose("pooling", pooling, ("geometric", "product"))
    pair = [number("agree", count) for count in agree], [number("votes", count) for count in votes]
    if len(pair[0]) != len(pair[1]):
        raise InputError(f"votes: expected one number a group as in agree, {len(pair[0])}, got {len(pair[1])}")
    return _core.group_consensus(list(zip(*pair, strict=True)), pooling)
