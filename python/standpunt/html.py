"""HTML and SVG that a notebook shows, and that can be saved."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standpunt.errors import InputError
from standpunt.paths import write_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Html", "Picture"]


class Html(str):
    """Markup that a notebook shows and that is a string anywhere else."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it as one self-contained page to a .html file; an old file is replaced whole or not at all.

        Raises:
            InputError: For another kind of file.
        """
        path = Path(path)
        if path.suffix.lower() not in (".html", ".htm"):
            raise InputError(f"path: '{path.name}' is not a .html file")
        write_file(path, _page(self, path.stem).encode())


class Picture(Html):
    """An SVG that a notebook shows, that is saved as .svg, .html or .png, and drawn into a matplotlib figure."""

    __slots__ = ()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it to a .svg, .html or .png file; an old file is replaced whole or not at all.

        The page follows the reader's light or dark theme and shows its tooltips; .svg and .png are light, the
        .svg without a style sheet, so that any program draws it. A .png is twice as large as on screen.

        Raises:
            InputError: For another kind of file.
            ImportError: For .png without the extra `png`.
        """
        path = Path(path)
        kind = path.suffix.lower()
        if kind == ".svg":
            from standpunt.picture import flat

            write_file(path, flat(self).encode())
        elif kind == ".png":
            write_file(path, self._png())
        elif kind in (".html", ".htm"):
            super().save(path)
        else:
            raise InputError(f"path: '{path.name}' is not a .svg, .html or .png file")

    def _png(self) -> bytes:
        try:
            import resvg_py
        except ImportError as error:
            raise ImportError("saving a .png needs resvg-py: pip install 'standpunt[png]'") from error
        from standpunt.picture import flat

        return bytes(resvg_py.svg_to_bytes(svg_string=flat(self), zoom=2))

    def matplotlib(self, ax: Axes | None = None) -> Axes:
        """Draw it with matplotlib, into `ax` or into axes of its own, and return them.

        Raises:
            ImportError: Where matplotlib is not installed.
        """
        try:
            from matplotlib import pyplot
        except ImportError as error:
            raise ImportError("drawing with matplotlib needs it: pip install matplotlib") from error
        from standpunt.picture import draw, size

        if ax is None:
            width, height = size(self)
            figure: Any = pyplot.figure(figsize=(width / 96, height / 96))
            ax = figure.add_axes((0, 0, 1, 1))
        draw(self, ax)
        return ax


def _page(body: str, title: str) -> str:
    if body.lstrip().startswith("<!doctype"):
        return body
    from html import escape

    viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    head = f'<meta charset="utf-8">{viewport}<title>{escape(title)}</title>'
    style = "<style>:root { color-scheme: light dark } body { margin: 1rem }</style>"
    return f'<!doctype html><html lang="en"><head>{head}{style}</head><body>{body}</body></html>'
