"""What pages read: the engine, the label index and the claims, opened once per build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from fastapi import Request

from asckg import __version__
from asckg.engine import Engine
from asckg.export.work import Work, find_works
from asckg.map.data import MapData
from asckg.namespace import compact
from asckg.question import Question
from asckg.search.gather import open_index
from asckg.search.index import FILE, Hit, LabelIndex
from asckg.term import Term
from asckg.wording import worded
from asckg_api.settings import Settings
from asckg_api.view.acronym import Acronyms, read_acronyms
from asckg_api.view.claim import ClaimBook, read_claims
from asckg_api.view.reading import Copy, read
from asckg_api.view.recent import Recent

Order = tuple[Sequence[tuple[Hit, str]], str]
DOCUMENTS = "SELECT ?d WHERE { ?s a doco:Section ; dct:isPartOf ?d FILTER NOT EXISTS { ?d dct:isPartOf ?w } }"


class Book:
    """One build as pages read it."""

    def __init__(self, graph: Any, settings: Settings) -> None:
        self.graph = graph
        self.settings = settings
        self.engine: Engine = graph.engine
        self.version: str = graph.engine.version
        self.software = __version__
        self.completion: dict[str, Any] | None = None
        self.maps: Recent[str, MapData] = Recent(80)
        self.orders: Recent[str, Order] = Recent(200)  # of what points at a thing
        self.texts: Recent[str, tuple[MapData, str]] = Recent(40)  # maps as they were written, by address
        self.pages: Recent[str, str] = Recent(48)  # pages as they were rendered, by template and ETag
        self._copies: dict[str, Copy] = {}

    @cached_property
    def labels(self) -> LabelIndex:
        """The label index, kept beside the build."""
        return open_index(self.engine, self.folder / FILE)

    @property
    def folder(self) -> Path:
        """Where files that derive from this build are kept."""
        path: Path = self.graph.build.path
        return path

    @cached_property
    def claims(self) -> ClaimBook:
        """Every claim."""
        return read_claims(self.engine)

    @cached_property
    def acronyms(self) -> Acronyms:
        """The acronyms with the names behind them."""
        return read_acronyms(self.engine)

    @property
    def questions(self) -> Mapping[str, Question]:
        """Questions and maps by name."""
        found: Mapping[str, Question] = self.graph.questions
        return found

    @cached_property
    def documents(self) -> list[str]:
        """The addresses of the source documents."""
        return sorted({row[0].value for row in self.engine.select(DOCUMENTS).rows if row[0]})

    @cached_property
    def works(self) -> dict[str, Work]:
        """The cited works by address, in order of label."""
        return {work.iri: work for work in find_works(self.engine)}

    @cached_property
    def backs(self) -> dict[str, str]:
        """How each property of a claim reads from its object's side, by the property's address."""
        rows = self.engine.select("SELECT ?p ?l WHERE { ?p asc:inverseLabel ?l }").rows
        return {p.value: label.value for p, label in rows if p and label}

    def copy(self, document: str) -> Copy:
        """Return the copy of a document; an empty one when the server was started without."""
        if document not in self._copies:
            path = self.settings.sources.get(document)
            self._copies[document] = read(path, document, self.settings.corpus) if path else Copy()
        return self._copies[document]

    def hit(self, iri: str) -> Hit:
        """Label and kind of one thing; an address that nothing names is told in words."""
        return self.labels.look_up([iri]).get(iri) or Hit(iri, worded(iri), "thing")

    def hits(self, iris: Iterable[str]) -> list[Hit]:
        """Label and kind of several, in the order given."""
        wanted = list(iris)
        known = self.labels.look_up(wanted)
        return [known.get(iri) or Hit(iri, worded(iri), "thing") for iri in wanted]

    def values(self, iri: str) -> dict[str, list[Term]]:
        """Return what the default graph says of a thing, by the predicates' prefixed names."""
        found: dict[str, list[Term]] = {}
        for _, predicate, value in self.engine.describe(iri):
            found.setdefault(compact(predicate.value), []).append(value)
        return found


def book(request: Request) -> Book:
    """Return the book of the application that the request came to."""
    found: Book = request.app.state.book
    return found
