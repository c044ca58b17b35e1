"""Shortcuts: the direct triples that the claims stand for, made by the rules of the ontology."""

import pyoxigraph as ox

from asckg.corpus import SHORTCUTS, Corpus
from asckg.error import AsckgError


def shortcut_quads(store: ox.Store, corpus: Corpus) -> list[ox.Quad]:
    """Return the triples of every rule over the corpus graphs, in the graph of shortcuts.

    Rules are CONSTRUCT queries over the union of the graphs loaded so far.
    """
    graph = ox.NamedNode(SHORTCUTS)
    made: set[ox.Quad] = set()
    for rule in corpus.rules():
        try:
            triples = store.query(rule.read_text(encoding="utf-8"), use_default_graph_as_union=True)
        except SyntaxError as error:
            raise AsckgError(f"{rule}: the rule cannot be read: {error}") from error
        if not isinstance(triples, ox.QueryTriples):
            raise AsckgError(f"{rule}: a rule is a CONSTRUCT query; this one is not")
        made.update(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
    return sorted(made, key=str)
