"""Identifiers of organisations, works, people and awards: recognised, normalised, and mended with a note."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from asckg.namespace import LINK_PREFIXES

_ROR = re.compile(r"(?i)(?:^|ror\.org/|ror:)\s*(0[a-hj-km-np-tv-z0-9]{6}\d\d)\s*/?$").search
_ISNI = re.compile(r"\d{15}[\dX]").fullmatch
_ROR_DIGITS = str.maketrans("0123456789abcdefghjkmnpqrstvwxyz", "0123456789abcdefghijklmnopqrstuv")


class Identifier(NamedTuple):
    """A normalised identifier; `mended` says what had to be repaired, empty when nothing had."""

    scheme: str
    value: str
    mended: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A kind of identifier: its name, which is its prefix in decision files too, and how a value is read."""

    name: str
    label: str
    read: Callable[[str], Identifier | None]

    def iri(self, value: str) -> str:
        """Return the address that names a normalised value on the web."""
        return LINK_PREFIXES[self.name] + value


def _doi(text: str) -> Identifier | None:
    bare = unquote(text.strip()).replace("\u200b", "").replace("\u00ad", "")
    notes = []
    if re.search(r"\s", bare):
        joined = re.sub(r"\s+", "", bare)
        if re.match(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?10\.\d{4,9}/\S+$", joined):
            bare, notes = joined, ["white space inside, as from a line wrap"]
    found = re.search(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+", bare)
    if not found:
        return None
    value = found[0].lower()
    trimmed = value.rstrip(".,;:'”’]}")  # noqa: RUF001 - closing typographic quotes
    while trimmed.endswith(")") and trimmed.count(")") > trimmed.count("("):
        trimmed = trimmed[:-1].rstrip(".,;:")
    if trimmed != value and value[len(trimmed) :].strip("."):
        notes.append("closing punctuation dropped")
    return Identifier("doi", trimmed, "; ".join(notes))


def _ror(text: str) -> Identifier | None:
    found = _ROR(text.strip())
    if not found:
        return None
    value = found[1].lower()
    check = 98 - (int(value[:7].translate(_ROR_DIGITS), 32) * 100) % 97
    return Identifier("ror", value) if f"{check:02d}" == value[7:] else None


def _isni(text: str) -> Identifier | None:
    text = text.strip()
    digits = text if text[:1].isdigit() else re.sub(r"(?i)^.*isni[:/\s]*", "", text)
    bare = "".join(digits.split()).replace("-", "").upper()
    return Identifier("isni", bare) if _ISNI(bare) and _mod11(bare) else None


def _orcid(text: str) -> Identifier | None:
    found = re.search(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])\s*/?$", text.strip())
    if not found or not _mod11("".join(found.groups()).upper()):
        return None
    return Identifier("orcid", "-".join(found.groups()).upper())


def _mod11(digits: str) -> bool:
    """Check the last character by ISO 7064 mod 11-2, as ISNI and ORCID have it."""
    total = 2 * int(digits[:-1], 13)  # each digit counts twice the next one, and 13 is 2 modulo 11
    return digits[-1] == "0123456789X"[(12 - total) % 11]


def _pattern(name: str, pattern: str, case: Callable[[str], str] = str) -> Callable[[str], Identifier | None]:
    compiled = re.compile(pattern)

    def read(text: str) -> Identifier | None:
        found = compiled.search(text.strip())
        return Identifier(name, case(found[1])) if found else None

    return read


_AWARD_WORDS = re.compile(
    r"^(?:the\s+)?(?:(?:grants?|awards?|projects?|contracts?|funding|references?|refs?|numbers?|nos?|ids?|agreement)\b[\s.:#]*)+",
    re.IGNORECASE,
)


def _award(text: str) -> Identifier | None:
    bare = _AWARD_WORDS.sub("", text.strip())
    bare = re.sub(r"[\s\u2010-\u2015_]+", "-", bare.upper()).strip("-.()[]")
    bare = re.sub(r"^([A-Z]+)-(\d+)$", r"\1\2", re.sub(r"-*/-*", "/", bare))
    return Identifier("award", bare) if re.search(r"\d", bare) and len(bare) >= 4 else None  # noqa: PLR2004


def _isbn(text: str) -> Identifier | None:
    bare = re.sub(r"[^0-9Xx]", "", text).upper()
    if len(bare) == 10:  # noqa: PLR2004 - ISBN-10
        total = sum((10 - place) * "0123456789X".index(digit) for place, digit in enumerate(bare))
        if total % 11 or "X" in bare[:-1]:
            return None
        body = "978" + bare[:9]
        return Identifier("isbn", body + str(-sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(body)) % 10))
    if len(bare) == 13 and bare.isdigit() and not sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(bare)) % 10:  # noqa: PLR2004
        return Identifier("isbn", bare)
    return None


