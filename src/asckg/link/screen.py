"""Which texts no name of a small index can be like, told by their words before they are taken apart.

What is screened out would have come to nothing, by the arithmetic of the comparison:

- A candidate is at least `review` alike. The surroundings add 0.06 (0.04 more where the texts are the same, and then
  all words agree) and the letters 0.2 at most. So the words agree by `(review - 0.26) / 0.8` of their weight, and what
  the text lacks of the name weighs at most `0.8 / (review - 0.26) - 1` times what agrees, counted on both sides.
  Where things have places, it is `near` instead of `review`, and the town adds 0.04.
- Words agree when they are the same, when `likeness` says so, or when what is left of both sides is the same letters
  but for the spaces: then the first of those words begin alike, and all words of the name before them agree.
- The words of any part of a text are words of the text; where that is not sure (`_ODD`, Chinese that holds a name, the
  kind of a council), the text is let through.
- A text, or an affiliation in it, that is a letter off a name has its first or its last letters.
- An acronym is a word of the text, and a council that ended matters where one that took over is in the index.
"""

import re
from collections import defaultdict
from typing import NamedTuple

from asckg.link.band import DEFAULT, SLIP, Threshold, slipped
from asckg.link.council import COUNTIES, may_be_council, spelt_out
from asckg.link.nameindex import NameIndex
from asckg.link.organisation import ALIKE, PLACE_MISSING, likeness
from asckg.link.segment import chunks, is_cjk, may_be_parted
from asckg.link.succession import ended, knows_councils
from asckg.link.text import canonical, fold, sort_of, spelt
from asckg.link.weight import weight

