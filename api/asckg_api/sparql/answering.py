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
from asckg_api.sparql.cache import WORTH_IT, Answer, compress
from asckg_api.sparql.message import Headers, RefusalError, header, send_whole
from asckg_api.sparql.negotiation import choose_encoding
from asckg_api.sparql.report import from_reply
from asckg_api.sparql.serving import Serving

CHUNK = 256 * 1024
IN_PLACE = 128 * 1024  # bytes up to which compressing does not hold up others
_CHANGING = re.compile(r"\b(now|rand|uuid|struuid|bnode)\b\s*\(", re.IGNORECASE)
_ALWAYS: Headers = [(b"vary", b"Accept, Accept-Encoding"), (b"cache-control", b"no-cache")]


class Answerer:
    """Answers requests of users; the same request on the same data is computed once as long as there is room."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving

    async def answer(
        self, scope: Scope, receive: Receive, send: Send, request: Request, seconds: float | None = None
    ) -> None:
        """Send the answer to `request`, or raise RefusalError."""
        version = self.serving.pool.version
        etag = b"" if _changes(request) else entity_tag(version, request)
        if etag and scope["method"] != "POST" and etag in header(scope, b"if-none-match").encode("latin-1"):
            headers = [(b"etag", etag), *_ALWAYS, *self.serving.open_headers(scope)]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        answer = self.serving.cache.get(etag) if etag else None
        if answer is None and etag in self.serving.flights:
            answer = await self._share(etag)
        if answer is None:
            answer = await self._fly(scope, receive, send, request, seconds, etag)
        if answer is not None:
            await self._send(scope, send, answer)

    async def _share(self, etag: bytes) -> Answer | None:
        """Return the answer of the same query that runs already, None where that came to nothing."""
        return await asyncio.shield(self.serving.flights[etag])

    async def _fly(
        self, scope: Scope, receive: Receive, send: Send, request: Request, seconds: float | None, etag: bytes
    ) -> Answer | None:
        """Return the answer from a worker, for all who ask the same meanwhile; None when it was large and is sent."""
        version = self.serving.pool.version
        landed: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        if etag:
            self.serving.flights[etag] = landed
        answer = None
        try:
            reply = await self._compute(scope, receive, request, seconds)
            kept = etag if version == self.serving.pool.version else b""  # else the answer may be of either data
            if reply.kind is Kind.RESULT or int(reply.payload.split(b" ", 1)[0]) <= self.serving.cache.largest:
                answer = Answer(FORMATS[reply.code].content_type.encode(), _body(reply), kept)
                if kept:
                    self.serving.cache.put(kept, answer)
        except RefusalError as refusal:
            landed.set_exception(refusal)
            landed.exception()  # there may be nobody to take it
            raise
        finally:
            if self.serving.flights.get(etag) is landed:
                del self.serving.flights[etag]
            if not landed.done():
                landed.set_result(answer)
        if answer is None:
            await self._stream(scope, send, reply, kept)
        return answer

    async def _compute(self, scope: Scope, receive: Receive, request: Request, seconds: float | None) -> Reply:
        reply = await self.serving.ask(scope, receive, request, seconds)
        if reply.kind not in (Kind.RESULT, Kind.SPOOLED):
            raise from_reply(reply, header(scope, b"accept"), self.serving.pool.limits.result)
        return reply

    async def _send(self, scope: Scope, send: Send, answer: Answer) -> None:
        headers: Headers = [(b"content-type", answer.content_type), *_ALWAYS, *self.serving.open_headers(scope)]
        if answer.etag:
            headers.append((b"etag", answer.etag))
        body = answer.body
        encoding = choose_encoding(header(scope, b"accept-encoding")) if len(body) >= WORTH_IT else ""
        if encoding:
            body = answer.encoded.get(encoding) or await self._compressed(answer, encoding)
            headers.append((b"content-encoding", encoding.encode()))
        await send_whole(scope, send, 200, headers, body)

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
        with _take(name) as file:
            headers: Headers = [(b"content-type", FORMATS[reply.code].content_type.encode()), *_ALWAYS]
            headers += [(b"content-length", size), *self.serving.open_headers(scope)]
            if etag:
                headers.append((b"etag", etag))
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            if scope["method"] != "HEAD":
                while chunk := file.read(CHUNK):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})


def _changes(request: Request) -> bool:
    """Return whether the answer may differ from one time to the next on the same data."""
    if "(" in request.text and _CHANGING.search(request.text):
        return True
    return bool(request.services) and "service" in request.text.lower()


def entity_tag(version: str, request: Request) -> bytes:
    """Return the `ETag` of an answer: the same for the same request on the same data, in any encoding."""
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
