"""Shapes rewritten in memory so that pySHACL finds the same results in less time."""

import rdflib
from rdflib.namespace import RDF, SH
from rdflib.term import Node

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)


def plan(shapes: rdflib.Graph, data: rdflib.Graph) -> None:
    """Rewrite `shapes` in place: the same focus nodes, paths, values, messages and severities come out.

    pySHACL enters a nested property shape anew for each focus node, which was most of the time. Here each gets its
    focus nodes as targets and is evaluated once. By the meaning of sh:property nothing else changes. Shapes that
    something else than sh:property refers to are left as they are.
    """
    for node in set(shapes.subjects(RDF.type, SH.NodeShape)):
        targets = [(p, o) for p in _TARGETS for o in shapes.objects(node, p)]
        if targets and _is_free(shapes, node):
            for inner in _detach(shapes, node):
                for predicate, value in targets:
                    shapes.add((inner, predicate, value))
                if [predicate for predicate, _ in targets] == [SH.targetNode] and _is_free(shapes, inner):
                    _flatten_nested(shapes, data, inner, targets[0][1])


def _flatten_nested(shapes: rdflib.Graph, data: rdflib.Graph, outer: Node, focus: Node) -> None:
    """Target the shapes within a property shape, whose one focus node is known, at the ends of its path."""
    inverse = shapes.value(shapes.value(outer, SH.path), SH.inversePath)
    if isinstance(inverse, rdflib.URIRef):
        for inner in _detach(shapes, outer):
            for subject in data.subjects(inverse, focus):
                shapes.add((inner, SH.targetNode, subject))


def _is_free(shapes: rdflib.Graph, node: Node) -> bool:
    """Return whether a shape is in force, and only reached by its targets or by one sh:property."""
    uses = [predicate for _, predicate in shapes.subject_predicates(node)]
    return uses in ([], [SH.property]) and (node, SH.deactivated, None) not in shapes


def _detach(shapes: rdflib.Graph, node: Node) -> list[Node]:
    """Take the property shapes away from a shape and return them; to a closed one leave their paths, which it reads."""
    inner = list(shapes.objects(node, SH.property))
    for shape in inner:
        shapes.remove((node, SH.property, shape))
        if (node, SH.closed, None) in shapes:
            allowed = rdflib.BNode()
            shapes.add((node, SH.property, allowed))
            for path in shapes.objects(shape, SH.path):
                shapes.add((allowed, SH.path, path))
    return inner
