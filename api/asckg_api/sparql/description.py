"""The description of the service (SPARQL 1.1 Service Description), made for the address that the client asked."""

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize
from starlette.types import Receive, Scope, Send

from asckg.engine.pool.format import GRAPH_FORMATS, RESULT_FORMATS
from asckg.namespace import PREFIXES
from asckg_api.sparql.message import RefusalError, base_url, header, send_whole
from asckg_api.sparql.negotiation import choose
from asckg_api.sparql.serving import Serving

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
    "application/n-quads": "N-Quads",
    "application/trig": "TriG",
    "text/n3": "N3",
}


class Describer:
    """Sends the description in the RDF format that the client prefers."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        accept = header(scope, b"accept")
        chosen = choose(accept)[1]
        if chosen is None and "text/html" in accept:
            chosen = choose("")[1]
        if chosen is None or not isinstance(chosen.serialiser, RdfFormat):
            raise RefusalError(406, f"the description is available as RDF only, not as {accept}")
        triples = describe_service(base_url(scope), writable=self.serving.settings.writable)
        prefixes = {"sd": SD, "void": PREFIXES["void"], "formats": FORMATS}
        body = serialize(triples, format=chosen.serialiser, prefixes=prefixes) or b""
        headers = [(b"content-type", chosen.content_type.encode()), (b"vary", b"Accept")]
        await send_whole(scope, send, 200, [*headers, *self.serving.open_headers(scope)], body)


def describe_service(base: str, *, writable: bool) -> list[Triple]:
    """Return the triples that describe the service at `base`."""
    service = NamedNode(f"{base}/sparql")
    dataset, graph = NamedNode(f"{base}/.well-known/void#dataset"), NamedNode(f"{base}/.well-known/void#default-graph")
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

    def sd(name: str) -> NamedNode:
        return NamedNode(SD + name)

    found = [
        Triple(service, kind, sd("Service")),
        Triple(service, sd("endpoint"), service),
        Triple(service, sd("supportedLanguage"), sd("SPARQL11Query")),
        Triple(service, sd("feature"), sd("EmptyGraphs")),
        Triple(service, sd("defaultDataset"), dataset),
        Triple(dataset, kind, sd("Dataset")),
        Triple(dataset, NamedNode("http://purl.org/dc/terms/title"), Literal("asckg", language="en")),
        Triple(dataset, sd("defaultGraph"), graph),
        Triple(graph, kind, sd("Graph")),
    ]
    if writable:
        found.append(Triple(service, sd("supportedLanguage"), sd("SPARQL11Update")))
    names = dict.fromkeys(
        _NAMES[one.media_type] for one in (*RESULT_FORMATS, *GRAPH_FORMATS) if one.media_type in _NAMES
    )
    found += [Triple(service, sd("resultFormat"), NamedNode(FORMATS + name)) for name in names]
    rdf = [name for name in names if not name.startswith("SPARQL")]
    found += [Triple(service, sd("inputFormat"), NamedNode(FORMATS + name)) for name in rdf if writable]
    return found
