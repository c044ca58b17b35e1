"""No standard term is used that its publisher does not define."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib import RDF, RDFS, SDO, Graph, URIRef
from rdflib.namespace import DefinedNamespace
from rdflib.term import Node

from asckg.namespace import PREFIXES

PUBLISHED = {
    "biro": "biro", "c4o": "c4o", "cito": "cito", "doco": "doco", "fabio": "fabio", "frapo": "frapo",
    "dcat": "dcat3", "oa": "oa", "org": "org", "prov": "prov-o", "sh": "shacl", "sd": "sparql-service-description",
}  # fmt: skip
CLOSED: dict[str, type[DefinedNamespace]] = {
    "dct": rdflib.DCTERMS, "foaf": rdflib.FOAF, "owl": rdflib.OWL, "rdf": rdflib.RDF, "rdfs": rdflib.RDFS,
    "schema": rdflib.SDO, "skos": rdflib.SKOS, "vann": rdflib.VANN, "void": rdflib.VOID, "xsd": rdflib.XSD,
}  # fmt: skip
OURS = ("asc", "r", "v", "shape")
POINTING_AT_TERMS = {RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, SDO.domainIncludes, SDO.rangeIncludes}


def _used(graph: Graph) -> Iterator[Node]:
    for subject, predicate, value in graph:
        yield predicate
        if predicate in POINTING_AT_TERMS:
            yield value
        if (subject, RDFS.isDefinedBy, None) in graph:
            yield subject
        if isinstance(value, rdflib.Literal) and value.datatype is not None:
            yield value.datatype


@pytest.fixture(scope="module")
def reused(root: Path) -> dict[str, set[str]]:
    """Return the local names in use, by prefix."""
    found: dict[str, set[str]] = {}
    for path in [*(root / "ontology").rglob("*.ttl"), *(root / "graph_data").rglob("*.ttl")]:
        for term in _used(Graph().parse(path)):
            for prefix, base in PREFIXES.items():
                if prefix not in OURS and str(term).startswith(base):
                    found.setdefault(prefix, set()).add(str(term).removeprefix(base))
    return found


def test_every_reused_vocabulary_can_be_checked(reused: dict[str, set[str]]) -> None:
    assert set(reused) - set(PUBLISHED) - set(CLOSED) == set()


@pytest.mark.parametrize("prefix", sorted(CLOSED))
def test_terms_of_a_closed_namespace_exist(prefix: str, reused: dict[str, set[str]]) -> None:
    assert {name for name in reused.get(prefix, set()) if name not in CLOSED[prefix]} == set()


@pytest.mark.parametrize("prefix", sorted(PUBLISHED))
def test_terms_exist_in_the_published_file(prefix: str, reused: dict[str, set[str]], shared: Path) -> None:
    published = Graph().parse(shared / "external" / "ontologies" / f"{PUBLISHED[prefix]}.ttl")
    missing = {
        name for name in reused.get(prefix, set()) if (URIRef(PREFIXES[prefix] + name), None, None) not in published
    }
    assert missing == set()
