"""What the scanners OOPS! and FOOPS! look for: every term described, joined up, well named, and the header complete."""

import re
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SDO, SKOS, VANN, Graph, Namespace, URIRef
from rdflib.term import Node

ASC = Namespace("https://w3id.org/asckg/def#")
HEADER = URIRef("https://w3id.org/asckg/def")
HEADER_TERMS = (
    *("title", "description", "creator", "publisher"),
    *("created", "issued", "modified", "bibliographicCitation"),
)
VERB_FIRST = re.compile(r"(has[A-Z]\w*|[a-z]+s([A-Z]\w*)?|[a-z]+ed(At|Under|In|With|As)|memberOf)")
PREDICATES = """hinders facilitates yields requires recommends addresses directedAt funds issuesCall fundedUnder
    adoptsApproach involvesRole memberOf leads succeeds renames basedIn targets includes exemplifies hasAmount
    hasDuration hasCount hasDate comparedWith definedAs hasFeature aimsTo performs leadsTo contradicts reports"""


def _name(term: Node) -> str:
    return str(term).removeprefix(str(ASC))


def _of_type(ontology: Graph, *types: URIRef) -> list[URIRef]:
    return sorted({s for kind in types for s in ontology.subjects(RDF.type, kind) if isinstance(s, URIRef)})


def test_the_closed_list_of_claim_predicates_is_whole(ontology: Graph) -> None:
    assert {_name(p) for p in _of_type(ontology, ASC.Predicate)} == set(PREDICATES.split())


def test_every_term_has_one_label_one_definition_and_an_example(ontology: Graph, own_terms: list[URIRef]) -> None:
    for term in own_terms:
        assert len(list(ontology.objects(term, RDFS.label))) == 1, term
        assert len(list(ontology.objects(term, SKOS.definition))) == 1, term
        assert list(ontology.objects(term, SKOS.example)), term
        assert ontology.value(term, RDFS.isDefinedBy) == HEADER, term


def test_labels_of_two_terms_of_one_kind_differ(ontology: Graph) -> None:
    for kinds in ((OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)):
        labels = [str(ontology.value(term, RDFS.label)).lower() for term in _of_type(ontology, *kinds)]
        assert sorted(set(labels)) == sorted(labels)


def test_no_definition_only_repeats_the_label(ontology: Graph, own_terms: list[URIRef]) -> None:
    for term in own_terms:
        definition = str(ontology.value(term, SKOS.definition))
        assert len(definition) > len(str(ontology.value(term, RDFS.label))) + 10, term
        assert definition.endswith("."), term


def test_every_property_names_domain_and_range_and_predicates_read_backwards(ontology: Graph) -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
    for term in _of_type(ontology, *kinds):
        assert list(ontology.objects(term, SDO.domainIncludes)), term
        assert list(ontology.objects(term, SDO.rangeIncludes)), term
    for term in _of_type(ontology, ASC.Predicate):
        assert len(list(ontology.objects(term, ASC.inverseLabel))) == 1, term


def test_every_term_that_is_spoken_of_is_declared(ontology: Graph, schemes: Graph, shapes: Graph) -> None:
    declared = set(ontology.subjects(RDF.type))
    for graph in (ontology, schemes, shapes):
        nodes = {node for triple in graph for node in triple if isinstance(node, URIRef)}
        spoken = {node for node in nodes if node.startswith(str(ASC))}
        assert spoken - declared == set()


def test_every_class_is_used_by_a_property_or_has_a_kind(ontology: Graph) -> None:
    joined = set(ontology.objects(None, SDO.domainIncludes)) | set(ontology.objects(None, SDO.rangeIncludes))
    joined |= set(ontology.objects(None, RDFS.subClassOf))
    assert {_name(c) for c in _of_type(ontology, OWL.Class) if c not in joined} == set()


def test_the_hierarchies_have_no_cycle(ontology: Graph, schemes: Graph) -> None:
    for graph, link in ((ontology, RDFS.subClassOf), (ontology, RDFS.subPropertyOf), (schemes, SKOS.broader)):
        for start in set(graph.subjects(link)):
            above = {node for parent in graph.objects(start, link) for node in graph.transitive_objects(parent, link)}
            assert start not in above, start


def test_no_term_is_both_a_class_and_a_property(ontology: Graph) -> None:
    properties = set(_of_type(ontology, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property))
    assert properties & set(_of_type(ontology, OWL.Class)) == set()


def test_classes_are_upper_camel_and_properties_lower_camel(ontology: Graph, own_terms: list[URIRef]) -> None:
    classes = set(_of_type(ontology, OWL.Class))
    for term in own_terms:
        pattern = r"([A-Z][a-z]+)+" if term in classes else r"[a-z]+[0-9]*([A-Z][a-z]+)*"
        assert re.fullmatch(pattern, _name(term).replace("sha256", "digest")), term


def test_links_between_things_begin_with_a_verb(ontology: Graph) -> None:
    values = {SKOS.Concept, SKOS.ConceptScheme, ASC.Predicate}
    for term in _of_type(ontology, OWL.ObjectProperty, ASC.Predicate):
        if not set(ontology.objects(term, SDO.rangeIncludes)) <= values:
            assert VERB_FIRST.fullmatch(_name(term)), term


def test_no_inverse_and_no_import_and_no_blank_node(ontology: Graph, schemes: Graph) -> None:
    assert list(ontology.subject_objects(OWL.inverseOf)) == []
    assert list(ontology.subject_objects(OWL.imports)) == []
    for graph in (ontology, schemes):
        assert all(isinstance(subject, URIRef) for subject in graph.subjects())


def test_the_header_tells_licence_version_makers_and_prefix(ontology: Graph) -> None:
    assert ontology.value(HEADER, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    version = str(ontology.value(HEADER, OWL.versionInfo))
    assert ontology.value(HEADER, OWL.versionIRI) == URIRef(f"{HEADER}/{version}")
    assert str(ontology.value(HEADER, VANN.preferredNamespacePrefix)) == "asc"
    assert str(ontology.value(HEADER, VANN.preferredNamespaceUri)) == str(ASC)
    for wanted in [
        "title",
        "description",
        "creator",
        "publisher",
        "created",
        "issued",
        "modified",
        "bibliographicCitation",
    ]:
        assert ontology.value(HEADER, DCTERMS[wanted]) is not None, wanted


def test_the_page_about_the_ontology_names_every_class_and_predicate(ontology: Graph, root: Path) -> None:
    page = (root / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert {t for t in _of_type(ontology, OWL.Class, ASC.Predicate) if f"`asc:{_name(t)}`" not in page} == set()
