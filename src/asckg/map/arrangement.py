"""Arrangements: parts of a map laid out with room for every name, and packed beside each other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asckg.map.data import MapData, Node, Region
from asckg.map.naming import room
from asckg.map.packing import ASPECT, packed

if TYPE_CHECKING:
    from asckg.map.overlap import Matrix

Positions = Mapping[str, tuple[float, float]]
BESIDE, BELOW = 18.0, 12.0  # what stays free between two names
APART = 46.0  # between parts
INSIDE, HEAD = 24.0, 66.0  # of a region: its margin, and the room of its title
OVER = 2.0  # making room for names widens a map again, so it is narrowed by more than it is off
FEW = 5  # fewer things have no shape
SCREEN, LEAST = 900.0, 240.0  # the pixels that a map has across, and what a region with a title has at least
OFF, FLAT = 1.12, 2.6  # how far from the wanted shape is well enough, and how far a map is drawn out at most
LINK = 84.0  # the length of a link before names are moved apart


@dataclass(frozen=True)
class Arrangement:
    """Where things stand, by address, and the regions behind them."""

    at: Positions
    regions: tuple[Region, ...] = ()


def placed_parts(data: MapData, graph: Any) -> Arrangement:
    """Each connected part of the graph by itself, things that are joined near each other; parts side by side."""
    import networkx as nx  # noqa: PLC0415  # heavy; only a layout needs it

    known = {node.iri: node for node in data.nodes}
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    return beside([_part(graph.subgraph(part), known) for part in parts], known)


def _part(graph: Any, known: Mapping[str, Node]) -> Positions:
    from asckg.map.stress import placed  # noqa: PLC0415  # numpy and scipy; only a layout needs them

    rough = placed(graph, LINK)
    made = parted_names(_drawn(rough, ASPECT / _aspect(rough)), known)
    if len(rough) < FEW or 1 / OFF < (by := ASPECT / _aspect(made)) < OFF:
        return made
    again = parted_names(_drawn(rough, ASPECT / _aspect(rough) * by**OVER), known)
    return min(made, again, key=lambda one: abs(math.log(_aspect(one) / ASPECT)))


def _aspect(at: Positions) -> float:
    wide, high = (max(place[i] for place in at.values()) - min(place[i] for place in at.values()) for i in (0, 1))
    return min(FLAT, max(1 / FLAT, (wide + LINK) / (high + LINK)))


def _drawn(at: Positions, by: float) -> Positions:
    by = min(FLAT, max(1 / FLAT, by))
    return {iri: (x * by, y) for iri, (x, y) in at.items()}


def parted_names(at: Positions, known: Mapping[str, Node]) -> Positions:
    """Return the positions moved as little as may be until each mark with its name stands free."""
    import numpy as np  # noqa: PLC0415

    from asckg.map.overlap import parted  # noqa: PLC0415

    names = sorted(at)
    middle, size = _rooms([known[name] for name in names])
    moved = parted(np.array([at[name] for name in names]) + middle, size) - middle
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, moved, strict=True)}


def _rooms(nodes: Sequence[Node]) -> tuple[Matrix, Matrix]:
    """Return, from each mark's middle, the middle of what it takes with its name; and the size of that."""
    import numpy as np  # noqa: PLC0415

    rooms = np.array([room(node) for node in nodes])
    left, right, up, down = rooms.T
    middle = np.column_stack([(right - left) / 2, (down - up) / 2])
    return middle, np.column_stack([left + right + BESIDE, up + down + BELOW])


def beside(parts: Sequence[Positions], known: Mapping[str, Node]) -> Arrangement:
    """Return the parts packed into one space."""
    if len(parts) == 1:
        return Arrangement(parts[0])
    boxes = [extent(part, known) for part in parts]
    corners = packed([(w + APART, h + APART) for _, _, w, h in boxes])
    placed = {
        iri: (x - left + cx, y - top + cy)
        for part, (left, top, _, _), (cx, cy) in zip(parts, boxes, corners, strict=True)
        for iri, (x, y) in part.items()
    }
    return Arrangement(placed)


def extent(part: Positions, known: Mapping[str, Node]) -> tuple[float, float, float, float]:
    """Return left, top, width and height of what the things of a part take with their names."""
    rooms = [(x, y, room(known[iri])) for iri, (x, y) in part.items()]
    left, right = min(x - r[0] for x, _, r in rooms), max(x + r[1] for x, _, r in rooms)
    top, bottom = min(y - r[2] for _, y, r in rooms), max(y + r[3] for _, y, r in rooms)
    return left, top, right - left, bottom - top


def joined(data: MapData, parts: Sequence[Arrangement], titles: Sequence[str]) -> Arrangement:
    """Return groups of things as regions beside each other, each with its title."""
    known = {node.iri: node for node in data.nodes}
    boxes = [extent(part.at, known) for part in parts]
    heads = _heads([(w, h) for _, _, w, h in boxes], titles)
    sizes = [_framed(w, h, head) for (_, _, w, h), head in zip(boxes, heads, strict=True)]
    corners = packed([(wide + APART, high + APART) for wide, high in sizes])
    at: dict[str, tuple[float, float]] = {}
    regions: list[Region] = []
    for part, (left, top, w, _), (wide, high), title, head, (cx, cy) in zip(
        parts, boxes, sizes, titles, heads, corners, strict=True
    ):
        dx = cx + (wide - w) / 2 - left
        dy = cy + INSIDE + head - top
        at.update({iri: (x + dx, y + dy) for iri, (x, y) in part.at.items()})
        regions.append(Region(title, round(cx), round(cy), round(wide), round(high)))
    return Arrangement(at, tuple(regions))


def _heads(sizes: Sequence[tuple[float, float]], titles: Sequence[str]) -> list[float]:
    """Return the room above each part for its title, when all are seen at once on a usual screen."""
    across = math.sqrt(1.25 * ASPECT * sum((w + APART) * (h + APART) for w, h in sizes))
    letter = max(20.0, 13.0 * across / SCREEN)
    lines = [math.ceil(len(title) * letter * 0.6 / max(w, LEAST)) for (w, _), title in zip(sizes, titles, strict=True)]
    return [letter * (1.2 * count + 0.4) if count else 0.0 for count in lines]


def _framed(wide: float, high: float, head: float) -> tuple[float, float]:
    return max(wide, LEAST if head else 0.0) + 2 * INSIDE, high + 2 * INSIDE + head
