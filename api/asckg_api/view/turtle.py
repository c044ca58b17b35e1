"""RDF of small graphs: Turtle in the project's one canonical form, with its prefixes; other forms by the engine."""

import pyoxigraph as ox

from asckg.engine import Bindings, Engine
from asckg.engine.embedded import to_ox
from asckg.error import AsckgError
from asckg.term import Triple
from asckg.turtle import serialise

TURTLE = "text/turtle"


def written(engine: Engine, query: str, media_type: str, bindings: Bindings | None = None) -> bytes:
    """Return the triples that a CONSTRUCT makes as RDF; the same triples are the same Turtle."""
    if media_type != TURTLE:
        return engine.serialize(query, media_type, bindings)
    triples = [_triple(one) for one in engine.construct(query, bindings)]
    try:
        return serialise(triples).encode()
    except AsckgError:  # a blank node in two places has no place of its own in the canonical form
        return ox.serialize(triples, format=ox.RdfFormat.TURTLE) or b""


def _triple(triple: Triple) -> ox.Triple:
    subject, predicate, value = (to_ox(term) for term in triple)
    if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
        raise AsckgError(f"not a triple: {triple}")
    return ox.Triple(subject, predicate, value)
