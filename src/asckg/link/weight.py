"""How much a word tells: rare words much, the words every second name has little."""

import math
from functools import lru_cache
from importlib.resources import files

from asckg.link.country import forms
from asckg.link.text import sort_of

_PRIOR = {"stop": 0.0, "legal": 0.05, "unit": 0.15, "kind": 0.3, "rank": 0.35, "topic": 0.4, "tier": 0.08}
_LEAST, _DIGIT, _COUNTRY = 0.35, 0.8, 0.45
TELLING = 0.6
"""A word of this weight or more can tell one organisation from another."""


@lru_cache(maxsize=1)
def _frequency() -> tuple[int, int, dict[str, int]]:
    """Return how many organisations were counted, the least count, and the count of each word.

    From `data/frequency.tsv` (ROR, CC0).
    """
    head, *lines = (files(__package__) / "data" / "frequency.tsv").read_text("utf-8").splitlines()
    table = {word: int(count) for word, count in (line.split("\t") for line in lines)}
    return int(head.lstrip("# ")), min(table.values()), table


@lru_cache(maxsize=200_000)
def weight(word: str) -> float:
    """Return the weight of a canonical word, 0 to 1; the same for every index, so that thresholds carry over."""
    prior = _PRIOR.get(sort_of(word))
    if prior is not None:
        return prior
    if word.isdigit():
        return _DIGIT
    total, rarest, table = _frequency()
    rarity = math.log(total / table.get(word, rarest)) / math.log(total / rarest)
    if word in forms():
        return min(rarity, _COUNTRY)
    return max(_LEAST, rarity)
