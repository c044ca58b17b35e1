"""Counts that pages and VoID need: triples by graph, things by class, uses by property."""

from typing import Any

import pyoxigraph as ox

from asckg.error import AsckgError
from asckg.namespace import ID, PREFIXES

_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"
_CLASSES = (
    "SELECT ?c (COUNT(*) AS ?n) { ?s rdf:type ?c "
    f'FILTER(isIRI(?c) && isIRI(?s) && STRSTARTS(STR(?s), "{ID}")) }} GROUP BY ?c'
)


def counts(store: ox.Store) -> dict[str, Any]:
    """Return `graphs`, `classes` and `properties` with their numbers, and `triples` of the default graph.

    `classes` counts things of the graph itself (IRIs below `r:`), not terms of the vocabulary.
    """
    properties = _numbers(store, _PROPERTIES)
    return {
        "triples": sum(properties.values()),
        "graphs": _numbers(store, _GRAPHS),
        "classes": _numbers(store, _CLASSES),
        "properties": properties,
    }


def _numbers(store: ox.Store, text: str) -> dict[str, int]:
    """Return what a query counts by IRI, in the order of the IRIs."""
    rows = store.query(text, prefixes=PREFIXES)
    if not isinstance(rows, ox.QuerySolutions):
        raise AsckgError(f"counting needs a SELECT: {text}")
    found = ((row[0], row[1]) for row in rows)
    return dict(
        sorted((key.value, int(n.value)) for key, n in found if isinstance(key, ox.NamedNode) and n is not None)
    )
