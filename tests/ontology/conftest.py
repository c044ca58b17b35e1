"""Fixtures of the ontology's tests: its files as graphs, and one validation of all pass and all fail files."""

from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node


def parse(*folders: Path) -> Graph:
    graph = Graph()
    for folder in folders:
        for path in sorted(folder.glob("*.ttl")) if folder.is_dir() else [folder]:
            graph.parse(path)
    return graph


def validate(data: Graph, shapes: Graph) -> dict[Node, set[Node]]:
    """Return the shapes that each focus node breaks."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    assert isinstance(report, Graph)
    broken: dict[Node, set[Node]] = {}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, shape = report.value(result, SH.focusNode), report.value(result, SH.sourceShape)
        assert focus is not None
        assert shape is not None
        broken.setdefault(focus, set()).add(shape)
    return broken


@pytest.fixture(scope="session")
def ontology(root: Path) -> Graph:
    return parse(root / "ontology")


@pytest.fixture(scope="session")
def schemes(root: Path) -> Graph:
    return parse(root / "ontology" / "scheme")


@pytest.fixture(scope="session")
def shapes(root: Path) -> Graph:
    return parse(root / "ontology" / "shape")


@pytest.fixture(scope="session")
def passing(root: Path, ontology: Graph, schemes: Graph, shapes: Graph) -> dict[Node, set[Node]]:
    data = ontology + schemes + parse(root / "tests/shape/base.ttl", root / "tests/shape/pass")
    return validate(data, shapes)


@pytest.fixture(scope="session")
def failing(root: Path, ontology: Graph, schemes: Graph, shapes: Graph) -> dict[Node, set[Node]]:
    data = ontology + schemes + parse(root / "tests/shape/base.ttl", root / "tests/shape/fail")
    return validate(data, shapes)


@pytest.fixture(scope="session")
def own_terms(ontology: Graph) -> list[URIRef]:
    terms = {
        s for s in ontology.subjects(RDF.type) if isinstance(s, URIRef) and s.startswith("https://w3id.org/asckg/def#")
    }
    return sorted(terms)
