"""RDF exports, read back by rdflib."""

import pytest
import rdflib

from asckg import AsckgError

TRIPLES = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
QUADS = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"


@pytest.mark.parametrize(("form", "parser"), [("ttl", "turtle"), ("rdf", "xml"), ("nt", "nt")])
def test_the_default_graph_comes_back_with_every_triple(trains, exported, form, parser):
    graph = rdflib.Graph().parse(data=exported(form), format=parser)
    assert len(graph) == trains.query(TRIPLES).dicts()[0]["n"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib calls its own deprecated names
@pytest.mark.parametrize(("form", "parser"), [("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld")])
def test_the_named_graphs_come_back_with_every_quad(trains, exported, form, parser):
    dataset = rdflib.Dataset().parse(data=exported(form), format=parser)
    assert sum(1 for _ in dataset.quads()) == trains.query(QUADS).dicts()[0]["n"]


def test_a_graph_too_large_to_be_sorted_is_named_with_what_has_it(exported, monkeypatch):
    monkeypatch.setattr("asckg.export.rdf.MOST", 50)
    with pytest.raises(AsckgError, match=r"the graph https://.* has more than 50 triples.*dump.nq.gz"):
        exported("nq")
    assert exported("nt")


@pytest.mark.parametrize("form", ["ttl", "nq", "graphml", "nodes", "csl", "sqlite", "parquet", "rocrate"])
def test_the_same_graph_gives_the_same_bytes(exported, form):
    assert exported(form) == exported(form)
