"""Rows of an external table matched to things: identifiers first, then earlier decisions, then names."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from asckg.link.band import DEFAULT
from asckg.link.match import Matcher
from asckg.link.nameindex import NameIndex
from asckg.link.namesake import Namesakes, bare, torn
from asckg.link.outcome import Option, Outcome, with_relations
from asckg.link.parcel import signature_of
from asckg.link.person import compare_people, person_likeness
from asckg.link.pool import Chunk, Pool, opened_pool
from asckg.link.record import Record
from asckg.link.screen import Screen
from asckg.link.succession import knows_councils, with_successors
from asckg.link.text import fold, tokens
from asckg.link.work import compare_works, main_title

_BATCH = 5_000
_CHUNK = 1_000
_AHEAD = 3
_REMEMBERED = 120_000
_NAMES = 12
_KEPT = 5
_WORK_ACCEPT, _WORK_REVIEW, _LEAD = 0.93, 0.75, 0.03
_MENDED = "the DOI was mended and the titles differ"
_PERSON_REVIEW = 0.6
_FAINT = 0.2
_FEW = 500
"""Up to so many names of things, most rows share no telling word with any, and asking that first saves time."""
Decided = Mapping[tuple[str, str], str]
"""State of earlier decisions by (key of the thing, key of the row)."""
Asked = tuple[Record, Outcome | tuple[Chunk, int]]
"""A row with its outcome, or with the chunk that is being compared and the row's number in it."""


