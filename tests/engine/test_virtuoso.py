"""A smoke suite of the remote engine over Virtuoso 7; what fails there is listed in docs/running.md."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from asckg.engine.remote import DataSet, EndpointError, RemoteEngine
from asckg.error import AsckgError
from asckg.graph import Graph
from asckg.namespace import ID
from asckg.term import Term
from virtuoso_case import virtuoso

RAILWAY = Path(__file__).parent.parent / "railway"
BARRIER = f"{ID}barrier-no-quiet-carriage"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteEngine]:
    folder = tmp_path_factory.mktemp("virtuoso")
    shutil.copytree(RAILWAY, folder / "corpus")
    graph = Graph.open(corpus=folder / "corpus", home=folder / "home")
    store = ox.Store.read_only(str(graph.build.store_path))
    named = {
        one.value: store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=one)
        for one in store.named_graphs()
        if isinstance(one, ox.NamedNode)
    }
    with virtuoso(folder, named) as url:
        remote = RemoteEngine(url, DataSet(list(named), list(named)), timeout=60)
        yield remote
        remote.close()


def test_rows(engine: RemoteEngine) -> None:
    rows = engine.select(f"SELECT ?o {{ <{BARRIER}> skos:prefLabel ?o }}")
    assert rows.rows == [(Term.literal("no quiet carriage", language="en"),)]


def test_parameters(engine: RemoteEngine) -> None:
    assert len(engine.select("SELECT ?b ?label { ?b skos:prefLabel ?label }", {"b": Term.iri(BARRIER)})) == 1


def test_yes_or_no_in_virtuosos_own_form(engine: RemoteEngine) -> None:
    assert engine.ask("ASK { ?b a asc:Barrier }")
    assert not engine.ask("ASK { ?b a asc:Nothing }")


def test_triples(engine: RemoteEngine) -> None:
    text = f"CONSTRUCT {{ <{BARRIER}> skos:prefLabel ?o }} WHERE {{ <{BARRIER}> skos:prefLabel ?o }}"
    assert len(engine.construct(text)) == 1


def test_a_thing_is_described_and_pointed_at(engine: RemoteEngine) -> None:
    assert len(engine.describe(BARRIER)) > 1
    assert engine.count_incoming(BARRIER) == len(engine.incoming(BARRIER)) == 1


def test_a_bad_query_is_an_error_of_the_query(engine: RemoteEngine) -> None:
    with pytest.raises(AsckgError):
        engine.select("SELECT * {")


def test_a_path_with_free_ends_is_refused_by_virtuoso(engine: RemoteEngine) -> None:
    with pytest.raises(EndpointError, match="status 500"):
        engine.select("SELECT * { ?s skos:broader+ ?o }")
