"""Communities: groups of things that claims join more to each other than to the rest."""

from dataclasses import dataclass

import networkx as nx

from asckg.graph import Graph

SEED = 7
_SHOWN = 5


@dataclass(frozen=True)
class Community:
    """A group: how many things it has, the best joined of them, and the names of all."""

    number: int
    size: int
    around: str
    members: tuple[str, ...]


def communities(graph: Graph, network: str = "claims") -> list[Community]:
    """Return the communities of a network, the largest first.

    Louvain (Blondel et al. 2008) by networkx on the undirected network, an edge weighing as many as
    there are claims; the seed is fixed, so the same graph gives the same groups.
    """
    typed = graph.to_networkx(network)
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(typed.nodes(data=True), key=lambda item: item[0]))
    for start, end in sorted((min(edge), max(edge)) for edge in typed.edges()):
        known = plain.get_edge_data(start, end, {"weight": 0})["weight"]
        plain.add_edge(start, end, weight=known + 1)
    groups = nx.community.louvain_communities(plain, weight="weight", seed=SEED)
    ordered = sorted(groups, key=lambda group: (-len(group), min(group)))
    return [_community(plain, number, group) for number, group in enumerate(ordered, 1)]


def modularity(graph: Graph, network: str = "claims") -> float:
    """Return how far the communities of a network are from chance: 0 is chance, above 0.3 is marked structure."""
    found = communities(graph, network)
    typed = graph.to_networkx(network)
    by_name = {data["name"]: node for node, data in typed.nodes(data=True)}
    groups = [{by_name[name] for name in community.members} for community in found]
    return round(float(nx.community.modularity(nx.Graph(typed), groups, weight=None)), 4)


def _community(plain: "nx.Graph[str]", number: int, group: set[str]) -> Community:
    best = sorted(group, key=lambda node: (-plain.degree(node, weight="weight"), node))
    return Community(
        number=number,
        size=len(group),
        around="; ".join(str(plain.nodes[node]["label"]) for node in best[:_SHOWN]),
        members=tuple(sorted(str(plain.nodes[node]["name"]) for node in group)),
    )
