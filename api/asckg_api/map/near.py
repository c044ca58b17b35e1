"""What is joined to what: the things of the graph by claims and plain facts, for ego networks and paths."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from asckg.map.data import Link
from asckg.namespace import ID, VOC, expand
from asckg_api.view.book import Book
from asckg_api.view.claim import Claim

HIDDEN = {
    "sentence",
    "paragraph",
    "citation",
    "evidence",
    "claim",
    "reference",
    "coding",
    "link",
    "dataset",
    "query",
    "scheme",
    "issue",
    "predicate",
}
CITES = expand("cito:citesAsEvidence")
FACTS = f"""SELECT ?s ?p ?o WHERE {{
  ?s ?p ?o FILTER(isIRI(?o) && STRSTARTS(STR(?s), "{ID}"))
  FILTER(STRSTARTS(STR(?o), "{ID}") || STRSTARTS(STR(?o), "{VOC}"))
  FILTER(?p NOT IN (prov:wasDerivedFrom, asc:subject, asc:object, asc:setting, asc:stance, asc:basis, asc:direction,
    asc:hasEvidenceLine, cito:citesAsEvidence, biro:references, asc:datePrecision, asc:affects))
}}"""
HOPS, MOST = 3, 260


@dataclass(frozen=True)
class Trail:
    """One path: the things on it in order, and the links between them."""

    things: tuple[str, ...]
    links: tuple[Link, ...]


class Near:
    """Every link between two things, by both of its ends; read once per build."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @cached_property
    def links(self) -> dict[str, list[Link]]:
        """The links of each thing."""
        found: dict[str, list[Link]] = defaultdict(list)
        seen: set[tuple[str, str, str]] = set()
        for link in self._all():
            seen.add((link.source, link.kind, link.target))
            found[link.source].append(link)
            found[link.target].append(link)
        for subject, predicate, value in self._book.engine.select(FACTS).rows:
            if not (subject and predicate and value) or (subject.value, predicate.value, value.value) in seen:
                continue
            link = Link(subject.value, value.value, predicate.value)
            found[link.source].append(link)
            found[link.target].append(link)
        return self._shown(found)

    def around(self, iri: str, hops: int) -> tuple[list[Link], int]:
        """Return the links within so many steps of a thing, nearest first, and how many more things there are."""
        ring, seen, chosen = [iri], {iri}, dict[Link, None]()
        left = 0
        for _ in range(min(hops, HOPS)):
            following: list[str] = []
            for thing in ring:
                for link in self.links.get(thing, ()):
                    other = link.target if link.source == thing else link.source
                    if other not in seen and len(seen) >= MOST:
                        left += 1
                        continue
                    chosen[link] = None
                    if other not in seen:
                        seen.add(other)
                        following.append(other)
            ring = following
        within = {link for thing in seen for link in self.links.get(thing, ()) if {link.source, link.target} <= seen}
        return sorted(within | chosen.keys(), key=lambda k: (k.source, k.target, k.kind)), left

    def paths(self, start: str, end: str, most: int = 5) -> list[Trail]:
        """Up to `most` of the shortest paths between two things, whichever way the links point."""
        before = self._levels(start, end)
        if end not in before:
            return []
        return [self._trail(things) for things in self._walks(end, start, before, most)]

    def _all(self) -> Iterator[Link]:
        for claim in self._book.claims.all():
            yield from links_of(claim)

    def _shown(self, found: dict[str, list[Link]]) -> dict[str, list[Link]]:
        kinds = self._book.labels.look_up(found)
        hidden = {iri for iri in found if iri not in kinds or kinds[iri].kind in HIDDEN}
        return {
            iri: [link for link in links if link.source not in hidden and link.target not in hidden]
            for iri, links in found.items()
            if iri not in hidden
        }

    def _levels(self, start: str, end: str) -> dict[str, list[str]]:
        level, before, queue = {start: 0}, {start: list[str]()}, deque([start])
        while queue:
            thing = queue.popleft()
            if end in level and level[thing] >= level[end]:
                break
            for other in dict.fromkeys(_other(link, thing) for link in self.links.get(thing, ())):
                if other not in level:
                    level[other], before[other] = level[thing] + 1, [thing]
                    queue.append(other)
                elif level[other] == level[thing] + 1:
                    before[other].append(thing)
        return before

    def _walks(self, thing: str, start: str, before: dict[str, list[str]], most: int) -> list[tuple[str, ...]]:
        if thing == start:
            return [(start,)]
        found: list[tuple[str, ...]] = []
        for previous in sorted(set(before[thing])):
            found += [(*walk, thing) for walk in self._walks(previous, start, before, most - len(found))]
            if len(found) >= most:
                break
        return found[:most]

    def _trail(self, things: tuple[str, ...]) -> Trail:
        pairs = pairwise(things)
        links = [link for a, b in pairs for link in self.links[a] if {link.source, link.target} == {a, b}]
        return Trail(things, tuple(links))


def links_of(claim: Claim) -> Iterable[Link]:
    """Return the links that a claim makes: its subject to its object, and to each work that it cites."""
    ends = [(claim.object.value, claim.predicate)] if claim.object.kind == "iri" else []
    ends += [(work, CITES) for work in claim.works]
    for target, kind in ends:
        for line in claim.lines or (None,):
            facets = {"claim": claim.iri, "stance": claim.stance}
            if line:
                facets["basis"] = VOC + line.basis
            for setting in claim.settings or ("",):
                for section in claim.sections or ("",):
                    more = {name: value for name, value in (("setting", setting), ("section", section)) if value}
                    yield Link(claim.subject, target, kind, facets | more)


def _other(link: Link, thing: str) -> str:
    return link.target if link.source == thing else link.source
