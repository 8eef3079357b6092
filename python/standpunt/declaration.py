"""What the user of a table declares: scale, levels, range, missing values, labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from standpunt import _core, frames
from standpunt.errors import InputError

Scale = Literal["nominal", "ordinal", "interval"]
Missing = Any
"""One value, several, or a mapping of values to "absent" or "not_eligible"."""

SCALES = ("nominal", "ordinal", "interval")


def declaration(scale: str, levels: Sequence[Any] | None, range: Any, missing: Missing) -> dict[str, Any]:
    """Return what values mean, checked, as the core takes it."""
    frames.choose("scale", scale, SCALES)
    if scale == "ordinal" and levels is None:
        raise InputError("levels: expected the levels of the ordinal scale, lowest first, got nothing")
    if scale == "interval" and range is None:
        raise InputError(
            "range: expected (lowest, highest) on an interval scale, never taken from the data, got nothing"
        )
    if isinstance(levels, str):
        raise InputError(f"levels: expected a list of levels, got '{levels}'")
    if scale == "interval" and levels is not None:
        raise InputError("levels: expected none on an interval scale, which has a range")
    if scale != "interval" and range is not None:
        raise InputError(f"range: expected none on a {scale} scale, which has levels")
    gaps = gaps_of(missing)
    known = [text(level) for level in levels or ()]
    for gap, _ in gaps:
        if gap in known:
            raise InputError(f"missing: '{gap}' is one of the levels, so it is a position")
    return {
        "scale": scale,
        "levels": None if levels is None else known,
        "range": None if range is None else ends(range),
        "missing": gaps,
    }


def ends(range: Any) -> tuple[float, float]:
    """Return the two ends of a range."""
    if isinstance(range, str) or not isinstance(range, Iterable) or len(both := list(range)) != 2:
        raise InputError(f"range: expected (lowest, highest), got {range!r}")
    return number("range", both[0]), number("range", both[1])


def number(name: str, value: object) -> float:
    """Return a number.

    Raises:
        InputError: For anything else.
    """
    try:
        if not isinstance(value, str):
            return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        pass
    raise InputError(f"{name}: expected a number, got {value!r}")


def gaps_of(missing: Missing) -> list[tuple[str, bool]]:
    """Return the declared values that are no positions, each with whether a position could have been taken."""
    if missing is None:
        return []
    if isinstance(missing, Mapping):
        for kind in missing.values():
            frames.choose("missing", kind, ("absent", "not_eligible"))
        return [(text(value), kind != "not_eligible") for value, kind in missing.items()]
    several = missing if isinstance(missing, Iterable) and not isinstance(missing, str) else [missing]
    return [(text(value), True) for value in several]


def text(value: object) -> str:
    """Return a value as the core names it: 27.0 is 27, True is true."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def names(kind: str, given: Sequence[Any] | None, count: int) -> list[str] | None:
    """Return the labels of rows or columns; None, for their numbers, where none are given."""
    if given is None:
        return None
    if len(given) != count:
        raise InputError(f"{kind}s: expected {count} names, got {len(given)}")
    if set(map(type, given)) == {str}:
        return list(given)
    for at, name in enumerate(given):
        if is_missing(name):
            hint = "; if it is the code NA (Namibia), read the file so that NA stays text" if kind == "actor" else ""
            raise InputError(f"{kind}s: number {at + 1} has no name{hint}")
    return [text(name) for name in given]


def is_missing(value: object) -> bool:
    """Return whether a cell holds nothing: None, NaN, NaT, or what pandas calls NA."""
    try:
        return value is None or bool(value != value)
    except (TypeError, ValueError):
        # pandas.NA is neither equal nor unequal to itself.
        return True


def doubles(array: Any, labels: dict[str, Any]) -> Any:
    """Return an array of numbers as doubles, NaN for None; of objects each has to be a number.

    Raises:
        InputError: For anything else, with the cell.
    """
    import numpy

    if array.dtype.kind in "fiu":
        return numpy.asarray(array, numpy.float64)
    if array.dtype.kind != "O":
        raise InputError(f"array: expected numbers on an interval scale, got {array.dtype}")
    found = numpy.empty(array.shape)
    for (row, column), cell in numpy.ndenumerate(array):
        if is_missing(cell):
            found[row, column] = numpy.nan
            continue
        try:
            found[row, column] = number("array", cell)
        except InputError:
            name = (labels["issues"] or range(array.shape[1]))[column]
            raise InputError(
                f"array: row {row + 1}, column '{name}': {cell!r} is no number", row + 1, str(name)
            ) from None
    return found


def core_of(array: Any, labels: dict[str, Any], declared: dict[str, Any]) -> _core.PositionsCore:
    """Return the core's table of an array of any type."""
    import numpy

    if declared["scale"] == "interval":
        return _core.PositionsCore.from_numbers(doubles(array, labels), labels, declared)
    if array.dtype.kind in "cV":
        raise InputError(f"array: expected numbers, texts or objects, got {array.dtype}")
    if array.dtype == numpy.int8:
        return _core.PositionsCore.from_bytes(array, labels, declared)
    if array.dtype.kind in "iu" and array.size and int(array.min()) >= -128 and int(array.max()) <= 127:
        return _core.PositionsCore.from_bytes(array.astype(numpy.int8), labels, declared)
    if array.dtype.kind == "f":
        return _core.PositionsCore.from_numbers(numpy.asarray(array, numpy.float64), labels, declared)
    return _core.PositionsCore.from_objects(numpy.asarray(array, object), labels, declared)


def numbers(array: Any, gaps: list[str]) -> Any:
    """Return an array as doubles, NaN for the declared gaps."""
    import numpy

    if array.dtype.kind not in "fiub":
        raise InputError(f"array: expected numbers, got {array.dtype}")
    if not gaps:
        return numpy.asarray(array, numpy.float64)
    array = array.astype(numpy.float64)
    array[numpy.isin(array, [float(gap) for gap in gaps])] = numpy.nan
    return array


def members(groups: Mapping[str, Any] | None, actors: list[str]) -> list[tuple[str, list[str]]]:
    """Return groups with their members, whichever way round they were given."""
    if groups is None:
        return [("all", actors)]
    if not isinstance(groups, Mapping):
        raise TypeError(f"groups: expected a mapping, got {type(groups).__name__}")
    if any(not isinstance(value, str) for value in groups.values()):
        return [(str(name), [str(actor) for actor in group]) for name, group in groups.items()]
    found: dict[str, list[str]] = {}
    for actor, group in groups.items():
        found.setdefault(group, []).append(str(actor))
    return sorted(found.items())


def named(name: str, values: object) -> list[str]:
    """Return a list of names.

    Raises:
        TypeError: For a single one, or anything else.
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TypeError(f"{name}: expected a list of names, got {values!r}")
    return [text(value) for value in values]


def whole(name: str, value: object, most: int) -> int:
    """Return a whole number from 0 to `most`.

    Raises:
        InputError: For anything else.
    """
    if isinstance(value, bool) or not hasattr(value, "__index__") or not 0 <= value.__index__() <= most:
        raise InputError(f"{name}: expected a whole number from 0 to {most:,}, got {value!r}")
    return int(value.__index__())
