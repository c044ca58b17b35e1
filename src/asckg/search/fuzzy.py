"""The nearest word of the index for a word that was mistyped."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

SHORT, LONG = 4, 6


class Vocabulary:
    """The words of an index with the number of names that hold each."""

    def __init__(self, counted: Iterable[tuple[str, int]]) -> None:
        self._counts = dict(counted)
        self._words = sorted(self._counts)

    def mend(self, typed: Sequence[str]) -> list[str]:
        """Each word as it was typed when a word of the index begins so, else the nearest word within two slips."""
        return [self._nearest(word) for word in typed]

    def _begins(self, word: str) -> bool:
        at = bisect_left(self._words, word)
        return at < len(self._words) and self._words[at].startswith(word)

    def _nearest(self, word: str) -> str:
        from rapidfuzz import process  # noqa: PLC0415  # heavy; only a mistyped word needs it
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        if len(word) < SHORT or self._begins(word):
            return word
        slips = 1 if len(word) < LONG else 2
        found = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=slips, limit=5)
        nearest = sorted((distance, -self._counts[known], known) for known, distance, _ in found)
        return nearest[0][2] if nearest else word
