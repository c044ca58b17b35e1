"""`/.well-known/void`: what the data set is, from the catalogue that the build made."""

import asyncio
from collections.abc import Callable

from starlette.types import Receive, Scope, Send

from asckg.corpus import CATALOGUE
from asckg.engine import Engine
from asckg.engine.pool import Request
from asckg_api.sparql.answering import Answerer, entity_tag
from asckg_api.sparql.cache import Answer
from asckg_api.sparql.cross_origin import READING, answered_by_method
from asckg_api.sparql.message import RefusalError, header
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
        self._answer = Answer(b"", b"", b"")  # with the project's prefixes, written once per build

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if await answered_by_method(scope, send, self.serving.settings.cors_origins, READING):
            return
        accept = header(scope, b"accept")
        chosen = choose(accept)[1] or (choose("")[1] if "text/html" in accept else None)
        if chosen is None:
            raise RefusalError(406, f"the description is available as RDF only, not as {accept}")
        engine = self.engine()
        if chosen.media_type == TURTLE and engine is not None:
            etag = entity_tag(engine.version, Request("query", _DATA, graph_format=chosen.code, base=TURTLE))
            if self._answer.etag != etag:
                turtle = await asyncio.to_thread(written, engine, _DATA, TURTLE)
                self._answer = Answer(chosen.content_type.encode(), turtle, etag)
            await self.answerer.send(self._answer, scope, receive, send)
            return
        await self.answerer.answer(scope, receive, send, Request("query", _DATA, graph_format=chosen.code))
