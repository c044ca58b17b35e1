"""The canonical form of a Turtle file: the same triples are the same bytes, and one more subject is one more block."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from asckg.error import AsckgError
from asckg.namespace import PREFIXES
from asckg.turtle.parse import Parsed
from asckg.turtle.term import Names
from asckg.turtle.token import head_comments, stray_comments

_RDF = PREFIXES["rdf"]
_TYPE = f"{_RDF}type"
_FIRST, _REST, _NIL = f"{_RDF}first", f"{_RDF}rest", f"{_RDF}nil"
_INDENT = "    "

_Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def canonical(parsed: Parsed) -> str:
    """Return the canonical text of a file: prefixes sorted and only those used, subjects in IRI order.

    Each subject stands at column 0, and each predicate, `a` first, on a line of its own. Comments before the first
    statement stay. Raises `AsckgError` on a comment elsewhere, and on a blank node that is shared or in a circle.
    """
    if stray := stray_comments(parsed.text):
        places = ", ".join(str(token.line) for token in stray[:10])
        raise AsckgError(
            f"{parsed.path}:{stray[0].line}: comments on lines {places} would be lost; "
            "write them as skos:editorialNote, or move them to the head of the file"
        )
    try:
        return serialise(parsed.triples, prefixes=parsed.prefixes, head=head_comments(parsed.text))
    except AsckgError as error:
        raise AsckgError(f"{parsed.path}: {error}") from error


def serialise(
    triples: Iterable[ox.Triple], *, prefixes: Mapping[str, str] | None = None, head: Sequence[str] = ()
) -> str:
    """Return triples as canonical Turtle; `head` are comment lines to begin with.

    The project's prefixes win over `prefixes`. Raises `AsckgError` on a blank node that is shared or in a circle,
    because such a node has no place of its own in the order: it needs an IRI.
    """
    writer = _Writer(triples, {**(prefixes or {}), **PREFIXES})
    body = list(writer.blocks())
    declared = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in sorted(writer.names.used.items())]
    parts = ["\n".join(lines) for lines in (head, declared) if lines]
    return "\n\n".join([*parts, *body]) + "\n" if parts or body else ""


class _Writer:
    """One pass over one set of triples."""

    def __init__(self, triples: Iterable[ox.Triple], prefixes: dict[str, str]) -> None:
        self.names = Names(prefixes)
        self._about: dict[_Node, dict[str, list[_Node]]] = defaultdict(lambda: defaultdict(list))
        unique = set(triples)
        self._uses = Counter(t.object for t in unique if isinstance(t.object, ox.BlankNode))
        for triple in unique:
            self._about[triple.subject][triple.predicate.value].append(triple.object)
        self._written: set[ox.BlankNode] = set()

    def blocks(self) -> Iterator[str]:
        named = sorted((s for s in self._about if isinstance(s, ox.NamedNode)), key=lambda s: s.value)
        for subject in named:
            yield f"{self.names.write(subject.value)}\n{_INDENT}{self._statements(subject, 1)} ."
        blank = [s for s in self._about if isinstance(s, ox.BlankNode)]
        yield from sorted(f"[]\n{_INDENT}{self._statements(node, 1)} ." for node in blank if not self._uses[node])
        shared = {node for node, times in self._uses.items() if times > 1}
        circular = {node for node in blank if self._uses[node] and node not in self._written}
        if homeless := shared | circular:
            raise AsckgError(f"{len(homeless)} blank nodes are shared or in a circle; give each an IRI")

    def _statements(self, subject: _Node, depth: int) -> str:
        lines = []
        for predicate, objects in sorted(self._about[subject].items(), key=self._order):
            verb = "a" if predicate == _TYPE else self.names.write(predicate)
            lines.append(f"{verb} {' , '.join(text for _, text in sorted(self._object(o, depth) for o in objects))}")
        return f" ;\n{_INDENT * depth}".join(lines)

    def _order(self, item: tuple[str, object]) -> str:
        return "" if item[0] == _TYPE else self.names.write(item[0])

    def _object(self, node: _Node, depth: int) -> tuple[str, str]:
        """Return what a node is sorted by, and how it is written."""
        if isinstance(node, ox.NamedNode):
            return ("", "()") if node.value == _NIL else ("", self.names.write(node.value))
        if isinstance(node, ox.Literal):
            return "", self.names.literal(node)
        if isinstance(node, ox.Triple):
            raise AsckgError(f"{node}: statements about statements are RDF 1.2, which this project does not use")
        if self._uses[node] > 1:
            return "", "[]"
        self._written.add(node)
        items = self._list(node)
        if items is not None:
            return "", f"( {' '.join(self._object(item, depth)[1] for item in items)} )"
        inner = self._statements(node, depth + 1)
        if not inner:
            return "", "[]"
        path = self._about[node].get(f"{PREFIXES['sh']}path", [])
        first = str(path[0]) if len(path) == 1 and isinstance(path[0], ox.NamedNode) else ""
        return first, f"[\n{_INDENT * (depth + 1)}{inner}\n{_INDENT * depth}]"

    def _list(self, node: ox.BlankNode) -> list[_Node] | None:
        """Return the items of a well-formed list, or None where the node is something else."""
        items: list[_Node] = []
        cells: list[ox.BlankNode] = []
        at: _Node = node
        while isinstance(at, ox.BlankNode):
            about = self._about.get(at, {})
            if set(about) != {_FIRST, _REST} or any(len(v) != 1 for v in about.values()) or self._uses[at] > 1:
                return None
            cells.append(at)
            items.append(about[_FIRST][0])
            at = about[_REST][0]
            if at in cells:
                return None
        if not isinstance(at, ox.NamedNode) or at.value != _NIL:
            return None
        self._written.update(cells)
        return items
