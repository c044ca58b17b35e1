"""What other columns of a row say of where a thing is, and whether the places of a record agree with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from asckg.link.text import fold, tokens

_LONG = 5


@dataclass(frozen=True, slots=True)
class Locality:
    """The ISO 3166 alpha-2 code of a row's country, or empty, and its places in canonical words."""

    country: str = ""
    places: frozenset[str] = frozenset()


NOWHERE = Locality()


@lru_cache(maxsize=50_000)
def places_in(texts: Sequence[str]) -> frozenset[str]:
    """Return the places that texts name between commas, in canonical words.

    >>> sorted(places_in(("10 High Street, St. Albans", "England")))
    ['10 high street', 'england', 'saint albans']
    """
    pieces = (piece for text in texts for piece in text.split(","))
    return frozenset(filter(None, (" ".join(tokens(fold(piece))) for piece in pieces)))


@lru_cache(maxsize=50_000)
def same_place(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Say whether two sets of places have one in common, a letter off or without what follows it.

    >>> same_place(frozenset({"newcastle upon tyne"}), frozenset({"newcastle", "england"}))
    True
    """
    return bool(ours & theirs) or any(_near(one, two) for one in ours for two in theirs)


def _near(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    if len(short) < _LONG:
        return False
    return long.startswith(f"{short} ") or OSA.distance(one, two, score_cutoff=1) <= 1
