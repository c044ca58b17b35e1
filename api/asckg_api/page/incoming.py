"""What points at a thing, told from its side: what the page shows already, and mere records, are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from asckg.namespace import compact, expand
from asckg.search.index import Hit
from asckg.style import kind
from asckg_api.view.book import Book, Order

FOLDED = ("evidence", "coding", "link")
SHOWN_ABOVE = tuple(expand(name) for name in ("asc:subject", "asc:object"))
MOST = 20_000
MANY = 200  # links from which on their order is worth keeping
PAGE = 50
BACKS = {
    "asc:subject": "is the subject of",
    "asc:object": "is the object of",
    "asc:assignsCode": "is the code that is given by",
    "asc:codes": "is coded by",
    "asc:origin": "is the origin of",
    "asc:datePrecision": "is the precision of the date of",
    "asc:sentenceFunction": "is the function of",
    "cito:citesAsEvidence": "is cited as evidence by",
    "dcat:distribution": "is a form of",
    "dct:creator": "is an author of",
    "dct:license": "is the licence of",
    "dct:publisher": "published",
    "org:changedBy": "came about by",
    "org:originalOrganization": "was changed by",
    "org:resultingOrganization": "came out of",
    "owl:annotatedSource": "is linked elsewhere by",
    "owl:annotatedProperty": "is the kind of link of",
    "skos:closeMatch": "is close to",
    "skos:exactMatch": "is the same as",
    "void:class": "is the class counted in",
    "void:property": "is the property counted in",
    "asc:predicate": "is the predicate of",
    "asc:setting": "is the setting of",
    "asc:stance": "is the stance of",
    "asc:concerns": "is what these concern",
    "asc:theme": "is the theme of",
    "asc:level": "is the level of",
    "asc:affects": "is affected by",
    "asc:issueKind": "is the kind of",
    "asc:severity": "is the severity of",
    "asc:hasEvidenceLine": "is an evidence line of",
    "dct:isPartOf": "has part",
    "dct:spatial": "is the place of",
    "dct:source": "is the source of",
    "dct:type": "is the kind of",
    "rdf:type": "is the class of",
    "rdfs:subClassOf": "has narrower class",
    "rdfs:subPropertyOf": "has narrower property",
    "rdfs:isDefinedBy": "defines",
    "schema:domainIncludes": "is the subject class of",
    "schema:rangeIncludes": "is the object class of",
    "skos:broader": "has narrower",
    "skos:broadMatch": "has coded to it",
    "skos:inScheme": "lists",
    "skos:topConceptOf": "has top concept",
    "skos:hasTopConcept": "is a top concept of",
    "org:classification": "is the type of",
    "prov:wasDerivedFrom": "is the source of",
    "prov:wasAttributedTo": "is named as the author of",
    "c4o:denotes": "is denoted by",
    "biro:references": "is the work of the entry",
}  # fmt: skip


@dataclass(frozen=True)
class Incoming:
    """One page of what points at a thing: `total` counts what is listed, `folded` says what is not."""

    groups: Sequence[tuple[str, Sequence[Hit]]]
    total: int
    folded: str

    @property
    def pages(self) -> int:
        """Return the number of pages."""
        return max(1, -(-self.total // PAGE))


def incoming(mine: Book, iri: str, number: int) -> Incoming:
    """Return one page of what points at a thing, grouped by the way in which the thing is pointed at."""
    kept, folded = mine.orders.get(iri) or _ordered(mine, iri)
    groups: dict[str, list[Hit]] = {}
    for hit, predicate in kept[(number - 1) * PAGE : number * PAGE]:
        groups.setdefault(_backwards(mine, predicate), []).append(hit)
    return Incoming(list(groups.items()), len(kept), folded)


def _ordered(mine: Book, iri: str) -> Order:
    """Return what points at a thing in order, and what is counted only; kept where there is much of it."""
    triples = mine.engine.incoming(iri, MOST, 0)
    hits = {hit.iri: hit for hit in mine.hits(dict.fromkeys(subject.value for subject, _, _ in triples))}
    folded: Counter[str] = Counter()
    kept: list[tuple[Hit, str]] = []
    for subject, predicate, _ in triples:
        hit = hits[subject.value]
        if hit.kind in FOLDED or (hit.kind == "claim" and predicate.value in SHOWN_ABOVE):
            folded[hit.kind] += 1
        else:
            kept.append((hit, predicate.value))
    kept.sort(key=lambda one: (one[1], _natural(one[0].iri)))
    said = ", ".join(_counted(*pair) for pair in sorted(folded.items()))
    return mine.orders.keep(iri, (kept, said)) if len(triples) > MANY else (kept, said)


def _backwards(mine: Book, predicate: str) -> str:
    known = mine.backs.get(predicate) or BACKS.get(compact(predicate)) or f"is the {mine.hit(predicate).label} of"
    return known[:1].upper() + known[1:]


def _natural(iri: str) -> list[tuple[str, int]]:
    return [(word, int(part or 0)) for word, part in re.findall(r"(\D+)(\d*)", iri)]


def _counted(name: str, count: int) -> str:
    one = kind(name)
    return f"{count:,} {(one.label if count == 1 else one.plural).lower()}"
