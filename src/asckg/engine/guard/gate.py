"""The only way from a worker to other endpoints: the server asks the listed ones for it, and no others."""

import asyncio
import contextlib
import secrets
import socket
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import httpx

from asckg.engine.guard.address import AddressError, check_listed, resolve

_ACCEPT = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_LARGEST_QUERY = 1 << 20


class Gate:
    """Listens on loopback for workers whose queries name a listed endpoint; `services` tells them where.

    Redirects are not followed; the name is resolved once for each request, and the connection goes to the address
    that was checked, so that a second look-up cannot lead elsewhere.
    """

    def __init__(self, endpoints: Sequence[str], timeout: float, largest: int) -> None:
        self.endpoints = [check_listed(one) for one in endpoints]
        self.timeout = timeout
        self.largest = largest
        self.services: tuple[tuple[str, str], ...] = ()
        self._secret = secrets.token_urlsafe(16)
        self.port = 0
        self._servers: list[asyncio.Server] = []
        self._client = httpx.AsyncClient(follow_redirects=False, timeout=timeout, trust_env=False)

    async def start(self) -> None:
        """Begin to listen."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_LARGEST_QUERY)
        self._servers.append(server)
        self.port = server.sockets[0].getsockname()[1]
        base = f"http://127.0.0.1:{self.port}/{self._secret}"
        self.services = tuple((url, f"{base}/{number}") for number, url in enumerate(self.endpoints))

    async def listen(self, door: socket.socket) -> Callable[[], None]:
        """Listen at `door` too, and return what ends that; in another network the same port leads here."""
        server = await asyncio.start_server(self._serve, sock=door, limit=_LARGEST_QUERY)
        self._servers.append(server)
        return server.close

    async def close(self) -> None:
        """Stop listening."""
        for server in self._servers:
            server.close()
        await self._client.aclose()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            status, content_type, body = await self._answer(reader)
            head = f"HTTP/1.1 {status} .\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n"
            writer.write(head.encode() + b"Connection: close\r\n\r\n" + body)
            await writer.drain()
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, str, bytes]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *fields = head.split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (field.partition(":") for field in fields)}
        endpoint = self._endpoint(line)
        size = int(headers.get("content-length", "0") or 0)
        if endpoint is None or not 0 < size <= _LARGEST_QUERY:
            return 404, "text/plain", b"no such endpoint"
        query = await reader.readexactly(size)
        try:
            return await self._ask(endpoint, query, headers.get("content-type", "application/sparql-query"))
        except (httpx.HTTPError, AddressError, TimeoutError) as error:
            return 502, "text/plain", str(error).encode()

    def _endpoint(self, line: str) -> str | None:
        _, _, path = line.partition(" ")
        secret, _, number = path.partition(" ")[0].strip("/").partition("/")
        if (
            not secrets.compare_digest(secret, self._secret)
            or not number.isdigit()
            or int(number) >= len(self.endpoints)
        ):
            return None
        return self.endpoints[int(number)]

    async def _ask(self, endpoint: str, query: bytes, content_type: str) -> tuple[int, str, bytes]:
        parts = urlsplit(endpoint)
        host, port = str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80)
        async with asyncio.timeout(self.timeout):
            address = await resolve(host, port)
            target = httpx.URL(endpoint).copy_with(host=address, port=port)
            headers = {"Host": parts.netloc, "Accept": _ACCEPT, "Content-Type": content_type}
            request = self._client.build_request(
                "POST", target, content=query, headers=headers, extensions={"sni_hostname": host}
            )
            response = await self._client.send(request, stream=True)
            try:
                if response.status_code != httpx.codes.OK:
                    return 502, "text/plain", f"{endpoint} answered with status {response.status_code}".encode()
                body = bytearray()
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > self.largest:
                        return 502, "text/plain", f"{endpoint} sent more than {self.largest} bytes".encode()
                return 200, response.headers.get("content-type", "application/sparql-results+json"), bytes(body)
            finally:
                await response.aclose()
