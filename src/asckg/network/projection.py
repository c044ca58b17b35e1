"""Projections: one-mode and two-mode networks made from the claims."""

from collections.abc import Callable, Iterable
from itertools import combinations

import networkx as nx

from asckg.claim import Claims, find_claims
from asckg.engine import Engine
from asckg.error import AsckgError
from asckg.named import Named
from asckg.namespace import compact, expand
from asckg.network.multigraph import claim_network, describe_nodes, full_network

_FORWARD = ("funds", "issuesCall", "leads")
_BACKWARD = ("fundedUnder", "memberOf")
_ONWARD = ("adoptsApproach", "involvesRole", "includes")
_CARRIERS = frozenset(
    {
        "org:Organization", "org:FormalOrganization", "asc:Partnership", "asc:Policy", "frapo:FundingProgramme",
        "asc:FundingCall", "asc:FellowshipScheme", "frapo:Grant",
    }
)  # fmt: skip
"""Kinds that pass money on to what they include; an activity or a recommendation passes none to its parts."""
_NO_PART = frozenset({"asc:Synthesis", "foaf:Person"})


def claims_and_works(engine: Engine, claims: Claims) -> "nx.Graph[str]":
    """Return the two-mode network of claims (`bipartite=0`) and the works cited for them (`bipartite=1`)."""
    graph: nx.Graph[str] = nx.Graph(name="claims-works")
    for claim in claims:
        for work in claim.works:
            graph.add_node(claim.iri, bipartite=0)
            graph.add_node(work.iri, bipartite=1)
            graph.add_edge(claim.iri, work.iri, predicate="cito:citesAsEvidence")
    return describe_nodes(engine, graph)


def co_citation(engine: Engine, claims: Claims) -> "nx.Graph[str]":
    """Return works joined where a claim cites both; `weight` is the number of such claims."""
    return describe_nodes(engine, _joined("co-citation", ([work.iri for work in claim.works] for claim in claims)))


def coupling(engine: Engine, claims: Claims) -> "nx.Graph[str]":
    """Return subjects of claims joined where they rest on the same work; `weight` is the number of shared works.

    The counterpart of bibliographic coupling for a graph whose citing units are statements.
    """
    resting: dict[str, set[str]] = {}
    for claim in claims:
        for work in claim.works:
            resting.setdefault(work.iri, set()).add(claim.subject.iri)
    return describe_nodes(engine, _joined("coupling", (sorted(subjects) for subjects in resting.values())))


def funding(engine: Engine, claims: Claims) -> "nx.DiGraph[str]":
    """Return the way of the money: funder, programme, call, partnership, then approaches and roles.

    Edges follow the money, so `fundedUnder` and `memberOf` are turned round; `claims` names their claims.
    People and the source document are left out, and so is the inclusion of what carries no money.
    """
    graph: nx.DiGraph[str] = nx.DiGraph(name="funding")
    turned = {expand(f"asc:{name}") for name in _BACKWARD}
    kept = turned | {expand(f"asc:{name}") for name in (*_FORWARD, *_ONWARD)}
    for claim in claims:
        if claim.predicate.iri not in kept or not isinstance(claim.object, Named):
            continue
        start, end = claim.subject.iri, claim.object.iri
        if claim.predicate.iri in turned:
            start, end = end, start
        known = graph.get_edge_data(start, end, {}).get("claims", "")
        name = compact(claim.iri)
        graph.add_edge(start, end, predicate=claim.predicate.name, claims=f"{known}; {name}" if known else name)
    describe_nodes(engine, graph)
    kinds = {node: data["kind"] for node, data in graph.nodes.items()}
    graph.remove_nodes_from([node for node, kind in kinds.items() if kind in _NO_PART])
    parts = [
        (start, end)
        for start, end, data in graph.edges(data=True)
        if data["predicate"] == "asc:includes" and not {kinds[start], kinds[end]} <= _CARRIERS
    ]
    graph.remove_edges_from(parts)
    graph.remove_nodes_from(list(nx.isolates(graph)))
    return graph


PROJECTIONS: dict[str, Callable[[Engine, Claims], "nx.Graph[str]"]] = {
    "claims": claim_network,
    "claims-works": claims_and_works,
    "co-citation": co_citation,
    "coupling": coupling,
    "funding": funding,
}
"""Projections by name; "full" is every link and needs no claims."""


def project(engine: Engine, name: str = "claims") -> "nx.Graph[str]":
    """Return a network by name: one of `PROJECTIONS`, or "full"; raise `AsckgError` on another name."""
    if name == "full":
        return full_network(engine)
    if name not in PROJECTIONS:
        raise AsckgError(f"there is no network {name!r}; there are full, {', '.join(PROJECTIONS)}")
    return PROJECTIONS[name](engine, find_claims(engine))


def _joined(name: str, groups: Iterable[list[str]]) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph(name=name)
    for group in groups:
        graph.add_nodes_from(group)
        for one, other in combinations(sorted(set(group)), 2):
            weight = graph.get_edge_data(one, other, {"weight": 0})["weight"]
            graph.add_edge(one, other, weight=weight + 1)
    return graph
