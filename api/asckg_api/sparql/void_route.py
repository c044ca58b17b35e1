"""`/.well-known/void`: what the data set is, from the catalogue that the build made."""

import asyncio
from collections.abc import Callable

from starlette.types import Receive, Scope, Send

from asckg.corpus import CATALOGUE
from asckg.engine import Engine
from asckg.engine.pool import Request
from asckg_api.sparql.answering import Answerer
from asckg_api.sparql.message import RefusalError, header, send_whole
from asckg_api.sparql.negotiation import choose
from asckg_api.sparql.serving import Serving
from asckg_api.view.turtle import TURTLE, written

_EXECUTABLE = "http://www.w3.org/ns/shacl#SPARQLExecutable"
_DATA = (
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{CATALOGUE}> "
    f"{{ ?s ?p ?o FILTER NOT EXISTS {{ ?s a <{_EXECUTABLE}> }} }} }}"
)


class VoidRoute:
    """Sends the description of the data set in the RDF format that the client prefers."""

    def __init__(self, serving: Serving, engine: Callable[[], Engine | None]) -> None:
        self.serving = serving
        self.answerer = Answerer(serving)
        self.engine = engine
        self._turtle: tuple[str, bytes] = ("", b"")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            raise RefusalError(405, "the description is read by GET", {"Allow": "GET, HEAD"})
        accept = header(scope, b"accept")
        chosen = choose(accept)[1] or (choose("")[1] if "text/html" in accept else None)
        if chosen is None:
            raise RefusalError(406, f"the description is available as RDF only, not as {accept}")
        engine = self.engine()
        if chosen.media_type == TURTLE and engine is not None:
            headers = [(b"content-type", chosen.content_type.encode()), (b"vary", b"Accept")]
            headers += self.serving.open_headers(scope)
            await send_whole(scope, send, 200, headers, await asyncio.to_thread(self._as_turtle, engine))
            return
        await self.answerer.answer(scope, receive, send, Request("query", _DATA, graph_format=chosen.code))

    def _as_turtle(self, engine: Engine) -> bytes:
        """Return the description with the project's prefixes, written once per build."""
        if self._turtle[0] != engine.version:
            self._turtle = (engine.version, written(engine, _DATA, TURTLE))
        return self._turtle[1]
