"""Positions: where each node of a map stands, the same at every run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from asckg.map.arrangement import Arrangement, joined, placed_parts
from asckg.map.data import MapData
from asckg.map.shape import in_columns, in_layers, in_ring, in_rings

LAYOUTS = {
    "force": "By closeness",
    "communities": "By community",
    "time": "By year",
    "layers": "In layers",
    "kinds": "By kind",
    "ring": "In a ring",
}
SEED = 7


def laid_out(data: MapData, layout: str = "") -> MapData:
    """Return the map with positions by the named layout, its own when none is named; units are pixels at zoom 1."""
    name = layout if layout in LAYOUTS else data.layout
    if not data.nodes:
        return replace(data, layout=name)
    graph = _graph(data)
    groups = _communities(graph)
    makers: dict[str, Callable[[], Arrangement]] = {
        "force": lambda: placed_parts(data, graph),
        "communities": lambda: _grouped(data, graph, groups),
        "time": lambda: in_columns(data),
        "layers": lambda: in_layers(data, graph),
        "kinds": lambda: in_rings(data),
        "ring": lambda: in_ring(data),
    }
    made = makers[name]()
    nodes = tuple(
        replace(n, x=round(made.at[n.iri][0]), y=round(made.at[n.iri][1]), community=groups.get(n.iri, 0))
        for n in data.nodes
    )
    return replace(data, nodes=nodes, layout=name, regions=made.regions)


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
    names = sorted(graph)  # numbers hash alike in every process, words do not
    numbered = nx.relabel_nodes(graph, {name: i for i, name in enumerate(names)})
    found = nx.community.louvain_communities(numbered, seed=SEED)
    ordered = sorted(found, key=lambda group: (-len(group), min(group)))
    return {names[i]: number for number, group in enumerate(ordered) for i in group}


def _grouped(data: MapData, graph: Any, groups: Mapping[str, int]) -> Arrangement:
    """Each community by itself in a box that bears the name of its most linked thing."""
    members: dict[int, list[str]] = defaultdict(list)
    for iri in sorted(groups):
        members[groups[iri]].append(iri)
    known = {node.iri: node for node in data.nodes}
    parts = [placed_parts(data, graph.subgraph(members[number])) for number in sorted(members)]
    titles = [_title([known[iri] for iri in members[number]]) for number in sorted(members)]
    return joined(data, parts, titles)


def _title(nodes: list[Any]) -> str:
    first = min(nodes, key=lambda node: (-node.degree, node.label))
    return first.label if len(nodes) > 2 else ""  # noqa: PLR2004  # two things name themselves
