"""Structural holes: whose neighbours have nothing to do with each other."""

import math
from dataclasses import dataclass

import networkx as nx

from asckg.graph import Graph
from asckg.namespace import compact


@dataclass(frozen=True)
class Hole:
    """A thing with its position between others.

    `constraint`: how far its neighbours are tied to each other, low for one that spans a hole.
    `effective_size`: how many of its neighbours are not redundant.
    """

    name: str
    label: str
    kind: str
    neighbours: int
    constraint: float
    effective_size: float


def structural_holes(graph: Graph, network: str = "claims") -> list[Hole]:
    """Return the things with at least two neighbours, the least constrained first.

    Burt 1992 (constraint and effective size), by networkx on the undirected network.
    """
    plain = nx.Graph(graph.to_networkx(network))
    plain.remove_edges_from(list(nx.selfloop_edges(plain)))
    nodes = [node for node in plain if plain.degree(node) > 1]
    constraint = nx.constraint(plain, nodes)
    size = nx.effective_size(plain, nodes)
    found = [
        Hole(
            name=compact(node),
            label=str(plain.nodes[node]["label"]),
            kind=str(plain.nodes[node]["kind"]),
            neighbours=plain.degree(node),
            constraint=round(constraint[node], 4),
            effective_size=round(size[node], 2),
        )
        for node in nodes
        if not math.isnan(constraint[node])
    ]
    return sorted(found, key=lambda hole: (hole.constraint, -hole.effective_size, hole.name))
