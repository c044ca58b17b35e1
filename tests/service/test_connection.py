"""What leaves the server in one piece: the head of a response and the first of its body."""

import asyncio
import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
import uvicorn
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from asckg_api.connection import Connection
from asckg_api.share import Shares
from asckg_api.taking import Pace
from asckg_api.transport import JoiningTransport
from service_case import Server, make_home, serving, small_graph
from waiting import PATIENCE


class Line:
    """What was sent, one entry for each time that something was."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        self.sent.append(data)

    def writelines(self, pieces: tuple[bytes, ...]) -> None:
        self.sent.append(b"".join(pieces))

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True


def test_head_and_body_leave_together_and_further_pieces_at_once() -> None:
    line = Line()
    joining = JoiningTransport(line)
    for number in range(2):
        joining.write(b"HTTP/1.1 200 OK\r\n\r\n")
        assert len(line.sent) == 2 * number
        joining.write(b"one")
        joining.write(b"two")
        joining.end_response()
        assert line.sent[2 * number :] == [b"HTTP/1.1 200 OK\r\n\r\none", b"two"]


def test_a_head_without_a_body_leaves_at_the_end_and_before_the_line_closes() -> None:
    line = Line()
    joining = JoiningTransport(line)
    joining.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    assert line.sent == [b"HTTP/1.1 100 Continue\r\n\r\n"]
    joining.write(b"first")
    joining.end_response()
    joining.write(b"second")
    joining.close()
    assert line.sent[1:] == [b"first", b"second"]
    assert joining.is_closing()


def test_a_response_without_a_body_keeps_the_connection_usable(server: Server) -> None:
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        for method in ("HEAD", "OPTIONS", "GET", "HEAD", "GET"):
            response = client.request(method, "/sparql", params={"query": "ASK {}"})
            assert response.status_code in (200, 204)
            assert bool(response.content) == (method == "GET")


def test_a_body_that_waits_for_leave_gets_it(server: Server) -> None:
    head = {"Content-Type": "application/sparql-query", "Expect": "100-continue"}
    assert server.client.post("/sparql", content=b"ASK {}", headers=head).json()["boolean"] is True


class Small(Connection):
    """A connection that takes little, and has time."""

    head_time = 60.0
    pace = Pace(stall_time=60.0)
    largest_head = 10_000
    largest_fields = 1_000
    longest_address = 8_000
    shares = Shares(2, 2)


class Impatient(Small):
    head_time = 0.3


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def with_server(
    talk: Talk,
    answer: ASGIApp = PlainTextResponse("here"),  # noqa: B008  it is fixed
    http: type[Connection] = Small,
    keep_alive: int = 60,
) -> None:
    """Run `talk` with a connection to a server that talks by `http`, and keeps those that rest for `keep_alive` s."""

    async def main() -> None:
        config = uvicorn.Config(answer, http=http, ws="none", log_level="critical", timeout_keep_alive=keep_alive)
        server = uvicorn.Server(config)
        with socket.create_server(("127.0.0.1", 0)) as bound:
            task = asyncio.create_task(server.serve(sockets=[bound]))
            reader, writer = await asyncio.open_connection(*bound.getsockname())
            try:
                await asyncio.wait_for(talk(reader, writer), PATIENCE)
            finally:
                writer.close()
                server.should_exit = True
                await task

    asyncio.run(main())


def test_a_head_that_does_not_arrive_closes_the_connection() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in (b"GET / HTTP/1.1\r\n", b"Host: a\r\nX: "):
            writer.write(piece)
            await asyncio.sleep(0.05)
        with contextlib.suppress(ConnectionResetError):  # the second piece may come when it is closed already
            assert await reader.read() == b""

    with_server(talk, http=Impatient)


def test_a_connection_that_says_nothing_is_closed() -> None:
    async def talk(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        assert await reader.read() == b""

    with_server(talk, http=Impatient)


def test_a_head_without_end_is_refused() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5000)
        assert (await reader.read()).startswith(b"HTTP/1.1 400 ")

    with_server(talk)


def test_a_connection_with_time_between_its_requests_is_kept() -> None:
    class Resting(Small):
        """Has no time for a head that begins while it should rest."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(3):
            Resting.head_time = Small.head_time
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200 ")
            assert await reader.readexactly(4) == b"here"
            Resting.head_time = 0.05
            await asyncio.sleep(0.2)

    with_server(talk, http=Resting)


