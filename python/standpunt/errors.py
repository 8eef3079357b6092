"""What can go wrong: one base error and its few children."""

from __future__ import annotations

__all__ = [
    "FormatError",
    "InputError",
    "InternalError",
    "LanguageError",
    "LimitError",
    "StandpuntError",
    "StandpuntWarning",
]


class StandpuntError(ValueError):
    """The base of every error about what was given.

    >>> import standpunt as sp
    >>> issubclass(sp.InputError, sp.StandpuntError) and issubclass(sp.StandpuntError, ValueError)
    True
    """


class InputError(StandpuntError):
    """A table, an option or a name that does not fit.

    Attributes:
        row: The row in the table, counted from 1 after the header; None where it is no cell.
        column: The column; None where it is no cell.

    >>> import standpunt as sp
    >>> sp.set_frames("panda")
    Traceback (most recent call last):
    standpunt.errors.InputError: library: 'panda' is not one of pandas, polars, pyarrow (did you mean 'pandas'?)
    """

    def __init__(self, message: str, row: int | None = None, column: str | None = None) -> None:
        """Keep the message, and the place of the cell where there is one."""
        super().__init__(message, row, column)
        self.row = row
        self.column = column

    def __str__(self) -> str:
        """Return the message."""
        return str(self.args[0])


class FormatError(StandpuntError):
    """A file that is not of the format its name or its use says."""


class LimitError(StandpuntError):
    """More than what is allowed."""


class LanguageError(StandpuntError):
    """A text in a language that cannot be read."""


class InternalError(Exception):
    """A fault of Standpunt itself; please report it with the input that led to it."""


class StandpuntWarning(UserWarning):
    """Something a reader of the results should know: an alias resolved, a double dropped."""
