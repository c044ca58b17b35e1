"""Affiliation strings taken apart: institutions, units below them, places, countries, acronyms."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from asckg.link.acknowledgement import without_acknowledgement
from asckg.link.country import country_of
from asckg.link.mojibake import unbroken
from asckg.link.scheme import GIVES
from asckg.link.script import CJK, HANGUL
from asckg.link.text import Word, fold, is_acronym, lexicon, sort_of, tokens

_CHUNK = re.compile(r"\s*(?:[;；؛]|\||\n|\s/\s|\b(?:and|und|et|y|e)\s+(?=the\s+\w+\s+of\b.*,))\s*")  # noqa: RUF001
_SEGMENT = re.compile(r"\s*(?:[,，、،«»]|\s[-–—]\s|[–—](?=[A-Z])|\(|\)|\[|\]|:\s|(?<!\b\w)\.\s+(?=[A-Z]\w{3,}))\s*")  # noqa: RUF001
_SHORTENED = re.compile(r"\b([^\W\d_]{2,8})\.\s*(?=[^\W\d_])")
_INITIALS = re.compile(r"\b\w\.\s?\w\.$")
_HYPHEN_TAIL = re.compile(r"^(?P<head>.*\w)-(?P<tail>[A-Z]\w+)$")
_LEAD = re.compile(r"^[\s\d*†‡§¶#]+(?=\D)|^[a-f][\)\]]\s*")
_MAIL = re.compile(r"\S+@\S+\.\S+|https?://\S+|\b(?:e-?mail|tel|fax)\b\.?\s*(?::|\+|\d).*$", re.IGNORECASE)
_PARTING = re.compile(r"[;؛；|\n\d@/]")  # noqa: RUF001 - semicolons of other scripts
_SAID_AROUND = re.compile(
    r"^(?:tel|fax|via|through|under)$|mail|fund|support|sponsor|finan[csz]|commission|award|grant|contract|ship|provided"
    r"|received|obtained|thank|acknowledge|gefordert|unterstutzt|souten|apoiad"
)
_STREET = re.compile(
    r"\b(?:street|str|road|rd|avenue|ave|av|boulevard|blvd|via|rue|calle|strasse|platz|lane|drive|box|cedex|floor|building)\b"
)


_UNIT_END = re.compile(
    r"\w{3}(?:hogskolan|skolan|fakultet(?:et|en|as)?|fakultat|fakultaet|institutionen|institutt(?:et)?|avdeling(?:en)?"
    r"|avdelning(?:en)?|afdeling|abteilung|klinikken|tiedekunta|laitos|osasto|teaduskond|instituut|tanszek|intezet"
    r")\b"
)
"""The ends of words that name a department, in languages that join them to what it is about."""
_GIVEN = frozenset({"programme"})


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of an affiliation: its text, folded text, words, and what it looks to be."""

    text: str
    folded: str
    words: tuple[str, ...]
    role: str  # institution, unit, place, street, country, acronym, scheme


