"""The graphs that writes may not change: a quick proof that an update spares them, else a comparison."""

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from asckg.namespace import GRAPH, PREFIXES

Graph = NamedNode | DefaultGraph

LONGEST = 1 << 20  # characters of an update that is tried out before; a longer one is compared at once
_MARK = NamedNode("urn:asckg:mark")
_READING = re.compile("where|add|copy|move", re.IGNORECASE)
_DELETING = re.compile("delete", re.IGNORECASE)
_DELETE_DATA = re.compile(r"delete\s+data", re.IGNORECASE)


class ProtectedError(Exception):
    """A write would change a graph of the corpus."""


def graph_named(iri: str | None) -> Graph:
    """Return the graph with this IRI, the default graph for None or nothing."""
    return NamedNode(iri) if iri else DefaultGraph()


def graph_names(store: Store) -> set[str]:
    """Return the IRIs of the named graphs of `store`."""
    return {graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode)}


def called(name: str) -> str:
    """Return a graph's name for a message."""
    return f"the graph <{name}>" if name else "the default graph"


class Protection:
    """The graphs called `names`, an empty name for the default graph, as they are when this is made."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = frozenset(names)
        self._before: dict[str, _Content] = {}

    @classmethod
    def of(cls, store: Store) -> "Protection":
        """Protect every named graph of `store`, and its default graph where that is not empty."""
        filled = next(store.quads_for_pattern(None, None, None, DefaultGraph()), None) is not None
        return cls(graph_names(store) | ({""} if filled else set()))

    def update(self, store: Store, text: str, base: str | None) -> None:
        """Run an update; raise ProtectedError, and leave `store` spoilt, when it changed a protected graph.

        The cost does not grow with the protected graphs when the update has no pattern, only data, and spares them.
        """
        spared = self.spared_by(text, base, graph_names(store) - self.names)
        if not spared and not self._before:
            self._before = {name: _Content.of(store, name) for name in self.names}
        store.update(text, base_iri=base, prefixes=PREFIXES)
        if spared:
            return
        if any(isinstance(graph, BlankNode) for graph in store.named_graphs()):
            raise ProtectedError("a graph is kept by its IRI, and this update names one by a blank node")
        for name in graph_names(store) - self.names:
            self.check_own(name)
        for name in self.names:
            if not self._before[name].is_in(store, name):
                raise ProtectedError(
                    f"the update would change {called(name)}, which the corpus holds; write to a graph of your own"
                )

    def check_own(self, name: str) -> None:
        """Raise ProtectedError unless a graph may be the user's own: later builds have more graphs than this one."""
        if name in self.names:
            raise ProtectedError(f"{called(name)} is of the corpus and cannot be written to here")
        if self.names and name.startswith(GRAPH):
            raise ProtectedError(f"names under <{GRAPH}> are kept for the corpus; write to a graph of your own")

    def spared_by(self, text: str, base: str | None, own: Iterable[str]) -> bool:
        """Whether an update surely changes no protected graph, whatever is in it; `own` are the other named graphs.

        The engine is the judge. Without the keywords of `_READING` an update does the same to any data: it is run on
        a store with one mark in each protected graph, once as it is and once with its deletions turned into
        insertions, and the marks must be all that is there. That a word is no keyword is found by masking it: the
        text must still parse.
        """
        if len(text) > LONGEST:
            return False
        own = list(own)
        inserting = _DELETE_DATA.sub("INSERT DATA", text)
        try:
            self._try(_READING.sub(_masked, text), base, own)
            self._try(_DELETING.sub(_masked, inserting), base, own)
            return all(self._untouched(self._try(one, base, own), own) for one in (text, inserting))
        except (SyntaxError, ValueError, OSError, RuntimeError):
            return False

    def _try(self, text: str, base: str | None, own: Iterable[str]) -> Store:
        store = Store()
        for name in own:
            store.add_graph(NamedNode(name))
        for name in self.names:
            store.add(Quad(_MARK, _MARK, Literal(name), graph_named(name)))
        store.update(text, base_iri=base, prefixes=PREFIXES)
        return store

    def _untouched(self, store: Store, own: Iterable[str]) -> bool:
        if any(name.startswith(GRAPH) for name in graph_names(store) - self.names - set(own)):
            return False
        for name in self.names:
            left = store.quads_for_pattern(None, None, None, graph_named(name))
            if [quad.object for _, quad in zip(range(2), left, strict=False)] != [Literal(name)]:
                return False
        return True


def _masked(match: re.Match[str]) -> str:
    """Return a word of the same length that is no keyword."""
    return match[0][0] + "0" * (len(match[0]) - 1)


class _Content(NamedTuple):
    """The digests of a graph's lines, in the order in which the engine gave them and in that of the alphabet."""

    given: bytes
    ordered: bytes

    @classmethod
    def of(cls, store: Store, name: str) -> "_Content":
        lines = _lines(store, name)
        return cls(_digest(lines), _digest_ordered(lines))

    def is_in(self, store: Store, name: str) -> bool:
        """Whether a graph has these lines; a graph that nobody touched comes in the order that it had, as a rule."""
        lines = _lines(store, name)
        return self.given == _digest(lines) or self.ordered == _digest_ordered(lines)


def _lines(store: Store, name: str) -> bytes:
    return store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph_named(name)) or b""


def _digest(lines: bytes) -> bytes:
    return hashlib.sha256(lines).digest()


def _digest_ordered(lines: bytes) -> bytes:
    return _digest(b"\n".join(sorted(lines.splitlines())))
