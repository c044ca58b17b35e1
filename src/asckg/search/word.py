"""How typed text and labels are cut into words and folded before they are compared."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")
_LIGHT = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"])
_SHORTEST, _LONGEST = 2, 8


def fold(text: str) -> str:
    """Return the text without accents, case and doubled spaces.

    >>> fold("Sjölund  2022")
    'sjolund 2022'
    """
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).lower().split())


def words(text: str) -> list[str]:
    """Return the words of a text, folded.

    >>> words("Research-Practice  Partnership's")
    ['research', 'practice', 'partnership', 's']
    """
    return _WORD.findall(fold(text))


def initials(text: str) -> str:
    """Return the initials of the words that carry the name, folded; empty for one word.

    >>> initials("Department of Health and Social Care")
    'dhsc'
    """
    carrying = [word for word in words(text.replace("-", " ")) if word not in _LIGHT]
    return "".join(word[0] for word in carrying) if 1 < len(carrying) <= _LONGEST else ""


def singular(word: str) -> str:
    """Return an acronym without the s of its plural.

    >>> singular("las")
    'la'
    """
    return word.removesuffix("s") if len(word) > _SHORTEST else word
