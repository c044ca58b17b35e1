"""`/graphs`: the SPARQL 1.1 Graph Store HTTP Protocol, graphs named directly and by parameter."""

import json
import uuid
from collections.abc import Sequence

from pyoxigraph import NamedNode
from starlette.types import Receive, Scope, Send

from asckg.engine.pool import Request
from asckg.engine.pool.format import graph_format
from asckg_api.sparql.answering import Answerer
from asckg_api.sparql.condition import existence, unchanged
from asckg_api.sparql.cross_origin import answered_by_method
from asckg_api.sparql.leave import require_leave
from asckg_api.sparql.message import (
    Headers,
    RefusalError,
    base_url,
    content_type,
    header,
    one,
    parse_pairs,
    read_body,
)
from asckg_api.sparql.negotiation import choose
from asckg_api.sparql.part import Part, read_parts
from asckg_api.sparql.serving import Serving
from asckg_api.sparql.update_route import send_written, write

METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
PATH = "/graphs"


class GraphRoute:
    """Reads and writes whole graphs."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving
        self.answerer = Answerer(serving)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if await answered_by_method(scope, send, self.serving.settings.cors_origins, METHODS):
            return
        if scope["method"] in ("GET", "HEAD"):
            await self._read(scope, receive, send)
        else:
            require_leave(scope, self.serving.settings)
            await self._write(scope, receive, send)

    async def _read(self, scope: Scope, receive: Receive, send: Send) -> None:
        graph = graph_of(scope)
        if graph is None:
            raise RefusalError(400, "name a graph: /graphs?graph=IRI, /graphs?default or /graphs/NAME")
        accept = header(scope, b"accept")
        chosen = choose(accept)[1]
        if chosen is None:
            raise RefusalError(406, f"none of the formats of RDF accepted is available: {accept}")
        await self.answerer.answer(
            scope, receive, send, Request("graph", graph_format=chosen.code, graph=graph or None)
        )

    async def _write(self, scope: Scope, receive: Receive, send: Send) -> None:
        graph, headers = graph_of(scope), Headers()
        if graph is None:
            if scope["method"] != "POST":
                raise RefusalError(400, "name a graph: /graphs?graph=IRI, /graphs?default or /graphs/NAME")
            graph = f"{base_url(scope)}{PATH}/{uuid.uuid4()}"
            headers.append((b"location", graph.encode()))
        operation = scope["method"].lower()
        parts = [] if operation == "delete" else await self._documents(scope, receive)
        request = Request(
            operation,
            json.dumps({"if": existence(scope), "parts": [[part.media_type, len(part.data)] for part in parts]}),
            base=graph or base_url(scope) + PATH,
            graph=graph or None,
            payload=b"".join(part.data for part in parts),
        )
        reply = await write(self.serving, request, unchanged(scope, self.serving, request.graph))
        await send_written(self.serving, scope, send, reply, headers)

    async def _documents(self, scope: Scope, receive: Receive) -> Sequence[Part]:
        media_type, charset = content_type(scope)
        if charset not in ("", "utf-8", "utf8"):
            raise RefusalError(415, f"the charset is {charset}; RDF is sent as UTF-8")
        body = await read_body(scope, receive, self.serving.write_size)
        if media_type == "multipart/form-data":
            parts: Sequence[Part] = read_parts(header(scope, b"content-type"), body)
        else:
            parts = [Part(media_type or "text/turtle", body)]
        for part in parts:
            if graph_format(part.media_type) is None:
                raise RefusalError(415, f"{part.media_type} is not a format of RDF that is read here")
        return parts


def graph_of(scope: Scope) -> str | None:
    """Return the IRI of the graph that a request names, empty for the default graph, None where it names none."""
    pairs = parse_pairs(scope["query_string"], "query string")
    graph = one(pairs, "graph")
    default = any(name == "default" for name, _ in pairs)
    path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
    name = path.removeprefix(PATH).lstrip("/")
    if sum((graph is not None, default, bool(name))) > 1:
        raise RefusalError(400, "the request names more than one graph")
    if default:
        return ""
    if graph is None:
        if not name:
            return None
        raw = scope.get("raw_path", b"").decode("latin-1")
        graph = f"{base_url(scope)}{PATH}/{raw.split(PATH + '/', 1)[-1]}"
    try:
        return NamedNode(graph).value
    except ValueError as error:
        raise RefusalError(400, f"{graph!r} is not an absolute IRI") from error
