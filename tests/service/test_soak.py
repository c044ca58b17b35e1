"""A long run: memory, descriptors, processes and files of the server stay level over 100,000 requests."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import pytest

from asckg.engine.pool import SPOOL, Limits
from service_case import make_home, serving, small_graph

REQUESTS = 100_000
CONNECTIONS = 8
HEAD = "GET {path}?query={query} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\n\r\n"
ACCEPTED = ("application/sparql-results+json", "text/csv", "text/html;q=0.1, application/sparql-results+xml")


class Use(NamedTuple):
    """What a server and all processes below it use: KiB, numbers."""

    server_memory: int
    all_memory: int
    descriptors: int
    processes: int


def family(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [process, *(below for child in children for below in family(int(child)))]


def memory(process: int, field: str) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))


def used(process: int) -> Use:
    every = family(process)
    total = sum(memory(one, "Pss:") for one in every)
    return Use(memory(process, "Rss:"), total, len(list(Path(f"/proc/{process}/fd").iterdir())), len(every))


def request(url: str, number: int) -> bytes:
    """Return a request unlike all others: look-ups, every hundredth wrong, every thousandth large."""
    text = f"SELECT * {{ <http://example.org/s{number % 400}> ?p ?o }} # {number}"
    if number % 100 == 0:
        text = "SELECT *"
    elif number % 1000 == 1:
        text = f"SELECT * {{ ?a ?p ?o . ?b ?p ?q }} LIMIT {10_000 + number % 7}"
    parts = urlsplit(url)
    accept = ACCEPTED[number % len(ACCEPTED)]
    return HEAD.format(path=parts.path, query=quote(text), host=parts.netloc, accept=accept).encode()


async def ask(url: str, numbers: range) -> Counter[int]:
    parts = urlsplit(url)
    left = iter(numbers)
    statuses: Counter[int] = Counter()

    async def work() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        for number in left:
            writer.write(request(url, number))
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
            statuses[int(head[9:12])] += 1
        writer.close()

    await asyncio.gather(*(work() for _ in range(CONNECTIONS)))
    return statuses


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="memory is read in /proc")
def test_nothing_grows_over_a_hundred_thousand_requests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with serving(make_home(tmp_path, small_graph()), cache=1 << 20) as server:
        url, process = f"{server.url}/sparql", server.process.pid
        asyncio.run(ask(url, range(REQUESTS, REQUESTS + REQUESTS // 10)))
        before = used(process)
        statuses = asyncio.run(ask(url, range(REQUESTS)))
        after = used(process)
        files = [path.name for path in temporary.glob(f"{SPOOL}*/[!.]*")]
        print(f"\n{statuses}\nbefore {before}\nafter  {after}")
    assert statuses == {200: REQUESTS - REQUESTS // 100, 400: REQUESTS // 100}
    limits = Limits()
    most = limits.workers + limits.reserved + limits.heavy + limits.spare  # workers, idle ones among them
    assert after.server_memory <= before.server_memory + 8 * 1024
    assert after.all_memory <= before.all_memory + 32 * 1024
    assert after.descriptors <= before.descriptors + 8
    assert after.processes <= 2 + most
    assert files == []
