"""Comparison of works: title, first author, year, each with its share."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from asckg.link.acronym import same_body, spelt_out
from asckg.link.country import forms
from asckg.link.record import Record
from asckg.link.text import fold

_TITLE, _AUTHOR, _YEAR = 0.8, 0.12, 0.08
_ENOUGH_WORDS = 4
_SAME_AUTHOR = 0.9
_SAME_LENGTH = 0.97
_INITIALS = re.compile(r"\w\.|[A-Z]{1,3}")
_OTHERS = re.compile(r",?\s+(?:et\.?\s+al\b|&\s|and\s|with\s)", re.IGNORECASE)
_MISREAD, _SUBTITLE = 0.98, 0.95
_CONFUSED = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "c": "e", "b": "h"})
_SUBTITLES = re.compile(r"\s*[:?]\s+|\s+[-–—]\s+|\.\s+(?=[A-Z])")  # noqa: RUF001 - dashes stand before subtitles
_ARTICLE = re.compile(r"^(?:the|an?) (?=\w+ )")
_ORDER = frozenset({"ii", "iii", "iv", "vi", "vii", "viii", "ix", "second", "third", "fourth", "fifth"})
_NOTICE = re.compile(
    r"^(?:correction|corrigendum|erratum|errata|addendum|reply|response|comment(?:ary)?|retract(?:ion|ed)|editorial"
    r"|review|book review|expression of concern|withdrawn)\b(?:\s*(?:to|on|of|for|notice|article))?\s*[:\s]",
    re.IGNORECASE,
)
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
    """Return how alike two titles are, 0 to 1; a missing subtitle, a cut end and misread letters cost little.

    >>> title_likeness("Research in care homes", "Reseach in care homes: a review of methods") > 0.85
    True
    >>> title_likeness("Rcscarch ln care h0rnes", "Research in care homes") > 0.95
    True
    """
    left, right = spelt_out(left, right), spelt_out(right, left)
    one, two = _bare(left), _bare(right)
    if not one or not two:
        return 0.0
    best = max(
        fuzz.ratio(one, two) / 100,
        fuzz.ratio(one.replace(" ", ""), two.replace(" ", "")) / 100,
        _MISREAD * fuzz.ratio(_as_read(one), _as_read(two)) / 100,
    )
    short, long = sorted((one, two), key=len)
    if min(len(fold(title).split()) for title in (left, right)) >= _ENOUGH_WORDS:
        pairs = (short, long), (short.replace(" ", ""), long.replace(" ", ""))
        best = max(best, *(0.96 * fuzz.ratio(part, whole[: len(part)]) / 100 for part, whole in pairs))
    mains = _bare(main_title(left)), _bare(main_title(right))
    if short in mains:
        best = max(best, _SUBTITLE * fuzz.ratio(*mains) / 100)
    return best


def _bare(title: str) -> str:
    """Return a folded title without the article that it begins with."""
    return _ARTICLE.sub("", fold(title))


def main_title(title: str) -> str:
    """Return a title without its subtitle.

    >>> main_title("Costly work: the price of care")
    'Costly work'
    """
    return _SUBTITLES.split(title, maxsplit=1)[0]


def _as_read(folded: str) -> str:
    """Return a text in which letters that machines confuse are one letter (`rn` and `m`, `0` and `o`)."""
    for there, here in (("rn", "m"), ("ii", "u"), ("vv", "w")):
        folded = folded.replace(there, here)
    return folded.translate(_CONFUSED)


def _countries(title: str, other: str) -> set[str]:
    """Return the countries that a title names and the other does not."""
    return {word for word in fold(title).split() if word in forms()} - set(fold(other).split())


def _numbers(title: str) -> frozenset[str]:
    """Return the numbers in a title, Roman ones and words of order among them."""
    return frozenset(word for word in fold(title).split() if word.isdigit() or word in _ORDER)


def surname(name: str) -> str:
    """Return the folded surname of `Surname, A.`, `A. Surname` or `Surname AB`, of several people that of the first.

    >>> [surname(name) for name in ("Guard, A.", "Guard A, Weaver B", "A. Guard & B. Weaver", "Guard et al.")]
    ['guard', 'guard', 'guard', 'guard']
    """
    first = _OTHERS.split(name.strip(), maxsplit=1)[0]
    before, comma, _ = first.partition(",")
    words = [word for word in before.replace(".", ". ").split() if not _INITIALS.fullmatch(word)]
    return fold(" ".join(words) if comma else words[-1]) if words else fold(first)


def compare_works(left: Record, right: Record) -> WorkComparison:
    """Return how two works compare; parts that one side lacks count half."""
    title = title_likeness(left.name, right.name)
    parts = {"title": _TITLE * title, "author": _AUTHOR * 0.5, "year": _YEAR * 0.5}
    doubts = _title_doubts(left, right, title)
    if left.authors and right.authors:
        alike = _author_likeness(left.authors, right.authors)
        parts["author"] = _AUTHOR * (alike if alike >= _SAME_AUTHOR else 0)
        if alike < _SAME_AUTHOR:
            doubts.append("another first author")
    if left.year and right.year:
        apart = abs(left.year - right.year)
        parts["year"] = _YEAR * (1 if apart == 0 else 0.6 if apart == 1 else 0)
        if apart > 1:
            doubts.append("another year")
        elif apart and _is_cut(left.name, right.name):
            doubts.append("a cut title and another year")
    for scheme, said in (("doi", "another DOI"), ("award", "another award number")):
        ours, theirs = set(left.identifiers.get(scheme, ())), set(right.identifiers.get(scheme, ()))
        if ours and theirs and not ours & theirs:
            doubts.append(said)
    return WorkComparison(parts, tuple(doubts))


def _is_cut(left: str, right: str) -> bool:
    """Say whether a title is the begin of another, and not its main title: that alone may be another work."""
    short, long = sorted((left, right), key=lambda title: len(fold(title)))
    return fold(long).startswith(f"{fold(short)} ") and fold(main_title(long)) != fold(short)


def _title_doubts(left: Record, right: Record, title: float) -> list[str]:
    authors, years = bool(left.authors and right.authors), bool(left.year and right.year)
    short = min(len(fold(left.name).split()), len(fold(right.name).split())) < _ENOUGH_WORDS
    same = fold(left.name) == fold(right.name)
    ours, theirs = _numbers(left.name), _numbers(right.name)
    doubts = {
        "short title": short and not (authors and years if not same else authors or years),
        "generic title": fold(left.name) in GENERIC_TITLES,
        "a notice about the other": bool(_NOTICE.match(left.name)) != bool(_NOTICE.match(right.name)),
        "another country": bool(_countries(left.name, right.name) and _countries(right.name, left.name)),
        "another number": ours != theirs and (bool(ours and theirs) or title >= _SAME_LENGTH),
    }
    return [name for name, stands in doubts.items() if stands]


def _author_likeness(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """Return how alike the first author of one is to those that the other names first; lists may be turned round."""
    first = surname(ours[0])
    alike = max(JaroWinkler.similarity(first, surname(name)) for name in theirs[:3])
    if first in fold(theirs[0]).split() or same_body(ours[0], theirs[0]):
        return 1.0
    others = {surname(name) for name in ours}
    turned = first in {surname(name) for name in theirs} and surname(theirs[0]) in others
    return max(alike, _SAME_AUTHOR if turned else 0.0)
