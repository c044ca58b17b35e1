"""Which texts no name of a small index can be like, told by their words before they are taken apart.

What is screened out would have come to nothing, by the arithmetic of the comparison:

- A candidate is at least `review` alike. The surroundings add 0.06 (0.04 more where the texts are the same, and then
  all words agree) and the letters 0.2 at most. So the words agree by `(review - 0.26) / 0.8` of their weight, and what
  the text lacks of the name weighs at most `0.8 / (review - 0.26) - 1` times what agrees, counted on both sides.
  Where things have places, it is `near` instead of `review`, and the town adds 0.04.
- Words agree when they are the same, when `likeness` says so, or when what is left of both sides is the same letters
  but for the spaces: then the first of those words begin alike, all words of the name before them agree, and
  `JaroWinkler` finds them the same only where the text has most of the letters that are left of the name.
- The words of any part of a text are words of the text; where that is not sure (`_ODD`, Chinese that holds a name, the
  kind of a council), the text is let through.
- A text, or an affiliation in it, that is a letter off a name has its first or its last letters (`asckg.link.slip`). An
  affiliation is a piece of the text, unless numbers or a conjunction inside it are left out.
- An acronym is a word of the text, and a council that ended matters where one that took over is in the index.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from asckg.link.band import DEFAULT, Threshold
from asckg.link.council import COUNTIES, may_be_council, spelt_out
from asckg.link.nameindex import NameIndex
from asckg.link.organisation import PLACE_MISSING
from asckg.link.segment import chunks, is_cjk, may_be_parted
from asckg.link.slip import Slips
from asckg.link.succession import ended, knows_councils
from asckg.link.text import canonical, fold, spelt
from asckg.link.touch import Touch, Vocabulary, may_join
from asckg.link.weight import weight

_ADDED = 0.03 + 0.03 + 0.2
_TOWN = 0.04
_WORDS = 0.8
_MARK = re.compile("[.&@:\\d\u2024-\u2026\uff0e]")
_ODD = re.compile(r"\b\w[\u0300-\u036f]*[.\u2024-\u2026\uff0e]|&amp|@|://|\d[^\W\d_]")
_NOT_CJK = re.compile(r"[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_TIERS = frozenset({"county", "city", "district"})
_JOINS = frozenset({"of", "and", "a"})
_FREE = ("council", "city", "county", "london")
"""Words that taking the name of a council apart may add to those of the text."""
_ROUNDING = 1e-6
_REMEMBERED = 200_000


class Reach(NamedTuple):
    """How far words bring the names of an index: whether to review, else where what is left may begin alike."""

    enough: bool
    begun: tuple[tuple[int, int], ...] = ()
    gained: frozenset[tuple[int, int]] = frozenset()


class Screen:
    """Tells texts that may be like a name of an index from those that cannot; made for an index of few names."""

    def __init__(self, index: NameIndex, threshold: Threshold = DEFAULT) -> None:
        self._index = index
        least = min(threshold.review, threshold.near - _TOWN) if index.places else threshold.review
        slack = _WORDS / (least - _ADDED) - 1
        self._councils = knows_councils(index) or any("~" in word for word in index.words)
        self._cjk = any(map(is_cjk, index.exact))
        self._acronyms = {word for short in index.acronym for word in short.split()}
        self._need: list[float] = []
        places: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
        for number, name in enumerate(index.names):
            own = {*index.own[name.owner], "council"}  # which may be left out where it is all that is missing
            share = [0 if word[0] == "~" else PLACE_MISSING if word in own else 1 for word in name.words]
            lost = [weight(word) * part for word, part in zip(name.words, share, strict=True)]
            self._need.append(sum(lost) - _ROUNDING)
            for place, word in enumerate(name.words):
                places[word].append((number, place, lost[place]))
        self._vocabulary = Vocabulary(dict(places), slack)
        self._slips = Slips(index.exact)
        self._known: dict[str, str] = {}
        self._kinds = {"authority"}
        self._tiers = set(_TIERS)
        self._touches: dict[str, list[Touch]] = {}
        self._judged: dict[frozenset[str], Reach] = {}
        self._free = {word: self._vocabulary.touches(word) for word in _FREE}

    def may_match(self, text: str) -> bool:
        """Say whether a text may be like a name; where not, comparing it finds nothing for accepting or review."""
        if not text[:1].isalpha() or (_MARK.search(text) and _ODD.search(text)):
            return True
        if len(self._known) > _REMEMBERED:
            for memory in (self._known, self._touches, self._judged):
                memory.clear()
        folded = fold(text)
        words = folded.split()
        if self._slips.match(folded) or (may_be_parted(text, words) and self._slips_inside(text, folded, words)):
            return True
        if not self._acronyms.isdisjoint(words):
            return True
        if not folded.isascii() and is_cjk(folded) and (self._cjk or _NOT_CJK.search(folded)):
            return True
        return self._may_agree(folded, words) or (self._councils and ended(text) is not None)

    def _may_agree(self, folded: str, words: Sequence[str]) -> bool:
        """Say whether enough of these words of a text may agree with those of a name."""
        known = self._known
        told = {known[word] if word in known else self._canonical(word) for word in words}
        plain = not self._councils
        if not self._kinds.isdisjoint(words) or (not self._tiers.isdisjoint(words) and not _JOINS.isdisjoint(words)):
            if self._councils:
                return True
            plain = False
            told |= {known[word] if word in known else self._canonical(word) for word in spelt_out(folded).split()}
            told.update(self._free)
            self._touches.update(self._free)
        said = frozenset(told)
        if said not in self._judged:
            self._judged[said] = self._judge(said)
        found = self._judged[said]
        return found.enough or (bool(found.begun) and (not plain or self._may_join(words, found)))

    def _slips_inside(self, text: str, folded: str, words: Sequence[str]) -> bool:
        """Say whether an affiliation in a text may be a letter off a name."""
        if "the" not in words and not any(map(str.isdigit, folded)):
            return self._slips.hold(folded)
        parts = (chunk.segments for chunk in chunks(text, self._index.knows))
        return any(self._slips.match(" ".join(segment.folded for segment in part)) for part in parts)

    def _may_join(self, words: Iterable[str], reach: Reach) -> bool:
        """Say whether what is left of these folded words may be what is left of a name but for the spaces."""
        told, names = [canonical(spelt(word)) for word in words], self._index.names
        return any(
            may_join(told, names[name].words, place, {at for number, at in reach.gained if number == name})
            for name, place in reach.begun
        )

    def _canonical(self, raw: str) -> str:
        """Return the canonical word of a folded one, or an empty text where it meets no word of the index."""
        mended = spelt(raw)
        if may_be_council(mended) or mended in COUNTIES:
            self._kinds.add(raw)
        if mended in _TIERS:
            self._tiers.add(raw)
        word = canonical(mended)
        if word not in self._touches:
            touches = self._vocabulary.touches(word)
            if touches:
                self._touches[word] = touches
            else:
                word = ""
        self._known[raw] = word
        return word

    def _judge(self, told: frozenset[str]) -> Reach:
        """Return how far words together bring the names."""
        met = [touch for word in told for touch in self._touches.get(word, ())]
        gains: dict[tuple[int, int], float] = {}
        for name, place, gain in met:
            if gain:
                gains[name, place] = max(gain, gains.get((name, place), 0.0))
        sums: dict[int, float] = defaultdict(float)
        for (name, _), gain in gains.items():
            sums[name] += gain
        if any(total >= self._need[name] for name, total in sums.items()):
            return Reach(enough=True)
        begun = {(name, place) for name, place, gain in met if not gain}
        joined = [(name, place) for name, place in begun if all((name, before) in gains for before in range(place))]
        return Reach(False, tuple(joined), frozenset(gains) if joined else frozenset())
