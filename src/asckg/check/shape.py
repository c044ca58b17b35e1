"""Findings of SHACL: the shapes of the ontology over the whole corpus, by pySHACL."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import SH

from asckg.check.material import Material, Node, Part
from asckg.check.plan import plan
from asckg.check.single import Unmet
from asckg.finding import Finding, Severity
from asckg.namespace import PREFIXES, compact


def shape_findings(material: Material) -> list[Unmet]:
    """Return one finding for each result, at the block of the focus node's subject, with what the shape is about.

    The shapes are those of `ontology/shape`; ontology, schemes and data are checked together, with no inference.
    """
    shapes = graph_of(source.parsed.triples for source in material.part(Part.SHAPE))
    if not len(shapes):
        return []
    data = graph_of(s.parsed.triples for s in material.part(Part.ONTOLOGY, Part.SCHEME, Part.DATA))
    plan(shapes, data)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False, do_owl_imports=False)
    return sorted(_results(report, shapes, material))


def graph_of(parts: Iterable[Iterable[ox.Triple]]) -> rdflib.Graph:
    """Return triples of Oxigraph as a graph of rdflib."""
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for triples in parts:
        for triple in triples:
            graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    return graph


def _node(node: Node) -> rdflib.term.Node:
    if isinstance(node, ox.NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, ox.BlankNode):
        return rdflib.BNode(node.value)
    if isinstance(node, ox.Literal):
        if node.language:
            return rdflib.Literal(node.value, lang=node.language)
        datatype = node.datatype.value
        return rdflib.Literal(node.value, datatype=None if datatype.endswith("#string") else rdflib.URIRef(datatype))
    raise TypeError(f"{node} is RDF 1.2")


def _results(report: rdflib.Graph, shapes: rdflib.Graph, material: Material) -> Iterator[Unmet]:
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        subject = str(focus) if isinstance(focus, rdflib.URIRef) else ""
        if subject and subject not in material.places:
            continue  # nothing defines it, and G006 says so where it is used
        message = " ".join(str(m) for m in report.objects(result, SH.resultMessage)) or "a shape is not met"
        where = (
            f" Property: {name}."
            if isinstance(path, rdflib.URIRef) and (name := compact(str(path))) not in message
            else ""
        )
        saw = f" It has: {_shown(value)}" if value is not None and value != focus else ""
        found = material.finding(subject, "G005", f"{compact(subject) or 'a blank node'}: {message}{where}{saw}")
        severity: Severity = "error" if report.value(result, SH.resultSeverity) == SH.Violation else "warning"
        finding = Finding(found.path, found.line, 0, "G005", found.message, severity, subject)
        properties, inward = _path(shapes, report.value(result, SH.sourceShape))
        yield Unmet(finding, properties, inward, isinstance(value, rdflib.BNode), bool(saw))


def _shown(value: rdflib.term.Node) -> str:
    return "a blank node" if isinstance(value, rdflib.BNode) else compact(str(value))[:80]


def _path(shapes: rdflib.Graph, shape: rdflib.term.Node | None) -> tuple[frozenset[str], bool]:
    """Return the properties in a shape's path, and whether it goes against their direction."""
    path = shapes.value(shape, SH.path) if shape is not None else None
    names: set[str] = set()
    inward = False
    waiting = [path] if path is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, rdflib.URIRef):
            names.add(compact(str(node)))
            continue
        for predicate, value in shapes.predicate_objects(node):
            inward = inward or predicate == SH.inversePath
            waiting.append(value)
    return frozenset(names - {"rdf:nil", "rdf:type"}), inward
