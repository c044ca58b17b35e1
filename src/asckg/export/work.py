"""Works as reference managers know them: authors, year, venue and identifier of each."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from asckg.engine import Engine
from asckg.named import values
from asckg.namespace import PREFIXES, compact, expand
from asckg.term import Term

_DOI = re.compile(r"^https?://(?:dx\.)?doi\.org/(10\..+)$", re.IGNORECASE)
_WORKS = """
SELECT ?work ?property ?value WHERE {
  %s ?work asc:authorList ?authors ; ?property ?value .
  FILTER NOT EXISTS { ?work a biro:BibliographicReference }
} ORDER BY ?work ?property ?value
"""
_DULL = frozenset({"fabio:Work", "fabio:Expression", "prov:Entity"})


@dataclass(frozen=True)
class Author:
    """One author: a person's family and given names, or the whole name of a body as `family` alone."""

    family: str
    given: str = ""

    @property
    def is_body(self) -> bool:
        """Return whether this is an organisation."""
        return not self.given

    def __str__(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True)
class Work:
    """A cited work; `kind` is a prefixed name such as `fabio:JournalArticle`, empty text where nothing is known."""

    iri: str
    key: str
    label: str
    kind: str
    title: str
    authors: tuple[Author, ...]
    year: str = ""
    venue: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""


def find_works(engine: Engine, iris: Iterable[str] | None = None) -> list[Work]:
    """Return the works with these IRIs, or all, by label. Entries of a reference list, as printed, are not works."""
    only = "" if iris is None else f"VALUES ?work {{ {values(iris)} }}"
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for work, name, value in engine.select(_WORKS % only).rows:
        if work is not None and name is not None and value is not None:
            facts[work.value][compact(name.value)].append(_value(value))
    return sorted((_work(iri, own) for iri, own in facts.items()), key=lambda work: (work.label, work.iri))


def authors_of(printed: str) -> tuple[Author, ...]:
    """Return the authors of a printed list `Family, G. H.; Body`.

    >>> [str(author) for author in authors_of("Walter, I.; Care Body")]
    ['Walter, I.', 'Care Body']
    """
    found = []
    for part in (part.strip() for part in printed.split(";")):
        family, _, given = part.partition(",")
        if family:
            found.append(Author(family.strip(), given.strip()))
    return tuple(found)


def _value(term: Term) -> str:
    return compact(term.value) if term.kind == "iri" else term.value


def _work(iri: str, facts: dict[str, list[str]]) -> Work:
    def one(name: str) -> str:
        return next(iter(facts.get(name, ())), "")

    identifiers = [found[1] for value in facts.get("schema:identifier", ()) if (found := _DOI.match(expand_url(value)))]
    kinds = sorted(set(facts.get("rdf:type", ())) - _DULL, key=lambda kind: (not kind.startswith("fabio:"), kind))
    return Work(
        iri=iri,
        key=compact(iri).partition(":")[2].removeprefix("work-") or iri,
        label=one("skos:prefLabel") or one("dct:title"),
        kind=kinds[0] if kinds else "fabio:Work",
        title=one("dct:title"),
        authors=authors_of(one("asc:authorList")),
        year=one("asc:year"),
        venue=one("asc:venue"),
        volume=one("asc:volume"),
        issue=one("asc:issue"),
        pages=one("asc:pages"),
        doi=identifiers[0] if identifiers else "",
        url=expand_url(one("schema:url")),
    )


def expand_url(value: str) -> str:
    """Return an address that was compacted to a prefixed name in full again; any other as it is."""
    prefix, _, rest = value.partition(":")
    return expand(value) if prefix in PREFIXES and not rest.startswith("//") else value
