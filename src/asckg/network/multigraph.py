"""Typed directed multigraphs: things as nodes, and claims or plain triples as edges."""

from collections.abc import Iterable
from typing import Any, TypeVar

import networkx as nx

from asckg.claim import Claims, find_claims
from asckg.engine import Engine
from asckg.named import CHUNK, Named, labels, values
from asckg.namespace import ID, compact, expand

G = TypeVar("G", bound="nx.Graph[Any]")
_KINDS = "SELECT ?thing ?kind WHERE { VALUES ?thing { %s } ?thing a ?kind }"
_LINKS = f"""
SELECT ?from ?how ?to WHERE {{
  ?from ?how ?to .
  FILTER(isIRI(?to) && ?how != rdf:type && STRSTARTS(STR(?from), "{ID}") && STRSTARTS(STR(?to), "{ID}"))
}} ORDER BY ?from ?how ?to
"""
_DULL = frozenset(expand(name) for name in ("asc:Finding", "prov:Entity", "owl:NamedIndividual"))


def claim_network(engine: Engine, claims: Claims | None = None) -> "nx.MultiDiGraph[str]":
    """Return things joined by claims: one edge a claim, keyed by the claim's IRI.

    Nodes have `label`, `kind` (a prefixed name such as `asc:Barrier`) and `name`. Edges have
    `predicate`, `label`, `paraphrase`, `setting`, `stance`, `basis`, `works` (how many are cited)
    and `sentence`; several values are joined by "; ". Claims about a literal have no edge.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="claims")
    for claim in find_claims(engine) if claims is None else claims:
        if isinstance(claim.object, Named):
            graph.add_edge(
                claim.subject.iri,
                claim.object.iri,
                key=claim.iri,
                predicate=claim.predicate.name,
                label=claim.predicate.label,
                paraphrase=claim.paraphrase,
                setting="; ".join(setting.label for setting in claim.settings),
                stance=claim.stance.label,
                basis="; ".join(claim.bases),
                works=len(claim.works),
                sentence="; ".join(sentence.label for sentence in claim.sentences),
            )
    return describe_nodes(engine, graph)


def full_network(engine: Engine) -> "nx.MultiDiGraph[str]":
    """Return every link between two things of the graph: sentences, references, claims and all.

    Nodes are as in `claim_network`; edges are keyed by the property's IRI and have `predicate` and `label`.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="full")
    rows = engine.select(_LINKS).rows
    names = labels(engine, {how.value for _, how, _ in rows if how is not None})
    for start, how, end in rows:
        if start is not None and how is not None and end is not None:
            graph.add_edge(start.value, end.value, key=how.value, predicate=compact(how.value), label=names[how.value])
    return describe_nodes(engine, graph)


def describe_nodes(engine: Engine, graph: G) -> G:
    """Return the same graph with `label`, `kind` and `name` on each node."""
    nodes = list(graph.nodes)
    names, kinds = labels(engine, nodes), kinds_of(engine, nodes)
    for node in nodes:
        graph.nodes[node].update(label=names[node], kind=kinds.get(node, "concept"), name=compact(node))
    return graph


def kinds_of(engine: Engine, iris: Iterable[str]) -> dict[str, str]:
    """Return the telling kind of each thing as a prefixed name: our own class before a borrowed one."""
    wanted = list(iris)
    found: dict[str, list[str]] = {}
    for start in range(0, len(wanted), CHUNK):
        for thing, kind in engine.select(_KINDS % values(wanted[start : start + CHUNK])).rows:
            if thing is not None and kind is not None and kind.value not in _DULL:
                found.setdefault(thing.value, []).append(compact(kind.value))
    return {iri: min(kinds, key=lambda kind: (not kind.startswith("asc:"), kind)) for iri, kinds in found.items()}
