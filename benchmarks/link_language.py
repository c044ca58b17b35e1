"""Affiliations in many languages and scripts, made by a published noise from the labels of a ROR dump (CC0).

The labelled name is the one that ROR gives in that language. Noise: a department before it and the town and the
country behind it in that language, accents lost, umlauts written out, capitals, a letter lost, the script written in
Latin letters; and the name in a language that the record to match lacks, as if ROR had never heard it.
"""

# ruff: noqa: RUF001 - letters of other scripts are the point

import gzip
import json
import random
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from asckg.link.record import Record
from asckg.link.ror import ror_record
from benchmarks.link_case import Case

UNITS = {
    "en": "Department of Sociology", "fr": "Département de sociologie", "de": "Institut für Soziologie",
    "es": "Departamento de Sociología", "pt": "Departamento de Sociologia", "it": "Dipartimento di Sociologia",
    "nl": "Afdeling Sociologie", "sv": "Institutionen för sociologi", "pl": "Wydział Socjologii",
    "ru": "Кафедра социологии", "uk": "Кафедра соціології", "cs": "Katedra sociologie", "tr": "Sosyoloji Bölümü",
    "fi": "Sosiologian laitos", "ro": "Departamentul de Sociologie", "ca": "Departament de Sociologia",
    "ja": "社会学部", "zh": "社会学系", "ko": "사회학과", "el": "Τμήμα Κοινωνιολογίας", "id": "Fakultas Ilmu Sosial",
}  # fmt: skip
COUNTRIES = {
    "FR": "France", "DE": "Deutschland", "ES": "España", "PT": "Portugal", "IT": "Italia", "NL": "Nederland",
    "SE": "Sverige", "PL": "Polska", "BR": "Brasil", "RU": "Россия", "UA": "Україна", "CZ": "Česká republika",
    "TR": "Türkiye", "FI": "Suomi", "RO": "România", "AT": "Österreich", "CH": "Schweiz", "JP": "日本", "CN": "中国",
    "KR": "대한민국", "GR": "Ελλάδα", "BE": "Belgique", "MX": "México", "AR": "Argentina", "CO": "Colombia",
    "CL": "Chile", "ID": "Indonesia", "CA": "Canada",
}  # fmt: skip
_UMLAUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ø": "oe", "å": "aa"}
)
_RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "j", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h",
    "ц": "c", "ч": "ch", "ш": "sh", "щ": "shh", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "ju", "я": "ja",
    "ї": "ji", "і": "i", "є": "je", "ґ": "g", "ё": "jo",
}  # fmt: skip
_ACCENT = re.compile("[\u0300-\u036f\u0653-\u0655]")


class Label(NamedTuple):
    """A name of a record in a language."""

    language: str
    text: str


def load(path: Path) -> tuple[list[Record], dict[str, list[Label]], dict[str, Mapping[str, Any]]]:
    """Return the records of a dump, the labels of each active one by language, and the rows themselves by key."""
    records, labels, rows = [], {}, {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            records.append(ror_record(row))
            named = [item for item in row.get("names", ()) if item.get("lang") and "acronym" not in item["types"]]
            if row.get("status") == "active" and named:
                labels[row["id"]] = [Label(item["lang"], item["value"]) for item in named]
                rows[row["id"]] = row
    return records, labels, rows


def unaccented(text: str) -> str:
    """Return a text without the accents of Latin, Cyrillic and Greek letters, and without Arabic hamzas."""
    plain = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _ACCENT.sub("", plain))


def latin(text: str) -> str:
    """Return Cyrillic in Latin letters as ISO 9 and its relatives have it, diacritics left out: `j`, `c`, `ja`."""
    found = ((letter, _RUSSIAN.get(letter.lower(), letter)) for letter in text)
    return "".join(other.capitalize() if letter.isupper() else other for letter, other in found)


def _forms(label: Label, country: str, town: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    language, text = label
    land = COUNTRIES.get(country, "")
    tail = ", ".join(filter(None, (town, land)))
    if language in UNITS:
        if language in {"ja", "zh", "ko"}:
            yield f"department ({language})", f"{text}{' ' if language == 'ko' else ''}{UNITS[language]}"
        else:
            yield "department, town, country", ", ".join(filter(None, (UNITS[language], text, tail)))
    if unaccented(text) != text:
        yield "accents lost", unaccented(text)
    if text.translate(_UMLAUT) != text and language in {"de", "sv", "fi", "da", "no"}:
        yield "umlauts written out", text.translate(_UMLAUT)
    if text.upper() != text and len(text) > 8:
        yield "capitals", f"{text.upper()}, {country}" if land else text.upper()
    if language in {"ru", "uk", "bg"}:
        yield "in Latin letters", latin(text)
    if text.isascii() and len(text) > 12:
        place = chance.randrange(3, len(text) - 3)
        yield "letter lost", text[:place] + text[place + 1 :]


def cases(path: Path, seed: int, each: int) -> tuple[list[Record], list[Case]]:
    """Return the records, some lacking one of their labels, and about `each` cases of every language and noise."""
    chance = random.Random(seed)  # noqa: S311 - a fixed seed makes the set the same everywhere
    records, labels, rows = load(path)
    names = [(key, label) for key, found in labels.items() for label in found if label.language != "en"]
    chance.shuffle(names)
    found: dict[str, list[Case]] = {}
    for key, label in names:
        details = [item["geonames_details"] for item in rows[key].get("locations") or ()]
        country, town = (details[0].get("country_code", ""), details[0].get("name", "")) if details else ("", "")
        for noise, text in _forms(label, country, town, chance):
            found.setdefault(f"{noise}|{label.language}", []).append(Case(noise, text, key))
    chosen = [case for group in found.values() for case in group[:each]]
    missing, unheard = _unheard(labels, {case.key for case in chosen}, chance, each)
    records = [_without(record, missing[record.key]) if record.key in missing else record for record in records]
    return records, [*chosen, *unheard]


def _unheard(
    labels: Mapping[str, list[Label]], taken: set[str], chance: random.Random, each: int
) -> tuple[dict[str, str], list[Case]]:
    """Return names to be taken off records that have others in Latin letters, and the cases that ask for them."""
    found: dict[str, list[tuple[str, Label]]] = {}
    for key, named in labels.items():
        for label in named:
            others = [
                other for other in named if other.text.casefold() != label.text.casefold() and other.text.isascii()
            ]
            if key not in taken and others and label.language in UNITS and label.text[:1].isascii():
                found.setdefault(label.language, []).append((key, label))
    chosen: dict[str, Case] = {}
    for language, group in sorted(found.items()):
        for key, label in chance.sample(group, min(each, len(group))):
            chosen.setdefault(key, Case(f"name unheard of, {language}", label.text, key))
    return {key: case.text for key, case in chosen.items()}, list(chosen.values())


def _without(record: Record, text: str) -> Record:
    """Return a record that lacks a name; where it was the preferred one another takes its place."""
    left = [name for name in record.names if name != text]
    return replace(record, name=left[0], aliases=tuple(left[1:]))
