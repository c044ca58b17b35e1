"""Layouts of a given shape: columns by year, layers by distance, rings."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from asckg.map.arrangement import HEAD, INSIDE, Arrangement, beside
from asckg.map.data import MapData, Node, Region
from asckg.map.naming import room

SPACE = 104
GAP = 26.0
CELL = 176.0  # the room of one thing in a row
ASIDE = 120.0  # between two columns: room for arrows
UNDATED = "No date in this source"


def in_layers(data: MapData, graph: Any) -> Arrangement:
    """Columns by distance from the node with most links, so that chains run from left to right."""
    import networkx as nx  # noqa: PLC0415  # heavy; only a layout needs it

    known = {node.iri: node for node in data.nodes}
    parts = []
    for part in sorted(nx.connected_components(graph), key=lambda p: (-len(p), min(p))):
        sub = graph.subgraph(sorted(part))
        root = max(sorted(sub), key=sub.degree)
        columns: dict[int, list[str]] = defaultdict(list)
        for iri, far in nx.single_source_shortest_path_length(sub, root).items():
            columns[far].append(iri)
        parts.append(_columns([columns[far] for far in sorted(columns)], sub, known))
    return beside(parts, known)


def _columns(columns: Sequence[list[str]], graph: Any, known: Mapping[str, Node]) -> dict[str, tuple[float, float]]:
    placed: dict[str, tuple[float, float]] = {}
    left = 0.0
    for column in columns:
        near = {iri: [placed[n][1] for n in graph[iri] if n in placed] or [0.0] for iri in column}
        ordered = sorted(column, key=lambda iri: (sum(near[iri]) / len(near[iri]), iri))
        wide = max(room(known[iri])[0] for iri in column)
        placed.update(_stacked([known[iri] for iri in ordered], left + wide))
        left += 2 * wide + ASIDE
    return placed


def _stacked(nodes: Sequence[Node], x: float, middle: float | None = 0.0) -> dict[str, tuple[float, float]]:
    """Return the nodes below each other at `x`, about the height `middle`, or from 0 downwards when it is None."""
    rooms = [room(node) for node in nodes]
    high = sum(up + down for _, _, up, down in rooms) + GAP * (len(rooms) - 1)
    y = middle - high / 2 if middle is not None else 0.0
    placed = {}
    for node, (_, _, up, down) in zip(nodes, rooms, strict=True):
        placed[node.iri] = (x, y + up)
        y += up + down + GAP
    return placed


def in_columns(data: MapData) -> Arrangement:
    """Return a column for each year that things are dated to, and below them all what the source gives no date for."""
    years: dict[int, list[Node]] = defaultdict(list)
    for node in data.nodes:
        years[node.year].append(node)
    undated = years.pop(0, [])
    placed: dict[str, tuple[float, float]] = {}
    regions: list[Region] = []
    left = 0.0
    for year in sorted(years):
        wide = max(80.0, *(room(node)[0] for node in years[year]))
        stack = _stacked(sorted(years[year], key=lambda n: (-n.degree, n.label)), left + INSIDE + wide, None)
        placed.update({iri: (x, y + HEAD + INSIDE) for iri, (x, y) in stack.items()})
        regions.append(Region(str(year), round(left), 0, round(2 * (wide + INSIDE)), 0))
        left += 2 * (wide + INSIDE) + GAP
    low = round(_lowest(data.nodes, placed) + INSIDE)
    regions = [Region(one.title, one.left, 0, one.width, low) for one in regions]
    if not undated:
        return Arrangement(placed, tuple(regions))
    placed.update(_below(data, undated, placed, max(left - GAP, 6 * CELL), low + GAP + HEAD + INSIDE))
    high = round(_lowest(data.nodes, placed) + INSIDE - low - GAP)
    last = Region(UNDATED, 0, round(low + GAP), round(max(left - GAP, 6 * CELL)), high)
    return Arrangement(placed, (*regions, last))


def _lowest(nodes: Sequence[Node], placed: Mapping[str, tuple[float, float]]) -> float:
    return max((placed[node.iri][1] + room(node)[3] for node in nodes if node.iri in placed), default=0.0)


def _below(
    data: MapData, nodes: Sequence[Node], placed: Mapping[str, tuple[float, float]], wide: float, top: float
) -> dict[str, tuple[float, float]]:
    """Return the nodes in rows, each as near as may be to the column of what it is joined to."""
    near: dict[str, list[float]] = defaultdict(list)
    for edge in data.edges:
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if other in placed:
                near[one].append(placed[other][0])
    rows = max(1, math.ceil(len(nodes) / max(1, wide // CELL)))
    across = math.ceil(len(nodes) / rows)
    ordered = sorted(nodes, key=lambda n: (sum(near[n.iri]) / len(near[n.iri]) if near[n.iri] else wide / 2, n.label))
    found: dict[str, tuple[float, float]] = {}
    y = top
    for row in range(rows):
        cells = ordered[row::rows]
        for i, node in enumerate(cells):
            found[node.iri] = ((i + 0.5) * wide / across, y + room(node)[2])
        y = _lowest(cells, found) + GAP
    return found


def in_rings(data: MapData) -> Arrangement:
    """Return a ring for each kind, the most frequent inside."""
    placed: dict[str, tuple[float, float]] = {}
    reach = 0.0
    for kind in data.kinds:
        iris = [node.iri for node in data.nodes if node.kind == kind]
        reach = max(reach + SPACE, len(iris) * SPACE * 0.75 / (2 * math.pi))
        placed.update(_ring(iris, reach))
    return Arrangement(placed)


def in_ring(data: MapData) -> Arrangement:
    """One ring of all, those of one kind beside each other."""
    return Arrangement(_ring([node.iri for node in sorted(data.nodes, key=lambda n: (n.kind, n.label))]))


def _ring(iris: list[str], reach: float = 0.0) -> dict[str, tuple[float, float]]:
    far = reach or max(SPACE, len(iris) * SPACE * 0.62 / (2 * math.pi))
    step = 2 * math.pi / max(1, len(iris))
    return {
        iri: (far * math.cos(i * step - math.pi / 2), far * math.sin(i * step - math.pi / 2))
        for i, iri in enumerate(iris)
    }
