"""What hostile and clumsy clients send; the table of it is in docs/security.md."""

import contextlib
import gzip
import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asckg_api.sparql.message import RefusalError, decode, parse_pairs
from asckg_api.sparql.negotiation import choose, choose_encoding, prefers_html
from service_case import LEAVE, TOKEN, Server, descendants, make_home, running, serving, small_graph
from waiting import until

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?c) != STR(?f)) }"


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = make_home(tmp_path_factory.mktemp("target"), small_graph())
    with serving(home, timeout=2.0, writable=True, token=TOKEN, per_client=400, queue=100) as server:
        yield server


def alive(server: Server) -> bool:
    return server.query("ASK { ?s ?p ?o }").json() == {"head": {}, "boolean": True}


def raw(server: Server, request: bytes) -> bytes:
    """Return the whole answer to a request."""
    parts = urlsplit(server.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=60) as connection:
        connection.sendall(request)
        with connection.makefile("rb") as lines:
            head, size = lines.readline(), 0
            while (line := lines.readline()).strip():
                name, _, value = line.lower().partition(b":")
                size = int(value) if name == b"content-length" else size
                head += line
            return head + line + (lines.read(size) if size else lines.read1())


@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        ("SELECT * {" + "{" * 100_000 + "}" * 100_000 + "}", {400}),
        ("ASK { FILTER(" + "(" * 50_000 + "1" + ")" * 50_000 + ") }", {400, 504}),
        ("ASK { ?s " + "/".join(["<http://example.org/p>"] * 10_000) + " ?o }", {200, 400, 503, 504}),
        ("SELECT * { ?s ?p ?o FILTER(REGEX(?o, '" + "(a+)+" * 50 + "$')) }", {200, 504}),
        ("SELECT (REPLACE('" + "a" * 5000 + "', '(a*)*b', 'x') AS ?r) {}", {200, 504}),
        (RUNAWAY, {504}),
        ("SELECT * { VALUES ?x { " + "1 " * 100_000 + "} } LIMIT 1", {200, 504}),
        ("\ufeffASK {}", {200, 400}),
        ("ASK { ?s ?p '\ud7ff\U0010ffff' }", {200}),
        ("", {400}),
    ],
    ids=["brackets", "parentheses", "long path", "regex", "replace", "product", "values", "mark", "edges", "empty"],
)
def test_queries_made_to_hurt_hurt_nobody_else(target: Server, query: str, statuses: set[int]) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    assert target.client.post("/sparql", content=query.encode(), headers=headers).status_code in statuses
    assert alive(target)


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /sparql?query=%ff%fe HTTP/1.1",
        b"GET /sparql?query=%C0%AF HTTP/1.1",
        b"GET /sparql?query=ASK{}&query=ASK{} HTTP/1.1",
        b"GET /sparql?query=ASK%7B%7D&default-graph-uri=not%20an%20iri HTTP/1.1",
        b"GET /sparql?query=ASK%7B%7D&timeout=nan HTTP/1.1",
        b"GET /graphs?graph=relative HTTP/1.1",
        b"GET /sparql HTTP/1.1\r\nHost: b",
        b"GET /graphs?graph=http://a/&default HTTP/1.1",
        b"PATCH /sparql HTTP/1.1",
        b"BREW /sparql HTTP/1.1",
    ],
)
def test_requests_that_make_no_sense_are_refused(target: Server, request_line: bytes) -> None:
    answer = raw(target, request_line + b"\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert answer.split(b" ", 2)[1] in (b"400", b"405"), answer
    assert alive(target)


@pytest.mark.parametrize("host", [b"a>b", b'a"', b"a b", b"a,b", b"<script>"])
def test_a_name_of_a_host_that_is_none_is_refused(target: Server, host: bytes) -> None:
    for line in (b"GET /sparql HTTP/1.1", b"GET /sparql?query=ASK%7B%7D HTTP/1.1"):
        for end in (b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"):
            answer = raw(target, line + b"\r\nHost: " + host + b"\r\nAccept: */*" + end)
            assert answer.startswith(b"HTTP/1.1 400 ")
            assert b"host" in answer


def test_a_compressed_body_is_refused_by_its_name(target: Server) -> None:
    headers = {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}
    response = target.client.post("/sparql", content=gzip.compress(b"ASK {}"), headers=headers)
    assert response.status_code == 415
    assert "gzip" in response.json()["detail"]


def test_an_address_that_is_too_long_is_refused_with_the_way_to_send_it(target: Server) -> None:
    line = b"GET /sparql?query=ASK%7B%7D%23" + b"a" * 70_000 + b" HTTP/1.1"
    answer = raw(target, line + b"\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 414 ")
    assert b"POST" in answer
    long = "ASK {} #" + "a" * 70_000
    assert target.client.post("/sparql", data={"query": long}).status_code == 200
    assert target.client.get("/sparql", params={"query": long[:60_000]}).status_code == 200


def test_bodies_that_are_too_large_are_refused_by_their_announcement_and_by_their_size(target: Server) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
    assert b" 413 " in raw(target, head + b"Content-Length: 100000000\r\n\r\n")
    chunks = (b"#" * 65536 for _ in range(40))
    response = target.client.post("/sparql", content=chunks, headers={"Content-Type": "application/sparql-query"})
    assert response.status_code == 413
    assert alive(target)


def test_writers_cannot_send_more_than_is_taken(target: Server) -> None:
    headers = {"Content-Type": "text/turtle", "Content-Length": "100000000", **LEAVE}
    request = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    assert b" 413 " in raw(target, f"PUT /graphs/a HTTP/1.1\r\nHost: a\r\n{request}\r\n".encode())


def test_a_flood_is_answered_or_refused_and_then_over(target: Server) -> None:
    def ask(number: int) -> int:
        text = RUNAWAY if number % 10 == 0 else f"ASK {{ ?s ?p {number} }}"
        return httpx.get(f"{target.url}/sparql", params={"query": text}, timeout=60, trust_env=False).status_code

    with ThreadPoolExecutor(32) as threads:
        statuses = list(threads.map(ask, range(240)))
    assert set(statuses) <= {200, 429, 503, 504}
    assert statuses.count(200) > 0
    assert alive(target)


def test_nobody_is_stopped_at_the_time_limit_of_another_who_asks_the_same(target: Server) -> None:
    def ask(seconds: str) -> str:
        time.sleep(0.0 if seconds else 0.2)
        params = {"query": RUNAWAY, **({"timeout": seconds} if seconds else {})}
        return httpx.get(f"{target.url}/sparql", params=params, timeout=60, trust_env=False).json()["detail"]

    with ThreadPoolExecutor(2) as threads:
        short, long = threads.map(ask, ("0.5", ""))
    assert "stopped after 0.5 s" in short
    assert "stopped after 2 s" in long


def test_a_client_that_goes_away_frees_its_worker(target: Server) -> None:
    for _ in range(10):
        with pytest.raises(httpx.ReadTimeout):
            target.client.get("/sparql", params={"query": RUNAWAY}, timeout=0.2)
    until(lambda: 'asckg_running_queries{lane="quick"} 0.0' in target.client.get("/metrics").text)
    assert alive(target)


def test_a_client_that_sends_half_a_request_holds_up_nobody(target: Server) -> None:
    parts = urlsplit(target.url)
    halves = [socket.create_connection((parts.hostname, parts.port)) for _ in range(50)]
    for half in halves:
        half.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nA"
        )
    assert alive(target)
    for half in halves:
        half.close()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found in /proc")
def test_the_kill_of_the_server_leaves_no_worker(tmp_path: Path) -> None:
    with serving(make_home(tmp_path, small_graph())) as server:
        until(lambda: len(descendants(server.process.pid)) > 2, "a worker")
        family = descendants(server.process.pid)
        server.process.kill()
        server.process.wait()
        until(lambda: not any(running(process) for process in family), "the end of every worker")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found in /proc")
def test_answers_go_on_while_every_worker_is_killed_again_and_again(tmp_path: Path) -> None:
    with serving(make_home(tmp_path, small_graph()), timeout=60.0) as server:
        for number in range(5):
            for process in descendants(server.process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            for again in range(3):
                assert server.query(f"ASK {{ ?s ?p {number} }} # {again}").status_code == 200


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="descriptors are found in /proc")
def test_descriptors_and_processes_stay_level_over_many_requests(target: Server) -> None:
    def open_now() -> tuple[int, int]:
        return len(list(Path(f"/proc/{target.process.pid}/fd").iterdir())), len(descendants(target.process.pid))

    alive(target)
    before = open_now()
    for number in range(600):
        target.query(f"SELECT * {{ ?s ?p ?o }} OFFSET {number % 300}" if number % 50 else "SELECT * {")

    def level() -> bool:
        after = open_now()
        return after[0] <= before[0] + 4 and after[1] <= before[1] + 2

    until(level, f"the number of descriptors and processes from before, {before},")


@given(st.text())
def test_no_accept_header_confuses_negotiation(header: str) -> None:
    rows, graphs = choose(header)
    assert (rows is None) or rows.content_type
    assert (graphs is None) or graphs.content_type
    assert choose_encoding(header) in ("", "gzip", "zstd")
    assert prefers_html(header) in (True, False)


@given(st.text(alphabet="%20aFg=+_.\n\ré", max_size=30))
def test_values_are_decoded_as_the_standard_library_does(text: str) -> None:
    value = text.encode()
    try:
        expected = unquote_to_bytes(value.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        with pytest.raises(RefusalError):
            decode(value, "query string")
    else:
        assert decode(value, "query string") == expected


@given(st.binary())
def test_no_query_string_does_more_than_be_refused(data: bytes) -> None:
    with contextlib.suppress(RefusalError):
        pairs = parse_pairs(data, "query string")
        assert all(isinstance(name, str) and isinstance(value, str) for name, value in pairs)


@given(
    st.binary(max_size=200), st.sampled_from(["application/sparql-query", "application/x-www-form-urlencoded", "a/b"])
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_body_makes_the_server_fail(target: Server, body: bytes, media_type: str) -> None:
    response = target.client.post("/sparql", content=body, headers={"Content-Type": media_type})
    assert response.status_code < 500
