"""The media types of answers, in the order in which they are preferred."""

RESULTS: tuple[str, ...] = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
RDF: tuple[str, ...] = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
    "application/n-quads",
    "application/trig",
    "text/n3",
)
SUFFIX: dict[str, str] = {
    "json": RESULTS[0],
    "srj": RESULTS[0],
    "xml": RESULTS[1],
    "srx": RESULTS[1],
    "csv": RESULTS[2],
    "tsv": RESULTS[3],
    "ttl": RDF[0],
    "nt": RDF[1],
    "jsonld": RDF[2],
    "rdf": RDF[3],
    "nq": RDF[4],
    "trig": RDF[5],
}
