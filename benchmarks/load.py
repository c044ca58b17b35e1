"""A small HTTP/1.1 client that asks many times over several connections and costs little itself."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

JSON = "application/sparql-results+json"


@dataclass
class Run:
    """What a run of requests gave: seconds for all, and for each its seconds, status and size."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """Return the latency below which `share` of the requests stayed."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def request(url: str, query: str | None = None, headers: str = "") -> bytes:
    """Return the bytes of a GET, of a SPARQL query where there is one."""
    parts = urlsplit(url)
    path = parts.path if query is None else f"{parts.path}?query={quote(query)}"
    return f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: {JSON}\r\n{headers}\r\n".encode()


async def _read(reader: asyncio.StreamReader) -> tuple[int, int]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    lower = head.lower()
    if b"content-length:" in lower:
        size = int(lower.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        await reader.readexactly(size)
        return status, size
    size = 0
    if b"transfer-encoding: chunked" in lower:
        while True:
            length = int(await reader.readline(), 16)
            await reader.readexactly(length + 2)
            size += length
            if length == 0:
                break
    return status, size


async def ask_all(url: str, requests: Sequence[bytes], connections: int) -> Run:
    """Send `requests`, each connection taking the next that is left, and return what came back."""
    parts = urlsplit(url)
    run = Run()
    left = iter(requests)

    async def work() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 22)
        for one in left:
            began = time.perf_counter()
            writer.write(one)
            status, size = await _read(reader)
            run.latencies.append(time.perf_counter() - began)
            run.statuses.append(status)
            run.sizes.append(size)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(connections)))
    run.seconds = time.perf_counter() - began
    return run


def measure(url: str, requests: Sequence[bytes], connections: int = 16) -> Run:
    """Return what `requests` over `connections` gave."""
    return asyncio.run(ask_all(url, requests, connections))
