"""Centralities: who is connected, who brokers, and what everything leads to."""

from dataclasses import dataclass

import networkx as nx

from asckg.graph import Graph
from asckg.namespace import compact


@dataclass(frozen=True)
class Central:
    """A thing with its measures, each between 0 and 1.

    `degree`: the share of the other things that claims join it to. `betweenness`: the share of
    shortest paths between others that pass through it, whatever the direction of the claims; in the
    funding network a high value is a broker between funders and councils. `pagerank`: where a reader
    ends who follows claims from subject to object.
    """

    name: str
    label: str
    kind: str
    degree: float
    betweenness: float
    pagerank: float


def centralities(graph: Graph, network: str = "claims") -> list[Central]:
    """Return every thing of a network with its centralities, the greatest broker first.

    Freeman 1977 for betweenness, Brin and Page 1998 for PageRank (damping 0.85), by networkx.
    """
    typed = graph.to_networkx(network)
    plain = nx.Graph(typed)
    if not plain:
        return []
    degree, between = nx.degree_centrality(plain), nx.betweenness_centrality(plain)
    rank = nx.pagerank(nx.DiGraph(typed) if typed.is_directed() else plain)
    found = [
        Central(
            name=compact(node),
            label=data["label"],
            kind=data["kind"],
            degree=round(degree[node], 4),
            betweenness=round(between[node], 4),
            pagerank=round(rank[node], 4),
        )
        for node, data in plain.nodes(data=True)
    ]
    return sorted(found, key=lambda one: (-one.betweenness, -one.degree, one.name))


def brokers(graph: Graph) -> list[Central]:
    """Return who stands between funders and those that they fund: the funding network by betweenness."""
    return [one for one in centralities(graph, "funding") if one.betweenness > 0]
