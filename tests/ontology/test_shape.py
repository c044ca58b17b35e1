"""Each shape lets its good example pass and tells every fault of its bad one."""

import re
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SDO, SH, XSD, Graph, Namespace, URIRef
from rdflib.term import Node

SHAPES = "https://w3id.org/asckg/shape/"
ASC = Namespace("https://w3id.org/asckg/def#")
FABIO = "http://purl.org/spar/fabio/"
FOLDER = Path(__file__).resolve().parents[1] / "shape"
NAMES = sorted(path.stem for path in (FOLDER / "fail").glob("*.ttl"))
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


def _subjects(path: Path) -> set[Node]:
    return set(Graph().parse(path).subjects())


def _constraints(shapes: Graph, shape: Node) -> set[Node]:
    """Return the property shapes that can report: a shape that only leads on to others reports nothing itself."""
    found: set[Node] = set()
    for inner in shapes.objects(shape, SH.property):
        only_leads_on = (inner, SH.property, None) in shapes and (inner, SH.nodeKind, None) not in shapes
        found |= _constraints(shapes, inner) | (set() if only_leads_on else {inner})
    if (shape, SH.closed, None) in shapes:
        found.add(shape)
    return found


def _with_target(shapes: Graph) -> set[str]:
    nodes = shapes.subjects(RDF.type, SH.NodeShape)
    return {str(n).removeprefix(SHAPES) for n in nodes if any((n, target, None) in shapes for target in TARGETS)}


def test_every_shape_with_a_target_has_a_good_and_a_bad_example(shapes: Graph) -> None:
    assert _with_target(shapes) == set(NAMES)
    assert {path.stem for path in (FOLDER / "pass").glob("*.ttl")} == set(NAMES)


def test_the_invented_document_breaks_no_shape(passing: dict[Node, set[Node]]) -> None:
    assert {n: s for n, s in passing.items() if n in _subjects(FOLDER / "base.ttl")} == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_good_example_breaks_no_shape(name: str, passing: dict[Node, set[Node]]) -> None:
    subjects = _subjects(FOLDER / "pass" / f"{name}.ttl")
    assert {n: s for n, s in passing.items() if n in subjects} == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_example_breaks_every_constraint_of_its_shape(
    name: str, shapes: Graph, failing: dict[Node, set[Node]]
) -> None:
    subjects = _subjects(FOLDER / "fail" / f"{name}.ttl")
    told = set().union(*(failing.get(subject, set()) for subject in subjects))
    assert _constraints(shapes, URIRef(SHAPES + name)) - told == set()


def test_every_constraint_has_a_message_with_a_full_sentence(shapes: Graph) -> None:
    for shape in shapes.subjects(RDF.type, SH.PropertyShape):
        message = shapes.value(shape, SH.message)
        assert message is not None, shape
        assert re.match(r"[A-Z].{20,}[.]$", str(message)), message


def test_no_shape_needs_a_sparql_engine(shapes: Graph) -> None:
    assert list(shapes.subject_objects(SH.sparql)) == []


def test_the_shapes_hold_claims_to_the_kinds_that_the_ontology_names(ontology: Graph, shapes: Graph) -> None:
    below = {
        parent: set(ontology.transitive_subjects(RDFS.subClassOf, parent))
        for parent in ontology.objects(None, RDFS.subClassOf)
    }
    for predicate in ontology.subjects(RDF.type, ASC.Predicate):
        slug = re.sub(r"(?=[A-Z])", "-", str(predicate).removeprefix(str(ASC))).lower()
        for part, named in (("subject", SDO.domainIncludes), ("object", SDO.rangeIncludes)):
            kinds = {
                kind for kind in ontology.objects(predicate, named) if not str(kind).startswith((str(XSD), str(RDF)))
            }
            wanted = {kind for parent in kinds for kind in below.get(parent, {parent})}
            shape = URIRef(f"{SHAPES}{slug}-{part}")
            found = shapes.value(shapes.value(shape, SH.qualifiedValueShape) or shape, SH["in"])
            listed = set(shapes.items(found)) if found is not None else set()
            assert {k for k in listed ^ wanted if not str(k).startswith(FABIO)} == set(), f"{slug}-{part}"
