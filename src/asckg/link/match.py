"""Organisations in strings matched to records: candidates, comparison, guards, and three bands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import nlargest

from asckg.link.affiliation import Run, runs
from asckg.link.band import DEFAULT, Threshold
from asckg.link.candidate import NOTHING, Candidate, Match
from asckg.link.guard import doubts_of, surroundings
from asckg.link.locality import NOWHERE, Locality, places_in, same_place
from asckg.link.nameindex import Name, NameIndex
from asckg.link.organisation import compare, respelt
from asckg.link.record import Record
from asckg.link.text import sort_of

NO_PLACES: frozenset[str] = frozenset()
_CONSIDERED = 8
_LEADING = 6
_LONG = 7
_BELOW = {"cut": -0.03, "half": -0.03, "part": -0.12, "scheme": -0.03, "given": -0.06}


def _typing_error(left: str, right: str) -> bool:
    """Say whether two long Latin words differ as typing errors do, not as two names do."""
    return min(len(left), len(right)) >= _LONG and (left + right).isascii() and abs(len(left) - len(right)) <= 1


class Matcher:
    """Matches strings to the records of an index."""

    def __init__(self, index: NameIndex, threshold: Threshold = DEFAULT) -> None:
        self.index = index
        self.threshold = threshold

    def match(
        self,
        texts: Sequence[str],
        countries: Sequence[str] | None = None,
        places: Sequence[tuple[str, ...]] | None = None,
    ) -> Iterator[Match]:
        """Yield one match for each text, in order.

        `countries` are the ISO codes that other columns have (or empty), `places` the towns and regions there.
        """
        found = [runs(text, self.index.knows) for text in texts]
        distinct = list({run.words: None for group in found for run in group})
        near = dict(zip(distinct, self.index.nearest(distinct), strict=True))
        for place, (text, group) in enumerate(zip(texts, found, strict=True)):
            country = countries[place] if countries else ""
            towns = places_in(places[place]) if places and places[place] and self.index.places else NO_PLACES
            yield self._decide(text, group, near, Locality(country, towns) if country or towns else NOWHERE)

    def _decide(self, text: str, group: list[Run], near: Mapping[tuple[str, ...], list[int]], where: Locality) -> Match:
        if not group:
            return Match(text, "none")
        if group[-1].chunk == group[0].chunk:
            return self._decide_one(text, group, near, where)
        found = [
            self._decide_one(text, [run for run in group if run.chunk == number], near, where)
            for number in sorted({run.chunk for run in group})
        ]
        return replace(found[0], others=tuple(found[1:]))

    def _decide_one(
        self, text: str, group: list[Run], near: Mapping[tuple[str, ...], list[int]], where: Locality
    ) -> Match:
        best: dict[int, Candidate] = {}
        for run in group:
            for number in self._positions(run, near[run.words]):
                candidate = self._judge(run, self.index.names[number], where)
                if candidate.similarity > best.get(candidate.owner, NOTHING).similarity:
                    best[candidate.owner] = candidate
            for owner in self._by_acronym(run):
                candidate = self._acronym(run, owner, where)
                if candidate.similarity > best.get(owner, NOTHING).similarity:
                    best[owner] = candidate
        if not best:
            return Match(text, "none")
        leading = nlargest(_LEADING, best.values(), key=lambda item: (item.similarity, len(item.record.children)))
        if leading[0].similarity < (self.threshold.near if where.places else self.threshold.review):
            return self.threshold.decide(text, leading)
        return self.threshold.decide(text, [self._doubted(item, where) for item in leading])

    def _positions(self, run: Run, near: list[int]) -> list[int]:
        if not near and run.folded not in self.index.exact and tuple(sorted(run.words)) not in self.index.bag:
            return []
        exact = self.index.exact.get(run.folded, [])
        bag = self.index.bag.get(tuple(sorted(run.words)), [])
        return list(dict.fromkeys([*exact, *bag, *near[:_CONSIDERED]]))

    def _by_acronym(self, run: Run) -> list[int]:
        short = run.folded.removesuffix(" council")
        if short.count(" ") > 1 or sort_of(short) or any(part.role == "institution" for part in run.rest):
            return []
        return self.index.called(short)

    def _acronym(self, run: Run, owner: int, where: Locality) -> Candidate:
        record = self.index.records[owner]
        alone = compare((run.folded,), (run.folded,))
        parts = {"acronym": 0.87, **surroundings(run, record, self.index.own[owner], (), where)}
        if where.places:
            parts |= self._town(record, where)
        doubts: tuple[str, ...] = ("acronym",)
        if record.status in {"", "active"} and self.index.spells(owner, run.folded):
            parts["spelt out"] = 0.1
            doubts = ()
        return Candidate(owner, record, run.folded.upper(), sum(parts.values()), parts, alone, run, doubts)

    def _judge(self, run: Run, name: Name, where: Locality) -> Candidate:
        record, own = self.index.records[name.owner], self.index.own[name.owner]
        found = compare(run.words, name.words, explained=own, own=own)
        parts = {"words": 0.8 * found.words, "letters": 0.2 * found.letters}
        if run.folded == name.folded:
            parts["exact"] = 0.04 if name.preferred else 0.01
        parts |= surroundings(run, record, own, run.words, where)
        if where.places:
            parts |= self._town(record, where)
        if found.clash:
            parts["clash"] = -0.12
        if run.how in _BELOW:
            parts["unit"] = _BELOW[run.how]
        if record.status not in {"", "active"}:
            parts["status"] = -0.02
        similarity = sum(parts.values())
        return Candidate(name.owner, record, name.folded, similarity, parts, found, run)

    def _town(self, record: Record, where: Locality) -> dict[str, float]:
        """Return what the places of other columns add; they tell against a record only where the list knows them."""
        theirs = places_in(record.places)
        if not theirs:
            return {}
        if same_place(where.places, theirs):
            return {"town": 0.04}
        return {} if where.places.isdisjoint(self.index.places) else {"town": -0.08}

    def _doubted(self, item: Candidate, where: Locality) -> Candidate:
        """Return a candidate with its doubts, which only the leading ones of a match need."""
        if "acronym" in item.parts:
            return item
        run, found = item.run, item.comparison
        doubts = doubts_of(run, item.record, self.index.own[item.owner], found, where)
        if item.parts.get("town", 0.0) < 0:
            doubts = (*doubts, "another place")
        if any(respelt(*pair) and (not _typing_error(*pair) or pair[0] in self.index.words) for pair in found.agree):
            doubts = (*doubts, "spelling")
        return replace(item, doubts=doubts) if doubts else item
