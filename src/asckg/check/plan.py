"""Shapes rewritten in memory so that pySHACL finds the same results in less time."""

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
_UNION = "urn:asckg:any-of:"


def plan(shapes: rdflib.Graph, data: rdflib.Graph) -> None:
    """Rewrite `shapes` and `data` in place: the same focus nodes, paths, values, messages and severities come out.

    pySHACL enters a nested shape anew for each node, and builds a report for each alternative of sh:or that fails.
    Both are avoided: property shapes get their focus nodes as targets, and a choice of classes becomes one class.
    """
    _flatten(shapes, data)
    _unite(shapes, data)


def _unite(shapes: rdflib.Graph, data: rdflib.Graph) -> None:
    """Make of each choice between classes one class over them: sh:class heeds rdfs:subClassOf of the data."""
    for shape, choice in list(shapes.subject_objects(SH["or"])):
        members = list(Collection(shapes, choice))
        classes = [cls for member in members if (cls := _only_class(shapes, member)) is not None]
        if len(classes) != len(members):
            continue
        union = rdflib.URIRef(_UNION + "+".join(sorted(map(str, classes))))
        for cls in classes:
            data.add((cls, RDFS.subClassOf, union))
        shapes.remove((shape, SH["or"], choice))
        shapes.add((shape, SH["class"], union))


def _only_class(shapes: rdflib.Graph, member: Node) -> Node | None:
    """Return the class that a shape asks for, when it asks for nothing else."""
    asked = [(p, o) for p, o in shapes.predicate_objects(member) if p not in {RDF.type, SH.message}]
    return asked[0][1] if [p for p, _ in asked] == [SH["class"]] else None


def _flatten(shapes: rdflib.Graph, data: rdflib.Graph) -> None:
    """Give each property shape its focus nodes as targets, so that pySHACL evaluates it once and not once for each.

    Entering a property shape anew for each node was most of the time. By the meaning of sh:property the results are
    the same: the focus node, the path, the value and the shape of each stay. Shapes that something else than
    sh:property refers to are left as they are.
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
