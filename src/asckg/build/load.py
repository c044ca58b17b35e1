"""Loading: every file of the corpus into its named graph, and the default graph without duplicates."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from asckg.corpus import ACCEPTED, SUGGESTED, Corpus
from asckg.engine.embedded import parse_file, to_ox
from asckg.error import AsckgError
from asckg.link.publish import accepted_triples, suggested_triples
from asckg.namespace import GRAPH
from asckg.term import Triple
from asckg.turtle.reason import refusal

EXTERNAL = f"{GRAPH}external-"


def load_corpus(store: ox.Store, corpus: Corpus) -> None:
    """Load all files but external tables; raise one error that names every file that cannot be read."""
    broken: list[str] = []
    for file in corpus.files():
        try:
            store.extend(parse_file(file.path, ox.NamedNode(file.graph)))
        except SyntaxError as error:
            broken.append(refusal(file.path, error))
    if broken:
        raise AsckgError("\n".join(["the corpus cannot be read; nothing was built", *broken]))
    folder = corpus.data / "links"
    for graph, triples in ((ACCEPTED, accepted_triples(folder)), (SUGGESTED, suggested_triples(folder))):
        store.extend(quads_in(triples, graph))


def quads_in(triples: Iterable[Triple], graph: str) -> Iterator[ox.Quad]:
    """Yield triples as the engine's quads in a named graph."""
    for subject, predicate, value in triples:
        yield ox.Quad(ox.NamedNode(subject.value), ox.NamedNode(predicate.value), to_ox(value), ox.NamedNode(graph))


def ensure_default(store: ox.Store) -> None:
    """Write the default graph: each triple once, of all graphs but suggested links and external tables."""
    store.extend(_default_quads(store))


def in_default(graph: str) -> bool:
    """Return whether a named graph's triples also stand in the default graph."""
    return graph != SUGGESTED and not graph.startswith(EXTERNAL)


def _default_quads(store: ox.Store) -> Iterator[ox.Quad]:
    default = ox.DefaultGraph()
    for graph in store.named_graphs():
        if isinstance(graph, ox.NamedNode) and in_default(graph.value):
            for quad in list(store.quads_for_pattern(None, None, None, graph)):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, default)
