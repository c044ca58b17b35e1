"""Sentences: their place always, their words only when the server was given a copy of the document."""

from collections.abc import Sequence
from dataclasses import dataclass

from asckg_api.view.book import Book
from asckg_api.view.reading import Copy

DIGEST = "asc:sha256"


@dataclass(frozen=True)
class Passage:
    """A paragraph of the copy in pieces, each with whether it is a sentence that was asked for."""

    pieces: Sequence[tuple[str, bool]]


def passages(mine: Book, sentences: Sequence[str]) -> list[Passage]:
    """Return the paragraphs that hold these sentences (IRIs), with the sentences marked; none without a copy.

    A sentence whose words are not those that the graph's digest was taken of is not shown.
    """
    wanted: dict[str, tuple[Copy, set[str]]] = {}
    for iri in sentences:
        name = iri.rpartition("/")[2]
        copy = mine.copy(document_of(mine, name))
        if name in copy.paragraph_of and _is_right(mine, iri, copy):
            wanted.setdefault(copy.paragraph_of[name], (copy, set()))[1].add(name)
    return [
        Passage([(text, name in marked) for name, _, text in copy.paragraphs[paragraph]])
        for paragraph, (copy, marked) in wanted.items()
    ]


def document_of(mine: Book, name: str) -> str:
    """Return the local name of the document that a sentence stands in, by the sentence's own."""
    names = [iri.rpartition("/")[2] for iri in mine.documents]
    return next((key for key in sorted(names, key=len, reverse=True) if name.startswith(key)), name)


def digest(mine: Book, iri: str) -> str:
    """Return the digest that the graph has of a sentence."""
    found = mine.values(iri).get(DIGEST)
    return found[0].value if found else ""


def _is_right(mine: Book, iri: str, copy: Copy) -> bool:
    name = iri.rpartition("/")[2]
    return (name, digest(mine, iri)) in {(one, sha) for one, sha, _ in copy.paragraphs[copy.paragraph_of[name]]}
