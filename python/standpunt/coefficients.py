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

    NaN is missing; in arrays of whole numbers only what `missing` names.

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

    "rice" is |Y-N|/(Y+N), "attina" 100(2 max-T)/T in percent, "hix_noury_roland" (max-(T-max)/2)/T.
    """
    frames.choose("measure", measure, COHESIONS)
    return _core.cohesion_of_counts(float(yes), float(no), float(abstain), measure)