class Linker:
    """Matches rows to the things of a graph; the things are indexed, the rows stream."""

    def __init__(self, things: Sequence[Record], decided: Decided | None = None, processes: int = 1) -> None:
        self.things = things
        self.processes = processes
        self.decided = dict(decided or {})
        self.key_of: Callable[[Record], str] = lambda row: row.key
        self._identified: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for thing in things:
            for scheme, values in thing.identifiers.items():
                for value in values:
                    self._identified[scheme, value].append(thing)
        self._indexes = {kind: NameIndex.of([t for t in things if t.kind == kind]) for kind in {t.kind for t in things}}
        self._matchers = {kind: Matcher(index) for kind, index in self._indexes.items()}
        self._placed = any(thing.places for thing in things)
        self._by_key = {thing.key: thing for thing in things}
        self._screens: dict[str, Screen] = {
            kind: Screen(index)
            for kind, index in self._indexes.items()
            if kind in {"organisation", "place"} and len(index.names) <= _FEW
        }
        self._councils = {kind: knows_councils(index) for kind, index in self._indexes.items()}
        self._namesakes = Namesakes(things)
        self._settled = {row for _, row in self.decided}
        self._seen: dict[tuple[object, ...], tuple[Chunk, int]] = {}

    def run(self, rows: Iterable[Record]) -> Iterator[Outcome]:
        """Yield one outcome a row, in order; memory grows with distinct names only, and is bounded.

        With several processes some batches are read ahead while the names of earlier ones are compared.
        """
        stream = iter(rows)
        ahead: deque[list[Asked]] = deque()
        with opened_pool(self._by_name, self.things, self.processes) as pool:
            while batch := list(islice(stream, _BATCH)):
                ahead.append(self._asked(batch, pool))
                if len(ahead) > (_AHEAD if self.processes > 1 else 0):
                    yield from self._told(ahead.popleft())
            while ahead:
                yield from self._told(ahead.popleft())

    def _asked(self, batch: list[Record], pool: Pool) -> list[Asked]:
        """Return each row with the outcome of its identifiers, or with the place of the verdict about its names."""
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        marked = [(row, joined, () if joined else self._mark(row)) for row in batch for joined in (self._joined(row),)]
        fresh = {mark: row for row, joined, mark in marked if joined is None and mark not in self._seen}
        waiting = [(mark, row) for mark, row in fresh.items() if not mark[0]]
        for start in range(0, len(waiting), _CHUNK):
            some = waiting[start : start + _CHUNK]
            chunk = pool.ask([row for _, row in some])
            self._seen.update((mark, (chunk, number)) for number, (mark, _) in enumerate(some))
        for mark, row in fresh.items():
            if mark[0]:
                self._seen[mark] = Chunk.of(self._by_name([row], screened=False)), 0
        return [(row, joined or self._seen[mark]) for row, joined, mark in marked]

    def _mark(self, row: Record) -> tuple[object, ...]:
        """Return what rows that share a verdict have in common; one that was decided before has its own, unscreened."""
        own = row.key if self._settled and self.key_of(row) in self._settled else ""
        return (own, *signature_of(row, placed=self._placed))

    def _told(self, batch: list[Asked]) -> Iterator[Outcome]:
        for row, place in batch:
            found = place if isinstance(place, Outcome) else Outcome(row, *place[0].verdict(place[1]))
            if row.mended and not isinstance(place, Outcome):
                found = replace(found, reason="; ".join(filter(None, (found.reason, f"DOI mended: {row.mended}"))))
            yield self._honour(found) if self.decided else found

    def _joined(self, row: Record) -> Outcome | None:
        """Return the outcome of an identifier that row and thing share, or None."""
        if not row.identifiers:
            return None
        found: dict[str, tuple[Record, str]] = {}
        for scheme, values in row.identifiers.items():
            for value in values:
                for thing in self._identified.get((scheme, value), ()):
                    if thing.kind == row.kind:
                        found[thing.key] = (thing, f"{scheme} {value}")
        if not found:
            return None
        options = tuple(Option(thing, 1.0, {"identifier": 1.0}) for thing, _ in found.values())
        said = "; ".join(f"{thing.name}: same {text}" for thing, text in found.values())
        if len(found) > 1:
            return Outcome(bare(row), "review", options, 0.0, f"identifiers of two things: {said}")
        other = self._namesakes.other(row, options[0].thing)
        return torn(row, options[0], other, said) if other else _sole(row, options[0], said)

    def _honour(self, found: Outcome) -> Outcome:
        """Return the outcome after earlier decisions: accepted pairs stay, rejected ones are left out."""
        if not found.options:
            return found
        key = self.key_of(found.row)
        states = {item.thing.key: self.decided.get((item.thing.key, key), "") for item in found.options}
        accepted = [
            item for item in found.options if states[item.thing.key] == "accepted" and _MENDED not in item.doubts
        ]
        if accepted:
            said = "; ".join(filter(None, ("accepted earlier", found.reason)))
            return replace(found, band="decided", options=tuple(accepted), reason=said)
        left = tuple(item for item in found.options if states[item.thing.key] != "rejected")
        if len(left) == len(found.options):
            return found
        said = "rejected earlier: " + ", ".join(
            i.thing.name for i in found.options if states[i.thing.key] == "rejected"
        )
        if not left:
            return replace(found, band="none", options=(), reason=said)
        strong = left[0].similarity >= DEFAULT.review
        return replace(found, band="review" if strong else "none", options=left, reason=said)

    def _by_name(self, rows: Sequence[Record], *, screened: bool = True) -> list[Outcome]:
        found: dict[int, Outcome] = {}
        for kind in {row.kind for row in rows}:
            places = [place for place, row in enumerate(rows) if row.kind == kind]
            some = [rows[place] for place in places]
            if kind not in self._indexes:
                done = [Outcome(row, "none") for row in some]
            elif kind in {"work", "award"}:
                done = list(self._works(some))
            elif kind == "person":
                done = [self._person(row) for row in some]
            else:
                done = list(self._organisations(some, screened=screened))
            found.update(zip(places, done, strict=True))
        return [found[place] for place in range(len(rows))]

    def _organisations(self, rows: list[Record], *, screened: bool) -> Iterator[Outcome]:
        matcher = self._matchers[rows[0].kind]
        screen = self._screens.get(rows[0].kind) if screened else None
        likely = screen.may_match if screen else bool
        names = [row.names[:_NAMES] for row in rows]
        spread = [(place, text) for place, texts in enumerate(names) for text in texts if likely(text)]
        countries = [rows[place].country for place, _ in spread]
        best: dict[int, Outcome] = {}
        places = [rows[place].places for place, _ in spread] if self._placed else None
        matches = matcher.match([text for _, text in spread], countries, places)
        for (place, text), match in zip(spread, matches, strict=True):
            options = with_relations(tuple(Option.of(item) for item in match.candidates[:_KEPT]))
            said = "" if match.band == "none" else f"{text!r} like {match.candidates[0].name!r}"
            others = [item.best.record.name for item in match.others if item.best and item.band != "none"]
            said += f"; the row also names {', '.join(others)}" if others else ""
            found = Outcome(rows[place], match.band, options, match.margin, said)
            if place not in best or _rank(found) > _rank(best[place]):
                best[place] = found
        for place, row in enumerate(rows):
            if place not in best:
                yield Outcome(row, "none", reason="" if names[place] else "the row has no name")
                continue
            found = best[place]
            if found.band != "none" or self._councils[row.kind]:
                found = with_successors(found, names[place], matcher.index, self._by_key)
            if found.band == "accepted" and row.status not in {"", "active"}:
                found = replace(found, band="review", reason=f"the row is {row.status}; {found.reason}")
            yield found

    def _works(self, rows: list[Record]) -> Iterator[Outcome]:
        index = self._indexes[rows[0].kind]
        mains = [tokens(fold(main_title(row.name))) for row in rows]
        whole = index.nearest([tokens(fold(row.name)) for row in rows], top=8, floor=_FAINT)
        for row, near, main in zip(rows, whole, index.nearest(mains, top=4, floor=_FAINT), strict=True):
            owners = dict.fromkeys(index.names[number].owner for number in (*near, *main))
            options = []
            for owner in owners:
                thing = index.records[owner]
                pair = compare_works(row, thing)
                options.append(Option(thing, pair.similarity, pair.parts, pair.doubts))
            options.sort(key=lambda item: -item.similarity)
            yield _banded(row, tuple(options[:_KEPT]))

    def _person(self, row: Record) -> Outcome:
        compared = ((thing, compare_people(row, thing)) for thing in self._indexes["person"].records)
        options = [Option(thing, pair.similarity, pair.parts, pair.doubts) for thing, pair in compared if pair.parts]
        options.sort(key=lambda item: -item.similarity)
        strong = bool(options) and options[0].similarity >= _PERSON_REVIEW
        margin = options[0].similarity - options[1].similarity if len(options) > 1 else 1.0
        said = "people are never linked by rule but by ORCID"
        return Outcome(row, "review" if strong else "none", tuple(options[:_KEPT]), margin, said)


