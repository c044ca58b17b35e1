"""The nearest words of the index for a word that was mistyped."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

SHORT, LONG = 4, 6
MOST = 3  # words that may stand for a mistyped one
KEPT = 2_000  # mistyped words whose neighbours are remembered


class Vocabulary:
    """The words of an index with the number of names that hold each."""

    def __init__(self, counted: Iterable[tuple[str, int]]) -> None:
        self._counts = dict(counted)
        self._words = sorted(self._counts)
        self._like: dict[tuple[int, str], list[str]] = defaultdict(list)
        for word in self._words:
            self._like[len(word), word[0]].append(word)
        self._known: dict[str, list[str]] = {}

    def readings(self, typed: Sequence[str], *, known: bool = False) -> list[list[str]]:
        """Return what each word may mean, likeliest first: itself, or the nearest where no word of the index begins so.

        With `known` a word that the index has is read as its neighbours too: rightly spelt, but not what was meant.
        """
        return [self._readings(word, known=known) for word in typed]

    def _readings(self, word: str, *, known: bool) -> list[str]:
        if len(word) < SHORT:
            return [word]
        if self._begins(word):
            return [word, *self._nearest(word)] if known else [word]
        return self._nearest(word) or [word]

    def _begins(self, word: str) -> bool:
        at = bisect_left(self._words, word)
        return at < len(self._words) and self._words[at].startswith(word)

    def _nearest(self, word: str) -> list[str]:
        """Return the nearest words within the slips that its length allows; the first letter is seldom the slip."""
        if word not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            slips = 1 if len(word) < LONG else 2
            lengths = range(len(word) - slips, len(word) + slips + 1)
            alike = [one for length in lengths for one in self._like.get((length, word[0]), ())]
            self._known[word] = self._within(word, alike, slips) or self._within(word, self._words, slips)
        return self._known[word]

    def _within(self, word: str, among: Sequence[str], slips: int) -> list[str]:
        from rapidfuzz import process  # noqa: PLC0415  # heavy; only a mistyped word needs it
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        found = process.extract(word, among, scorer=OSA.distance, score_cutoff=slips, limit=2 * MOST)
        nearest = sorted((distance, -self._counts[one], one) for one, distance, _ in found if one != word)
        return [one for distance, _, one in nearest if distance == nearest[0][0]][:MOST]
