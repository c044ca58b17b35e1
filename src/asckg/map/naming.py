"""Which names a picture shows: the most linked things first, and none over another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from asckg.map.data import Node

WRAP = 21
LONG = 64
CELL = 220.0
HUB = 5
Box = tuple[float, float, float, float]


def radius(node: Node) -> float:
    """Return the size of a node: it grows with its links, and not without end."""
    return 13 + min(17, 3.2 * math.sqrt(node.degree))


def wrapped(label: str) -> list[str]:
    """Return a label in up to four short lines."""
    text = label if len(label) <= LONG else label[: LONG - 3].rstrip() + "…"
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) > WRAP:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines[:4]


def named(nodes: Sequence[Node], size: float) -> set[str]:
    """Return the addresses of the nodes whose names fit when they are written `size` pixels high."""
    names, marks = _Board(), _Board()
    for node in nodes:
        reach = radius(node) * 0.8
        marks.take((node.x - reach, node.x + reach, node.y - reach, node.y + reach))
    shown: set[str] = set()
    for node in sorted(nodes, key=lambda n: (-n.degree, len(n.label), n.iri)):
        box = _box(node, size)
        if names.free(box) and (node.degree >= HUB or marks.free(box)):
            names.take(box)
            shown.add(node.iri)
    return shown


def _box(node: Node, size: float) -> Box:
    lines = wrapped(node.label)
    half = 0.27 * size * max(map(len, lines))
    top = node.y + radius(node) * 1.12
    return node.x - half, node.x + half, top, top + len(lines) * size * 1.16


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
