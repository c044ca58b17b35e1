"""Requests asked again byte for byte, which are not parsed again: seen from outside, nothing is different."""

import asyncio
import json
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from uvicorn.server import ServerState

from asckg_api.connection import Connection
from asckg_api.exchange import Client, Exchange, Fields
from service_case import LEAVE, TOKEN, Server, make_home, serving, small_graph

GET = b"GET /sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%27again%27%20%7D HTTP/1.1\r\nHost: a\r\n\r\n"
TIMES = 5


class Memory:
    """Answers every request at once, and says `again` to the bytes of those that it was told to learn."""

    def __init__(self) -> None:
        self.learnt: list[bytes] = []

    def __call__(self, exchange: Exchange) -> bool:
        exchange.tag = b"tag"
        exchange.send(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n", b"first")
        return True

    def repeat(self, request: bytes, _client: Client, _added: Fields) -> bytes | None:
        return b"again" if request in self.learnt else None

    def learn(self, request: bytes, _scope: object, _tag: bytes) -> None:
        self.learnt.append(request)


class Line(asyncio.Transport):
    """What the connection sent, in one piece."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = b""
        self.closed = False

    def write(self, data: Any) -> None:
        self.sent += data

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True


def fed(*pieces: bytes) -> tuple[Memory, Line]:
    """Return what was learnt from and sent after `pieces`, each of which was read by itself."""
    memory, line = Memory(), Line()

    async def main() -> None:
        app: Any = PlainTextResponse("the long way")
        app.immediate = memory
        config = uvicorn.Config(app, http=Connection, ws="none", log_level="critical", proxy_headers=False)
        config.load()
        connection = Connection(config, ServerState(), {})
        connection.connection_made(line)
        for piece in pieces:
            connection.data_received(piece)
        connection.connection_lost(None)

    asyncio.run(main())
    return memory, line


def test_the_bytes_of_a_whole_request_are_known_when_they_come_again() -> None:
    memory, line = fed(GET, GET, GET)
    assert memory.learnt == [GET]
    assert line.sent.endswith(b"firstagainagain")


@pytest.mark.parametrize(
    "pieces",
    [
        (GET[:20], GET[20:]),
        (GET + GET,),
        (GET + GET[:9],),
        (GET.replace(b"\r\n\r\n", b"\r\nContent-Length: 9\r\n\r\n"), b"body body"),
    ],
    ids=["in two pieces", "two at once", "more than one", "its body comes later"],
)
def test_what_is_not_just_one_whole_request_is_not_learnt(pieces: tuple[bytes, ...]) -> None:
    memory, line = fed(*pieces)
    assert line.sent.count(b"first") >= 1
    assert memory.learnt == []


@pytest.mark.parametrize(
    "before",
    [
        b"GET / HTTP/1.1\r\nX-Head: ",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(GET),
    ],
    ids=["of a head", "of a body"],
)
def test_known_bytes_in_the_midst_of_another_request_are_part_of_it(before: bytes) -> None:
    _, line = fed(GET, before, GET)
    assert b"again" not in line.sent
    _, line = fed(GET, before, GET, GET)
    assert line.sent.count(b"again") == 1


def query(text: str, fields: str = "") -> bytes:
    return f"GET /sparql?query={quote(text)} HTTP/1.1\r\nHost: a\r\n{fields}\r\n".encode()


def test_requests_that_differ_in_their_query_alone_are_each_answered_with_their_own(server: Server) -> None:
    texts = [f"SELECT ?o {{ <http://example.org/s{number}> ?p ?o }} LIMIT 1" for number in range(TIMES)]
    alone = [ask(server, query(text + " # alone"), 1)[0] for text in texts]
    together = ask_all(server, [query(text) for text in texts])
    for (fields, body), (others, other) in zip(alone, together, strict=True):
        assert body == other
        assert b"label" in body
        assert set(fields) == set(others)


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET /sparql?query=ASK%20%7B%20 HTTP/1.1", b"400"),
        (b"GET /sparql?query=ASK%20{} HTTP/1.1", b"200"),
        (b"GET /sparql?query=ASK%7B%7D&query=ASK%7B%7D HTTP/1.1", b"400"),
        (b"GET /sparql?query=ASK%7B%7D&timeout=0 HTTP/1.1", b"400"),
        (b"GET /sparql?query=%FF HTTP/1.1", b"400"),
        (b"GET /sparql?query=%00 HTTP/1.1", b"400"),
        (b"GET /sparql?query=ASK%7B%7D#part HTTP/1.1", b"200"),
        (b"GET /sparql?query=SELECT%20(NOW()%20AS%20?n)%7B%7D HTTP/1.1", b"200"),
        (b"GET /sparql?query= HTTP/1.1", b"400"),
        (b"GET /health/live?query=ASK%7B%7D HTTP/1.1", b"200"),
        (b"HEAD /sparql?query=ASK%7B%7D HTTP/1.1", b"200"),
    ],
)
def test_a_request_like_the_one_before_means_what_it_means_alone(
    server: Server, request_line: bytes, status: bytes
) -> None:
    request = request_line + b"\r\nHost: a\r\nConnection: close\r\n\r\n"
    kept = request.replace(b"Connection: close\r\n", b"")
    alone = raw(server, request)
    after = raw(server, query("ASK { ?s ?p 'before' }"), kept, request)
    assert alone.split()[1] == status
    assert [line.split()[1] for line in after] == [b"200", status, status]


@pytest.mark.parametrize("between", [b"\r\nX: y", b"\n", b" ", b"\x00", b"\xff", b"%"])
def test_bytes_that_do_not_belong_in_a_query_are_treated_as_in_a_first_request(server: Server, between: bytes) -> None:
    odd = query("ASK { ?s ?p 'one' }").replace(b" HTTP/1.1\r\n", between + b" HTTP/1.1\r\n", 1)
    after = raw(server, query("ASK { ?s ?p 'before' }"), odd)
    assert after[1].split()[1] == raw(server, odd).split()[1]


def raw(server: Server, *requests: bytes) -> Any:
    """Return the first line of what comes for each of `requests`, sent one after the other on one connection."""
    parts = urlsplit(server.url)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=60)
    said = []
    with connection, connection.makefile("rb") as lines:
        for request in requests:
            connection.sendall(request)
            said.append(lines.readline())
            size = 0
            while (line := lines.readline()) not in (b"\r\n", b""):
                name, _, value = line.lower().partition(b":")
                size = int(value) if name == b"content-length" else size
            lines.read(0 if request.startswith(b"HEAD") else size)
    return said[0] if len(requests) == 1 else said


def test_a_request_like_one_before_in_the_midst_of_another_is_part_of_that() -> None:
    other = GET.replace(b"again", b"other")
    _, line = fed(GET, other)
    assert line.sent.count(b"first") == 2
    _, line = fed(GET, b"GET / HTTP/1.1\r\nX-Head: ", other)
    assert line.sent.count(b"first") == 2  # the other request, whose head ends here
    assert line.sent.count(b"HTTP/1.1 200") == 2
    _, line = fed(GET, b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % (2 * len(other)), other)
    assert line.sent.count(b"first") == 2


def test_a_client_that_hangs_up_frees_the_worker_of_a_request_like_one_before(tmp_path: Path) -> None:
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?c) != STR(?f)) }"
    with serving(make_home(tmp_path, small_graph()), timeout=60.0) as server:
        parts = urlsplit(server.url)
        with socket.create_connection((parts.hostname, parts.port), timeout=60) as connection:
            connection.sendall(query("ASK {}"))
            assert connection.recv(65536).startswith(b"HTTP/1.1 200")
            connection.sendall(query(runaway))
            wait_for(server, 'asckg_running_queries{lane="quick"} 1.0')
        wait_for(server, 'asckg_running_queries{lane="quick"} 0.0')
        wait_for(server, 'asckg_requests_total{method="GET",route="/sparql",status="499"} 1.0')


def wait_for(server: Server, line: str) -> None:
    end = time.monotonic() + 60
    while line not in server.client.get("/metrics").text:
        assert time.monotonic() < end, f"{line} never came"
        time.sleep(0.02)


def ask(server: Server, request: bytes = GET, times: int = TIMES) -> list[tuple[dict[bytes, bytes], bytes]]:
    """Ask `times` over one connection, each after the answer to the one before; return fields and bodies."""
    return ask_all(server, [request] * times)


def ask_all(server: Server, requests: Sequence[bytes]) -> list[tuple[dict[bytes, bytes], bytes]]:
    """Ask `requests` over one connection, each after the answer to the one before; return fields and bodies."""
    parts = urlsplit(server.url)
    found = []
    connection = socket.create_connection((parts.hostname, parts.port), timeout=60)
    with connection, connection.makefile("rb") as lines:
        for request in requests:
            connection.sendall(request)
            fields = {b"status": lines.readline()}
            while (line := lines.readline()) != b"\r\n":
                name, _, value = line.partition(b": ")
                fields[name.lower()] = value
            found.append((fields, lines.read(int(fields[b"content-length"]))))
    return found


def test_every_answer_is_the_same_but_for_its_id_and_date(server: Server) -> None:
    answers = ask(server)
    assert len({fields.pop(b"x-request-id") for fields, _ in answers}) == TIMES
    assert all(fields.pop(b"date") for fields, _ in answers)
    assert all(answer == answers[0] for answer in answers)
    assert {b"etag", b"vary", b"cache-control", b"content-type"} <= set(answers[0][0])


def test_another_format_asked_for_is_another_request(server: Server) -> None:
    csv = GET.replace(b"Host: a", b"Host: a\r\nAccept: text/csv").replace(b"ASK%20", b"SELECT%20%3Fs%20")
    json_body = ask(server, csv.replace(b"text/csv", b"*/*"))[-1][1]
    assert ask(server, csv)[-1][1] == b"s\r\n" != json_body


def test_every_answer_is_counted_and_logged(tmp_path: Path) -> None:
    with serving(make_home(tmp_path, small_graph()), log=True) as server:
        ids = [fields[b"x-request-id"].strip().decode() for fields, _ in ask(server)]
        text = server.client.get("/metrics").text
        counted = 'asckg_requests_total{method="GET",route="/sparql",status="200"} '
        assert f"{counted}{TIMES + 1}.0" in text  # with the one of the start
        assert f'asckg_cache_lookups_total{{result="hit"}} {TIMES - 1}.0' in text
        assert server.process.stderr is not None
        logged: dict[str, dict[str, object]] = {}
        while not logged.keys() >= set(ids):
            line = json.loads(server.process.stderr.readline())
            logged[line["id"]] = line
    assert [logged[one]["path"] for one in ids] == ["/sparql"] * TIMES
    assert {logged[one]["client"] for one in ids} == {"127.0.0.1"}


def test_a_write_and_a_new_build_are_seen_by_a_request_known_before(tmp_path: Path) -> None:
    mine = "http://example.org/mine"
    update = f"INSERT DATA {{ GRAPH <{mine}> {{ <http://example.org/a> <http://example.org/p> 'again' }} }}"
    count = GET.replace(b"ASK%20%7B", f"ASK%20%7B%20GRAPH%20%3C{mine}%3E%20%7B".encode()).replace(b"%7D ", b"%7D%7D ")
    with serving(make_home(tmp_path, small_graph()), writable=True, token=TOKEN) as server:
        assert {body for _, body in ask(server, count)} == {b'{"head":{},"boolean":false}'}
        server.client.post("/update", data={"update": update}, headers=LEAVE).raise_for_status()
        assert {body for _, body in ask(server, count)} == {b'{"head":{},"boolean":true}'}


def test_a_connection_whose_requests_are_all_known_is_closed_when_it_rests() -> None:
    memory, line = Memory(), Line()
    memory.learnt.append(GET)

    async def main() -> None:
        app: Any = PlainTextResponse("the long way")
        app.immediate = memory
        config = uvicorn.Config(app, http=Connection, ws="none", timeout_keep_alive=0, proxy_headers=False)
        config.load()
        connection = Connection(config, ServerState(), {})
        connection.connection_made(line)
        connection.data_received(GET)
        await until(line.is_closing)

    asyncio.run(main())
    assert line.sent == b"again"


async def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)
