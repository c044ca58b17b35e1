"""RDF: the corpus as Turtle and RDF/XML, and the data set with its named graphs as TriG, N-Quads and JSON-LD."""

import pyoxigraph as ox

from asckg.engine import Engine
from asckg.engine.embedded import to_ox
from asckg.error import AsckgError
from asckg.namespace import PREFIXES

_TRIPLES = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
_QUADS = "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_WITH_GRAPHS = frozenset({"trig", "nq", "jsonld"})
MOST = 1_000_000  # triples of a graph; each takes a KiB and more while it is sorted
_FORM = {
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def to_rdf(engine: Engine, form: str) -> bytes:
    """Return the graph as `form`, sorted: the default graph as ttl, rdf or nt; the named graphs as trig, nq, jsonld."""
    quads = sorted(_quads(engine, form in _WITH_GRAPHS), key=str)
    prefixes = PREFIXES if form in ("ttl", "trig", "rdf") else None
    statements = quads if form in _WITH_GRAPHS else [quad.triple for quad in quads]
    return ox.serialize(statements, format=_FORM[form], prefixes=prefixes) or b""


def _quads(engine: Engine, named: bool) -> list[ox.Quad]:  # noqa: FBT001 - one caller, beside it
    if named:
        _refuse_large(engine)
    rows = engine.select(_QUADS if named else _TRIPLES).rows
    return [ox.Quad(*(to_ox(term) for term in row if term is not None)) for row in rows]  # type: ignore[arg-type]  # the places of a quad are of different types


def _refuse_large(engine: Engine) -> None:
    """Raise `AsckgError` when a graph is too large for what is sorted in memory."""
    for (graph,) in engine.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { } }").rows:
        if graph and engine.ask(
            f"ASK {{ {{ SELECT * {{ GRAPH <{graph.value}> {{ ?s ?p ?o }} }} OFFSET {MOST} LIMIT 1 }} }}"
        ):
            raise AsckgError(
                f"the graph {graph.value} has more than {MOST:,} triples, too many to be put in order in memory; the "
                "dump.nq.gz of the build has them all, and ttl, rdf and nt have the default graph"
            )
