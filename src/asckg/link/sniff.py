"""Guesses which columns of a table are the name, the identifiers, the place, from headers and from values."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from asckg.link.country import code_of
from asckg.link.identifier import ANY, guess
from asckg.link.mapping import ColumnMap, values
from asckg.link.record import Kind
from asckg.link.table.row import Row
from asckg.link.text import fold

_SAMPLE = 200
_MOST = 0.6
_PLAIN_NUMBERS = frozenset({"fundref", "ukprn"})
"""Any number may look like these: only a header that says so makes a column one."""
_HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("label", ("name", "title", "organisation", "organization", "institution", "affiliation", "funder", "council",
               "authority", "university", "company", "provider", "label", "display name", "nom", "nombre", "titre")),
    ("aliases", ("alias", "aliases", "alternative names", "also known as", "synonyms", "other names", "alt names")),
    ("acronyms", ("acronym", "acronyms", "abbreviation", "short name")),
    ("country", ("country", "country code", "nation", "pays", "land")),
    ("places", ("city", "town", "place", "region", "location", "address", "area")),
    ("types", ("type", "kind", "category")),
    ("authors", ("authors", "author", "creator", "creators")),
    ("year", ("year", "publication year", "pub year")),
    ("venue", ("journal", "venue", "publication title", "source title")),
    ("date", ("date", "start date", "published")),
)  # fmt: skip


def propose(columns: Sequence[str], sample: Sequence[Row]) -> ColumnMap:
    """Return the likeliest mapping of a table's columns; parts that nothing speaks for stay empty."""
    rows = list(islice(sample, _SAMPLE))
    texts = {column: [text for row in rows for text in values(row.cells, column)] for column in columns}
    identifiers = _identifiers(texts)
    taken = set(identifiers.values())
    chosen: dict[str, str] = {}
    for part, words in _HEADERS:
        column = _by_header([name for name in columns if name not in taken], words)
        if column:
            chosen[part] = column
            taken.add(column)
    if "label" not in chosen:
        wordy = max((name for name in columns if name not in taken), key=lambda n: _wordiness(texts[n]), default="")
        chosen["label"] = wordy if wordy and _wordiness(texts[wordy]) else ""
    if "country" not in chosen:
        chosen["country"] = next((name for name in columns if name not in taken and _countries(texts[name])), "")
    several = {part: (chosen[part],) for part in ("aliases", "acronyms", "places", "types") if chosen.get(part)}
    single = {part: chosen.get(part, "") for part in ("label", "country", "authors", "year", "venue", "date")}
    kind: Kind = "work" if single["authors"] or ("doi" in identifiers and single["year"]) else "organisation"
    if "award" in fold(" ".join(columns)).split() and "doi" not in identifiers:
        kind = "award"
    key = next(iter(identifiers.values()), "") or next(
        (name for name in columns if fold(name) in {"id", "key", "code"}), ""
    )
    return ColumnMap(kind=kind, key=key, identifiers=identifiers, **single, **several)  # type: ignore[arg-type]  # str and tuple parts


def _by_header(columns: Sequence[str], words: Sequence[str]) -> str:
    folded = {fold(column): column for column in columns}
    for word in words:
        if word in folded:
            return folded[word]
    for word in words:
        for text, column in folded.items():
            if word in text.split() and not {"id", "code", "url", "number"} & set(text.split()):
                return column
    return ""


def _identifiers(texts: dict[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column, cells in texts.items():
        counts = Counter(scheme for text in cells for scheme in {item.scheme for item in guess(text)})
        named = [scheme for scheme in counts if scheme in fold(column) or (scheme == "fundref" and "funder" in column)]
        counts = Counter({scheme: count for scheme, count in counts.items() if scheme not in _PLAIN_NUMBERS})
        for scheme, count in [(name, len(cells)) for name in named] or counts.most_common(1):
            if count < _MOST * max(len(cells), 1):
                continue
            if any(_of_other(scheme, text) for text in cells):
                scheme = ANY  # noqa: PLW2901 - the column holds several
            elif scheme == "doi" and all("10.13039/" in text for text in cells):
                scheme = "fundref"  # noqa: PLW2901 - the DOIs of funders
            found.setdefault(scheme, column)
    if not found:
        mixed = [column for column, cells in texts.items() if len(cells) > 1 and _share(cells) >= _MOST]
        found = dict(zip((ANY,), mixed, strict=False))
    return found


def _of_other(scheme: str, text: str) -> bool:
    """Say whether a cell is an identifier, and none of this scheme."""
    schemes = {item.scheme for item in guess(text)}
    return bool(schemes) and scheme not in schemes


def _share(cells: Sequence[str]) -> float:
    """Return the share of cells that are an identifier of some scheme, plain numbers counted by the others."""
    sure = [{item.scheme for item in guess(text)} for text in cells]
    telling = any(schemes - _PLAIN_NUMBERS for schemes in sure)
    return sum(map(bool, sure)) / len(cells) if telling else 0.0


def _wordiness(texts: Sequence[str]) -> float:
    words = [len(text.split()) for text in texts if any(map(str.isalpha, text))]
    return min(sum(words) / len(texts), 8) * len(set(texts)) / len(texts) if words and texts else 0.0


def _countries(texts: Sequence[str]) -> bool:
    return bool(texts) and sum(len(code_of(text)) == 2 for text in texts) >= _MOST * len(texts)  # noqa: PLR2004 - alpha-2
