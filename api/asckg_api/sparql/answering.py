"""Send the answer to a request: from the cache, as 304, or from a worker, compressed where the client can take it."""

import asyncio
import hashlib
import os
import re
from pathlib import Path
from typing import BinaryIO

from starlette.types import Receive, Scope, Send

from asckg.engine.pool import Kind, Reply, Request
from asckg.engine.pool.format import FORMATS
from asckg_api.sparql.cache import WORTH_IT, Answer, compress, compressor_of
from asckg_api.sparql.flight import Flight
from asckg_api.sparql.message import Headers, header, send_whole
from asckg_api.sparql.negotiation import choose_encoding
from asckg_api.sparql.report import from_reply
from asckg_api.sparql.serving import Serving

CHUNK = 256 * 1024
IN_PLACE = 128 * 1024  # bytes up to which compressing does not hold up others
_CHANGING = re.compile(r"\b(now|rand|uuid|struuid|bnode)\b\s*\(", re.IGNORECASE)
_CONTENT_TYPES = {code: one.content_type.encode() for code, one in FORMATS.items()}
ANY = b"*"  # in `If-None-Match`: there is an answer at all, which is known once it is there
ALWAYS: Headers = [(b"vary", b"Accept, Accept-Encoding"), (b"cache-control", b"no-cache")]


class Answerer:
    """Answers requests of users; the same request on the same data is computed once as long as there is room."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving

    async def answer(
        self, scope: Scope, receive: Receive, send: Send, request: Request, seconds: float | None = None
    ) -> None:
        """Send the answer to `request`, or raise RefusalError."""
        version = self.serving.pool.version
        etag = entity_tag(version, request)
        # By the tag alone, without W/: a proxy may have made it a strong one or a weak one (RFC 9110, section 13.1.2).
        if etag and etag[2:] in _seen_before(scope):
            await self._send_unchanged(etag, scope, send)
            return
        answer = self.serving.cache.get(etag) if etag else None
        flights = self.serving.flights if seconds is None else {}  # nobody else is to meet this client's time limit
        if answer is None and etag in flights:
            answer = await flights[etag].share()
        if answer is None:
            with Flight(flights, etag, version) as flight:
                reply = await self.serving.ask(scope, receive, request, seconds)
                self.take(flight, reply, header(scope, b"accept"))
            await self.finish(flight, reply, scope, receive, send)
        else:
            await self.send(answer, scope, receive, send)

    def take(self, flight: Flight, reply: Reply, accept: str) -> None:
        """Keep the answer that `reply` brings to `flight`, unless it is large; raise RefusalError for another reply."""
        if reply.kind not in (Kind.RESULT, Kind.SPOOLED):
            raise from_reply(reply, accept, self.serving.pool.limits.result)
        if flight.version != self.serving.pool.version:
            flight.etag = b""  # the answer may be of either data
        if reply.kind is Kind.RESULT or int(reply.payload.split(b" ", 1)[0]) <= self.serving.cache.largest:
            flight.answer = Answer(_CONTENT_TYPES[reply.code], _body(reply), flight.etag)
            if flight.etag:
                self.serving.cache.put(flight.etag, flight.answer)

    async def finish(self, flight: Flight, reply: Reply, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer of a flight that landed."""
        if flight.answer is not None:
            await self.send(flight.answer, scope, receive, send)
        else:
            await self._stream(scope, send, reply, flight.etag)

    async def send(self, answer: Answer, scope: Scope, _receive: Receive, send: Send) -> None:
        seen = _seen_before(scope)
        if seen == ANY or (answer.etag and answer.etag[2:] in seen):
            await self._send_unchanged(answer.etag, scope, send)
            return
        headers: Headers = [(b"content-type", answer.content_type), *ALWAYS, *self.serving.open_headers(scope)]
        if answer.etag:
            headers.append((b"etag", answer.etag))
        body = answer.body
        encoding = choose_encoding(header(scope, b"accept-encoding")) if len(body) >= WORTH_IT else ""
        if encoding:
            body = answer.encoded.get(encoding) or await self._compressed(answer, encoding)
            headers.append((b"content-encoding", encoding.encode()))
        await send_whole(scope, send, 200, headers, body)

    async def _send_unchanged(self, etag: bytes, scope: Scope, send: Send) -> None:
        tag = [(b"etag", etag)] if etag else []
        headers = [*tag, *ALWAYS, *self.serving.open_headers(scope)]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _compressed(self, answer: Answer, encoding: str) -> bytes:
        if len(answer.body) <= IN_PLACE:
            body = compress(answer.body, encoding)
        else:
            body = await asyncio.to_thread(compress, answer.body, encoding)
        if answer.etag:
            answer.encoded[encoding] = body
            self.serving.cache.put(answer.etag, answer)
        return body

    async def _stream(self, scope: Scope, send: Send, reply: Reply, etag: bytes) -> None:
        """Send a large answer from its file, piece by piece as the client takes it."""
        size, name = reply.payload.split(b" ", 1)
        # Blocking calls: the file was just written and is in the page cache.
        with _take(name) as file, self.serving.holding(int(size)):
            if _seen_before(scope) == ANY:
                await self._send_unchanged(etag, scope, send)
                return
            headers: Headers = [(b"content-type", _CONTENT_TYPES[reply.code]), *ALWAYS]
            headers += [*self.serving.open_headers(scope)]
            if etag:
                headers.append((b"etag", etag))
            encoding = choose_encoding(header(scope, b"accept-encoding")) if scope.get("http_version") != "1.0" else ""
            headers.append((b"content-encoding", encoding.encode()) if encoding else (b"content-length", size))
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            if scope["method"] != "HEAD":
                compressor = compressor_of(encoding)
                while chunk := file.read(CHUNK):
                    if encoding:
                        chunk = await asyncio.to_thread(compressor.compress, chunk)
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
                await send({"type": "http.response.body", "body": compressor.flush(), "more_body": True})
            await send({"type": "http.response.body", "body": b""})


def _seen_before(scope: Scope) -> bytes:
    """Return what a client that reads says to have already: tags, or that any answer there is will do; else nothing."""
    return b"" if scope["method"] == "POST" else header(scope, b"if-none-match").encode("latin-1").strip()


def _changes(request: Request) -> bool:
    """Return whether the answer may differ from one time to the next on the same data."""
    if "(" in request.text and _CHANGING.search(request.text):
        return True
    return bool(request.services) and "service" in request.text.lower()


def entity_tag(version: str, request: Request) -> bytes:
    """Return the `ETag` of an answer, the same for the same request on the same data; empty where answers vary."""
    if _changes(request):
        return b""
    op, text, rows, graphs, base, default, named, *_, graph, _ = request
    parts = f"{version} {op} {rows} {graphs} {base!r} {default} {named} {graph!r} {text}"
    digest = hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=12)
    return b'W/"%b"' % digest.hexdigest().encode()


def _body(reply: Reply) -> bytes:
    if reply.kind is Kind.RESULT:
        return reply.payload
    with _take(reply.payload.split(b" ", 1)[1]) as file:
        return file.read()


def _take(name: bytes) -> BinaryIO:
    """Return the open file of an answer, whose name is gone from the folder: it lasts as long as it is read."""
    path = Path(os.fsdecode(name))
    file = path.open("rb")
    path.unlink()
    return file
