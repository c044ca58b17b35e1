"""Positions: where each node of a map stands, the same at every run."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from asckg.map.data import MapData

LAYOUTS = {
    "force": "By closeness",
    "communities": "By community",
    "layers": "In layers",
    "kinds": "By kind",
    "ring": "In a ring",
}
SEED = 7
WIDER = 1.7
SPACE = 104
Positions = dict[str, tuple[float, float]]


def laid_out(data: MapData, layout: str = "") -> MapData:
    """Return the map with positions by the named layout, its own when none is named; units are pixels at zoom 1."""
    name = layout if layout in LAYOUTS else data.layout
    if not data.nodes:
        return replace(data, layout=name)
    graph = _graph(data)
    groups = _communities(graph)
    makers: dict[str, Callable[[], Positions]] = {
        "force": lambda: _force(graph),
        "communities": lambda: _grouped(graph, groups),
        "layers": lambda: _layers(graph),
        "kinds": lambda: _rings_by_kind(data),
        "ring": lambda: _ring([node.iri for node in sorted(data.nodes, key=lambda n: (n.kind, n.label))]),
    }
    placed = _apart(makers[name](), len(data.nodes))
    nodes = tuple(
        replace(n, x=round(placed[n.iri][0]), y=round(placed[n.iri][1]), community=groups.get(n.iri, 0))
        for n in data.nodes
    )
    return replace(data, nodes=nodes, layout=name)


def _graph(data: MapData) -> Any:
    import networkx as nx  # noqa: PLC0415  # heavy; only a layout needs it

    graph: Any = nx.Graph()
    graph.add_nodes_from(node.iri for node in data.nodes)
    for edge in data.edges:
        weight = graph.get_edge_data(edge.source, edge.target, {"weight": 0})["weight"]
        graph.add_edge(edge.source, edge.target, weight=min(3, weight + 1))
    return graph


def _communities(graph: Any) -> dict[str, int]:
    import networkx as nx  # noqa: PLC0415

    if not graph.number_of_edges():
        return dict.fromkeys(graph, 0)
    found = nx.community.louvain_communities(graph, seed=SEED)
    ordered = sorted(found, key=lambda group: (-len(group), min(group)))
    return {iri: number for number, group in enumerate(ordered) for iri in group}


def _force(graph: Any) -> Positions:
    """Each connected part by itself, the parts packed side by side."""
    import networkx as nx  # noqa: PLC0415

    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    return _packed([_part(graph.subgraph(sorted(part))) for part in parts])


def _part(graph: Any) -> Positions:
    from asckg.map.stress import placed  # noqa: PLC0415  # numpy and scipy; only a layout needs them

    return placed(graph, SPACE)


def _packed(parts: list[Positions]) -> Positions:
    """Return the largest part in the middle of its row, the others in rows below."""
    if len(parts) == 1:
        return parts[0]
    boxes = [_box(part) for part in parts]
    width = max(boxes[0][2], 1.5 * math.sqrt(sum(w * h for _, _, w, h in boxes)))
    placed: Positions = {}
    left = top = row = 0.0
    for part, (x0, y0, w, h) in zip(parts, boxes, strict=True):
        if left and left + w > width:
            left, top, row = 0.0, top + row, 0.0
        placed.update({iri: (x - x0 + left, y - y0 + top) for iri, (x, y) in part.items()})
        left, row = left + w, max(row, h)
    return placed


def _box(part: Positions) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in part.values()], [y for _, y in part.values()]
    margin = SPACE * 0.75
    return min(xs) - margin, min(ys) - margin, max(xs) - min(xs) + 2 * margin, max(ys) - min(ys) + 2 * margin


def _grouped(graph: Any, groups: Mapping[str, int]) -> Positions:
    members: dict[int, list[str]] = defaultdict(list)
    for iri in sorted(groups):
        members[groups[iri]].append(iri)
    return _packed_round([_part(graph.subgraph(members[number])) for number in sorted(members)])


def _packed_round(parts: list[Positions]) -> Positions:
    """Parts on a spiral by falling size, each as near the middle as it fits."""
    placed: Positions = {}
    taken: list[tuple[float, float, float]] = []
    for part in parts:
        _, _, w, h = _box(part)
        reach = math.hypot(w, h) / 2 * 0.86
        cx, cy = _free(taken, reach)
        taken.append((cx, cy, reach))
        mx, my = (sum(p[i] for p in part.values()) / len(part) for i in (0, 1))
        placed.update({iri: (x - mx + cx, y - my + cy) for iri, (x, y) in part.items()})
    return placed


def _free(taken: list[tuple[float, float, float]], reach: float) -> tuple[float, float]:
    step = 0
    while True:
        turn, far = step * 0.5, step * 9.0
        x, y = 1.35 * far * math.cos(turn), far * math.sin(turn)
        if all(math.hypot(x - a, y - b) >= reach + r for a, b, r in taken):
            return x, y
        step += 1


def _layers(graph: Any) -> Positions:
    """Columns by distance from the node with most links, so that chains run from left to right."""
    import networkx as nx  # noqa: PLC0415

    parts: list[Positions] = []
    for part in sorted(nx.connected_components(graph), key=lambda p: (-len(p), min(p))):
        sub = graph.subgraph(sorted(part))
        root = max(sorted(sub), key=sub.degree)
        columns: dict[int, list[str]] = defaultdict(list)
        for iri, far in nx.single_source_shortest_path_length(sub, root).items():
            columns[far].append(iri)
        parts.append(_columns(columns, sub))
    return _packed(parts)


def _columns(columns: Mapping[int, list[str]], graph: Any) -> Positions:
    placed: Positions = {}
    for far in sorted(columns):
        near = {iri: [placed[n][1] for n in graph[iri] if n in placed] or [0.0] for iri in columns[far]}
        ordered = sorted(columns[far], key=lambda iri: (sum(near[iri]) / len(near[iri]), iri))
        for i, iri in enumerate(ordered):
            placed[iri] = (far * SPACE * 2.3, (i - (len(ordered) - 1) / 2) * SPACE * 0.8)
    return placed


def _rings_by_kind(data: MapData) -> Positions:
    placed: Positions = {}
    reach = 0.0
    for kind in data.kinds:
        iris = [node.iri for node in data.nodes if node.kind == kind]
        reach = max(reach + SPACE, len(iris) * SPACE * 0.75 / (2 * math.pi))
        placed.update(_ring(iris, reach))
    return placed


def _ring(iris: list[str], reach: float = 0.0) -> Positions:
    far = reach or max(SPACE, len(iris) * SPACE * 0.62 / (2 * math.pi))
    step = 2 * math.pi / max(1, len(iris))
    return {
        iri: (far * math.cos(i * step - math.pi / 2), far * math.sin(i * step - math.pi / 2))
        for i, iri in enumerate(iris)
    }


def _apart(placed: Positions, size: int) -> Positions:
    """Nodes that would cover each other pushed apart, a few rounds over; names need more room sideways."""
    import numpy as np  # noqa: PLC0415
    from scipy.spatial import KDTree  # noqa: PLC0415

    iris = sorted(placed)
    at = np.array([placed[iri] for iri in iris], dtype=float) / (WIDER, 1.0)
    least = SPACE * 0.78
    for _ in range(90 if size <= 250 else 40):  # noqa: PLR2004  # a map of more is an overview
        pairs = KDTree(at).query_pairs(least, output_type="ndarray")
        if not len(pairs):
            break
        gap = at[pairs[:, 0]] - at[pairs[:, 1]]
        far = np.maximum(np.hypot(gap[:, 0], gap[:, 1]), 1e-3)[:, None]
        push = gap * (least - far) / far / 2
        moved = np.zeros_like(at)
        np.add.at(moved, pairs[:, 0], push)
        np.add.at(moved, pairs[:, 1], -push)
        at += np.clip(moved, -least, least) * 0.5
    return {iri: (float(x) * WIDER, float(y)) for iri, (x, y) in zip(iris, at, strict=True)}
