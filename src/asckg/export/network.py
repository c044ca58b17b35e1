"""Network files: GraphML, GEXF, Cytoscape JSON, and nodes and edges as CSV."""

import csv
import io
import json
from collections.abc import Callable

import networkx as nx

from asckg.cell import safe

Network = "nx.Graph[str]"


def to_graphml(network: "nx.Graph[str]") -> bytes:
    """Return GraphML, for Gephi, yEd, igraph and networkx."""
    stream = io.BytesIO()
    nx.write_graphml_xml(network, stream, named_key_ids=True)
    return stream.getvalue()


def to_gexf(network: "nx.Graph[str]") -> bytes:
    """Return GEXF 1.2, for Gephi; an edge's own `label` is kept, and its key becomes its id."""
    stream = io.BytesIO()
    nx.write_gexf(_without_keys(network), stream, version="1.2draft")
    return stream.getvalue()


def to_cytoscape(network: "nx.Graph[str]") -> bytes:
    """Return the JSON that Cytoscape and Cytoscape.js read."""
    data = nx.cytoscape_data(network)
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def to_node_csv(network: "nx.Graph[str]") -> bytes:
    """Return one row a node: `id`, then its attributes."""
    return _csv("id", [(str(node),) for node in network], [dict(data) for _, data in network.nodes(data=True)])


def to_edge_csv(network: "nx.Graph[str]") -> bytes:
    """Return one row an edge: `source`, `target`, then its attributes; a multigraph's key is the last column, `id`."""
    if network.is_multigraph():
        found = [(start, end, {**data, "id": key}) for start, end, key, data in network.edges(keys=True, data=True)]  # type: ignore[call-overload]  # a multigraph has keys
    else:
        found = list(network.edges(data=True))
    return _csv("source,target", [(start, end) for start, end, _ in found], [data for _, _, data in found])


NETWORKS: dict[str, Callable[["nx.Graph[str]"], bytes]] = {
    "graphml": to_graphml,
    "gexf": to_gexf,
    "cytoscape": to_cytoscape,
    "nodes": to_node_csv,
    "edges": to_edge_csv,
}


def _without_keys(network: "nx.Graph[str]") -> "nx.Graph[str]":
    if not network.is_multigraph():
        return network
    plain = type(network)(name=network.name)
    plain.add_nodes_from(network.nodes(data=True))
    for number, (start, end, data) in enumerate(network.edges(data=True)):
        plain.add_edge(start, end, key=number, **data)
    return plain


def _csv(first: str, ends: list[tuple[str, ...]], attributes: list[dict[str, object]]) -> bytes:
    names = sorted({name for data in attributes for name in data})
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*first.split(","), *names])
    for end, data in zip(ends, attributes, strict=True):
        writer.writerow([safe(value) for value in (*end, *(data.get(name, "") for name in names))])
    return stream.getvalue().encode()
