"""Comparison of people: surname and forenames or initials; a name alone is never enough to accept."""

from rapidfuzz.distance import JaroWinkler

from asckg.link.text import fold

_CLOSE = 0.92


def name_parts(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the folded surname and forenames of `Surname, Forename` or `Forename Surname`."""
    last, comma, first = name.partition(",")
    if comma:
        return fold(last), tuple(fold(first).split())
    words = fold(name).split()
    return (words[-1], tuple(words[:-1])) if words else ("", ())


def person_likeness(left: str, right: str) -> float:
    """Return how alike two names are, 0 to 1; an initial agrees with the forename it starts, for less.

    >>> person_likeness("Guard, Anna", "Guard, A.")
    0.85
    >>> person_likeness("Guard, Anna", "Guard, Bella")
    0.0
    """
    one, ours = name_parts(left)
    two, theirs = name_parts(right)
    family = JaroWinkler.similarity(one, two)
    if family < _CLOSE:
        return 0.0
    if not ours or not theirs:
        return 0.6 * family
    first, second = ours[0], theirs[0]
    if first == second and len(first) > 1:
        return family
    if first[0] == second[0] and 1 in (len(first), len(second)):
        return 0.85 * family
    return 0.9 * family if JaroWinkler.similarity(first, second) >= _CLOSE else 0.0
