"""Queries by plain GET, which their connection answers without a task: seen from outside, nothing is different."""

import json
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from service_case import Server, descendants, make_home, misses, serving, small_graph
from waiting import until

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?c) != STR(?f)) }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(?c < ?f) }"
LONG_WAY = {"X-Request-Id": "long"}  # a request with this goes through the application


def get(query: str, headers: str = "") -> bytes:
    return f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: a\r\n{headers}\r\n".encode()


def answers(server: Server, *requests: bytes) -> list[tuple[int, bytes]]:
    """Send all of `requests` over one connection at once, and return the status and body of each answer."""
    parts = urlsplit(server.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=60) as connection:
        connection.sendall(b"".join(requests))
        found = []
        with connection.makefile("rb") as lines:
            for _ in requests:
                status, size = int(lines.readline().split()[1]), 0
                while (line := lines.readline()) != b"\r\n":
                    name, _, value = line.lower().partition(b":")
                    size = int(value) if name == b"content-length" else size
                found.append((status, lines.read(size)))
    return found


def test_both_ways_answer_alike(server: Server) -> None:
    for query in ("SELECT ?o { ?s ?p ?o } LIMIT 3", "SELECT (NOW() AS ?now) {}", "ASK {", "SELECT * {} LIMIT 0"):
        fresh = query if query == "ASK {" else query + " "  # a place in a bad text must not differ
        for accept in ("*/*", "text/csv", "image/png"):
            first = server.query(fresh, accept)
            again = server.query(fresh, accept)
            other = server.client.get("/sparql", params={"query": query}, headers={"Accept": accept, **LONG_WAY})
            assert first.status_code == again.status_code == other.status_code
            names = ("content-type", "vary", "cache-control", "connection", "content-encoding", "retry-after")
            assert [first.headers.get(name) for name in names] == [other.headers.get(name) for name in names]
            assert set(first.headers) == set(again.headers) == set(other.headers)
            if "NOW" not in query:
                assert first.content == again.content == other.content
            assert first.headers["x-request-id"] != again.headers["x-request-id"]


def test_an_answer_has_one_tag_by_both_ways(server: Server) -> None:
    query, accept = "ASK { ?s ?p 'tag' }", {"Accept": "application/sparql-results+json"}
    tag = server.query(query).headers["etag"]
    seen = server.client.get("/sparql", params={"query": query}, headers={"If-None-Match": tag, **accept})
    assert seen.status_code == 304


def test_answers_come_in_the_order_of_their_requests(server: Server) -> None:
    quick = [get(f"SELECT ?o {{ <http://example.org/s{number}> ?p ?o }}") for number in range(5)]
    found = answers(server, get(SLOW), quick[0], get("ASK {"), quick[1], get(SLOW + " "), *quick[2:])
    assert [status for status, _ in found] == [200, 200, 400, 200, 200, 200, 200, 200]
    bodies = [body for status, body in found if status == 200 and b'"label' in body]
    assert [f"label {number} of" in body.decode() for number, body in enumerate(bodies)] == [True] * 5


def test_thousands_of_requests_may_wait_on_one_connection(server: Server) -> None:
    found = answers(server, *[get("ASK { ?s ?p 'many' }")] * 3000)
    assert found == [(200, b'{"head":{},"boolean":false}')] * 3000


@pytest.mark.parametrize("headers", ["", "X-Request-Id: long\r\n"])
def test_a_client_that_hangs_up_frees_its_worker_and_is_counted(tmp_path: Path, headers: str) -> None:
    with serving(make_home(tmp_path, small_graph()), timeout=60.0) as server:
        parts = urlsplit(server.url)
        with socket.create_connection((parts.hostname, parts.port)) as connection:
            connection.sendall(get(RUNAWAY, headers))
            wait_for(server, 'asckg_running_queries{lane="quick"} 1.0')
        wait_for(server, 'asckg_running_queries{lane="quick"} 0.0')
        wait_for(server, 'asckg_requests_total{method="GET",route="/sparql",status="499"} 1.0')


def wait_for(server: Server, line: str) -> None:
    until(lambda: line in server.client.get("/metrics").text, line)


@contextmanager
def stopped(server: Server) -> Iterator[None]:
    """Have no worker do anything until the block ends."""
    workers = descendants(server.process.pid)
    for worker in workers:
        os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        for worker in workers:
            os.kill(worker, signal.SIGCONT)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="workers are found in /proc")
def test_a_query_that_others_ask_meanwhile_runs_once(tmp_path: Path) -> None:
    with serving(make_home(tmp_path, small_graph()), timeout=60.0) as server:
        parts = urlsplit(server.url)
        lines = [socket.create_connection((parts.hostname, parts.port), timeout=60) for _ in range(4)]
        with stopped(server):
            for line in lines:
                before = misses(server)
                line.sendall(get(SLOW + " #"))
                until(lambda: misses(server) > before, "the next request")  # noqa: B023  it is called at once
        bodies = {line.recv(65536).rsplit(b"\r\n", 1)[1] for line in lines}
        assert len(bodies) == 1
        for line in lines:
            line.close()
        text = server.client.get("/metrics").text
        assert (
            'asckg_requests_total{method="GET",route="/sparql",status="200"} 5.0' in text
        )  # with the one of the start
        assert 'asckg_cache_lookups_total{result="hit"} 0.0' in text


def test_each_answer_is_logged(tmp_path: Path) -> None:
    with serving(make_home(tmp_path, small_graph()), log=True) as server:
        response = server.query("ASK { ?s ?p 'logged' }")
        assert server.process.stderr is not None
        logged = map(json.loads, server.process.stderr)
        line = next(line for line in logged if line["id"] == response.headers["x-request-id"])
    assert (line["path"], line["status"], line["bytes"]) == ("/sparql", 200, len(response.content))
