"""Counts that pages and VoID need: triples by graph, things by class, uses by property."""

from collections import Counter
from typing import Any

import pyoxigraph as ox

from asckg.namespace import ID, PREFIXES

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


def counts(store: ox.Store) -> dict[str, Any]:
    """Return `graphs`, `classes` and `properties` with their numbers, and `triples` of the default graph.

    `classes` counts things of the graph itself (IRIs below `r:`), not terms of the vocabulary.
    """
    graphs: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    for quad in store.quads_for_pattern(None, None, None, None):
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs[quad.graph_name.value] += 1
            continue
        properties[quad.predicate.value] += 1
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode) and _is_thing(quad.subject):
            classes[quad.object.value] += 1
    return {
        "triples": sum(properties.values()),
        "graphs": dict(sorted(graphs.items())),
        "classes": dict(sorted(classes.items())),
        "properties": dict(sorted(properties.items())),
    }


def _is_thing(node: object) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith(ID)
