"""Comparison of works: title, first author, year, each with its share."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from asckg.link.record import Record
from asckg.link.text import fold

_TITLE, _AUTHOR, _YEAR = 0.8, 0.12, 0.08
_ENOUGH_WORDS = 4
_SAME_AUTHOR = 0.9
_INITIALS = re.compile(r"\w\.|[A-Z]{1,3}")
GENERIC_TITLES = frozenset(
    {"introduction", "editorial", "preface", "foreword", "book review", "conclusion", "references"}
)


@dataclass(frozen=True, slots=True)
class WorkComparison:
    """How two works compare: the parts of the similarity, and what forbids accepting it by rule."""

    parts: Mapping[str, float]
    doubts: tuple[str, ...]

    @property
    def similarity(self) -> float:
        """Return one number, 0 to 1."""
        return sum(self.parts.values())


def title_likeness(left: str, right: str) -> float:
    """Return how alike two titles are, 0 to 1; a missing subtitle or a cut end costs little.

    >>> title_likeness("Research in care homes", "Reseach in care homes: a review of methods") > 0.85
    True
    """
    one, two = fold(left), fold(right)
    if not one or not two:
        return 0.0
    whole = fuzz.ratio(one, two) / 100
    squeezed = fuzz.ratio(one.replace(" ", ""), two.replace(" ", "")) / 100
    best = max(whole, squeezed)
    short, long = sorted((one, two), key=len)
    if len(short.split()) >= _ENOUGH_WORDS:
        best = max(best, 0.96 * fuzz.ratio(short, long[: len(short)]) / 100)
    return best


def surname(name: str) -> str:
    """Return the folded surname of `Surname, A.`, `A. Surname` or `Surname AB`."""
    if "," in name:
        return fold(name.partition(",")[0])
    words = [word for word in name.replace(".", ". ").split() if not _INITIALS.fullmatch(word)]
    return fold(words[-1]) if words else fold(name)


def compare_works(left: Record, right: Record) -> WorkComparison:
    """Return how two works compare; parts that one side lacks count half."""
    title = title_likeness(left.name, right.name)
    parts = {"title": _TITLE * title, "author": _AUTHOR * 0.5, "year": _YEAR * 0.5}
    doubts = []
    if left.authors and right.authors:
        surnames = [surname(name) for name in right.authors[:3]]
        alike = max(JaroWinkler.similarity(surname(left.authors[0]), name) for name in surnames)
        alike = max(alike, 1.0 if surname(left.authors[0]) in fold(right.authors[0]).split() else 0.0)
        parts["author"] = _AUTHOR * (alike if alike >= _SAME_AUTHOR else 0)
        if alike < _SAME_AUTHOR:
            doubts.append("another first author")
    if left.year and right.year:
        apart = abs(left.year - right.year)
        parts["year"] = _YEAR * (1 if apart == 0 else 0.6 if apart == 1 else 0)
        if apart > 1:
            doubts.append("another year")
    known = (left.authors and right.authors) or (left.year and right.year)
    if len(fold(left.name).split()) < _ENOUGH_WORDS and not known:
        doubts.append("short title")
    if fold(left.name) in GENERIC_TITLES:
        doubts.append("generic title")
    ours, theirs = set(left.identifiers.get("doi", ())), set(right.identifiers.get("doi", ()))
    if ours and theirs and not ours & theirs:
        doubts.append("another DOI")
    return WorkComparison(parts, tuple(doubts))
