"""`/.well-known/void`: what the data set is, from the catalogue that the build made."""

from starlette.types import Receive, Scope, Send

from asckg.corpus import CATALOGUE
from asckg.engine.pool import Request
from asckg_api.sparql.answering import Answerer
from asckg_api.sparql.message import RefusalError, header
from asckg_api.sparql.negotiation import choose
from asckg_api.sparql.serving import Serving

_EXECUTABLE = "http://www.w3.org/ns/shacl#SPARQLExecutable"
_DATA = (
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{CATALOGUE}> "
    f"{{ ?s ?p ?o FILTER NOT EXISTS {{ ?s a <{_EXECUTABLE}> }} }} }}"
)


class VoidRoute:
    """Sends the description of the data set in the RDF format that the client prefers."""

    def __init__(self, serving: Serving) -> None:
        self.answerer = Answerer(serving)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            raise RefusalError(405, "the description is read by GET", {"Allow": "GET, HEAD"})
        accept = header(scope, b"accept")
        chosen = choose(accept)[1] or (choose("")[1] if "text/html" in accept else None)
        if chosen is None:
            raise RefusalError(406, f"the description is available as RDF only, not as {accept}")
        await self.answerer.answer(scope, receive, send, Request("query", _DATA, graph_format=chosen.code))
