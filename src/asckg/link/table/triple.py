"""RDF as rows: one a subject, columns by the local names of its properties."""

import io
from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from asckg.error import AsckgError
from asckg.link.table.row import Row, Table

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".owl": ox.RdfFormat.RDF_XML,
    ".n3": ox.RdfFormat.N3,
}
SUFFIXES = tuple(_FORMATS)


def read_rdf(name: str, path: str, stream: io.BufferedReader) -> Table:
    """Return subjects as rows: `id` is the IRI, a property its list of values by its local name."""
    if b"sparql-results#" in stream.peek(2_000)[:2_000]:
        return _result(path, stream)
    form = next((form for end, form in _FORMATS.items() if name.lower().endswith(end)), None) or _form(stream.peek(64))
    subjects: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in ox.parse(stream, format=form, base_iri="https://example.org/"):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                local = quad.predicate.value.replace("#", "/").rsplit("/", 1)[-1]
                subjects[quad.subject.value][local].append(quad.object.value)
    except SyntaxError as error:
        raise AsckgError(f"{path}:{error.lineno or 0}: not readable as RDF: {error.msg}") from error
    columns = dict.fromkeys(["id", *(local for cells in subjects.values() for local in cells)])
    return Table(path, "rdf", tuple(columns), _rows(subjects), total=len(subjects))


def _result(path: str, stream: io.BufferedReader) -> Table:
    """Return the rows of a SPARQL result in XML, as query services answer when no other form is asked for."""
    try:
        found = ox.parse_query_results(stream, format=ox.QueryResultsFormat.XML)
        if not isinstance(found, ox.QuerySolutions):
            raise AsckgError(f"{path} is the answer to a yes-or-no query; a table is the answer to SELECT")
        names = [variable.value for variable in found.variables]
        cells = [{name: _text(row[name]) for name in names} for row in found]
    except (SyntaxError, ValueError) as error:
        raise AsckgError(f"{path} is not readable as a SPARQL result in XML: {error}") from error
    return Table(path, "rdf", tuple(names), (Row(number, row) for number, row in enumerate(cells, 1)), total=len(cells))


def _text(term: object) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else ""


def _form(head: bytes) -> ox.RdfFormat:
    """Return the form of RDF that a file without a telling suffix is in."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in {b"{", b"["}:
        return ox.RdfFormat.JSON_LD
    return ox.RdfFormat.RDF_XML if text.startswith(b"<?xml") or b":RDF" in text else ox.RdfFormat.TURTLE


def _rows(subjects: dict[str, dict[str, list[str]]]) -> Iterator[Row]:
    for number, (subject, cells) in enumerate(subjects.items(), 1):
        yield Row(number, {"id": subject, **cells})
