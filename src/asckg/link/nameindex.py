"""The names of the things to match against, found by exact text, by words, by acronym and by likeness."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from asckg.link.council import initials, river
from asckg.link.country import forms
from asckg.link.locality import places_in
from asckg.link.ngram import GramIndex
from asckg.link.record import Record
from asckg.link.text import fold, is_acronym, sort_of, tokens
from asckg.link.work import main_title

_NEAR = 0.65
_JOINING = frozenset({"for", "of", "and", "the", "in", "on", "at"})
"""Names less like a text than this share of the likeliest one's cosine are not compared word by word."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one record: its position, the folded text, its words, and whether it is the preferred one."""

    owner: int
    folded: str
    words: tuple[str, ...]
    preferred: bool


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Names of records, indexed; build with `NameIndex.of`."""

    records: tuple[Record, ...]
    names: tuple[Name, ...]
    exact: dict[str, list[int]]
    bag: dict[tuple[str, ...], list[int]]
    acronym: dict[str, list[int]]
    own: tuple[frozenset[str], ...]
    words: frozenset[str]
    places: frozenset[str]
    grams: GramIndex = field(repr=False)

    @classmethod
    def of(cls, records: Sequence[Record]) -> "NameIndex":
        """Return the index of the records' names; about 3 seconds for 50,000 organisations."""
        names: list[Name] = []
        acronym: dict[str, list[int]] = defaultdict(list)
        for place, record in enumerate(records):
            short = {fold(text) for text in (*record.acronyms, *filter(is_acronym, record.names))}
            if record.kind == "organisation":
                short |= initials(fold(record.name))
            for text in short:
                acronym[text].append(place)
            seen: set[str] = set()
            shorter = (main_title(record.name),) if record.kind == "work" else ()
            for text in (*record.names, *shorter):
                folded = fold(text)
                if folded and folded not in seen and (folded not in short or text == record.name):
                    seen.add(folded)
                    names.append(Name(place, folded, tokens(folded), text == record.name))
        exact: dict[str, list[int]] = defaultdict(list)
        bag: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            exact[name.folded].append(number)
            bag[tuple(sorted(name.words))].append(number)
        grams = GramIndex.of([" ".join(name.words) for name in names])
        own = tuple(map(_own, records))
        words = frozenset(word for name in names for word in name.words)
        places = frozenset(place for record in records for place in places_in(record.places))
        return cls(tuple(records), tuple(names), dict(exact), dict(bag), dict(acronym), own, words, places, grams)

    def knows(self, folded: str) -> bool:
        """Say whether a folded text is a whole name of some record."""
        return folded in self.exact

    def called(self, short: str) -> list[int]:
        """Return the records with an acronym, or with a pair: `NIHR SSCR` is the SSCR whose name says NIHR."""
        first, _, second = short.partition(" ")
        if not second:
            return self.acronym.get(short, [])
        owners = [place for place in self.acronym.get(second, []) if self._says(place, first)]
        return list(dict.fromkeys([*self.acronym.get(short, []), *owners]))

    def spells(self, owner: int, short: str) -> bool:
        """Say whether a name of a record spells a pair of acronyms: the first is in it, the second are its initials."""
        first, _, second = short.partition(" ")
        for name in self.records[owner].names if second else ():
            words = [word for word in fold(name).split() if word not in _JOINING]
            if first in words and "".join(word[0] for word in words if word != first) == second:
                return True
        return False

    def _says(self, owner: int, word: str) -> bool:
        return any(word in fold(name).split() for name in self.records[owner].names)

    def nearest(self, texts: Sequence[tuple[str, ...]], top: int = 12, floor: float = 0.45) -> Iterator[list[int]]:
        """Yield for each word tuple the positions of the names like it, best first."""
        for found in self.grams.nearest([" ".join(words) for words in texts], top, floor):
            least = found[0][1] * _NEAR if found else 0.0
            yield [position for position, cosine in found if cosine >= least]


def _own(record: Record) -> frozenset[str]:
    words = {word for text in record.places for word in tokens(fold(text)) if sort_of(word) != "rank"}
    words |= {fold(text) for text in record.acronyms} | river(fold(record.name))
    for text, code in _names_by_code().get(record.country, ()):
        words |= {word for word in text.split() if forms().get(word, record.country) == record.country} | {code}
    return frozenset(words)


@lru_cache(maxsize=1)
def _names_by_code() -> dict[str, list[tuple[str, str]]]:
    table: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for text, code in forms().items():
        table[code].append((text, code.lower()))
    return dict(table)
