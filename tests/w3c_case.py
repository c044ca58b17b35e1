"""Read the W3C's protocol tests from their manifests and send them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import rdflib
from rdflib.collection import Collection
from rdflib.compare import isomorphic

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
CODES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
FORMATS = {
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"),
}


@dataclass(frozen=True)
class Exchange:
    """One request of a test and what its response must be."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None
    form: str | None
    location: str | None
    content_type: str | None
    expected: str | None


@dataclass(frozen=True)
class Case:
    """A test: data to have in named graphs, and exchanges in order."""

    name: str
    data: Mapping[str, Path]
    exchanges: tuple[Exchange, ...]


def read_manifest(path: Path) -> Iterator[Case]:
    """Yield the tests of a manifest in its order."""
    graph = rdflib.Graph().parse(path, format="turtle", publicID=path.as_uri())
    manifest = next(graph.subjects(rdflib.RDF.type, MF.Manifest))
    for entry in Collection(graph, graph.value(manifest, MF.entries)):
        data = {
            str(graph.value(one, rdflib.RDFS.label)): path.parent / str(graph.value(one, UT.graph)).rsplit("/", 1)[-1]
            for one in graph.objects(entry, UT.graphData)
        }
        requests = Collection(graph, graph.value(graph.value(entry, MF.action), HT.requests))
        yield Case(str(entry).rsplit("#", 1)[-1], data, tuple(_exchange(graph, one) for one in requests))


def _headers(graph: rdflib.Graph, message: rdflib.term.Node) -> dict[str, str]:
    found = graph.value(message, HT.headers)
    pairs = Collection(graph, found) if found else ()
    return {str(graph.value(one, HT.fieldName)).lower(): str(graph.value(one, HT.fieldValue)) for one in pairs}


def _exchange(graph: rdflib.Graph, request: rdflib.term.Node) -> Exchange:
    response = graph.value(request, HT.resp)
    body, expected = graph.value(request, HT.body), graph.value(response, HT.body)
    encoding = str(graph.value(body, CNT.characterEncoding) or "utf-8") if body else "utf-8"
    boolean = graph.value(response, MF.expectedBoolean)
    text = lambda node: None if node is None else str(node)  # noqa: E731
    chars = graph.value(body, CNT.chars) if body else None
    return Exchange(
        str(graph.value(request, HT.methodName)),
        str(graph.value(request, HT.absolutePath)),
        _headers(graph, request),
        None if chars is None else _line_ends(str(chars), graph, request).encode(encoding),
        frozenset(str(one).rsplit("#", 1)[-1] for one in graph.objects(response, MF.expectedStatus)),
        None if boolean is None else boolean.toPython(),
        text(graph.value(response, MF.expectedFormat)),
        text(graph.value(response, MF.expectedLocation)),
        _headers(graph, response).get("content-type"),
        text(graph.value(expected, CNT.chars)) if expected else None,
    )


def _line_ends(body: str, graph: rdflib.Graph, request: rdflib.term.Node) -> str:
    # Parts of a multipart body are lines that end in CR LF (RFC 2046); Turtle keeps only the LF, and some indents.
    if not _headers(graph, request).get("content-type", "").startswith("multipart/"):
        return body
    lines = [line.strip() for line in body.strip().splitlines()]
    return "\r\n".join(lines) + "\r\n"


def run(case: Case, client: httpx.Client, paths: Mapping[str, str], leave: Mapping[str, str]) -> None:
    """Send the exchanges of `case` and check each response."""
    location = ""
    for exchange in case.exchanges:
        path = exchange.path.replace("$LOCATION$", location)
        for prefix, ours in paths.items():
            if path.startswith(prefix):
                path = ours + path[len(prefix) :]
                break
        response = client.request(exchange.method, path, headers={**exchange.headers, **leave}, content=exchange.body)
        check(exchange, response)
        if exchange.location:
            location = response.headers["location"]


def check(exchange: Exchange, response: httpx.Response) -> None:
    """Fail unless `response` is what the test expects."""
    status = response.status_code
    allowed = any(
        CODES.get(one) == status or (one.startswith("StatusCode") and int(one[10]) == status // 100)
        for one in exchange.statuses
    )
    assert allowed, (exchange.method, exchange.path, status, sorted(exchange.statuses), response.text)
    if exchange.boolean is not None:
        assert response.json()["boolean"] is exchange.boolean
    if exchange.form is not None:
        assert response.headers["content-type"].split(";")[0] in FORMATS[exchange.form]
    if exchange.content_type is not None:
        assert response.headers["content-type"].split(";")[0] == exchange.content_type.split(";")[0]
    if exchange.expected is not None and exchange.method != "HEAD":
        ours = rdflib.Graph().parse(data=response.content, format="turtle", publicID="http://www.example/")
        theirs = rdflib.Graph().parse(data=exchange.expected, format="turtle", publicID="http://www.example/")
        assert isomorphic(ours, theirs)


SUITES = {
    "SPARQL 1.1 Protocol": "protocol/manifest.ttl",
    "Graph Store HTTP Protocol, graphs named directly": "graph-store-protocol/manifest-direct.ttl",
    "Graph Store HTTP Protocol, graphs named indirectly": "graph-store-protocol/manifest-indirect.ttl",
}
DESCRIPTION_TESTS = ("returns-rdf", "has-endpoint-triple", "conforms-to-schema")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


def run_fresh(case: Case, client: httpx.Client, leave: Mapping[str, str]) -> None:
    """Run `case` on an empty store with the data that it asks for."""
    client.post("/update", data={"update": "DROP ALL"}, headers=leave).raise_for_status()
    for graph, path in case.data.items():
        headers = {"Content-Type": "application/n-triples", **leave}
        client.put("/graphs", params={"graph": graph}, content=path.read_bytes(), headers=headers).raise_for_status()
    run(case, client, {"/sparql/": "/sparql", "/gsp": "/graphs"}, leave)


def check_description(name: str, url: str, client: httpx.Client) -> None:
    """Run one of the tests of the service description on the server at `url`."""
    response = client.get("/sparql")
    response.raise_for_status()
    graph = rdflib.Graph().parse(data=response.content, format=response.headers["content-type"].split(";")[0])
    endpoint = rdflib.URIRef(f"{url}/sparql")
    service = graph.value(predicate=SD.endpoint, object=endpoint)
    if name == "has-endpoint-triple":
        assert service is not None
    if name == "conforms-to-schema":
        # Domains and ranges of the vocabulary: what a service points to is of the kind that it must be.
        assert (service, rdflib.RDF.type, SD.Service) in graph
        for predicate in (SD.supportedLanguage, SD.feature, SD.resultFormat, SD.inputFormat):
            assert all(isinstance(one, rdflib.URIRef) for one in graph.objects(service, predicate))
        dataset = graph.value(service, SD.defaultDataset)
        assert (dataset, rdflib.RDF.type, SD.Dataset) in graph
        assert (graph.value(dataset, SD.defaultGraph), rdflib.RDF.type, SD.Graph) in graph
