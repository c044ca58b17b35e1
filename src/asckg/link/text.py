"""Folding of names to comparable text: case, accents, punctuation, initials, and canonical words."""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz.distance import OSA

from asckg.link.council import council_parts

_MARKS = re.compile("[\u0300-\u036f]")
_SPECIAL = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŀ": "l", "ħ": "h"}  # noqa: RUF001 - the dotless i is meant
)
_APOSTROPHE = re.compile(r"(?<=\w)['’`´ʼ‘](?=\w)")  # noqa: RUF001 - typographic apostrophes are the point
_INITIALS = re.compile(r"\b(?:\w\.\s?){2,}(?=\W|$)|\b(?:\w\.){1,}\w\b")
_WORD = re.compile(r"[^\W_]+")
_CONTRACTION = re.compile(r"\b(d|l|dell|nell|all|sull|qu)['’`´ʼ‘](?=\w)")  # noqa: RUF001
_ENTITY = {"&amp;": " and ", "&amp ": " and ", "&": " and ", "+": " and ", "@": " at "}
_CJK_END = re.compile("(大学院|大学|大學|研究所|研究院|研究中心|医院|醫院|病院|科学院|公司)(?=\\w)")
_CJK_UNIT = re.compile("\\w+(?:学部|研究科|系|学科|学院|專業|专业|教研室|학과|학부|의과대학|대학원|공과대학)$")
_MAY_BE_COUNCIL = re.compile(
    r"\b(?:council|authority|borough|boro|cyngor|[lmcr]b|[lmcr]?bc|m?dc|cc|ua)\b"
    r"|^(?:the )?(?:county|city|district) of | (?:county|city|district) of$"
).search
_SPELT = 6
_KINDS = (
    "university", "council", "borough", "district", "hospital", "institute", "college", "foundation", "department",
    "academy", "society", "authority", "metropolitan", "polytechnic", "laboratory", "ministry", "government",
)  # fmt: skip
# One letter off leaves the first three letters alone or the last three.
_BY_ENDS = {
    end: tuple(kind for kind in _KINDS if end in {kind[:3], kind[-3:]})
    for end in {part for kind in _KINDS for part in (kind[:3], kind[-3:])}
}
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


class Word(NamedTuple):
    """A canonical word: its form, and its class (`stop`, `kind`, `unit`, `legal`, `rank`, `topic`, `tier` or empty)."""

    form: str
    sort: str


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Word]:
    """Return the canonical word of every listed form, read from `data/word.tsv`."""
    table: dict[str, Word] = {}
    for line in (files(__package__) / "data" / "word.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            sort, form, *others = line.split()
            for other in (form, *others):
                table[other] = Word(form, sort)
    return table


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Return the text lower-cased, without accents or punctuation, initials joined (`U.K.` to `uk`).

    Marks of scripts other than Latin, Greek and Cyrillic are kept: there they are letters.
    """
    if text.isascii():
        plain = text.lower()
    else:
        plain = unicodedata.normalize("NFKD", text).casefold()
        plain = unicodedata.normalize("NFC", _MARKS.sub("", plain)).translate(_SPECIAL)
    if "." in plain:
        plain = _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", plain)
    if "'" in plain or "`" in plain or not plain.isascii():
        plain = _CONTRACTION.sub("", plain)
        plain = _APOSTROPHE.sub("", plain)
        if CJK.search(plain):
            plain = _CJK_END.sub(r"\1 ", plain)
    for mark, word in _ENTITY.items():
        if mark in plain:
            plain = plain.replace(mark, word)
    return " ".join(_WORD.findall(plain))


@lru_cache(maxsize=200_000)
def tokens(folded: str) -> tuple[str, ...]:
    """Return the canonical words of a folded text in order, without stop words; the kind of a council stands last."""
    words = folded.split()
    for place, word in enumerate(words):
        if len(word) >= _SPELT:
            words[place] = _spelt(word)
    folded = " ".join(words)
    named = council_parts(folded) if _MAY_BE_COUNCIL(folded) else None
    if named:
        bare = _canonical(named[0])
        if not any(sort_of(word) == "kind" for word in bare):
            return (*bare, *named[1])
    return _canonical(folded)


def _canonical(folded: str) -> tuple[str, ...]:
    table = lexicon()
    found: list[str] = []
    for word in folded.split():
        known = table.get(word)
        if known is None:
            found.append(word)
        elif known.sort != "stop":
            found.append(known.form)
    return tuple(found)


@lru_cache(maxsize=200_000)
def _spelt(word: str) -> str:
    """Return the word that says what an organisation is when this one is a letter off it, else the word itself."""
    if word in lexicon():
        return word
    near = _BY_ENDS.get(word[:3], ()) + _BY_ENDS.get(word[-3:], ())
    return next((kind for kind in near if OSA.distance(word, kind, score_cutoff=1) <= 1), word)


@lru_cache(maxsize=200_000)
def sort_of(word: str) -> str:
    """Return the class of a canonical word, as in `Word`; empty for any other."""
    known = lexicon().get(word)
    if known:
        return known.sort
    if word[:1] == "~":
        return "tier"
    return "unit" if not word.isascii() and _CJK_UNIT.match(word) else ""


@lru_cache(maxsize=200_000)
def squash(word: str) -> str:
    """Return a word with umlaut spellings and doubled letters reduced, so that `goettingen` meets `gottingen`."""
    plain = word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return re.sub(r"([^aeiouy])\1+", r"\1", plain)


def is_acronym(text: str) -> bool:
    """Say whether a name is written as an acronym: one word of two to eight characters, mostly capitals."""
    bare = text.strip().replace(".", "")
    if not 2 <= len(bare) <= 8 or " " in bare or not bare.isascii():  # noqa: PLR2004
        return False
    letters = [letter for letter in bare if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) >= 0.6 * len(bare)
