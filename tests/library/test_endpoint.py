"""A graph behind an endpoint, opened from Python."""

from pathlib import Path

import pytest

from asckg.engine.remote import DataSet, RemoteEngine
from asckg.error import AsckgError
from asckg.graph import Graph
from endpoint_case import oxigraph_serve


@pytest.fixture(scope="module")
def far(trains, tmp_path_factory):
    store = trains.engine.store
    named = [graph.value for graph in store.named_graphs()]
    dump = "".join(f"{quad} .\n" for quad in store if "DefaultGraph" not in repr(quad.graph_name)).encode()
    with oxigraph_serve(dump) as address:
        graph = Graph.open(address, home=tmp_path_factory.mktemp("home"))
        graph.engine.close()
        graph.engine = RemoteEngine(address, DataSet(named, named))
        yield graph
        graph.engine.close()


def test_claims_are_the_same_from_afar(trains, far):
    assert [str(claim) for claim in far.claims()] == [str(claim) for claim in trains.claims()]


def test_names_of_paths_need_no_prefix(far):
    query = "SELECT ?w WHERE { r:claim-dim asc:hasEvidenceLine/cito:citesAsEvidence ?w }"
    assert far.query(query).dicts() == [{"w": "https://w3id.org/asckg/id/work-guard-1997"}]


def test_a_name_cannot_become_a_part_of_the_query(far):
    for ask in (far.engine.describe, far.engine.incoming, far.engine.count_incoming):
        with pytest.raises(AsckgError, match="not an IRI"):
            ask("https://w3id.org/asckg/id/x> ?p ?o } #")


def test_labels_are_kept_in_the_home_and_not_where_the_program_runs(far, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert far.build.path.is_dir()
    assert far.search("GoP")[0].label == "Guild of Porters"
    assert list(Path.cwd().iterdir()) == []


def test_an_entity_is_opened_from_afar(trains, far):
    assert repr(far.entity("org-guild-of-porters")) == repr(trains.entity("org-guild-of-porters"))


def test_a_closed_graph_has_ended_its_connections(trains, tmp_path):
    dump = "".join(f"{quad} .\n" for quad in trains.engine.store if "DefaultGraph" not in repr(quad.graph_name))
    with oxigraph_serve(dump.encode()) as address:
        with Graph.open(address, home=tmp_path) as graph:
            engine = graph.engine
            assert not engine.client.is_closed
        assert engine.client.is_closed
