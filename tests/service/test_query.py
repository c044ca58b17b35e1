"""The query operation over HTTP: formats, encodings, conditions, errors."""

import gzip
from pathlib import Path

import pytest
import zstandard

from service_case import Server, make_home, serving, small_graph

ROWS = "SELECT ?o { ?s ?p ?o } ORDER BY ?o LIMIT 50"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?c) != STR(?f)) }"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.1, text/tab-separated-values;q=0.2, */*;q=0.01", "text/tab-separated-values; charset=utf-8"),
        ("application/json", "application/json"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("nonsense, text/csv", "text/csv; charset=utf-8"),
    ],
)
def test_rows_come_in_the_format_that_is_wanted_most(server: Server, accept: str, content_type: str) -> None:
    assert server.query("SELECT * {} ", accept).headers["content-type"] == content_type


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", "text/turtle; charset=utf-8"),
        ("application/n-triples", "application/n-triples; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml, text/turtle;q=0.9", "application/rdf+xml"),
    ],
)
def test_triples_come_in_the_format_that_is_wanted_most(server: Server, accept: str, content_type: str) -> None:
    response = server.query("CONSTRUCT WHERE { <http://example.org/s1> ?p ?o }", accept)
    assert response.headers["content-type"] == content_type


@pytest.mark.parametrize(("text", "accept"), [("ASK {}", "image/png"), ("ASK {}", "text/turtle")])
def test_a_format_that_there_is_not_is_406(server: Server, text: str, accept: str) -> None:
    response = server.query(text, accept)
    assert response.status_code == 406
    assert accept in response.json()["detail"]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) { ?s asc:predicate ?o }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s asc:predicate ?o } FILTER(STR(?s) = 'service') }",
    ],
)
def test_the_known_prefixes_need_no_lines_in_a_query(server: Server, text: str) -> None:
    response = server.query(text, "application/sparql-results+json")
    assert response.status_code == 200, response.text
    bare = server.client.get("/sparql", params={"query": text, "default-graph-uri": "http://example.org/none"})
    assert bare.status_code == 200, bare.text


def test_a_prefix_declared_in_the_query_wins(server: Server) -> None:
    text = "PREFIX asc: <http://example.org/> ASK { FILTER(asc:s1 = <http://example.org/s1>) }"
    assert server.query(text, "application/sparql-results+json").json()["boolean"] is True


def test_an_answer_seen_before_is_304_and_carries_its_tag(server: Server) -> None:
    first = server.client.get("/sparql", params={"query": ROWS})
    again = server.client.get("/sparql", params={"query": ROWS}, headers={"If-None-Match": first.headers["etag"]})
    other = server.client.get("/sparql", params={"query": ROWS + " "}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert other.status_code == 200


def test_a_tag_that_a_proxy_made_strong_or_put_in_a_list_still_holds(server: Server) -> None:
    tag = server.client.get("/sparql?query=ASK {}").headers["etag"]
    for sent in (tag.removeprefix("W/"), f'"other", {tag}'):
        assert server.client.get("/sparql?query=ASK {}", headers={"If-None-Match": sent}).status_code == 304
    other = tag.removeprefix("W/").replace('"', "")
    assert server.client.get("/sparql?query=ASK {}", headers={"If-None-Match": other}).status_code == 200


def test_who_has_any_answer_already_gets_304_where_there_is_one(server: Server) -> None:
    for query in ("SELECT ?o { ?s ?p ?o } LIMIT 4", "SELECT ?o { ?s ?p ?o } LIMIT 4", "SELECT (NOW() AS ?n) {}"):
        response = server.client.get("/sparql", params={"query": query}, headers={"If-None-Match": "*"})
        assert (response.status_code, response.content) == (304, b"")
        assert ("etag" in response.headers) == ("NOW" not in query)
    for query in ("SELECT", "SELECT * { SERVICE <http://example.org/> {} }"):
        response = server.client.get("/sparql", params={"query": query}, headers={"If-None-Match": "*"})
        assert response.status_code in (400, 403)
    posted = server.client.post("/sparql", data={"query": "ASK {}"}, headers={"If-None-Match": "*"})
    assert posted.status_code == 200


ANY_OR_NOT = ({"If-None-Match": "*"}, {}, {"If-None-Match": "*"})


def test_who_has_any_answer_already_gets_304_for_a_large_one_too(tmp_path: Path) -> None:
    large = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 8000"
    with serving(make_home(tmp_path, small_graph()), cache=0) as server:
        answers = [server.client.get("/sparql", params={"query": large}, headers=sent) for sent in ANY_OR_NOT]
    assert [(one.status_code, bool(one.content)) for one in answers] == [(304, False), (200, True), (304, False)]


def test_a_query_with_a_changing_answer_has_no_tag(server: Server) -> None:
    assert "etag" not in server.query("SELECT (NOW() AS ?now) {}").headers


def test_formats_of_one_query_do_not_share_a_tag(server: Server) -> None:
    assert server.query(ROWS).headers["etag"] != server.query(ROWS, "text/csv").headers["etag"]


def test_large_bodies_are_compressed_as_the_client_can_take_them(server: Server) -> None:
    params = {"query": ROWS}
    plain = server.client.get("/sparql", params=params, headers={"Accept-Encoding": "identity"})
    with server.client.stream("GET", "/sparql", params=params, headers={"Accept-Encoding": "gzip"}) as response:
        assert response.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(response.iter_raw())) == plain.content
    wanted = {"Accept-Encoding": "gzip;q=0.5, zstd"}
    with server.client.stream("GET", "/sparql", params=params, headers=wanted) as response:
        assert response.headers["content-encoding"] == "zstd"
        assert zstandard.ZstdDecompressor().decompress(b"".join(response.iter_raw())) == plain.content
    assert "content-encoding" not in plain.headers