def test_fields_of_a_head_are_refused_when_they_are_too_large_and_a_long_address_is_not() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"GET /?" + b"a" * 5000 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
        assert (await reader.readuntil(b"here")).startswith(b"HTTP/1.1 200 ")
        writer.write(b"GET /?" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 414 ")
        await reader.readuntil(b"}")
        for pieces in ((b"a" * 2000,), (b"a" * 600, b"a" * 600)):
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nAccept: ")
            for piece in pieces:
                writer.write(piece)
                await asyncio.sleep(0.02)
            writer.write(b"\r\n\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 431 ")
            await reader.readuntil(b"}")

    with_server(talk)


def test_one_connection_too_many_is_told_so_and_closed() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        where = writer.get_extra_info("peername")
        second = (await asyncio.open_connection(*where))[1]
        third_reader, third = await asyncio.open_connection(*where)
        assert (await third_reader.read()).startswith(b"HTTP/1.1 503 ")
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert (await reader.readuntil(b"here")).startswith(b"HTTP/1.1 200 ")
        second.close()
        third.close()

    with_server(talk)


def test_a_client_that_takes_nothing_of_its_answer_loses_the_connection() -> None:
    large = PlainTextResponse(b"x" * (64 << 20))
    lost = asyncio.Event()

    class Stalling(Small):
        pace = Pace(stall_time=0.3)

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            lost.set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.pause_reading()
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await lost.wait()
        writer.transport.resume_reading()
        with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
            await reader.readexactly(64 << 20)

    with_server(talk, large, http=Stalling)


def test_a_client_that_takes_its_answer_slowly_gets_it_whole() -> None:
    large = PlainTextResponse(b"x" * (24 << 20))

    class Watchful(Small):
        pace = Pace(stall_time=3.0)  # less than the whole takes, and far more than a piece of it

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        for _ in range(12):
            await reader.readexactly(2 << 20)
            await asyncio.sleep(0.3)

    with_server(talk, large, http=Watchful)


def test_the_limit_on_open_files_leaves_room_beside_the_connections() -> None:
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (256, 1000))\n"
        "from asckg_api.share import room_for_connections\n"
        "print(room_for_connections(), resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert said == ["436", "1000"]


def test_a_connection_is_closed_when_it_rested_for_as_long_as_it_is_kept() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for pause in (1.2, 1.2, 1.2, 0.0):
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            assert (await reader.readuntil(b"here")).startswith(b"HTTP/1.1 200 ")
            await asyncio.sleep(pause)
        assert await reader.read() == b""

    with_server(talk, http=Connection, keep_alive=3)


def test_a_connection_is_not_closed_for_resting_while_a_head_arrives() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await reader.readuntil(b"here")
        writer.write(b"GET / HTTP/1.1\r\n")
        await asyncio.sleep(2.5)
        writer.write(b"Host: a\r\n\r\n")
        assert (await reader.readuntil(b"here")).startswith(b"HTTP/1.1 200 ")

    with_server(talk, http=Connection, keep_alive=2)


class Shared(Connection):
    shares = Shares(1000, 2)


def test_one_client_has_its_share_of_the_connections_and_no_more_until_it_closes_one() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        where = writer.get_extra_info("peername")
        second_reader, second = await asyncio.open_connection(*where)
        third_reader, third = await asyncio.open_connection(*where)
        assert (await third_reader.read()).startswith(b"HTTP/1.1 429 ")
        third.close()
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert (await reader.readuntil(b"here")).startswith(b"HTTP/1.1 200 ")
        second.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert (await second_reader.read()).startswith(b"HTTP/1.1 200 ")
        second.close()
        while not await has_a_place(*where):  # noqa: ASYNC110  the server hears of the close in its own time
            await asyncio.sleep(0.01)

    with_server(talk, http=Shared)


async def has_a_place(host: str, port: int) -> bool:
    """Return whether another connection is answered."""
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    try:
        return (await reader.readuntil(b"\r\n")).split()[1] == b"200"
    except (ConnectionError, asyncio.IncompleteReadError):  # it was refused before it had asked
        return False
    finally:
        writer.close()


def test_connections_of_a_trusted_proxy_are_counted_for_the_clients_that_it_names(tmp_path: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) != STR(?f)) }"
    home = make_home(tmp_path, small_graph())
    with serving(home, connections=2, timeout=60.0) as server, contextlib.ExitStack() as lines:
        for number in range(2):
            line = lines.enter_context(connected(server))
            line.sendall(get("/sparql?query=" + quote(f"{query} # {number}"), "192.0.2.1"))
        wait_for(server, 'asckg_running_queries{lane="quick"} 2.0')
        for client, status in (("192.0.2.1", b"429"), ("192.0.2.7", b"200")):
            with connected(server) as line, line.makefile("rb") as said:
                line.sendall(get("/health/live", client))
                assert said.readline().split()[1] == status


def connected(server: Server) -> socket.socket:
    parts = urlsplit(server.url)
    return socket.create_connection((parts.hostname, parts.port), timeout=60)


def get(path: str, client: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: {client}\r\nConnection: close\r\n\r\n".encode()


def wait_for(server: Server, line: str) -> None:
    end = time.monotonic() + 60
    headers = {"X-Forwarded-For": "192.0.2.9"}
    while line not in server.client.get("/metrics", headers=headers).text:
        assert time.monotonic() < end, f"{line} never came"
        time.sleep(0.02)


class Demanding(Connection):
    pace = Pace(least_rate=1 << 50, taking_time=0.2, stall_time=0.2)


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Send a body in pieces, each as soon as the client took the ones before."""
    await StreamingResponse(b"x" * (256 << 10) for _ in range(PIECES))(scope, receive, send)


PIECES = 256
WHOLE = PlainTextResponse(b"x" * (PIECES << 18))


async def take_slowly(reader: asyncio.StreamReader) -> None:
    for _ in range(PIECES):
        await reader.readexactly(256 << 10)
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("answer", [WHOLE, stream], ids=["whole", "in pieces"])
def test_a_client_that_takes_its_answer_too_slowly_loses_the_connection(answer: ASGIApp) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
            await take_slowly(reader)

    with_server(talk, answer, http=Demanding)


def test_clients_of_one_network_of_ipv6_are_one() -> None:
    shares = Shares(10, 1)
    assert shares.take("2001:db8::1")
    assert not shares.take("2001:db8::ffff")
    assert shares.take("2001:db8:0:1::1")
    assert shares.take("192.0.2.1")
    assert not shares.take("::ffff:192.0.2.1")
