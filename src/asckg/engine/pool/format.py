"""The formats of answers, by the code that travels between the server and its workers."""

from typing import NamedTuple

from pyoxigraph import QueryResultsFormat, RdfFormat


class Format(NamedTuple):
    """One way to write an answer: its code, media type, whole `Content-Type` and the engine's serialiser."""

    code: int
    media_type: str
    content_type: str
    serialiser: QueryResultsFormat | RdfFormat


_RESULT = (
    ("application/sparql-results+json", "application/sparql-results+json", QueryResultsFormat.JSON),
    ("application/sparql-results+xml", "application/sparql-results+xml", QueryResultsFormat.XML),
    ("text/csv", "text/csv; charset=utf-8", QueryResultsFormat.CSV),
    ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", QueryResultsFormat.TSV),
    ("application/json", "application/json", QueryResultsFormat.JSON),
    ("application/xml", "application/xml", QueryResultsFormat.XML),
    ("text/xml", "text/xml; charset=utf-8", QueryResultsFormat.XML),
)
_GRAPH = (
    ("text/turtle", "text/turtle; charset=utf-8", RdfFormat.TURTLE),
    ("application/n-triples", "application/n-triples; charset=utf-8", RdfFormat.N_TRIPLES),
    ("application/ld+json", "application/ld+json", RdfFormat.JSON_LD),
    ("application/rdf+xml", "application/rdf+xml", RdfFormat.RDF_XML),
    ("application/n-quads", "application/n-quads; charset=utf-8", RdfFormat.N_QUADS),
    ("application/trig", "application/trig; charset=utf-8", RdfFormat.TRIG),
    ("text/plain", "text/plain; charset=utf-8", RdfFormat.N_TRIPLES),
    ("application/json", "application/json", RdfFormat.JSON_LD),
    ("application/xml", "application/xml", RdfFormat.RDF_XML),
    ("text/xml", "text/xml; charset=utf-8", RdfFormat.RDF_XML),
    ("text/n3", "text/n3; charset=utf-8", RdfFormat.N3),
)

RESULT_FORMATS = tuple(Format(code, *row) for code, row in enumerate(_RESULT, start=1))
GRAPH_FORMATS = tuple(Format(code, *row) for code, row in enumerate(_GRAPH, start=64))
FORMATS = {one.code: one for one in (*RESULT_FORMATS, *GRAPH_FORMATS)}
ASK_TYPES = frozenset(
    one.code for one in RESULT_FORMATS if one.serialiser in (QueryResultsFormat.JSON, QueryResultsFormat.XML)
)


def result_format(media_type: str) -> Format | None:
    """Return the format of SELECT and ASK answers that `media_type` names, or None."""
    return next((one for one in RESULT_FORMATS if one.media_type == media_type), None)


def graph_format(media_type: str) -> Format | None:
    """Return the format of graphs that `media_type` names, or None."""
    return next((one for one in GRAPH_FORMATS if one.media_type == media_type), None)
