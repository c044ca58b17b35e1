"""What is checked: every file of the corpus, parsed once, with an index of its statements and their lines."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

import pyoxigraph as ox

from asckg.finding import Finding
from asckg.namespace import compact, expand
from asckg.turtle import Parsed

TYPE = expand("rdf:type")

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Part(Enum):
    """The part of the corpus that a file belongs to."""

    ONTOLOGY = "ontology"
    SCHEME = "scheme"
    SHAPE = "shape"
    DATA = "data"


@dataclass(frozen=True)
class Source:
    """A file of the corpus that parses, and the part it belongs to."""

    part: Part
    parsed: Parsed

    @property
    def path(self) -> Path:
        """Return where the file lies."""
        return self.parsed.path


@dataclass(frozen=True)
class Material:
    """The statements of the corpus by subject, and where each subject stands.

    `unread` has the things that files which could not be read seem to define.
    """

    sources: tuple[Source, ...]
    about: dict[str, dict[str, list[Node]]] = field(default_factory=dict)
    places: dict[str, tuple[Path, int]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()

    @classmethod
    def of(cls, sources: Iterable[Source], unread: Iterable[str] = ()) -> "Material":
        """Return the index of parsed files; a subject's place is the block that gives its type, else its first."""
        material = cls(tuple(sources), defaultdict(lambda: defaultdict(list)), {}, frozenset(unread))
        for source in material.sources:
            typed = set()
            for triple in source.parsed.triples:
                if isinstance(triple.subject, ox.NamedNode):
                    material.about[triple.subject.value][triple.predicate.value].append(triple.object)
                    if triple.predicate.value == TYPE:
                        typed.add(triple.subject.value)
            for subject, block in source.parsed.subjects:
                if subject in typed or subject not in material.places:
                    material.places[subject] = (source.path, block.line)
        return material

    def part(self, *parts: Part) -> Iterator[Source]:
        """Yield the files of some parts."""
        return (source for source in self.sources if source.part in parts)

    def types(self, subject: str) -> list[str]:
        """Return the classes of a thing as prefixed names."""
        return [compact(value) for value in self.iris(subject, "rdf:type")]

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Return the IRIs that a thing has for a predicate, given as a prefixed name."""
        return [node.value for node in self.values(subject, predicate) if isinstance(node, ox.NamedNode)]

    def linked(self, subject: str) -> set[str]:
        """Return the IRIs that a thing leads to, by any predicate."""
        statements = self.about.get(subject, {})
        return {node.value for nodes in statements.values() for node in nodes if isinstance(node, ox.NamedNode)}

    def texts(self, subject: str, predicate: str) -> list[str]:
        """Return the texts that a thing has for a predicate, given as a prefixed name."""
        return [node.value for node in self.values(subject, predicate) if isinstance(node, ox.Literal)]

    def values(self, subject: str, predicate: str) -> list[Node]:
        """Return what a thing has for a predicate, given as a prefixed name."""
        return self.about[subject].get(expand(predicate), []) if subject in self.about else []

    def of_type(self, kind: str) -> Iterator[str]:
        """Yield the things of a class, given as a prefixed name."""
        wanted = expand(kind)
        for subject, statements in self.about.items():
            if any(isinstance(node, ox.NamedNode) and node.value == wanted for node in statements.get(TYPE, ())):
                yield subject

    def finding(self, subject: str, code: str, message: str) -> Finding:
        """Return a finding about a thing, at its place."""
        path, line = self.places.get(subject, (Path("corpus"), 0))
        return Finding(str(path), line, 0, code, message, focus=subject)
