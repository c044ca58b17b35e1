"""How typed text and labels are cut into words and folded before they are compared."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")


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
