"""Acronyms that other words spell out: `RPPs` and `Research-Practice Partnerships`, `NIHR` and its name."""

import re
from collections.abc import Sequence

from asckg.link.text import is_acronym

_ACRONYM = re.compile(r"\b[A-Z]{3,}s?\b")
_BRACKETED = re.compile(r"\s*\([A-Z]{3,}s?\)")
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the", "to", "with"})
_LEAST = 3


def spelt_out(title: str, other: str) -> str:
    """Return a title with the acronyms that the other one has in words, and without an acronym in brackets.

    >>> spelt_out("The use of RPPs", "The Use of Research-Practice Partnerships (RPPs): a review")
    'The use of Research Practice Partnerships'
    """
    if title.isupper():
        return title  # every word of it looks like an acronym
    title, other = _BRACKETED.sub("", title), _BRACKETED.sub("", other)
    words: list[str] = []
    for text in _ACRONYM.findall(title):
        if text in other:
            continue
        words = words or _WORD.findall(other)
        letters = text.rstrip("s").lower()
        for start in range(len(words)):
            end = _spelt(words, start, letters)
            if end:
                title = title.replace(text, " ".join(words[start:end]), 1)
                break
    return title


def same_body(left: str, right: str) -> bool:
    """Say whether one of two names is the acronym of the other.

    >>> same_body("NIHR", "National Institute for Health Research"), same_body("NIHR", "North, I. H. R.")
    (True, False)
    """
    for short, long in ((left, right), (right, left)):
        words = _WORD.findall(long)
        spelt = is_acronym(short) and len(words) >= _LEAST and all(len(word) > 1 for word in words)
        if spelt and _spelt(words, 0, short.strip().lower()) == len(words):
            return True
    return False


def _spelt(words: Sequence[str], start: int, letters: str) -> int:
    """Return where words, from a place on, have spelt letters; 0 where they do not. Small words may be skipped."""
    place = start
    for letter in letters:
        while start < place < len(words) and words[place].lower() in _SMALL and words[place][0].lower() != letter:
            place += 1
        if place >= len(words) or words[place][0].lower() != letter:
            return 0
        place += 1
    return place
