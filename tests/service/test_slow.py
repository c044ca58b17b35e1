"""Clients that are slow on purpose, and very many at once."""

import asyncio
import contextlib
import socket
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from service_case import Server, make_home, misses, serving, small_graph
from waiting import until

CONNECTIONS, EACH = 200, 50


def request(server: Server, query: str) -> bytes:
    host = urlsplit(server.url).netloc
    head = (
        f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: {host}\r\nAccept: application/sparql-results+json\r\n\r\n"
    )
    return head.encode()


def connect(server: Server) -> socket.socket:
    parts = urlsplit(server.url)
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect((parts.hostname, parts.port))
    return connection


def idle(server: Server) -> bool:
    text = server.client.get("/metrics").text
    nothing = (
        "asckg_queue_length 0.0",
        *(f'asckg_running_queries{{lane="{lane}"}} 0.0' for lane in ("quick", "heavy")),
    )
    return all(one in text for one in nothing)


def resident(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="memory is read in /proc")
def test_clients_that_do_not_read_hold_no_worker_and_little_memory(tmp_path: Path) -> None:
    with serving(make_home(tmp_path, small_graph()), timeout=60.0, cache=0) as server, contextlib.ExitStack() as stack:
        server.query("SELECT * { ?a ?p ?o . ?b ?p ?q } LIMIT 30000")
        before = resident(server.process.pid)
        asked = misses(server)
        for number in range(20):
            connection = stack.enter_context(connect(server))
            # Each answer has about 5 MB.
            connection.sendall(request(server, f"SELECT * {{ ?a ?p ?o . ?b ?p ?q }} LIMIT {30_000 + number}"))
        until(lambda: misses(server) >= asked + 20, "the last of the requests")
        until(lambda: idle(server), "an end of the work")
        assert server.query("ASK { ?s ?p ?o }").json()["boolean"] is True
        assert resident(server.process.pid) < before + 40 * 1024


def test_answers_that_nobody_takes_do_not_fill_the_disk(tmp_path: Path) -> None:
    # On a busy machine the answers take longer than a client may take nothing: the first would be gone before the last.
    settings = {"timeout": 60.0, "cache": 0, "result": 8 << 20, "stall_time": 600.0}
    with serving(make_home(tmp_path, small_graph()), **settings) as server:
        large = "SELECT * { ?a ?p ?o . ?b ?p ?q } LIMIT "
        with contextlib.ExitStack() as stack:
            for number in range(24):
                stack.enter_context(connect(server)).sendall(request(server, large + str(30_000 + number)))
            until(lambda: "too many large answers" in server.query(large + "30100").text, "a refusal")
            refused = server.query(large + "30100")
            assert refused.status_code == 503
            assert refused.headers.get("retry-after"), refused.text
            assert server.query("ASK { ?s ?p ?o }").status_code == 200
        until(lambda: server.query(large + "30100").status_code == 200, "room for a large answer")


async def flood(server: Server) -> Counter[int]:
    """Send all requests before the first answer is read, and return how many there were of each status."""
    parts = urlsplit(server.url)
    statuses: Counter[int] = Counter()

    async def work(number: int) -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        for one in range(EACH):
            runaway = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) != STR(?f))"
            pattern = runaway if one == number % EACH and number % 10 == 0 else "<http://example.org/s1> ?p ?o"
            writer.write(request(server, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }} # {number} {one}"))
        for _ in range(EACH):
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
            statuses[int(head[9:12])] += 1
        writer.close()

    await asyncio.gather(*(work(number) for number in range(CONNECTIONS)))
    return statuses


@pytest.mark.soak
def test_ten_thousand_requests_at_once_are_answered_or_refused_and_then_over(tmp_path: Path) -> None:
    with serving(make_home(tmp_path, small_graph()), timeout=2.0, queue=100, per_client=10_000) as server:
        began = time.monotonic()
        statuses = asyncio.run(flood(server))
        print(f"\n{statuses} in {time.monotonic() - began:.1f} s")
        assert statuses.total() == CONNECTIONS * EACH
        assert set(statuses) <= {200, 503, 504}
        assert statuses[200] > 0
        assert server.query("ASK { ?s ?p ?o }").json()["boolean"] is True
        until(lambda: idle(server), "an end of the work")
