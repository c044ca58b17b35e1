"""The other engine: any SPARQL 1.1 endpoint, asked over HTTP with the data set always named."""

import os
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
import pyoxigraph as ox

from asckg.engine import Bindings
from asckg.engine.embedded import QuerySyntaxError, from_ox
from asckg.engine.media import RDF, RESULTS
from asckg.error import AsckgError, EndpointError
from asckg.namespace import GRAPH, with_prefixes
from asckg.term import Rows, Term, Triple

JSON = RESULTS[0]
NTRIPLES = "application/n-triples"
DEFAULT_GRAPHS = tuple(
    GRAPH + name for name in ("ontology", "schemes", "kendrick-2023", "shortcuts", "links-accepted", "catalogue")
)
NAMED_GRAPHS = (*DEFAULT_GRAPHS, GRAPH + "links-suggested")
_PLACE = re.compile(r"(?:line|at)\s*:?\s*(\d+)\s*[:,]?\s*(?:column|col)?\s*:?\s*(\d+)", re.IGNORECASE)
_FORM = re.compile(
    r"^(?:\s|#[^\n]*\n|(?:PREFIX\s+[\w.-]*:|BASE)\s*<[^>]*>)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE
)
_BODY = re.compile(r"\{")


@dataclass(frozen=True)
class DataSet:
    """The graphs that queries see: those of the default graph, and the named ones."""

    default: Sequence[str] = DEFAULT_GRAPHS
    named: Sequence[str] = NAMED_GRAPHS

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters of the protocol that name them."""
        return [("default-graph-uri", one) for one in self.default] + [("named-graph-uri", one) for one in self.named]


class RemoteEngine:
    """Queries over an endpoint. Credentials come from `ASCKG_ENDPOINT_USER` and `ASCKG_ENDPOINT_PASSWORD`.

    `ASCKG_ENDPOINT_TOKEN` is sent as a bearer token instead. Times are in seconds.
    """

    def __init__(self, url: str, data_set: DataSet | None = None, timeout: float = 30.0, version: str = "") -> None:
        self.url = url
        self.data_set = data_set if data_set is not None else DataSet()
        self.timeout = timeout
        user, token = os.environ.get("ASCKG_ENDPOINT_USER"), os.environ.get("ASCKG_ENDPOINT_TOKEN")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        auth = httpx.BasicAuth(user, os.environ.get("ASCKG_ENDPOINT_PASSWORD", "")) if user and not token else None
        self.client = httpx.Client(timeout=httpx.Timeout(timeout, connect=5.0), headers=headers, auth=auth)
        self._version = version

    @property
    def version(self) -> str:
        """Return what changes when the data do, as far as the endpoint tells: the version in its catalogue."""
        if not self._version:
            rows = self.select("SELECT ?v WHERE { ?d a void:Dataset ; owl:versionInfo ?v } ORDER BY ?v LIMIT 1").rows
            self._version = rows[0][0].value[:16] if rows and rows[0][0] else "unknown"
        return self._version

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    def select(self, text: str, bindings: Bindings | None = None) -> Rows:
        answer = self._json(text, bindings)
        try:
            columns = tuple(answer["head"]["vars"])
            found = answer["results"]["bindings"]
            return Rows(columns, [tuple(_term(row.get(name)) for name in columns) for row in found])
        except (KeyError, TypeError) as error:
            raise AsckgError(
                "this query is not a SELECT, so it has no rows; ask for RDF or a boolean instead"
            ) from error

    def ask(self, text: str, bindings: Bindings | None = None) -> bool:
        answer = self._json(text, bindings)
        if "boolean" not in answer:
            # Virtuoso 7 answers ASK as rows: one for yes, none for no.
            if [str(one).upper() for one in answer.get("head", {}).get("vars", ())] == ["__ASK_RETVAL"]:
                return bool(answer["results"]["bindings"])
            raise AsckgError("this query is not an ASK, so it has no yes or no")
        return bool(answer["boolean"])

    def construct(self, text: str, bindings: Bindings | None = None) -> list[Triple]:
        body = self._send(text, NTRIPLES, bindings)
        try:
            parsed = list(ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
        except SyntaxError as error:
            raise self._bad(f"triples that are not N-Triples ({error})") from error
        return [(from_ox(one.subject), from_ox(one.predicate), from_ox(one.object)) for one in parsed]

    def serialize(self, text: str, media_type: str, bindings: Bindings | None = None) -> bytes:
        graph = query_form(text) in ("CONSTRUCT", "DESCRIBE")
        if media_type not in (RDF if graph else RESULTS):
            kind = "triples" if graph else "rows"
            raise AsckgError(f"an answer of {kind} cannot be written as {media_type}")
        return self._send(text, media_type, bindings)

    def describe(self, iri: str) -> list[Triple]:
        node = Term.iri(iri)
        rows = self.select(f"SELECT DISTINCT ?p ?o WHERE {{ {node.ntriples()} ?p ?o }}").rows
        return sorted((node, p, o) for p, o in rows if p and o)

    def incoming(self, iri: str, limit: int = 100, offset: int = 0) -> list[Triple]:
        node = Term.iri(iri)
        text = f"SELECT DISTINCT ?s ?p WHERE {{ ?s ?p {node.ntriples()} }} ORDER BY ?p ?s LIMIT {limit} OFFSET {offset}"
        return [(s, p, node) for s, p in self.select(text).rows if s and p]

    def count_incoming(self, iri: str) -> int:
        inner = f"SELECT DISTINCT ?s ?p WHERE {{ ?s ?p {Term.iri(iri).ntriples()} }}"
        rows = self.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {{ {inner} }} }}").rows
        return int(rows[0][0].value) if rows and rows[0][0] else 0

    def _json(self, text: str, bindings: Bindings | None) -> dict[str, Any]:
        response = self._send(text, JSON, bindings)
        try:
            answer = httpx.Response(200, content=response).json()
        except ValueError as error:
            raise self._bad("something that is not JSON") from error
        if not isinstance(answer, dict):
            raise self._bad("JSON that is not an answer to a query")
        return answer

    def _send(self, text: str, accept: str, bindings: Bindings | None) -> bytes:
        query = with_prefixes(with_values(text, bindings or {}))
        form = [("query", query), *self.data_set.pairs()]
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        content = urlencode(form)
        try:
            response = self._receive(content, headers)
        except (httpx.TimeoutException, TimeoutError) as error:
            raise EndpointError(
                f"{self.url} did not answer within {self.timeout:g} s; narrow the query", 504
            ) from error
        except httpx.TransportError as error:
            raise EndpointError(f"{self.url} cannot be reached ({error}); is it running?", 503) from error
        if response.status_code == httpx.codes.BAD_REQUEST:
            raise _syntax_error(response.text)
        if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            raise EndpointError(f"{self.url} lets nobody in without credentials; set ASCKG_ENDPOINT_USER and _PASSWORD")
        if response.is_error or response.is_redirect:
            raise self._bad(f"status {response.status_code}: {response.text[:200].strip()}")
        return response.content

    def _receive(self, content: str, headers: Mapping[str, str]) -> httpx.Response:
        """Return the whole response; raise TimeoutError where it is not there in time, however it drips."""
        end = time.monotonic() + self.timeout
        limits = httpx.Timeout(self.timeout, connect=min(5.0, self.timeout))
        with self.client.stream("POST", self.url, content=content, headers=headers, timeout=limits) as response:
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if time.monotonic() > end:
                    raise TimeoutError
            return httpx.Response(response.status_code, headers={}, content=bytes(body))

    def _bad(self, what: str) -> EndpointError:
        return EndpointError(f"{self.url} answered {what}; check that it is a SPARQL 1.1 endpoint and well")


def query_form(text: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE, or an empty string where the text begins with none of them."""
    match = _FORM.match(text)
    return match[1].upper() if match else ""


def with_values(text: str, bindings: Mapping[str, Term]) -> str:
    """Return `text` with a VALUES block for `bindings` at the start of its pattern."""
    if not bindings:
        return text
    names = " ".join(f"?{name}" for name in bindings)
    values = " ".join(term.ntriples() for term in bindings.values())
    form = _FORM.match(text)
    where = re.compile(r"\bWHERE\s*\{", re.IGNORECASE).search(text, form.end() if form else 0) or _BODY.search(text)
    if where is None:
        raise AsckgError("this query has no pattern that values could be bound in")
    return f"{text[: where.end()]} VALUES ({names}) {{ ({values}) }} {text[where.end() :]}"


def _syntax_error(message: str) -> QuerySyntaxError:
    place = _PLACE.search(message)
    line, column = (int(place[1]), int(place[2])) if place else (0, 0)
    return QuerySyntaxError(f"the endpoint cannot read the query: {message[:300].strip()}", line, column)


def _term(value: dict[str, str] | None) -> Term | None:
    if value is None:
        return None
    kind = value["type"]
    if kind == "uri":
        return Term.iri(value["value"])
    if kind == "bnode":
        return Term("bnode", value["value"])
    return Term.literal(value["value"], value.get("datatype"), value.get("xml:lang"))
