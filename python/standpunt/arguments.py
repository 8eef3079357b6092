"""Arguments: what a caller gave, checked, in the form that the core takes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from standpunt import _core
from standpunt.errors import InputError

SizeTable: TypeAlias = "str | os.PathLike[str] | Mapping[str, tuple[int, int]]"
"""A TOML file, or ranges by size word."""


def string(name: str, value: object) -> str:
    """Return a string, or refuse naming the parameter."""
    if not isinstance(value, str):
        raise TypeError(f"{name}: expected a string, got {type(value).__name__}")
    return value


def optional(name: str, value: object) -> str | None:
    """Return a string or None."""
    return None if value is None else string(name, value)


def strings(name: str, value: str | Iterable[str] | None) -> list[str]:
    """Return a list of strings; one string is a list of one, None an empty one."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else [string(name, item) for item in value]


def sizes(quantifiers: SizeTable | None) -> _core.Sizes:
    """Return the standard size table, or the one given."""
    if quantifiers is None:
        return _core.Sizes()
    if isinstance(quantifiers, Mapping):
        table = _core.Sizes()
        for word, (lo, hi) in quantifiers.items():
            table = table.with_range(word, lo, hi)
        return table
    if isinstance(quantifiers, (str, os.PathLike)):
        path = Path(quantifiers)
        return _core.Sizes.from_toml(path.read_text(encoding="utf-8"), path.name)
    raise TypeError(f"quantifiers: expected a path or ranges by size word, got {type(quantifiers).__name__}")


def text_of(path: str | os.PathLike[str]) -> tuple[str, str]:
    """Return the name and the text of a UTF-8 file."""
    return Path(path).name, Path(path).read_text(encoding="utf-8")


def documents(reader: str | None, limits: Mapping[str, int] | None, lookalikes: bool) -> _core.Documents:
    """Return how documents are opened."""
    from standpunt.pdf import pages

    raised = []
    for name, most in (limits or {}).items():
        if not isinstance(most, int) or isinstance(most, bool) or not 0 <= most < 2**63:
            raise InputError(f"limits: expected a whole number from 0 on for {name}, got {most!r}")
        raised.append((string("limits", name), most))
    return _core.Documents(optional("reader", reader), raised, bool(lookalikes), pages)


def set_threads(threads: int | None) -> None:
    """Choose how many threads every call works on from now on; results are the same for any number.

    Args:
        threads: 1 to 1024; one per processor where it is None.

    Raises:
        InputError: For any other number.

    >>> set_threads(1)
    >>> set_threads(None)
    """
    if threads is not None and (not isinstance(threads, int) or isinstance(threads, bool)):
        raise TypeError(f"threads: expected a whole number or None, got {type(threads).__name__}")
    if threads is not None and threads < 1:
        raise InputError(f"threads: expected 1 to 1024, or None, got {threads}")
    _core.set_threads(threads or 0)
