"""What the graph holds about a source document: its sentences in order, and what is said of each."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from asckg.corpus import Corpus
from asckg.error import AsckgError
from asckg.namespace import ID, expand
from asckg.turtle import Parsed, parse
from asckg.turtle.file import short

_TYPE = expand("rdf:type")
_PART = expand("dct:isPartOf")
_POSITION = expand("schema:position")
_DIGEST = expand("asc:sha256")
_DERIVED = expand("prov:wasDerivedFrom")
_FUNCTION = expand("asc:sentenceFunction")


@dataclass(frozen=True)
class RecordedSentence:
    """A sentence as the graph knows it: local name, digest, the section it is in, and its line in the data."""

    name: str
    sha256: str
    section: str
    path: Path
    line: int


@dataclass(frozen=True)
class Record:
    """The data of one source document: `folder` is where it lies, `files` are its Turtle files."""

    key: str
    folder: Path
    files: tuple[Parsed, ...]

    def facts(self) -> Iterator[tuple[Parsed, str, str, ox.NamedNode | ox.Literal]]:
        """Yield (file, subject IRI, predicate IRI, object) of every statement between named things."""
        for file in self.files:
            for triple in file.triples:
                if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
                    yield file, triple.subject.value, triple.predicate.value, triple.object

    def sentences(self) -> list[RecordedSentence]:
        """Return the sentences in reading order."""
        about: dict[str, dict[str, str]] = defaultdict(dict)
        for _, subject, predicate, value in self.facts():
            if predicate in {_PART, _POSITION, _DIGEST}:
                about[subject][predicate] = value.value
        lines = {subject: (file.path, block.line) for file in self.files for subject, block in file.subjects}
        found = []
        for subject, values in about.items():
            if _DIGEST in values:
                order = tuple(_order(subject, about))
                section = order[-3][1] if len(order) >= 3 else ""  # noqa: PLR2004  # section, paragraph, sentence
                sentence = RecordedSentence(subject.removeprefix(ID), values[_DIGEST], section, *lines[subject])
                found.append((tuple(position for position, _ in order), sentence))
        return [sentence for _, sentence in sorted(found, key=lambda pair: pair[0])]

    def derived(self) -> dict[str, list[tuple[str, str]]]:
        """Return for each sentence's local name the (class IRI, thing's IRI) pairs that rest on it."""
        kinds: dict[str, list[str]] = defaultdict(list)
        origins: list[tuple[str, str]] = []
        for _, subject, predicate, value in self.facts():
            if predicate == _TYPE:
                kinds[subject].append(value.value)
            elif predicate == _DERIVED:
                origins.append((value.value.removeprefix(ID), subject))
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for sentence, thing in origins:
            found[sentence].extend((kind, thing) for kind in kinds[thing])
        return found

    def marked(self) -> set[str]:
        """Return the local names of sentences marked as carrying no claim of their own."""
        return {subject.removeprefix(ID) for _, subject, predicate, _ in self.facts() if predicate == _FUNCTION}


def open_record(key: str, root: Path | None = None) -> Record:
    """Return the data about the document `key`; raise when the corpus has no such document.

    `root` is a folder with `graph_data/`; the shipped corpus when it is None.
    """
    corpus = Corpus.open(root)
    known = {folder.name: folder for folder in corpus.documents()}
    if key not in known:
        raise AsckgError(f"there is no document {key!r}; there are {', '.join(known) or 'none'}")
    files = tuple(parse(short(path)) for path in sorted(known[key].glob("*.ttl")))
    return Record(key, known[key], files)


def _order(subject: str, about: dict[str, dict[str, str]]) -> list[tuple[int, str]]:
    """Return (position, local name) of each part that `subject` lies in, outermost first, itself last."""
    path: list[tuple[int, str]] = []
    at = subject
    while at in about and len(path) < 8:  # noqa: PLR2004  # deeper than any document: a circle in the data
        path.append((int(about[at].get(_POSITION, "0")), at.removeprefix(ID)))
        at = about[at].get(_PART, "")
    return path[::-1]