def _sole(row: Record, option: Option, said: str) -> Outcome:
    """Return the outcome of a row that shares an identifier with one thing; where the names differ a person decides."""
    if row.mended and "doi" in row.identifiers:
        said += f"; DOI mended: {row.mended}"
        if row.kind != "work" or compare_works(row, option.thing).similarity < _WORK_REVIEW:
            return Outcome(row, "review", (replace(option, doubts=(_MENDED,)),), 1.0, said)
    if row.kind == "person" and not any(person_likeness(row.name, name) for name in option.thing.names):
        return Outcome(row, "review", (replace(option, doubts=("another name",)),), 1.0, f"{said}, but another name")
    return Outcome(row, "identifier", (option,), 1.0, said)


def _banded(row: Record, options: tuple[Option, ...]) -> Outcome:
    if not options or options[0].similarity < _WORK_REVIEW:
        return Outcome(row, "none", options)
    margin = options[0].similarity - options[1].similarity if len(options) > 1 else 1.0
    sure = options[0].similarity >= _WORK_ACCEPT and margin >= _LEAD and not options[0].doubts
    return Outcome(row, "accepted" if sure else "review", options, margin, f"title like {options[0].thing.name!r}")


def _rank(item: Outcome) -> tuple[int, float]:
    order = {"none": 0, "review": 1, "accepted": 2}
    return order[item.band], item.options[0].similarity if item.options else 0.0


def one_each(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Yield the outcomes of a register, where a thing equals one row at most: lesser rows go to review.

    Rows without a match are passed on at once; the others wait for the end.
    """
    waiting = []
    for item in outcomes:
        if item.band in {"accepted", "identifier"}:
            waiting.append(item)
        else:
            yield item
    best: dict[str, Outcome] = {}
    for item in waiting:
        key = item.options[0].thing.key
        if key not in best or (item.band == "identifier", item.options[0].similarity) > (
            best[key].band == "identifier",
            best[key].options[0].similarity,
        ):
            best[key] = item
    for item in waiting:
        first = best[item.options[0].thing.key]
        yield item if item is first else replace(item, band="review", reason=f"{first.row.name} fits better")