@dataclass(frozen=True, slots=True)
class Chunk:
    """One affiliation: its segments, and the countries named by segments of their own.

    `cut` says that words of thanks or an award number were taken off.
    """

    text: str
    segments: tuple[Segment, ...]
    countries: frozenset[str]
    cut: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Return the whole text and that of each segment: all that may be a name."""
        return (self.text, *(segment.text for segment in self.segments))

    @property
    def context(self) -> frozenset[str]:
        """Return every word of the chunk."""
        return frozenset(word for segment in self.segments for word in segment.words)


def _role(text: str, folded: str, words: tuple[str, ...]) -> str:
    if country_of(text):
        return "country"
    if is_acronym(text) and not sort_of(folded):
        return "acronym"
    return "scheme" if _is_scheme(folded, words) else _role_of(folded, words)


def _role_of(folded: str, words: tuple[str, ...]) -> str:
    """Return what a segment is by its words: an institution, a unit, a street or a place."""
    first = lexicon().get(folded.split(" ", 1)[0], Word("", ""))
    sorts = {sort_of(word) for word in words}
    if first.sort == "unit" or first.form == "school":
        return "unit"
    if "kind" in sorts:
        return "institution"
    if any(map(str.isdigit, folded)) or _STREET.search(folded):
        return "street"
    return "unit" if "unit" in sorts or _UNIT_END.search(folded) else "place"


def _is_scheme(folded: str, words: Sequence[str]) -> bool:
    """Say whether a segment is the name of a programme, a fellowship, an award: what a funder gives, not a body."""
    if GIVES.isdisjoint(folded.split()):
        return False
    return not any(sort_of(word) == "kind" and word not in _GIVEN for word in words)


@lru_cache(maxsize=50_000)
def _segment(text: str) -> Segment | None:
    folded = fold(text)
    if not folded:
        return None
    words = tokens(folded)
    return Segment(text, folded, words, _role(text, folded, words))


def chunks(text: str, known: Callable[[str], bool] | None = None) -> list[Chunk]:
    """Return the affiliations in a string, each as segments; `known` says whether a folded text is a whole name."""
    clean = _undotted(_LEAD.sub("", _MAIL.sub("", unbroken(text).replace("\u00a0", " "))).strip(" ;,"))
    if known and known(fold(clean)):
        return [_chunk(clean)]
    bare = without_acknowledgement(clean)
    cut = bare != clean.strip(" .,;:-")
    clean = bare if cut else clean
    pieces: list[str] = []
    for piece in filter(None, _CHUNK.split(clean)):
        alone = any(sort_of(word) == "kind" for word in tokens(fold(piece))) or (known and known(fold(piece)))
        if pieces and not alone:
            pieces[-1] += ", " + piece
        else:
            pieces.append(piece)
    found = [chunk for chunk in map(_chunk, pieces) if chunk.segments]
    return [replace(chunk, cut=True) for chunk in found] if cut else found


def _undotted(text: str) -> str:
    """Return a text without dots and commas around it, but with the last dot of initials: `Leicester C.C.`."""
    bare = text.strip()
    return bare.lstrip(" .") if _INITIALS.search(bare) else bare.strip(" .;,")


def _without_dot(found: re.Match[str]) -> str:
    """Return a word without its dot where it is a shortened one: `Univ. Nacional` is no end of a sentence."""
    word = fold(found[1])
    known = lexicon().get(word)
    return f"{found[1]} " if known and known.sort and len(word) < len(known.form) else found[0]


@lru_cache(maxsize=20_000)
def _chunk(text: str) -> Chunk:
    pieces: list[str] = []
    for piece in _SEGMENT.split(_SHORTENED.sub(_without_dot, text)):
        bare = _undotted(piece or "")
        tail = _HYPHEN_TAIL.match(bare)
        if tail and (country_of(tail["tail"]) or (is_acronym(tail["tail"]) and not bare.isupper())):
            pieces += [tail["head"], tail["tail"]]
        elif bare:
            pieces.append(bare)
    segments = tuple(segment for segment in map(_segment, pieces) if segment)
    countries = frozenset(code for segment in segments if (code := country_of(segment.text)))
    return Chunk(text, segments, countries)


def may_be_parted(text: str, words: Sequence[str]) -> bool:
    """Say whether a text, of these folded words, may be cut or be several affiliations; else it is one as it stands."""
    return bool(_PARTING.search(text)) or ("," in text and "the" in words) or any(map(_is_said_around, words))


@lru_cache(maxsize=200_000)
def _is_said_around(word: str) -> bool:
    return bool(_SAID_AROUND.search(word))


def queries(chunk: Chunk) -> list[tuple[Segment, ...]]:
    """Return the runs of segments that may be a name, the likeliest first.

    The whole chunk, each single segment that is no country or street, and each pair of neighbours
    (`University of California, Davis`).
    """
    parts = chunk.segments
    runs: list[tuple[Segment, ...]] = [parts] if len(parts) <= 4 else []  # noqa: PLR2004 - a name rarely has more commas
    for place, part in enumerate(parts):
        if part.role in {"institution", "unit", "place", "acronym", "scheme"} or len(parts) == 1:
            runs.append((part,))
        if place and parts[place - 1].role != "country" and part.role not in {"country", "street", "acronym"}:
            runs.append((parts[place - 1], part))
    return list(dict.fromkeys(runs))


def is_cjk(text: str) -> bool:
    """Say whether a text is written in Chinese, Japanese or Korean characters."""
    return bool(CJK.search(text) or HANGUL.search(text))
