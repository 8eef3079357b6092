"""HTML and SVG that a notebook shows."""

from __future__ import annotations

__all__ = ["Html"]


class Html(str):
    """Markup that a notebook shows and that is a string anywhere else."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)
