"""Folding of names to comparable text: case, accents, punctuation, initials, and canonical words."""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz.distance import OSA

from asckg.link.council import council_parts, may_be_council, spelt_out
from asckg.link.mojibake import unbroken
from asckg.link.script import CJK, MARKS, VARIANTS, folded, romanised

_MARKS = re.compile("[\u0300-\u036f]")
_SPECIAL = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŀ": "l", "ħ": "h"}  # noqa: RUF001 - the dotless i is meant
)
_LETTERS = re.compile(f"[{''.join(map(chr, _SPECIAL))}]")
_APOSTROPHE = re.compile(r"(?<=\w)['’`´ʼ‘](?=\w)")  # noqa: RUF001 - typographic apostrophes are the point
_QUOTE = re.compile("['’`´ʼ‘]")  # noqa: RUF001 - as above
_INITIALS = re.compile(r"\b(?:\w\.\s?){2,}(?=\W|$)|\b(?:\w\.){1,}\w\b")
_TWICE = re.compile(r"([^aeiouy])\1+")
_SAID = re.compile(r"[.'`&+@]")
_PLAIN = str.maketrans({chr(code): chr(code).lower() if chr(code).isalnum() else " " for code in range(128)})
_WORD = re.compile(rf"(?:[^\W_]|[{MARKS}])+")
_CONTRACTION = re.compile(r"\b(d|l|dell|nell|all|sull|qu)['’`´ʼ‘](?=\w)")  # noqa: RUF001
_ENTITY = {"&amp;": " and ", "&amp ": " and ", "&": " and ", "+": " and ", "@": " at "}
_CJK_END = re.compile(
    "(大学院|大学|大學|研究所|研究院|研究中心|医院|醫院|病院|科学院|公司|株式会社|センター|学校|協会|機構|財団|中心)(?=\\w)"
)
CJK_LEGAL = re.compile(
    "(?:(?:公益|一般|特例)?(?:社団|財団)法人|(?:特定非営利活動|独立行政|地方独立行政|国立研究開発|国立大学|公立大学|学校|医療|"
    "社会福祉|特殊)法人|株式会社|有限会社|有限公司|有限责任公司)"
)
_CJK_UNIT = re.compile("\\w+(?:学部|研究科|系|学科|学院|專業|专业|教研室|학과|학부|의과대학|대학원|공과대학)$")
_SPELT = 6
_DOUBLED = re.compile(r"([^aeiouy\W\d])\1+")


