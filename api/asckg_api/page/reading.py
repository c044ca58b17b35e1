"""Sentences: their place always, their words only when the server was given a copy of the document."""

from __future__ import annotations

from dataclasses import dataclass

from asckg.term import Term
from asckg_api.view.book import Book


@dataclass(frozen=True)
class Passage:
    """A sentence with what stands before and after it in its paragraph; `text` is empty without a copy."""

    document: str
    digest: str
    text: str = ""
    before: str = ""
    after: str = ""


def sentence_of(mine: Book, iri: str, values: dict[str, list[Term]]) -> Passage:
    """Return the passage of a sentence, with its words when a copy was given and its digest is right."""
    digest = values["asc:sha256"][0].value if values.get("asc:sha256") else ""
    name = iri.rsplit("/", 1)[-1]
    document = next((key for key in sorted(_documents(mine), key=len, reverse=True) if name.startswith(key)), name)
    known = mine.copy(document).get(name)
    if known is None or known[0] != digest:
        return Passage(document, digest)
    return Passage(document, digest, *known[1:])


def _documents(mine: Book) -> list[str]:
    return [iri.rsplit("/", 1)[-1] for iri in mine.documents]
