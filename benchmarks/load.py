"""A small HTTP/1.1 client that asks many times over several connections and costs little itself."""

import asyncio
import re
import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

JSON = "application/sparql-results+json"
_PIECE = 1 << 18
_IN_CHUNKS = -1
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


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
    """Return what `requests` over `connections` gave, each connection taking the next that is left.

    It asks by plain sockets: an event loop's streams cost more than a small answer does in the server, which would be
    held to their pace.
    """
    parts = urlsplit(url)
    run = Run()
    left = iter(requests)
    lines: dict[int, _Line] = {}
    with select.epoll() as poll:
        began = time.perf_counter()
        for request, _ in zip(left, range(connections), strict=False):
            line = _Line(socket.create_connection((parts.hostname, parts.port)))
            lines[line.socket.fileno()] = line
            poll.register(line.socket, select.EPOLLIN)
            line.ask(request)
        while lines:
            for descriptor, _ in poll.poll():
                line = lines[descriptor]
                if not line.read():
                    continue
                run.latencies.append(time.perf_counter() - line.began)
                run.statuses.append(line.status)
                run.sizes.append(line.size)
                following = next(left, None)
                if following is None:
                    poll.unregister(descriptor)
                    lines.pop(descriptor).socket.close()
                else:
                    line.ask(following)
        run.seconds = time.perf_counter() - began
    return run


class _Line:
    """One connection, on which one answer is awaited at a time."""

    def __init__(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = connection
        self.began = 0.0
        self.status = self.size = 0
        self._head = b""
        self._left = 0  # bytes of the body that are to come

    def ask(self, request: bytes) -> None:
        """Send a request."""
        self._head, self._left = b"", 0
        self.began = time.perf_counter()
        self.socket.sendall(request)

    def read(self) -> bool:
        """Take what came; return whether that was the end of the answer."""
        piece = self.socket.recv(_PIECE)
        if not piece:
            raise SystemExit("the server hung up before it had answered")
        if self._left > 0:
            self._left -= len(piece)
            return not self._left
        self._head += piece
        if self._left == _IN_CHUNKS:
            return self._take_chunks()
        end = self._head.find(b"\r\n\r\n") + 4
        if end < 4:
            return False
        self.status = int(self._head[9:12])
        found = _LENGTH.search(self._head, 0, end)
        if found is None and b"chunked" in self._head[:end].lower():
            self._head, self._left, self.size = self._head[end:], _IN_CHUNKS, 0
            return self._take_chunks()
        self.size = int(found[1]) if found else 0
        self._left = self.size - (len(self._head) - end)
        return not self._left

    def _take_chunks(self) -> bool:
        """Count the whole chunks that came; return whether the last of them did."""
        start = 0
        while (end := self._head.find(b"\r\n", start)) > 0:
            size = int(self._head[start:end], 16)
            following = end + 2 + size + 2
            if following > len(self._head):
                break
            start = following
            self.size += size
            if not size:
                self._left = 0
                return True
        self._head = self._head[start:]
        return False