class Word(NamedTuple):
    """A canonical word: its form, and its class (`stop`, `kind`, `unit`, `legal`, `rank`, `topic`, `tier` or empty)."""

    form: str
    sort: str


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Word]:
    """Return the canonical word of every listed form: `data/word.tsv`, and foreign ones of `translation.tsv`.

    The second is learnt from the labels of ROR (CC0) by `benchmarks/link_words.py`.
    """
    table: dict[str, Word] = {}
    for line in (files(__package__) / "data" / "word.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            sort, form, *others = line.split()
            for other in (form, *others):
                table[other if other.isascii() else folded(other).translate(VARIANTS)] = Word(form, sort)
    for line in (files(__package__) / "data" / "translation.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            form, *others = line.split()
            for other in others:
                table.setdefault(other.translate(VARIANTS), table.get(form, Word(form, "")))
    return table


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return the text lower-cased, without accents or punctuation, initials joined (`U.K.` to `uk`).

    Marks of scripts other than Latin, Greek and Cyrillic are kept: there they are letters.
    """
    if text.isascii():
        if not _SAID.search(text):
            return " ".join(text.translate(_PLAIN).split())
        plain = text.lower()
    else:
        plain = unicodedata.normalize("NFKD", unbroken(text)).casefold()
        plain = unicodedata.normalize("NFC", _MARKS.sub("", plain))
        plain = folded(plain.translate(_SPECIAL) if _LETTERS.search(plain) else plain)
    if "." in plain:
        plain = _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", plain)
    if _QUOTE.search(plain):
        plain = _CONTRACTION.sub("", plain)
        plain = _APOSTROPHE.sub("", plain)
    if not plain.isascii() and CJK.search(plain):
        plain = _CJK_END.sub(r"\1 ", plain).translate(VARIANTS)
    for mark, word in _ENTITY.items():
        if mark in plain:
            plain = plain.replace(mark, word)
    return " ".join(_WORD.findall(plain))


@lru_cache(maxsize=20_000)
def tokens(folded: str) -> tuple[str, ...]:
    """Return the canonical words of a folded text in order, without stop words; the kind of a council stands last."""
    words = folded.split()
    for place, word in enumerate(words):
        if len(word) >= _SPELT:
            words[place] = spelt(word)
    folded = " ".join(words)
    named = None
    if may_be_council(folded):
        folded = spelt_out(folded)
        named = council_parts(folded)
    if named:
        bare = _canonical(named[0])
        if not any(sort_of(word) == "kind" for word in bare):
            return (*bare, *named[1])
    return _canonical(folded)


def _canonical(folded: str) -> tuple[str, ...]:
    return tuple([found for word in folded.split() if (found := canonical(word))])


@lru_cache(maxsize=200_000)
def canonical(word: str) -> str:
    """Return the canonical word of a folded one that is spelt right, an empty text for a stop word."""
    known = lexicon().get(word) or _otherwise(word)
    if known is None:
        return word
    return "" if known.sort == "stop" else known.form


_UNSOUNDED = str.maketrans(dict.fromkeys("acehijkqstuy"))
"""Letters that `romanised` may change; the others stay, in their order."""


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, Word]:
    return {romanised(form): known for form, known in lexicon().items() if len(form) > _SPELT and form.isascii()}


@lru_cache(maxsize=1)
def _skeletons() -> frozenset[str]:
    return frozenset(sound.translate(_UNSOUNDED) for sound in _by_sound())


def _otherwise(word: str) -> Word | None:
    """Return the canonical word of one with an English s, with umlauts written out, or romanised in another way."""
    table = lexicon()
    found = table.get(word[:-1]) if word[-1] == "s" else None
    if found is None and len(word) >= _SPELT and word.isascii():
        found = table.get(word.replace("ae", "a").replace("oe", "o").replace("ue", "u"))
        found = found or table.get(_DOUBLED.sub(r"\1", word))
        if not found and word.translate(_UNSOUNDED) in _skeletons():
            found = _by_sound().get(romanised(word))
    return found


@lru_cache(maxsize=1)
def _by_ends() -> dict[str, tuple[str, ...]]:
    """Return the long words of the lexicon by their first four letters and by their last.

    One letter off leaves the one or the other alone. Of words with seven letters only the kinds are there, by three.
    """
    found: dict[str, list[str]] = {}
    said = {"borough": "kind", "district": "kind", "metropolitan": "kind"}
    for word, sort in ({form: known.sort for form, known in lexicon().items()} | said).items():
        size = 4 if len(word) > _SPELT + 1 else 3 if len(word) > _SPELT and sort in {"kind", "unit"} else 0
        if size:
            found.setdefault(word[:size], []).append(word)
            found.setdefault(word[-size:], []).append(word)
    return {end: tuple(words) for end, words in found.items()}


@lru_cache(maxsize=200_000)
def spelt(word: str) -> str:
    """Return the word of the lexicon that a long word is a letter off, else the word itself."""
    if len(word) < _SPELT or word in lexicon():
        return word
    ends = _by_ends()
    for end in (word[:4], word[-4:], word[:3], word[-3:]):
        for other in ends.get(end, ()):
            if OSA.distance(word, other, score_cutoff=1) <= 1:
                return other
    return word


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
    return _TWICE.sub(r"\1", plain) if _TWICE.search(plain) else plain


def is_acronym(text: str) -> bool:
    """Say whether a name is written as an acronym: one word of two to eight characters, mostly capitals."""
    bare = text.strip().replace(".", "")
    if not 2 <= len(bare) <= 8 or " " in bare or not bare.isascii():  # noqa: PLR2004
        return False
    letters = [letter for letter in bare if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) >= 0.6 * len(bare)
