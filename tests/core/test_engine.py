import pytest

from asckg.engine.embedded import QuerySyntaxError
from asckg.graph import Graph
from asckg.namespace import ID
from asckg.term import Term


@pytest.fixture
def engine(corpus, tmp_path):
    return Graph.open(corpus=corpus, home=tmp_path / "home").engine


def test_bad_query_is_placed_by_line_and_column(engine):
    with pytest.raises(QuerySyntaxError) as caught:
        engine.select("SELECT ?s\nWHERE { ?s a 1 } LIMIT x")
    assert (caught.value.line, caught.value.column) == (2, 24)


@pytest.mark.parametrize("text", ["SELECT ?x { ?s ?p ?o", "SELECT (?x AS ?x) { ?x ?y ?z } GROUP BY ?z", "", "SELECT"])
def test_a_bad_query_is_told_without_the_classes_of_the_grammar(engine, text):
    with pytest.raises(QuerySyntaxError) as caught:
        engine.select(text)
    assert "[" not in str(caught.value)
    assert "..=" not in str(caught.value)


def test_an_undeclared_prefix_is_named(engine):
    with pytest.raises(QuerySyntaxError, match="the prefix foo: is not declared; add PREFIX foo: <…>"):
        engine.select("SELECT ?s { ?s foo:x/asc:object ?o }")


def test_known_prefixes_need_no_declaration(engine):
    assert engine.ask("ASK { ?b a asc:Barrier }")


def test_outgoing_and_incoming_triples_of_a_thing(engine):
    barrier = f"{ID}barrier-no-quiet-carriage"
    assert Term.literal("no quiet carriage", language="en") in [o for _, _, o in engine.describe(barrier)]
    assert engine.count_incoming(barrier) == 1
    assert engine.incoming(barrier)[0][0].value == f"{ID}claim-no-quiet-carriage"


@pytest.mark.parametrize(
    ("media_type", "start"),
    [
        ("application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/csv", b"b\r\n"),
        ("text/tab-separated-values", b"?b\n"),
    ],
)
def test_rows_are_serialised_by_the_engine(engine, media_type, start):
    assert engine.serialize("SELECT ?b { ?b a asc:Barrier }", media_type).startswith(start)
