"""Three bands: what is accepted by rule, what a person should look at, and what is no match."""

from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from asckg.link.candidate import Candidate, Match
from asckg.link.text import fold

_KEPT = 10
SLIP = 10
"""The letters that a whole text must have to be shown for being one letter off a name, whatever else is said."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """The limits of the bands; the defaults were set on one half of the labelled ROR names.

    Accepted: `accept` with a lead of `margin`; or `lower` with a lead of `far`; or the same words in another
    order with `swapped` and a lead of `clear`. A candidate with a doubt is never accepted. From `near` on one is
    shown whose town, in a column of its own, agrees, with a lead of `clear`. One a letter off is always shown.
    """

    accept: float = 0.93
    review: float = 0.87
    margin: float = 0.035
    swapped: float = 0.9
    clear: float = 0.08
    lower: float = 0.88
    far: float = 0.15
    near: float = 0.72

    def decide(self, text: str, found: list[Candidate]) -> Match:
        """Return the match of a text from its candidates."""
        ranked = tuple(sorted(found, key=_order))[:_KEPT]
        margin = ranked[0].similarity - ranked[1].similarity if len(ranked) > 1 else 1.0
        if not ranked or not self._worth_a_look(ranked[0], margin):
            folded = fold(text)
            slip = next((item for item in ranked if slipped(folded, item.name)), None)
            if slip is None:
                return Match(text, "none", ranked)
            others = tuple(item for item in ranked if item is not slip)
            return Match(text, "review", (replace(slip, doubts=("spelling",)), *others), 0.0)
        return Match(text, "accepted" if self._sure(ranked[0], margin) else "review", ranked, margin)

    def _worth_a_look(self, best: Candidate, margin: float) -> bool:
        there = best.parts.get("town", 0.0) > 0 and margin >= self.clear
        return best.similarity >= (self.near if there else self.review)

    def _sure(self, best: Candidate, margin: float) -> bool:
        found, cut = best.comparison, best.run.how == "cut"
        if best.doubts or (cut and found.same_words and not found.exact):
            return False
        alike = best.similarity >= self.accept and margin >= self.margin
        swapped = found.same_words and not cut and best.similarity >= self.swapped and margin >= self.clear
        return alike or swapped or (best.similarity >= self.lower and margin >= self.far)


def slipped(text: str, name: str) -> bool:
    """Say whether a whole folded text is a letter off a long name, with the same digits.

    >>> slipped("oat skatng federation", "oat skating federation"), slipped("hospital 5 york", "hospital 6 york")
    (True, False)
    """
    if len(text) < SLIP or OSA.distance(text, name, score_cutoff=1) > 1:
        return False
    return [*filter(str.isdigit, text)] == [*filter(str.isdigit, name)]


def _order(item: Candidate) -> tuple[float, int, str]:
    return -item.similarity, -len(item.record.children), item.record.key


DEFAULT = Threshold()
