"""The JSON-LD context: every term has a short name, and data goes through it and back unchanged."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from asckg.namespace import PREFIXES, expand

INVENTED = Path(__file__).resolve().parents[1] / "shape" / "base.ttl"


@pytest.fixture(scope="module")
def context(root: Path) -> dict[str, object]:
    document = json.loads((root / "ontology" / "context.jsonld").read_text(encoding="utf-8"))
    terms = document["@context"]
    assert isinstance(terms, dict)
    return terms


def _iri(entry: object) -> str:
    return expand(str(entry["@id"] if isinstance(entry, dict) else entry))


def _terms(context: dict[str, object]) -> list[str]:
    """Return the IRIs of the names in the context that are neither keywords nor prefixes."""
    other = {*PREFIXES, "id", "type"}
    return [_iri(entry) for name, entry in context.items() if not name.startswith("@") and name not in other]


def _triples(text: str) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD)}


def test_every_own_term_has_its_name_in_the_context(context: dict[str, object], own_terms: list[URIRef]) -> None:
    assert {str(term) for term in own_terms} - set(_terms(context)) == set()


def test_the_context_names_no_term_that_is_not_declared(context: dict[str, object], own_terms: list[URIRef]) -> None:
    ours = {iri for iri in _terms(context) if iri.startswith(PREFIXES["asc"])}
    assert ours - {str(term) for term in own_terms} == set()


def test_two_names_never_stand_for_one_term(context: dict[str, object]) -> None:
    assert sorted(_terms(context)) == sorted(set(_terms(context)))


def test_prefixes_of_the_context_are_those_of_the_project(context: dict[str, object]) -> None:
    assert {prefix: context.get(prefix) for prefix in PREFIXES} == PREFIXES


def test_invented_data_comes_back_unchanged(context: dict[str, object]) -> None:
    graph = Graph().parse(INVENTED)
    text = graph.serialize(format="json-ld", context=context, auto_compact=True)
    turtle = ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
    assert _triples(text) == {str(quad.triple) for quad in turtle}


def test_the_shipped_documents_come_back_unchanged(root: Path, context: dict[str, object]) -> None:
    graph = Graph()
    for path in (root / "graph_data").rglob("*.ttl"):
        graph.parse(path)
    text = graph.serialize(format="json-ld", context=context, auto_compact=True)
    turtle = ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
    assert _triples(text) == {str(quad.triple) for quad in turtle}


def test_a_claim_can_be_written_with_short_names(context: dict[str, object]) -> None:
    claim = {
        "@context": context,
        "id": "r:claim-quiet",
        "type": "Claim",
        "subject": {"id": "r:barrier-no-quiet-carriage"},
        "predicate": "asc:hinders",
        "object": {"id": "r:activity-reading-on-trains"},
        "paraphrase": "Trains have nowhere quiet.",
        "stance": "v:asserted",
        "startDate": "1999-01-01",
        "wasDerivedFrom": ["r:porter-1999-mid-p1-s1"],
    }
    told = _triples(json.dumps(claim))
    subject = ox.NamedNode(expand("r:claim-quiet"))
    for predicate, value in (
        ("rdf:type", ox.NamedNode(expand("asc:Claim"))),
        ("asc:predicate", ox.NamedNode(expand("asc:hinders"))),
        ("asc:paraphrase", ox.Literal("Trains have nowhere quiet.", language="en")),
        ("asc:stance", ox.NamedNode(expand("v:asserted"))),
        ("schema:startDate", ox.Literal("1999-01-01", datatype=ox.NamedNode(expand("xsd:date")))),
        ("prov:wasDerivedFrom", ox.NamedNode(expand("r:porter-1999-mid-p1-s1"))),
    ):
        assert str(ox.Triple(subject, ox.NamedNode(expand(predicate)), value)) in told
