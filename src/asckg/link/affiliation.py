"""The runs of words in an affiliation string that may be the name of an organisation."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from asckg.link.country import country_of
from asckg.link.segment import Chunk, Segment, chunks, queries
from asckg.link.text import fold, sort_of, tokens

_UNIT_HEADS = frozenset({"school", "department", "faculty", "college", "division", "section", "chair", "campus"})
_BELOW = frozenset({"centre", "institute", "laboratory", "clinic", "hospital", "library", "press", "programme", "unit"})
_WHOLE = frozenset({"university", "polytechnic"})
_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_NOWHERE: frozenset[str] = frozenset()
_TELLS = re.compile(r"(?i)fund|support|sponsor|financ|commission|award")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that may be a name, and what of the affiliation they leave out.

    `how` is `whole` (the whole string), `segment`, `pair` (two neighbours) or `cut` (a unit such as a department
    taken off) or `part` (a centre, a hospital taken off). `rest` are the segments outside; `countries` those named
    in the affiliation.
    """

    words: tuple[str, ...]
    folded: str
    how: str
    chunk: int
    place: int
    rest: tuple[Segment, ...]
    countries: frozenset[str]


def is_plain(text: str) -> bool:
    """Say whether a text is letters and single spaces, so that nothing takes it apart; most names are."""
    return bool(_PLAIN.fullmatch(text)) and not _TELLS.search(text)


def runs(text: str, known: Callable[[str], bool]) -> list[Run]:
    """Return the runs of a string, without repetition; `known` says whether a folded text is a whole name."""
    if is_plain(text):
        return _plain_runs(text)
    found: dict[tuple[int, tuple[str, ...]], Run] = {}
    for number, chunk in enumerate(chunks(text, known)):
        for run in _chunk_runs(chunk, number):
            found.setdefault((number, run.words), run)
    return list(found.values())


def _plain_runs(text: str) -> list[Run]:
    """Return the runs of letters and single spaces: one segment, that no mark takes apart. Most names are so."""
    folded = fold(text)
    words = tokens(folded)
    if not words:
        return []
    code = country_of(text)
    countries = frozenset({code}) if code else _NOWHERE
    shorter = [Run(head, " ".join(head), how, 0, 0, (), countries) for head, how in _without_unit(words)]
    return [Run(words, folded, "whole", 0, 0, (), countries), *shorter]


def _chunk_runs(chunk: Chunk, number: int) -> list[Run]:
    result = []
    for group in queries(chunk):
        folded = " ".join(segment.folded for segment in group)
        words = tokens(folded)
        how = "whole" if group == chunk.segments else "segment" if len(group) == 1 else "pair"
        rest = tuple(segment for segment in chunk.segments if segment not in group)
        place = chunk.segments.index(group[0])
        if words:
            result.append(Run(words, folded, how, number, place, rest, chunk.countries))
        if len(group) == 1:
            result += [
                Run(head, " ".join(head), how, number, place, rest, chunk.countries)
                for head, how in _without_unit(words)
            ]
    return result


def _without_unit(words: tuple[str, ...]) -> list[tuple[tuple[str, ...], str]]:
    """Return the words without a unit before or after: `X University School of Y` becomes `X University`."""
    if _WHOLE.isdisjoint(words):
        return []
    wholes = [place for place, word in enumerate(words) if word in _WHOLE]
    heads = [place for place, word in enumerate(words) if word in _UNIT_HEADS | _BELOW or sort_of(word) == "unit"]
    if not wholes or not heads:
        return []
    found: dict[tuple[str, ...], str] = {}
    for head in heads:
        how = "part" if words[head] in _BELOW else "cut"
        if head > wholes[0]:
            tails = [words[:head], words[: head - 1]] if sort_of(words[head - 1]) == "topic" else [words[:head]]
        else:
            tails = [words[wholes[0] - back :] for back in range(min(wholes[0] - head, 3))]
        for tail in tails:
            if len(tail) >= 2:  # noqa: PLR2004 - a name has two words
                found.setdefault(tail, how)
    return list(found.items())
