"""Pairs: works that are cited together, and things that rest on the same works."""

from dataclasses import dataclass

from asckg.graph import Graph


@dataclass(frozen=True)
class Pair:
    """Two things and how often they meet."""

    one: str
    other: str
    weight: int


def co_cited(graph: Graph) -> list[Pair]:
    """Return pairs of works by the number of claims that cite both (co-citation; Small 1973)."""
    return _pairs(graph, "co-citation")


def coupled(graph: Graph) -> list[Pair]:
    """Return pairs of things by the number of works that claims about both rest on.

    Bibliographic coupling (Kessler 1963), with the subjects of claims in the place of the citing papers.
    """
    return _pairs(graph, "coupling")


def _pairs(graph: Graph, projection: str) -> list[Pair]:
    network = graph.to_networkx(projection)
    label = {node: str(data["label"]) for node, data in network.nodes(data=True)}
    found = [
        Pair(min(label[start], label[end]), max(label[start], label[end]), data["weight"])
        for start, end, data in network.edges(data=True)
    ]
    return sorted(found, key=lambda pair: (-pair.weight, pair.one, pair.other))
