"""Coefficients of plain arrays and counts, without a table."""

from __future__ import annotations

from typing import Any, Literal

from standpunt import _core, frames
from standpunt.declaration import Missing, gaps_of, numbers
from standpunt.errors import InputError

__all__ = ["alpha", "cohesion"]

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
CohesionMeasure = Literal["rice", "attina", "hix_noury_roland"]

METRICS = ("nominal", "ordinal", "interval", "ratio")
COHESIONS = ("rice", "attina", "hix_noury_roland")


def alpha(array: Any, metric: Metric = "nominal", *, missing: Missing = None) -> float | None:
    """Return Krippendorff's alpha of an array, raters by units; None where all values are equal.

    1 - observed / expected disagreement (Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011): 1 is
    perfect, 0 what chance gives. NaN is missing; in arrays of whole numbers only what `missing` names.

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
        parts = _core.alpha_of_bytes(array, metric, [int(gap) for gap in gaps if -128 <= int(gap) < 128])
    else:
        parts = _core.alpha_of_numbers(numbers(array, gaps), metric)
    if parts[3] == 0:
        raise InputError("array: no unit has two values, so there is nothing to compare")
    return parts[0]


def cohesion(yes: float, no: float, abstain: float = 0, *, measure: CohesionMeasure = "rice") -> float | None:
    """Return the cohesion of a group from its votes; None where it is undefined.

    With T all votes and max the most frequent of the three: "rice" is |Y-N|/(Y+N), 0 to 1, undefined where all
    abstain (Rice 1925); "attina" 100(2 max-T)/T, -33 1/3 to 100 percent (Attinà 1990); "hix_noury_roland"
    (max-(T-max)/2)/T, 0 to 1 (2005): two equal halves without an abstention have 0.25.

    >>> import standpunt as sp
    >>> sp.cohesion(90, 10), sp.cohesion(1, 1, measure="hix_noury_roland")
    (0.8, 0.25)
    """
    frames.choose("measure", measure, COHESIONS)
    return _core.cohesion_of_counts(float(yes), float(no), float(abstain), measure)
