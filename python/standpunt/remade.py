"""Results that are copied as they are, and pickled as what they were made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from standpunt import _core

__all__ = ["Remade", "made"]


class Remade:
    """A result that does not change: a copy is itself, a pickle holds what it is made from and makes it again."""

    __slots__ = ("_recipe",)
    _recipe: tuple[Callable[..., Any], Sequence[_core.CorpusCore], tuple[Any, ...]]

    def __copy__(self) -> Any:
        """Return itself: it does not change."""
        return self

    def __deepcopy__(self, memo: object) -> Any:
        """Return itself: it does not change."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what it was made from; the result is the same again."""
        maker, corpora, options = self._recipe
        return _again, (maker, [corpus.to_bytes() for corpus in corpora], options)


def made(maker: Callable[..., Any], corpora: Sequence[_core.CorpusCore], *options: Any) -> Any:
    """Return what `maker`, a function of a module, makes of these corpora and options."""
    result = maker(*corpora, *options)
    result._recipe = (maker, corpora, options)
    return result


def _again(maker: Callable[..., Any], stored: list[bytes], options: tuple[Any, ...]) -> Any:
    return made(maker, [_core.CorpusCore.from_bytes(data, "pickle") for data in stored], *options)
