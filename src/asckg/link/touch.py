"""Where a word meets the names of a small index: which of their words it may agree with, and what that brings."""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Mapping, Sequence
from typing import NamedTuple

from asckg.link.organisation import ALIKE, CLOSE, likeness
from asckg.link.text import sort_of, squash
from asckg.link.weight import weight

_SHARE = 0.85
"""The share of letters that two texts have in common, at least, when `JaroWinkler` gives them 0.97 or more."""
Lost = Mapping[str, Sequence[tuple[int, int, float]]]
"""For each word of the names: in which name it stands, at which place, and what that name lacks without it."""


class Touch(NamedTuple):
    """A word of a name that a word of a text meets: what it brings when they agree, 0 when they only begin alike."""

    name: int
    place: int
    gain: float


class Vocabulary:
    """The words of the names of an index, found by a word of a text; `slack` is as in `Screen`."""

    def __init__(self, places: Lost, slack: float) -> None:
        self._places = places
        self._slack = slack
        self._starts: dict[str, list[str]] = defaultdict(list)
        self._squashed: dict[str, list[str]] = defaultdict(list)
        self._sized: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in places:
            for size in range(1, min(ALIKE, len(word)) + 1):
                self._starts[word[:size]].append(word)
            if not sort_of(word):  # others are like themselves alone
                self._squashed[squash(word)].append(word)
                self._sized[word[0], len(word)].append(word)
        self._near: dict[tuple[str, int], list[str]] = {}

    def touches(self, word: str) -> list[Touch]:
        """Return where a canonical word meets the names."""
        places, starts = self._places, self._starts
        if word[:1] not in starts:
            return []
        begun = [*starts[word[:ALIKE]]] if word[:ALIKE] in starts else []
        begun += [word[:size] for size in range(1, min(ALIKE, len(word))) if word[:size] in places]
        like = [other for other in self._like(word) if likeness(word, other)]
        if word in places:
            like.append(word)
        if not begun and not like:
            return []
        found = [Touch(*place[:2], 0.0) for other in begun if other != word for place in places[other]]
        for other in like:
            gain = self._slack * (weight(word) + weight(other))
            found += [Touch(name, place, gain + lost) for name, place, lost in places[other]]
        return found

    def _like(self, word: str) -> Collection[str]:
        """Return the other words that may be like a word, by their first letter and their length."""
        key = word[0], len(word)
        if key not in self._near:
            self._near[key] = [
                other for mark, words in self._sized.items() if _may_be_like(key, mark) for other in words
            ]
        near, same = self._near[key], self._squashed.get(squash(word), ())
        return () if not near and not same else () if sort_of(word) else {*near, *same} - {word}


def _may_be_like(one: tuple[str, int], other: tuple[str, int]) -> bool:
    """Say whether words of these first letters and lengths may be like each other, when not by their sound."""
    short, long = sorted((one[1], other[1]))
    return one[0] == other[0] and (long - short <= 2 or long - short <= (1 - CLOSE) * (long + short))  # noqa: PLR2004


def may_join(text: Sequence[str], name: Sequence[str], place: int, gained: Container[int]) -> bool:
    """Say whether words of a text may be, but for the spaces, what is left of a name from a place on.

    `gained` are the places of the name with which words of the text may agree.
    """
    left = name[place] + "".join(word for at, word in enumerate(name) if at > place and at not in gained)
    lacking = (Counter(left) - Counter("".join(text))).total()
    if lacking > (1 - _SHARE) * len("".join(name[place:])):
        return False
    return any(_begin(word, text, name[place], name[place + 1 :]) for word in text if word)


def _begin(word: str, text: Sequence[str], first: str, later: Sequence[str]) -> bool:
    """Say whether a word, with others of the text behind it, begins as one of a name with later ones behind it."""
    size = min(len(word), len(first), ALIKE)
    if word[:size] != first[:size]:
        return False
    rest, others = (first[size:ALIKE], text) if len(word) < len(first) else (word[size:ALIKE], later)
    return not rest or any(other[: len(rest)] == rest[: len(other)] for other in others if other)
