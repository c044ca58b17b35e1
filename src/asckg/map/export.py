"""A map as files that other programs read: JSON, GraphML, GEXF and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from asckg.cell import safe
from asckg.map.data import Edge, MapData
from asckg.namespace import compact
from asckg.style import kind


def as_value(
    data: MapData,
    page: Callable[[str], str],
    key: Callable[[str], str],
    base: str = "",
    version: str = "",
    backs: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the map as the browser takes it: `page` gives a thing's address, `key` its name in addresses."""
    return {
        "name": data.name,
        "title": data.title,
        "description": data.description,
        "read": data.read,
        "layout": data.layout,
        "directed": data.directed,
        "version": version,
        "base": base,
        "regions": [asdict(region) for region in data.regions],
        "nodes": [
            {
                "id": key(n.iri),
                "iri": n.iri,
                "label": n.label,
                "kind": n.kind,
                "x": n.x,
                "y": n.y,
                "degree": n.degree,
                "community": n.community,
                "url": page(n.iri),
            }
            for n in data.nodes
        ],
        "edges": [_edge_value(edge, key) for edge in data.edges],
        "backs": {short_name(iri): label for iri, label in (backs or {}).items()},
        "names": {short_name(iri): label for iri, label in data.names.items()},
    }


def short_name(iri: str) -> str:
    """Return the last part of an address, as filters name it."""
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def _edge_value(edge: Edge, key: Callable[[str], str]) -> dict[str, Any]:
    source, target = key(edge.source), key(edge.target)
    return {
        "id": f"{source} {short_name(edge.kind)} {target}",
        "from": source,
        "to": target,
        "kind": short_name(edge.kind),
        "label": edge.label,
        "basis": [short_name(value) for value in edge.basis],
        "settings": [short_name(value) for value in edge.setting],
        "sections": [short_name(value) for value in edge.section],
        "stance": [short_name(value) for value in edge.stance],
        "claims": [short_name(value) for value in edge.claim],
    }


def as_json(value: dict[str, Any]) -> str:
    """Return the value as JSON text."""
    return json.dumps(value, ensure_ascii=False)


def as_csv(data: MapData) -> str:
    """One row a link: both ends with address, label and kind, then the link, its basis, settings, sections, claims."""
    labels = {node.iri: node for node in data.nodes}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["source", "source_label", "source_kind", "link", "target", "target_label", "target_kind", "basis", "setting",
         "section", "stance", "claim"]
    )  # fmt: skip
    for edge in data.edges:
        a, b = labels[edge.source], labels[edge.target]
        facets = [_joined(data, values) for values in (edge.basis, edge.setting, edge.section, edge.stance)]
        claims = " ".join(edge.claim)
        cells = (a.iri, a.label, a.kind, edge.label, b.iri, b.label, b.kind, *facets, claims)
        writer.writerow(map(safe, cells))
    return out.getvalue()


def as_graphml(data: MapData) -> bytes:
    """GraphML with labels, kinds, positions and facets as attributes."""
    import networkx as nx  # noqa: PLC0415  # heavy; only an export needs it

    out = io.BytesIO()
    nx.write_graphml(_network(data), out, encoding="utf-8", prettyprint=True)
    return out.getvalue()


def as_gexf(data: MapData) -> bytes:
    """GEXF with the colours and positions that Gephi shows."""
    import networkx as nx  # noqa: PLC0415

    graph = _network(data)
    for node in data.nodes:
        red, green, blue = (int(kind(node.kind).light[i : i + 2], 16) for i in (1, 3, 5))
        colour = {"r": red, "g": green, "b": blue, "a": 1.0}
        place = {"x": float(node.x), "y": float(-node.y), "z": 0.0}
        graph.nodes[node.iri]["viz"] = {"color": colour, "position": place, "size": 10.0 + node.degree}
    out = io.BytesIO()
    nx.write_gexf(graph, out, encoding="utf-8", prettyprint=True, version="1.2draft")
    return out.getvalue()


def _network(data: MapData) -> Any:
    import networkx as nx  # noqa: PLC0415

    graph: Any = nx.MultiDiGraph(name=data.title)
    for node in data.nodes:
        graph.add_node(node.iri, label=node.label, kind=node.kind, x=node.x, y=node.y, community=node.community)
    for edge in data.edges:
        graph.add_edge(
            edge.source,
            edge.target,
            key=compact(edge.kind),
            label=edge.label,
            basis=_joined(data, edge.basis),
            setting=_joined(data, edge.setting),
            section=_joined(data, edge.section),
            claim=" ".join(edge.claim),
        )
    return graph


def _joined(data: MapData, values: tuple[str, ...]) -> str:
    return "; ".join(data.names.get(value, value) for value in values)
