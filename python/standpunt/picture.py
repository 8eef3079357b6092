"""Pictures of the core without their style sheet: flat SVG for other programs, and shapes for matplotlib."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SVG = "http://www.w3.org/2000/svg"
DRAWN = (
    *("fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray"),
    *("font-family", "font-size", "font-weight", "text-anchor"),
)
"""The properties that the pictures use; the rest of the style sheet is about themes and pages."""


def size(svg: str) -> tuple[float, float]:
    """Return the width and height of a picture in pixels."""
    root = ElementTree.fromstring(svg)
    return float(root.get("width", "0")), float(root.get("height", "0"))


def flat(svg: str) -> str:
    """Return a picture whose elements bear their colours and sizes themselves, in the light theme."""
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(_flattened(svg), encoding="unicode")


def _flattened(svg: str) -> ElementTree.Element:
    root = ElementTree.fromstring(svg)
    sheets = root.findall(f"{{{SVG}}}style")
    rules = _rules("".join(sheet.text or "" for sheet in sheets))
    for sheet in sheets:
        root.remove(sheet)
    for element in root.iter():
        tag, classes = element.tag.removeprefix(f"{{{SVG}}}"), element.attrib.pop("class", "").split()
        for selector, properties in rules:
            if selector == tag or selector.removeprefix(".") in classes:
                element.attrib.update(properties)
    return root


def _rules(sheet: str) -> list[tuple[str, dict[str, str]]]:
    """Return the drawn properties of each class or element of `.sp-svg`, in order, variables resolved to light."""
    variables = dict(re.findall(r"(--[\w-]+):\s*light-dark\(([^,]+),", sheet))
    rules = []
    for selectors, body in re.findall(r"([^{}@]+)\{([^{}]*)\}", sheet):
        pairs = (part.split(":", 1) for part in body.split(";") if ":" in part)
        properties = {key.strip(): value.strip() for key, value in pairs if key.strip() in DRAWN}
        for name, value in properties.items():
            properties[name] = re.sub(r"var\((--[\w-]+)\)", lambda used: variables[used[1]], value)
        for selector in selectors.split(","):
            words = selector.split()
            if words[:1] == [".sp-svg"] and len(words) <= 2 and properties:
                rules.append((words[-1], properties))
    return rules


def draw(svg: str, ax: Axes) -> None:
    """Draw a picture into axes, which take its coordinates: x to the right, y down, in pixels."""
    root = _flattened(svg)
    width, height = size(svg)
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    ax.set_aspect("equal")
    ax.axis("off")
    box = ax.get_window_extent()
    scale = min(box.width / width, box.height / height) * 72 / ax.figure.dpi
    for element, (dx, dy) in _placed(root, (0.0, 0.0)):
        _shape(element, (dx, dy), scale, ax)


def _placed(element: ElementTree.Element, at: tuple[float, float]) -> Iterator[tuple[ElementTree.Element, Any]]:
    for child in element:
        moved = re.fullmatch(r"translate\(([-\d.]+) ([-\d.]+)\)", child.get("transform", ""))
        here = (at[0] + float(moved[1]), at[1] + float(moved[2])) if moved else at
        yield child, here
        yield from _placed(child, here)


def _shape(element: ElementTree.Element, at: tuple[float, float], scale: float, ax: Any) -> None:
    from matplotlib.patches import Circle, PathPatch, Rectangle
    from matplotlib.path import Path

    tag = element.tag.removeprefix(f"{{{SVG}}}")
    number = {name: float(element.get(name, "0")) for name in ("x", "y", "cx", "cy", "r")}
    if tag == "rect" and not element.get("width", "").endswith("%"):
        corner = (at[0] + number["x"], at[1] + number["y"])
        sides = float(element.get("width", "0")), float(element.get("height", "0"))
        ax.add_patch(Rectangle(corner, *sides, **_style(element, scale)))
    elif tag == "circle":
        ax.add_patch(Circle((at[0] + number["cx"], at[1] + number["cy"]), number["r"], **_style(element, scale)))
    elif tag == "path":
        points, moves = _points(element.get("d", ""), at)
        codes = [Path.MOVETO if move else Path.LINETO for move in moves]
        ax.add_patch(PathPatch(Path(points, codes), **_style(element, scale)))
    elif tag == "text":
        anchors = {"middle": "center", "end": "right"}
        ax.text(
            at[0] + number["x"],
            at[1] + number["y"],
            # A dollar sign would begin a formula.
            (element.text or "").replace("$", r"\$"),
            color=element.get("fill", "black"),
            fontsize=float(element.get("font-size", "11px").removesuffix("px")) * scale,
            fontweight="bold" if element.get("font-weight", "400") > "500" else "normal",
            ha=anchors.get(element.get("text-anchor", ""), "left"),
            va="baseline",
        )


def _style(element: ElementTree.Element, scale: float) -> dict[str, Any]:
    style: dict[str, Any] = {
        "facecolor": element.get("fill", "none" if element.tag.endswith("path") else "black"),
        "edgecolor": element.get("stroke", "none"),
        "linewidth": float(element.get("stroke-width", "1")) * scale,
        "capstyle": "butt",
    }
    opacity = element.get("fill-opacity", element.get("stroke-opacity"))
    if opacity is not None:
        style["alpha"] = float(opacity)
    if "stroke-dasharray" in element.attrib:
        # matplotlib counts dashes in line widths, SVG in pixels.
        width = float(element.get("stroke-width", "1"))
        style["linestyle"] = (0, [float(dash) / width for dash in element.attrib["stroke-dasharray"].split()])
    return style


def _points(path: str, at: tuple[float, float]) -> tuple[list[tuple[float, float]], list[bool]]:
    """Return the points of a path of straight lines, and which of them are moved to without a line."""
    points: list[tuple[float, float]] = []
    moves: list[bool] = []
    x, y = at
    for command, rest in re.findall(r"([MLHVhv])([^MLHVhv]*)", path):
        numbers = [float(number) for number in rest.split()]
        if command in "ML":
            x, y = at[0] + numbers[0], at[1] + numbers[1]
        elif command in "Hh":
            x = numbers[0] + (at[0] if command == "H" else x)
        else:
            y = numbers[0] + (at[1] if command == "V" else y)
        points.append((x, y))
        moves.append(command == "M")
    return points, moves
