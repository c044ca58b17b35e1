"""Comparison of two organisation names, word by word, with the reasons kept."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel, JaroWinkler

from asckg.link.council import apart, contradict
from asckg.link.text import sort_of, squash
from asckg.link.weight import TELLING, weight

CLOSE = 0.82
"""Different words are alike from this share of letters in order on."""
_ABBREVIATED = 0.85
_UMLAUT = 0.98
_SHORT = 4
ALIKE = 5
"""Letters with which words that were joined or broken begin on both sides."""
LEFT_OVER = 0.3
"""Words of this weight together, left over on one side, forbid accepting by rule."""
PLACE_MISSING = 0.35


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two names compare.

    `words` is the weighted share of agreeing words (0 to 1), `letters` the share of agreeing letters in order.
    `agree` pairs the words that agree, `extra` are telling words only in the text, `missing` only in the entity's name.
    """

    words: float
    letters: float
    agree: tuple[tuple[str, str], ...]
    extra: tuple[str, ...]
    missing: tuple[str, ...]
    exact: bool
    same_words: bool

    @property
    def similarity(self) -> float:
        """Return one number, 0 to 1."""
        return 0.8 * self.words + 0.2 * self.letters

    @property
    def clash(self) -> bool:
        """Say whether each side has a word that the other contradicts: number, kind, or a telling word each."""
        sides = (self.extra, self.missing)
        if any(map(str.isdigit, self.extra)) or any(map(str.isdigit, self.missing)):
            return True
        if not self.extra or not self.missing:
            return False
        if any(word[0] == "~" for word in self.extra):
            return True
        if all(sum(map(weight, side)) >= LEFT_OVER for side in sides):
            return True
        kinds = all("kind" in map(sort_of, side) for side in sides)
        return kinds or all(max(map(weight, side)) >= TELLING for side in sides)

    @property
    def telling(self) -> float:
        """Return the weight of the most telling word that agrees."""
        return max((weight(word) for _, word in self.agree), default=0.0)


def respelt(left: str, right: str) -> bool:
    """Say whether two agreeing words differ by more than umlauts, doubled consonants or a plural."""
    return left.rstrip("s") != right.rstrip("s") and squash(left) != squash(right)


def begin_alike(left: str, right: str) -> bool:
    """Say whether two texts have their first letters in common, as far as both have them."""
    size = min(ALIKE, len(left), len(right))
    return left[:size] == right[:size]


def likeness(left: str, right: str) -> float:
    """Return how alike two different words are, 0 when they must be held apart."""
    if left[0] != right[0] or left.isdigit() or right.isdigit() or sort_of(left) or sort_of(right):
        return 0.0
    if squash(left) == squash(right):
        return _UMLAUT
    short, long = sorted((left, right), key=len)
    if len(short) < _SHORT:
        return 0.0
    if long.startswith(short) and len(short) >= _SHORT and len(long) - len(short) <= 2:  # noqa: PLR2004 - an ending
        return 0.9
    ratio = Indel.normalized_similarity(left, right)
    if ratio >= CLOSE and left[0] == right[0]:
        return ratio
    return 0.0


def _pair(text: list[str], name: list[str]) -> list[tuple[str, str, float]]:
    """Take out of both lists the words that agree, exactly or nearly, and return them with their likeness."""
    found = []
    for word in list(text):
        if word in name:
            name.remove(word)
            text.remove(word)
            found.append((word, word, 1.0))
    for word in list(text):
        best = max(((likeness(word, other), other) for other in name), default=(0.0, ""))
        if best[0]:
            name.remove(best[1])
            text.remove(word)
            found.append((word, best[1], best[0]))
    if text and name:
        left, right = "".join(text), "".join(name)
        likely = len(left) > _SHORT and left.isalpha() and begin_alike(left, right)
        if likely and JaroWinkler.similarity(left, right) >= 0.97:  # noqa: PLR2004
            found += [(word, word, 0.95) for word in text]
            text.clear()
            name.clear()
    return found


def compare(
    text: tuple[str, ...], name: tuple[str, ...], *, explained: Collection[str] = (), own: Collection[str] = ()
) -> Comparison:
    """Return how the words of a text compare with those of a name.

    `explained` are words of the text that say nothing against the name (its own place, country, acronym);
    `own` are words of the name that a text may leave out (its place and country).
    """
    said, called = " ".join(text), " ".join(name)
    if text == name:
        extra, missing = list[str](), list[str]()
        agree = [(word, word, 1.0) for word in text]
    elif "~" in said or "~" in called:
        return _as_councils(text, name, explained=explained, own=own)
    else:
        extra, missing = list(text), list(name)
        agree = _pair(extra, missing)
        extra = [word for word in extra if word not in explained]
        if missing == ["council"] and not extra:
            own = missing  # councils go by the name of their place
    gained = most = 0.0
    for left, right, alike in agree:
        both = weight(left) + weight(right)
        gained += alike * both
        most += both
    lost = sum(map(weight, extra)) + sum([weight(word) * (PLACE_MISSING if word in own else 1) for word in missing])
    total = most + lost
    return Comparison(
        words=gained / total if total else 0.0,
        letters=Indel.normalized_similarity(said, called),
        agree=tuple([(left, right) for left, right, _ in agree]),
        extra=tuple(extra),
        missing=tuple(missing),
        exact=text == name,
        same_words=not extra and not missing and all(squash(left) == squash(right) for left, right, _ in agree),
    )


def _as_councils(
    text: tuple[str, ...], name: tuple[str, ...], *, explained: Collection[str], own: Collection[str]
) -> Comparison:
    """Return how two names compare where a side says what kind of council it is: only another kind tells."""
    kinds = [{word for word in side if word[0] == "~"} for side in (text, name)]
    bare = [[word for word in side if word[0] != "~"] for side in (text, name)]
    for mine, other in ((0, 1), (1, 0)):
        said = {word for word in bare[other] if f"~{word}" in kinds[mine] - kinds[other]}
        bare[other] = [word for word in bare[other] if word not in said]
        kinds[other] |= {f"~{word}" for word in said}
        if kinds[mine] and "council" not in bare[mine]:
            bare[mine].append("council")
    found = compare(tuple(bare[0]), tuple(bare[1]), explained=explained, own=own)
    if contradict(*kinds):
        extra, missing = sorted(kinds[0] - kinds[1]), sorted(kinds[1] - kinds[0])
        found = replace(found, extra=(*found.extra, *extra), missing=(*found.missing, *missing), same_words=False)
    return replace(found, words=found.words - 0.01 * apart(*kinds), exact=False)
