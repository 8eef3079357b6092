"""Progress bars: by tqdm, on what takes over a second, where somebody is looking."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

__all__ = ["Watch", "set_progress"]

PATIENCE = 1.0
"""Seconds before a bar appears."""

_asked: bool | None = None


def set_progress(show: bool | None) -> None:
    """Choose whether long work shows a progress bar, in all threads.

    Args:
        show: None (as it is without a call): on what takes over a second, in a terminal or notebook, where tqdm is
            installed. True: wherever it runs. False: never.

    Raises:
        ImportError: For True, where tqdm is not installed.

    >>> import standpunt as sp
    >>> sp.set_progress(False)
    >>> sp.set_progress(None)
    """
    global _asked
    if show not in (None, True, False):
        raise TypeError(f"show: expected True, False or None, got {type(show).__name__}")
    if show:
        bars(required=True)
    _asked = show


def wanted(show: bool | None = None) -> bool:
    """Return whether bars are shown; `show` is what one call asks for, before what all ask for."""
    asked = _asked if show is None else show
    return (sys.stderr.isatty() or "ipykernel" in sys.modules) if asked is None else asked


def bars(required: bool) -> Callable[..., Any] | None:
    """Return tqdm's bar for where this runs; None where it is not installed.

    Raises:
        ImportError: Where it is required and not installed.
    """
    try:
        with warnings.catch_warnings():
            # Without ipywidgets tqdm warns, and draws in text.
            warnings.simplefilter("ignore")
            from tqdm.auto import tqdm
    except ImportError as error:
        if required:
            raise ImportError("the progress bar needs tqdm: pip install 'standpunt[progress]'") from error
        return None
    bar: Callable[..., Any] = tqdm
    return bar


class Watch:
    """Shows how far long work is, from a second after it began."""

    def __init__(self, unit: str = "step", show: bool | None = None) -> None:
        """Begin; `show` is what one call asks for, before what all ask for.

        Raises:
            ImportError: For True, where tqdm is not installed.
        """
        self._begun = time.monotonic()
        self._unit = unit
        self._asked = bool(show)
        self._show = wanted(show)
        self._bar: Any = None
        if show:
            bars(required=True)

    def look(self, done: int, expected: int) -> None:
        """Show that so many of the expected things are done; one alone is shown where the call asks for it."""
        if self._bar is None:
            early = time.monotonic() - self._begun < PATIENCE or expected < 2
            if not self._show or (early and not self._asked):
                return
            bar = bars(required=False)
            self._show = bar is not None
            if bar is None:
                return
            self._bar = bar(total=expected, unit=self._unit)
        self._bar.total = expected
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """End the bar, full where the work was done."""
        if self._bar is not None:
            self._bar.close()