_ADDED = 0.03 + 0.03 + 0.2
_TOWN = 0.04
_WORDS = 0.8
_MARK = re.compile("[.&@:\\d\u2024-\u2026\uff0e]")
_ODD = re.compile(r"\b\w[\u0300-\u036f]*[.\u2024-\u2026\uff0e]|&amp|@|://|\d[^\W\d_]")
_NOT_CJK = re.compile(r"[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_END = 4
_TIERS = frozenset({"county", "city", "district"})
_JOINS = frozenset({"of", "and", "a"})
_FREE = ("council", "city", "county", "london")
"""Words that taking the name of a council apart may add to those of the text."""
_ROUNDING = 1e-6
_REMEMBERED = 200_000


def _ends(folded: str) -> tuple[str, str]:
    """Return both ends of a text: a letter off leaves the one or the other alone."""
    return f"^{folded[:_END]}", f"{folded[-_END:]}$"


class Touch(NamedTuple):
    """A word of a name that a word of a text meets: what it brings when they agree, 0 when they only begin alike."""

    name: int
    place: int
    gain: float


class Screen:
    """Tells texts that may be like a name of an index from those that cannot; made for an index of few names."""

    def __init__(self, index: NameIndex, threshold: Threshold = DEFAULT) -> None:
        self._index = index
        least = min(threshold.review, threshold.near - _TOWN) if index.places else threshold.review
        self._slack = _WORDS / (least - _ADDED) - 1
        self._councils = knows_councils(index) or any("~" in word for word in index.words)
        self._cjk = any(map(is_cjk, index.exact))
        self._acronyms = {word for short in index.acronym for word in short.split()}
        self._need: list[float] = []
        self._places: dict[str, list[tuple[int, int, float]]] = {}
        for number, name in enumerate(index.names):
            own = {*index.own[name.owner], "council"}  # which may be left out where it is all that is missing
            share = [0 if word[0] == "~" else PLACE_MISSING if word in own else 1 for word in name.words]
            lost = [weight(word) * part for word, part in zip(name.words, share, strict=True)]
            self._need.append(sum(lost) - _ROUNDING)
            for place, word in enumerate(name.words):
                self._places.setdefault(word, []).append((number, place, lost[place]))
        self._plain: dict[str, list[str]] = {}
        self._starts: dict[str, list[str]] = {}
        for word in self._places:
            for size in range(1, min(ALIKE, len(word)) + 1):
                self._starts.setdefault(word[:size], []).append(word)
            if not sort_of(word):  # others are like themselves alone
                self._plain.setdefault(word[0], []).append(word)
        self._short = [word for word in self._places if len(word) < ALIKE]
        self._known: dict[str, str] = {}
        self._kinds = {"authority"}
        self._tiers = set(_TIERS)
        self._touches: dict[str, list[Touch]] = {}
        self._judged: dict[frozenset[str], bool] = {}
        self._ends: dict[str, set[str]] = {}
        for name in index.names:
            for end in _ends(name.folded):
                self._ends.setdefault(end, set()).add(name.folded)
        self._free = {word: self._met(word) for word in _FREE}

    def may_match(self, text: str) -> bool:
        """Say whether a text may be like a name; where not, comparing it finds nothing for accepting or review."""
        if not text[:1].isalpha() or (_MARK.search(text) and _ODD.search(text)):
            return True
        if len(self._known) > _REMEMBERED:
            for memory in (self._known, self._touches, self._judged):
                memory.clear()
        folded = fold(text)
        words = folded.split()
        if self._may_slip(folded) or (may_be_parted(text, words) and any(map(self._may_slip, self._parts(text)))):
            return True
        if not self._acronyms.isdisjoint(words):
            return True
        if not folded.isascii() and is_cjk(folded) and (self._cjk or _NOT_CJK.search(folded)):
            return True
        known = self._known
        told = {known[word] if word in known else self._canonical(word) for word in words}
        if not self._kinds.isdisjoint(words) or (not self._tiers.isdisjoint(words) and not _JOINS.isdisjoint(words)):
            if self._councils:
                return True
            told |= {known[word] if word in known else self._canonical(word) for word in spelt_out(folded).split()}
            told.update(self._free)
            self._touches.update(self._free)
        said = frozenset(told)
        if said not in self._judged:
            self._judged[said] = self._judge(said)
        return self._judged[said] or (self._councils and ended(text) is not None)

    def _may_slip(self, folded: str) -> bool:
        """Say whether a folded text is a letter off a name."""
        size, (head, tail) = len(folded), _ends(folded)
        if size < SLIP or (head not in self._ends and tail not in self._ends):
            return False
        names = (name for end in (head, tail) for name in self._ends.get(end, ()))
        return any(abs(len(name) - size) <= 1 and slipped(folded, name) for name in names)

    def _parts(self, text: str) -> list[str]:
        """Return the affiliations of a text, folded, without what says that somebody funded something."""
        return [" ".join(part.folded for part in chunk.segments) for chunk in chunks(text, self._index.knows)]

    def _canonical(self, raw: str) -> str:
        """Return the canonical word of a folded one, or an empty text where it meets no word of the index."""
        mended = spelt(raw)
        if may_be_council(mended) or mended in COUNTIES:
            self._kinds.add(raw)
        if mended in _TIERS:
            self._tiers.add(raw)
        word = canonical(mended)
        if word not in self._touches:
            touches = self._met(word)
            if touches:
                self._touches[word] = touches
            else:
                word = ""
        self._known[raw] = word
        return word

    def _met(self, word: str) -> list[Touch]:
        """Return where a canonical word meets the names of the index."""
        if word[:1] not in self._starts:
            return []
        places = self._places
        begun = self._starts.get(word[:ALIKE], []) + [short for short in self._short if word.startswith(short)]
        found = [Touch(*place[:2], 0.0) for other in begun if other != word for place in places[other]]
        near = () if sort_of(word) else self._plain.get(word[0], ())
        for other in (word, *(other for other in near if other != word and likeness(word, other))):
            if other in places:
                gain = self._slack * (weight(word) + weight(other))
                found += [Touch(name, place, gain + lost) for name, place, lost in places[other]]
        return found

    def _judge(self, told: frozenset[str]) -> bool:
        """Say whether words together may bring a name to review."""
        met = [touch for word in told for touch in self._touches.get(word, ())]
        gains: dict[tuple[int, int], float] = {}
        for name, place, gain in met:
            if gain:
                gains[name, place] = max(gain, gains.get((name, place), 0.0))
        sums: dict[int, float] = defaultdict(float)
        for (name, _), gain in gains.items():
            sums[name] += gain
        if any(total >= self._need[name] for name, total in sums.items()):
            return True
        begun = [(name, place) for name, place, gain in met if not gain]
        return any(all((name, before) in gains for before in range(place)) for name, place in begun)
