"""Comparison of people: name forms, with affiliation and ORCID as context; a name alone is never enough to accept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from asckg.link.record import Record
from asckg.link.text import fold, tokens

_CLOSE = 0.92
_SAME_PLACE = 0.85
_NAME, _PLACE = 0.8, 0.2
_INITIALS = re.compile(r"[A-Z]{1,3}")
_TITLES = frozenset(
    {"prof", "professor", "dr", "mr", "mrs", "ms", "miss", "sir", "dame", "lord", "lady", "phd", "md", "rn"}
)
_PARTICLES = frozenset(
    {"van", "von", "de", "der", "den", "del", "da", "dos", "di", "la", "le", "ter", "ten", "bin", "al", "el"}
)


@dataclass(frozen=True, slots=True)
class PersonComparison:
    """How two people compare: the parts of the similarity, and what forbids accepting it by rule (always something)."""

    parts: Mapping[str, float]
    doubts: tuple[str, ...]

    @property
    def similarity(self) -> float:
        """Return one number, 0 to 1."""
        return sum(self.parts.values())


def name_parts(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the folded surname and forenames or initials of `Smith, John`, `J. Smith`, `Smith JA` or `Dr John Smith`.

    >>> name_parts("Prof J.A. van der Smith"), name_parts("SMITH, John A."), name_parts("Smith JA")
    (('van der smith', ('j', 'a')), ('smith', ('john', 'a')), ('smith', ('j', 'a')))
    """
    last, comma, first = re.sub(r"\([^)]*\)", " ", name).partition(",")
    if comma and fold(first) not in _TITLES:
        return fold(last), _forenames(first)
    words = [word for word in last.replace(".", ". ").split() if fold(word) not in _TITLES]
    if len(words) > 1 and _INITIALS.fullmatch(words[-1]) and not _INITIALS.fullmatch(words[0]):
        return fold(" ".join(words[:-1])), tuple(words[-1].casefold())
    start = len(words) - 1
    while start > 1 and fold(words[start - 1]) in _PARTICLES:
        start -= 1
    return fold(" ".join(words[start:])), _forenames(" ".join(words[:start]))


def _forenames(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for word in text.replace(".", ". ").split():
        bare = fold(word)
        if bare and bare not in _TITLES:
            found += list(bare) if _INITIALS.fullmatch(word.strip(".")) else bare.split()
    return tuple(found)


def person_likeness(left: str, right: str) -> float:
    """Return how alike two names are, 0 to 1; an initial agrees with the forename it starts, for less.

    >>> person_likeness("Guard, Anna", "Guard, A."), person_likeness("A Guard", "Guard, Anna")
    (0.85, 0.85)
    >>> person_likeness("Guard, Anna", "Guard, Bella")
    0.0
    """
    one, ours = name_parts(left)
    two, theirs = name_parts(right)
    family = JaroWinkler.similarity(one, two)
    if family < _CLOSE:
        return 0.0
    if not ours or not theirs:
        return 0.6 * family
    if any(a[0] != b[0] for a, b in zip(ours[1:], theirs[1:], strict=False)):
        return 0.0
    first, second = ours[0], theirs[0]
    if first == second and len(first) > 1:
        return family
    if first[0] == second[0] and 1 in (len(first), len(second)):
        return 0.85 * family
    return 0.9 * family if JaroWinkler.similarity(first, second) >= _CLOSE else 0.0


def compare_people(row: Record, thing: Record) -> PersonComparison:
    """Return how two people compare; there is always a doubt, since names are shared and people move."""
    like = max(person_likeness(left, right) for left in row.names for right in thing.names)
    if not like:
        return PersonComparison({}, ("another name",))
    parts = {"name": _NAME * like, "affiliation": 0.0}
    doubts = []
    if row.affiliations and thing.affiliations:
        alike = max(
            fuzz.token_set_ratio(" ".join(tokens(fold(left))), " ".join(tokens(fold(right)))) / 100
            for left in row.affiliations
            for right in thing.affiliations
        )
        parts["affiliation"] = _PLACE * (alike if alike >= _SAME_PLACE else 0.0)
        doubts.append("a name and an affiliation" if alike >= _SAME_PLACE else "another affiliation")
    else:
        doubts.append("a name alone")
    ours, theirs = set(row.identifiers.get("orcid", ())), set(thing.identifiers.get("orcid", ()))
    if ours and theirs and not ours & theirs:
        doubts.append("another ORCID")
    return PersonComparison(parts, tuple(doubts))
