"""SERVICE and LOAD are found wherever they hide, and only there."""

import socket

import pyoxigraph as ox
import pytest

from asckg.engine.guard.clause import RefusedError, allowed_query, allowed_update

FREE = [
    "ASK {}",
    "SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, 'service')) }",
    "PREFIX service: <http://example.org/service#> SELECT ?service { ?service service:SERVICE 'service' } # service",
    'SELECT * { ?s <http://example.org/service> """SERVICE <http://a/> {}""" }',
]
CAUGHT = [
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { sErViCe SILENT <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { SERVICE ?where { ?s ?p ?o } }",
    "PREFIX a: <http://a/> SELECT * { SERVICE a:b { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://a/> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER(?s<?b#>'''\n) SERVICE <http://a/> {?s ?p ?o} #'''\n}",
    "SELECT * { { SELECT * { SERVICE<http://a/>{} } } }",
]


@pytest.mark.parametrize("text", FREE)
def test_the_word_in_names_texts_and_comments_is_free(text: str) -> None:
    assert allowed_query(text, ()) == text


@pytest.mark.parametrize("text", CAUGHT)
def test_the_clause_never_passes(text: str) -> None:
    with pytest.raises((RefusedError, SyntaxError)):
        allowed_query(text, ())


def test_the_engine_reads_no_keyword_through_an_escape() -> None:
    # The check looks at the text as it is written; this would make it blind.
    with pytest.raises(SyntaxError):
        ox.Store().query("SELECT * { \\u0053ERVICE <http://a/> { ?s ?p ?o } }")


def test_an_allowed_endpoint_is_asked_through_the_guard() -> None:
    text = "SELECT * { SERVICE SILENT <https://a.example/sparql> { ?s ?p 'SERVICE' } }"
    allowed = allowed_query(text, [("https://a.example/sparql", "http://127.0.0.1:9/x")])
    assert allowed == "SELECT * { SERVICE SILENT <http://127.0.0.1:9/x> { ?s ?p 'SERVICE' } }"


@pytest.mark.parametrize("other", ["<https://b.example/sparql>", "?endpoint"])
def test_an_allowed_endpoint_lets_no_other_through(other: str) -> None:
    text = f"SELECT * {{ SERVICE <https://a.example/sparql> {{ ?s ?p ?o }} SERVICE {other} {{ ?s ?p ?o }} }}"
    with pytest.raises(RefusedError):
        allowed_query(text, [("https://a.example/sparql", "http://127.0.0.1:9/x")])


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1/>",
        "CLEAR ALL; load silent <file:///etc/passwd> INTO GRAPH <http://g/>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://a/> { ?s ?p ?o } }",
    ],
)
def test_updates_neither_load_nor_ask_elsewhere(text: str) -> None:
    with pytest.raises(RefusedError):
        allowed_update(text, ())


@pytest.mark.parametrize(
    "text",
    [
        "LOAD # a comment\n<{}>",
        "LOAD#\n<{}>",
        "LOAD#\rSILENT#<\n<{}> INTO GRAPH <urn:g>",
        "PREFIX e: <{}> LOAD e:x",
        "PREFIX : <{}> LOAD SILENT :x",
        "BASE <{}> LOAD<x>",
        "LOAD <{}>; INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{}> {{ ?s ?p ?o }} }}",
        "LOAD#\n<{}>; DELETE {{ ?s ?p ?o }} WHERE {{ SERVICE#\n?g {{ ?s ?p ?o }} }}",
        "INSERT DATA {{ <urn:a> <urn:b> 'load' }} ; LOAD\t<{}>",
    ],
)
def test_a_load_is_refused_before_anybody_is_asked_for_the_data(text: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        with pytest.raises(RefusedError, match="LOAD"):
            allowed_update(text.format(address, address), ())
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_a_syntax_error_beside_the_word_load_is_told_as_one() -> None:
    with pytest.raises(SyntaxError, match="at 1:"):
        allowed_update("INSERT DATA { <urn:load> <urn:b> }", ())


def test_an_update_may_speak_of_loads_and_services() -> None:
    text = "INSERT DATA { <http://a/load> <http://a/p> 'a service and its load' }"
    assert allowed_update(text, ()) == text


def test_a_syntax_error_beside_the_word_keeps_its_place() -> None:
    with pytest.raises(SyntaxError, match="at 2:"):
        allowed_query("SELECT * { ?s ?p 'service' .\n ?s }", ())