def test_head_tells_the_size_and_sends_nothing(server: Server) -> None:
    get = server.client.get("/sparql", params={"query": ROWS}, headers={"Accept-Encoding": "identity"})
    head = server.client.head("/sparql", params={"query": ROWS}, headers={"Accept-Encoding": "identity"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(get.content))


def test_a_bad_query_is_placed_by_line_and_column(server: Server) -> None:
    problem = server.query("SELECT * {\n ?s ?p }").json()
    assert (problem["status"], problem["line"], problem["column"]) == (400, 2, 9)


def test_a_prefix_that_is_not_declared_is_named(server: Server) -> None:
    detail = server.query("SELECT * {\n ?s foo:x ?p }").json()["detail"]
    assert detail.endswith("line 2, column 10: the prefix foo: is not declared; add PREFIX foo: <…>")


def test_a_query_out_of_time_is_504_and_says_how_to_get_more(tmp_path: Path) -> None:
    with serving(make_home(tmp_path, small_graph()), timeout=0.5) as server:
        response = server.query(RUNAWAY)
    assert response.status_code == 504
    assert "--timeout" in response.json()["detail"]


def test_a_client_may_ask_for_less_time(server: Server) -> None:
    response = server.client.get("/sparql", params={"query": RUNAWAY, "timeout": "0.2"})
    assert (response.status_code, "0.2 s" in response.json()["detail"]) == (504, True)
    assert server.client.get("/sparql", params={"query": "ASK {}", "timeout": "-1"}).status_code == 400


def test_an_answer_that_is_too_large_is_503_and_whole_answers_are_streamed(server: Server) -> None:
    large = "SELECT ?a ?b ?c ?d { ?a ?p ?b . ?c ?q ?d } LIMIT %d"
    assert server.query(large % 100_000).status_code == 503
    response = server.query(large % 9000, "text/csv")
    assert response.status_code == 200
    assert response.text.count("\r\n") == 9001
    assert int(response.headers["content-length"]) > 1 << 20 or "content-encoding" in response.headers


@pytest.mark.parametrize(
    "text", ["SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "ASK { SERVICE ?e { ?s ?p ?o } }"]
)
def test_federation_is_off(server: Server, text: str) -> None:
    assert server.query(text).status_code == 403


def test_the_data_set_of_the_protocol_is_the_one_that_is_asked(server: Server) -> None:
    count = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
    graph = "https://w3id.org/asckg/graph/corpus"
    for params, expected in (
        ({"default-graph-uri": graph}, "400"),
        ({"default-graph-uri": "http://example.org/none"}, "0"),
        ({"named-graph-uri": graph}, "0"),
    ):
        response = server.client.get("/sparql", params={**count, **params})
        assert response.json()["results"]["bindings"][0]["n"]["value"] == expected


def test_only_listed_sites_may_read_and_never_with_credentials(server: Server) -> None:
    for origin, allowed in (("https://site.example", "https://site.example"), ("https://other.example", None)):
        headers = server.client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": origin}).headers
        assert headers.get("access-control-allow-origin") == allowed
        assert "access-control-allow-credentials" not in headers
    preflight = {"Origin": "https://site.example", "Access-Control-Request-Method": "POST"}
    response = server.client.options("/sparql", headers=preflight)
    assert (response.status_code, response.headers["access-control-allow-methods"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_a_request_id_is_given_or_kept(server: Server) -> None:
    assert len(server.client.get("/health/live").headers["x-request-id"]) == 16
    assert server.client.get("/health/live", headers={"X-Request-Id": "a-1"}).headers["x-request-id"] == "a-1"


def test_health_and_metrics_tell_what_is_served(server: Server) -> None:
    assert server.client.get("/health/ready").json()["data"] == "0123456789abcdef"
    text = server.client.get("/metrics").text
    assert 'asckg_requests_total{method="GET",route="/sparql",status="200"}' in text
    assert "asckg_queue_length 0.0" in text


def test_a_graph_is_read_whole_or_is_404(server: Server) -> None:
    found = server.client.get("/graphs", params={"graph": "https://w3id.org/asckg/graph/corpus"})
    assert (found.status_code, found.text.count("label")) == (200, 400)
    assert server.client.get("/graphs", params={"graph": "http://example.org/none"}).status_code == 404
    assert server.client.get("/graphs").status_code == 400


def test_a_server_that_reads_refuses_to_write(server: Server) -> None:
    assert server.client.post("/update", data={"update": "CLEAR ALL"}).status_code == 403
    assert server.client.put("/graphs/a", content=b"", headers={"Content-Type": "text/turtle"}).status_code == 403
