"""One suite over both engines: the embedded one, and `oxigraph serve` by the remote one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from asckg.engine import Engine
from asckg.engine.embedded import QuerySyntaxError
from asckg.engine.remote import DataSet, EndpointError, RemoteEngine, with_prefixes, with_values
from asckg.error import AsckgError
from asckg.graph import Graph
from asckg.namespace import ID, PREFIXES
from asckg.term import Term
from endpoint_case import oxigraph_serve

RAILWAY = Path(__file__).parent.parent / "railway"
BARRIER = f"{ID}barrier-no-quiet-carriage"


@pytest.fixture(scope="module")
def railway(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("railway")
    shutil.copytree(RAILWAY, folder / "corpus")
    return Graph.open(corpus=folder / "corpus", home=folder / "home")


@pytest.fixture(scope="module", params=["embedded", "remote"])
def engine(request: pytest.FixtureRequest, railway: Graph) -> Iterator[Engine]:
    if request.param == "embedded":
        yield railway.engine
        return
    store = ox.Store.read_only(str(railway.build.store_path))
    graphs = [graph.value for graph in store.named_graphs()]
    with oxigraph_serve(store.dump(format=ox.RdfFormat.N_QUADS)) as url:
        remote = RemoteEngine(url, DataSet([one for one in graphs if not one.endswith("suggested")], graphs))
        yield remote
        remote.close()


def test_rows_carry_kinds_datatypes_and_languages(engine: Engine) -> None:
    rows = engine.select(f"SELECT ?o {{ <{BARRIER}> skos:prefLabel ?o }}")
    assert rows.rows == [(Term.literal("no quiet carriage", language="en"),)]
    text = "SELECT (COUNT(*) AS ?n) (SAMPLE(?none) AS ?empty) { ?b a asc:Barrier OPTIONAL { ?b asc:none ?none } }"
    numbers = engine.select(text).rows
    assert numbers[0][0] is not None
    assert numbers[0][0].datatype == PREFIXES["xsd"] + "integer"
    assert numbers[0][1] is None


def test_parameters_are_bound_as_terms(engine: Engine) -> None:
    text = "SELECT ?b ?label { ?b skos:prefLabel ?label }"
    assert len(engine.select(text, {"b": Term.iri(BARRIER)})) == 1
    hostile = Term.literal('" } # \\ \n', language="en")
    assert len(engine.select(text, {"label": hostile})) == 0


def test_yes_or_no(engine: Engine) -> None:
    assert engine.ask("ASK { ?b a asc:Barrier }")
    assert not engine.ask("ASK { ?b a asc:Nothing }")


def test_triples_are_constructed(engine: Engine) -> None:
    triples = engine.construct(
        f"CONSTRUCT {{ ?s skos:prefLabel ?o }} WHERE {{ ?s skos:prefLabel ?o FILTER(?s = <{BARRIER}>) }}"
    )
    label = Term.literal("no quiet carriage", language="en")
    assert triples == [(Term.iri(BARRIER), Term.iri(PREFIXES["skos"] + "prefLabel"), label)]


def test_a_thing_is_described_and_pointed_at(engine: Engine) -> None:
    label = Term.literal("no quiet carriage", language="en")
    assert (Term.iri(BARRIER), Term.iri(PREFIXES["skos"] + "prefLabel"), label) in engine.describe(BARRIER)
    assert engine.count_incoming(BARRIER) == len(engine.incoming(BARRIER)) == 1
    assert engine.incoming(BARRIER, offset=1) == []


@pytest.mark.parametrize(
    ("text", "media_type", "start"),
    [
        ("SELECT ?b { ?b a asc:Barrier }", "text/csv", b"b\r\n"),
        ("SELECT ?b { ?b a asc:Barrier }", "application/sparql-results+xml", b"<?xml"),
        ("CONSTRUCT WHERE { ?b a asc:Barrier }", "application/n-triples", b"<http"),
    ],
)
def test_answers_are_written_by_the_engine(engine: Engine, text: str, media_type: str, start: bytes) -> None:
    assert engine.serialize(text, media_type).startswith(start)


def test_rows_cannot_be_written_as_triples(engine: Engine) -> None:
    with pytest.raises(AsckgError, match="cannot be written as"):
        engine.serialize("SELECT ?b { ?b a asc:Barrier }", "text/turtle")


def test_a_bad_query_is_placed(engine: Engine) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        engine.select("SELECT ?s\nWHERE { ?s a 1 } LIMIT x")
    assert caught.value.line == 2


def test_the_wrong_kind_of_query_is_said_to_be_one(engine: Engine) -> None:
    with pytest.raises(AsckgError):
        engine.select("ASK {}")
    with pytest.raises(AsckgError):
        engine.ask("SELECT * { ?s ?p ?o } LIMIT 1")


def test_the_shipped_questions_can_be_asked(engine: Engine, railway: Graph) -> None:
    for question in railway.questions.values():
        assert engine.select(question.text, {}).columns


def test_the_version_is_told(engine: Engine) -> None:
    assert engine.version not in ("", "unknown")


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(EndpointError, match=r"127\.0\.0\.1:1/sparql cannot be reached"):
        RemoteEngine("http://127.0.0.1:1/sparql").ask("ASK {}")


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (200, "<html>hello", "not JSON"),
        (200, "[1]", "not an answer"),
        (500, "a stack trace", "status 500"),
        (302, "", "status 302"),
        (401, "", "ASCKG_ENDPOINT_USER"),
    ],
)
def test_a_server_that_speaks_badly_is_named(status: int, body: str, message: str) -> None:
    engine = RemoteEngine("http://endpoint.example/sparql")
    engine.close()
    headers = {"Location": "http://127.0.0.1/"} if status == 302 else {}
    engine.client = httpx.Client(
        transport=httpx.MockTransport(lambda _: httpx.Response(status, text=body, headers=headers))
    )
    with pytest.raises(EndpointError, match=message):
        engine.ask("ASK {}")
    engine.close()


def test_prefixes_are_added_on_the_first_line_where_they_are_missing() -> None:
    assert with_prefixes("ASK { ?s skos:prefLabel ?o }").startswith(f"PREFIX skos: <{PREFIXES['skos']}> ASK")
    declared = "PREFIX skos: <http://other/> ASK { ?s skos:prefLabel ?o }"
    assert with_prefixes(declared) == declared


def test_values_go_into_the_pattern() -> None:
    text = with_values("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", {"s": Term.iri("http://a/")})
    assert text == "CONSTRUCT { ?s ?p ?o } WHERE { VALUES (?s) { (<http://a/>) }  ?s ?p ?o }"