SCHEMES: Mapping[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        Scheme("doi", "DOI", _doi),
        Scheme("ror", "ROR", _ror),
        Scheme("isni", "ISNI", _isni),
        Scheme("orcid", "ORCID", _orcid),
        Scheme(
            "gss",
            "GSS code",
            _pattern("gss", r"(?i)(?:^|/)([EWSNK]\d{8})$", str.upper),
        ),
        Scheme("ukprn", "UKPRN", _pattern("ukprn", r"(?i)(?:^|[^0-9a-z]|ukprn)(1\d{7})$")),
        Scheme(
            "wikidata",
            "Wikidata",
            _pattern("wikidata", r"(?i)(?:^|/|:)(Q[1-9]\d*)$", str.upper),
        ),
        Scheme(
            "fundref",
            "Crossref funder id",
            _pattern("fundref", r"(?:^|10\.13039/)(\d{9,12})$"),
        ),
        Scheme("grid", "GRID", _pattern("grid", r"(grid\.\d{3,7}\.[0-9a-f]{1,2})$")),
        Scheme(
            "openalex",
            "OpenAlex",
            _pattern("openalex", r"(?i)(?:^|/)([WIAFSVP]\d{4,})$", str.upper),
        ),
        Scheme("pmid", "PubMed", _pattern("pmid", r"(?:^|/|:|pmid)\s*(\d{5,9})/?$")),
        Scheme("isbn", "ISBN", _isbn),
        Scheme("cqc", "CQC location", _pattern("cqc", r"(?:^|/)(1-\d{6,12})$")),
        Scheme(
            "lae",
            "UK local authority code",
            _pattern("lae", r"(?:^|:)([A-Z]{3,4})$"),
        ),
        Scheme(
            "govorg",
            "GOV.UK organisation",
            _pattern("govorg", r"(?:^|organisations/)((?:[A-Z]{1,3}\d+)|[a-z][a-z0-9-]+)$"),
        ),
        Scheme("award", "award number", _award),
    )
}


def normalise(scheme: str, text: str) -> Identifier | None:
    """Return the normalised identifier, or None when the text is no identifier of the scheme.

    >>> normalise("doi", "https://doi.org/10.1000/AB C.1.").value
    '10.1000/abc.1'
    >>> normalise("ror", "https://ror.org/04xs57h96").value
    '04xs57h96'
    """
    return SCHEMES[scheme].read(text) if text else None


ANY = "any"
"""Stands for a scheme where a column has identifiers of several: each value is taken for all that it may be."""


def normalise_all(found: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return the normalised values by scheme; schemes that are not known and values that do not read are left out."""
    result: dict[str, tuple[str, ...]] = {}
    for read in (read for text in found.get(ANY, ()) for read in guess(text)):
        result[read.scheme] = tuple(dict.fromkeys((*result.get(read.scheme, ()), read.value)))
    for name, texts in found.items():
        scheme = SCHEMES.get(name)
        if scheme is not None:
            values = [item.value for text in texts if text and (item := scheme.read(str(text)))]
            if name in result or len(values) > 1:
                result[name] = tuple(dict.fromkeys((*result.get(name, ()), *values)))
            elif values:
                result[name] = (values[0],)
    return result


def guess(text: str) -> list[Identifier]:
    """Return every scheme that the text could be an identifier of, most telling first (`govorg` and `award` never)."""
    found = (normalise(name, text) for name in SCHEMES if name not in {"govorg", "award", "lae", "pmid"})
    return [item for item in found if item]
