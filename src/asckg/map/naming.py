"""Names on a map: how a label is wrapped, what room it takes, and which names fit where."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from asckg.map.data import Node

WRAP = 20
LONG = 96
LINES = 5
CELL = 220.0
HUB = 6  # a thing with so many links is named even over the marks of others
SIZE = 13.0
LEADING = 1.16
BROAD = 0.55  # of the text's size, one letter in the middle of many
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Name:
    """A label as it is drawn: its lines, where the first begins or has its middle, and the top of it."""

    lines: tuple[str, ...]
    x: float
    top: float
    anchor: str


def radius(node: Node) -> float:
    """Return the size of a node: it grows with its links, and not without end."""
    return 13 + min(17, 3.2 * math.sqrt(node.degree))


def wrapped(label: str, wrap: int = WRAP) -> list[str]:
    """Return a label in a few short lines."""
    text = label if len(label) <= LONG else label[: LONG - 1].rstrip() + "…"
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) > wrap:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines[:LINES]


def room(node: Node) -> Box:
    """Return what a mark and the name below it take, from the mark's middle: left, right, up, down."""
    lines, size = wrapped(node.label), radius(node)
    half = max(size, BROAD / 2 * SIZE * max(map(len, lines)))
    return half, half, size, size * 1.12 + len(lines) * SIZE * LEADING


def named(nodes: Sequence[Node], size: float = SIZE, grow: float = 1.0, most: int | None = None) -> dict[str, Name]:
    """Return the names that fit when they are written `size` pixels high, by address.

    None covers a name, and none a mark unless its own thing is linked to many.

    The most linked things come first, `most` of them. A name stands below its mark, or else beside or above it.
    `grow` is by how much marks are drawn larger.
    """
    names, marks = _Board(), _Board()
    for node in nodes:
        reach = radius(node) * grow * 0.86
        marks.take((node.x - reach, node.x + reach, node.y - reach, node.y + reach))
    shown: dict[str, Name] = {}
    for node in sorted(nodes, key=lambda n: (-n.degree, len(n.label), n.iri))[:most]:
        open_ = [(name, box) for name, box in _places(node, size, grow) if names.free(box)]
        found = next(((name, box) for name, box in open_ if marks.free(box)), None)
        if found is None and open_ and node.degree >= HUB:
            found = open_[0]
        if found:
            shown[node.iri] = found[0]
            names.take(found[1])
    return shown


def _places(node: Node, size: float, grow: float) -> Iterable[tuple[Name, Box]]:
    lines = tuple(wrapped(node.label))
    wide, high = BROAD * size * max(map(len, lines)), len(lines) * size * LEADING
    reach = radius(node) * grow
    below, above, middle = node.y + reach * 1.12, node.y - reach * 1.12 - high, node.y - high / 2
    right, left = node.x + reach * 1.2 + size * 0.2, node.x - reach * 1.2 - size * 0.2
    half = wide / 2
    yield Name(lines, node.x, below, "middle"), (node.x - half, node.x + half, below, below + high)
    yield Name(lines, right, middle, "start"), (right, right + wide, middle, middle + high)
    yield Name(lines, left, middle, "end"), (left - wide, left, middle, middle + high)
    yield Name(lines, node.x, above, "middle"), (node.x - half, node.x + half, above, above + high)


class _Board:
    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def free(self, box: Box) -> bool:
        """Return whether nothing stands there yet."""
        left, right, top, bottom = box
        return not any(
            left < other[1] and right > other[0] and top < other[3] and bottom > other[2]
            for cell in self._near(box)
            for other in self._cells.get(cell, ())
        )

    def take(self, box: Box) -> None:
        """Mark the place as taken."""
        for cell in self._near(box):
            self._cells.setdefault(cell, []).append(box)

    def _near(self, box: Box) -> Iterable[tuple[int, int]]:
        left, right, top, bottom = (math.floor(side / CELL) for side in box)
        return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
