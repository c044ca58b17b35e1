"""The runs of words in an affiliation string that may be the name of an organisation."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from asckg.link.country import country_of
from asckg.link.scheme import funders_in
from asckg.link.segment import Chunk, Segment, chunks, is_cjk, queries
from asckg.link.text import CJK_LEGAL, fold, sort_of, tokens

_UNIT_HEADS = frozenset({"school", "department", "faculty", "college", "division", "section", "chair", "campus"})
_BELOW = frozenset({"centre", "institute", "laboratory", "clinic", "hospital", "library", "press", "programme", "unit"})
_WHOLE = frozenset({"university", "polytechnic"})
_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_AND = re.compile(r"(?i)\s+(?:and|und|et|y|e|en|och|og|&)\s+")
_CJK_WHOLE = re.compile("大学院\\w*研究院|研究科|大学院|大學院")
_INSIDE = re.compile(r"\s*\([^()]*\)(?=\s+[^\W\d_])")
_NAMED_AFTER = re.compile(r"(?i)\s+(?:(?:им|ім|im)\.\s*|(?:имени|імені|имені|imeni)\s+)(?=\S).*$")
_CJK_BELOW = re.compile("病院|医院|醫院|병원|의료원|研究|センター|中心|센터|연구")
_LEAST, _MOST = 4, 40
_NOWHERE: frozenset[str] = frozenset()
_TELLS = re.compile(r"(?i)fund|support|sponsor|financ|commission|award")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that may be a name, and what of the affiliation they leave out.

    `how` is `whole` (the whole string), `segment`, `pair` (two neighbours), `cut` (a unit such as a department
    taken off), `part` (a centre, a hospital taken off), `half` (one of two institutions), or `scheme` and `given` (a
    programme taken off, surely or perhaps). `rest` are the segments outside; `countries` those named in it.
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
    return bool(_PLAIN.fullmatch(text)) and not _TELLS.search(text) and (text.isascii() or not is_cjk(text))


def runs(text: str, known: Callable[[str], bool]) -> list[Run]:
    """Return the runs of a string, without repetition; `known` says whether a folded text is a whole name."""
    if is_plain(text):
        return _plain_runs(text, known)
    found: dict[tuple[int, tuple[str, ...]], Run] = {}
    for number, chunk in enumerate(chunks(text, known)):
        for run in (
            *_chunk_runs(chunk, number),
            *_unspaced_runs(chunk, number, known),
            *_bare_runs(chunk, number),
            *_given_runs(chunk, number, known),
        ):
            found.setdefault((number, run.words), run)
    return list(found.values())


def _plain_runs(text: str, known: Callable[[str], bool]) -> list[Run]:
    """Return the runs of letters and single spaces: one segment, that no mark takes apart. Most names are so."""
    folded = fold(text)
    words = tokens(folded)
    if not words:
        return []
    code = country_of(text)
    countries = frozenset({code}) if code else _NOWHERE
    shorter = [Run(head, " ".join(head), how, 0, 0, (), countries) for head, how in _without_unit(words)]
    given = [Run(tokens(one.folded), one.folded, one.how, 0, 0, (), countries) for one in funders_in(text, known)]
    whole = Run(words, folded, "whole", 0, 0, (), countries)
    return [whole, *shorter, *_halves(text, words, 0, 0, countries), *given]


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
            result += _halves(group[0].text, words, number, place, chunk.countries)
    return result


def _unspaced_runs(chunk: Chunk, number: int, known: Callable[[str], bool]) -> Iterator[Run]:
    """Yield whole names at the begin or end of Chinese, Japanese or Korean words, which stand without spaces."""
    texts = [
        (place, segment, text) for place, segment in enumerate(chunk.segments) for text in _unspaced(segment, known)
    ]
    for place, segment, text in texts:
        pieces = [piece for cut in range(len(text) - 1, _LEAST - 1, -1) for piece in (text[:cut], text[-cut:])]
        pieces = [text, *pieces] if len(segment.text.split()) > 1 else pieces
        found = next((piece for piece in pieces if known(fold(piece)) and not CJK_LEGAL.fullmatch(piece)), "")
        if found:
            rest = tuple(other for other in chunk.segments if other is not segment)
            whole = segment.folded.replace(" ", "")
            how = "part" if _CJK_BELOW.search(_CJK_WHOLE.sub("", whole.replace(found, ""))) else "cut"
            yield Run(tokens(fold(found)), fold(found), how, number, place, rest, chunk.countries)


def _unspaced(segment: Segment, known: Callable[[str], bool]) -> list[str]:
    """Return the words of a segment in Chinese, Japanese or Korean that may begin with a name, or be one."""
    if not is_cjk(segment.folded) or known(segment.folded):
        return []
    words = segment.text.split()
    texts = [fold(word).replace(" ", "") for word in words] if len(words) > 1 else [segment.folded.replace(" ", "")]
    least = _LEAST if len(words) == 1 else _LEAST - 1
    return [text for text in texts if is_cjk(text) and least < len(text) <= _MOST]


def _bare_runs(chunk: Chunk, number: int) -> Iterator[Run]:
    """Yield the first name without what stands in brackets inside it, and without whom it is named after."""
    inside = _INSIDE.sub("", chunk.text)
    for text in {inside, _NAMED_AFTER.sub("", inside)} - {chunk.text}:
        first = next((bare.segments[0] for bare in chunks(text)[:1]), None)
        if first and len(first.words) > 1:
            rest = tuple(part for part in chunk.segments if part.folded not in first.folded and part.role == "place")
            yield Run(first.words, first.folded, "segment", number, 0, rest[1:], chunk.countries)


def _given_runs(chunk: Chunk, number: int, known: Callable[[str], bool]) -> Iterator[Run]:
    """Yield the funders that a segment names beside a programme."""
    for place, segment in enumerate(chunk.segments):
        for one in funders_in(segment.text, known, cut=chunk.cut):
            rest = tuple(part for part in chunk.segments if part is not segment and part.role in {"country", "acronym"})
            yield Run(tokens(one.folded), one.folded, one.how, number, place, rest, chunk.countries)


def _halves(text: str, words: tuple[str, ...], number: int, place: int, countries: frozenset[str]) -> Iterator[Run]:
    """Yield two institutions that one segment names: `X Hospital and Y Institute`."""
    if list(map(sort_of, words)).count("kind") < 2:  # noqa: PLR2004 - each of the two has one
        return
    for found in _AND.finditer(text):
        halves = [fold(text[: found.start()]), fold(text[found.end() :])]
        each = [tokens(half) for half in halves]
        if all(len(half) > 1 and "kind" in map(sort_of, half) for half in each):
            for half, of_half in zip(halves, each, strict=True):
                yield Run(of_half, half, "half", number, place, (), countries)


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
