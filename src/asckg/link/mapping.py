"""Mappings: which columns of a table are the name, the identifiers, the place; ready-made ones are profiles."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from asckg.error import AsckgError
from asckg.link.country import code_of
from asckg.link.identifier import ANY, SCHEMES, normalise, normalise_all
from asckg.link.record import Kind, Record
from asckg.link.ror import ror_record
from asckg.link.table.row import Row

_YEAR = re.compile(r"\b(1[5-9]|20)\d\d\b")
_BROKEN = re.compile(r"\s|[\u200b\u00ad]|[,;:'\])}\u2019\u201d]$")
_LANGUAGE = re.compile(r"^(?:[a-z]{2,3}|no_lang_code): ")
_MANY = re.compile(r"\s*[;|]\s*")
_DATE = re.compile(r"\d{4}")
_NO_PLACES = frozenset(
    {"name", "title", "kind", "split", "languages", "register", "reader", "requires", "licence", "source"}
)
"""The parts of a mapping that name no column."""


@dataclass(frozen=True)
class ColumnMap:
    """Where in a row each part of a record stands.

    A place is a column name, or a path into nested JSON (`ids.ror`, `authorships[].author.display_name`); a text
    that starts with `=` is a constant. `split` is the mark between several values of one cell;
    `languages` says that a name has its language before it (`fr: Nom`). `register` says
    that every row is a thing of its own, so that at most one row may equal one thing.
    """

    name: str = ""
    title: str = ""
    kind: Kind = "organisation"
    key: str = ""
    label: str = ""
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    country: str = ""
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    authors: str = ""
    affiliations: str = ""
    year: str = ""
    venue: str = ""
    date: str = ""
    status: str = ""
    parents: str = ""
    successors: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    split: str = ""
    languages: bool = False
    register: bool = False
    reader: str = ""
    requires: tuple[str, ...] = ()
    licence: str = ""
    source: str = ""
    keep: tuple[str, ...] = ()

    def record(self, row: Row) -> Record:
        """Return the record of a row; a row without a key gets its line number."""
        if self.reader == "ror":
            return ror_record(row.cells, row.line)
        said = {part: read(row) for part, read in self._readers}
        return Record(
            self._one(row, self.key) or f"row-{row.line}", self._one(row, self.label), self.kind, line=row.line, **said
        )

    @cached_property
    def _readers(self) -> tuple[tuple[str, Callable[[Row], Any]], ...]:
        """Return what reads each part of a record, for those parts only that the mapping names."""
        one, every, many = self._one, self._all, self._many
        found: dict[str, tuple[object, Callable[[Row], Any]]] = {
            "aliases": (self.aliases, self._aliases),
            "acronyms": (self.acronyms, lambda row: every(row, self.acronyms)),
            "country": (self.country, self._country),
            "places": (self.places, lambda row: every(row, self.places)),
            "types": (self.types, lambda row: tuple(text.lower() for text in every(row, self.types))),
            "identifiers": (self.identifiers, self._identifiers),
            "mended": (self.identifiers.get("doi") or self.identifiers.get(ANY), self._mended),
            "authors": (self.authors, lambda row: tuple(many(row, self.authors))),
            "affiliations": (self.affiliations, lambda row: tuple(many(row, self.affiliations))),
            "year": (self.year, self._year),
            "venue": (self.venue, lambda row: one(row, self.venue)),
            "date": (self.date, lambda row: one(row, self.date)),
            "status": (self.status, lambda row: "ended" if self._ended(row) else one(row, self.status)),
            "ended": (self.status, self._ended),
            "parents": (self.parents, lambda row: tuple(many(row, self.parents))),
            "successors": (self.successors, lambda row: tuple(many(row, self.successors))),
            "fields": (self.keep, lambda row: {place: one(row, place) for place in self.keep}),
        }
        return tuple((part, read) for part, (place, read) in found.items() if place)

    def _aliases(self, row: Row) -> tuple[str, ...]:
        """Return the other names of a row, without parts of its own name that a comma cuts off."""
        found = self._all(row, self.aliases)
        parts = [part.strip().casefold() for part in self._one(row, self.label).split(",")] if self.split == "," else []
        if len(parts) < 2:  # noqa: PLR2004 - a name without a comma
            return found
        return tuple(text for text in found if not any(part.startswith(text.casefold()) for part in parts))

    def _country(self, row: Row) -> str:
        return code_of(self._one(row, self.country))

    def _identifiers(self, row: Row) -> dict[str, tuple[str, ...]]:
        return normalise_all({scheme: self._many(row, place) for scheme, place in self.identifiers.items()})

    def _mended(self, row: Row) -> str:
        """Return how a DOI of the row had to be repaired, as one broken at a line wrap."""
        texts = [text for scheme in ("doi", ANY) for text in self._many(row, self.identifiers.get(scheme, ""))]
        odd = [text for text in texts if _BROKEN.search(text)]
        return "; ".join(found.mended for text in odd if (found := normalise("doi", text)) and found.mended)

    def _year(self, row: Row) -> int | None:
        year = _YEAR.search(self._one(row, self.year))
        return int(year[0]) if year else None

    def _ended(self, row: Row) -> str:
        """Return the state of a row when that is the date of its end."""
        said = self._one(row, self.status)
        return said if _DATE.match(said) else ""

    def _one(self, row: Row, place: str) -> str:
        if not place:
            return ""
        if place[0] == "=":
            return place[1:]
        value = row.cells.get(place)
        return value.strip() if type(value) is str else next(iter(values(row.cells, place)), "")

    def _all(self, row: Row, places: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for place in places for text in self._many(row, place))) if places else ()

    def _many(self, row: Row, place: str) -> list[str]:
        if not place:
            return []
        found = values(row.cells, place)
        if self.split and len(found) == 1:
            found = _rejoined([text.strip() for text in found[0].split(self.split)])
        texts = [text for value in found for text in _MANY.split(value) if text]
        return [_LANGUAGE.sub("", text) for text in texts] if self.languages else texts


def _rejoined(pieces: list[str]) -> list[str]:
    """Return the pieces of a cell, those cut off a name put back: `Herefordshire, County of` is one."""
    found: list[str] = []
    for piece in pieces:
        if found and piece.casefold().endswith(" of"):
            found[-1] += f", {piece}"
        else:
            found.append(piece)
    return found


def values(cells: Any, place: str) -> list[str]:
    """Return the texts at a column or path; `[]` goes through a list, a missing step gives nothing."""
    if isinstance(cells, dict) and place in cells:
        return _texts(cells[place])
    found: list[Any] = [cells]
    for step in place.split("."):
        name = step.removesuffix("[]")
        found = [item[name] for item in found if isinstance(item, Mapping) and name in item]
        if step.endswith("[]"):
            found = [inner for item in found if isinstance(item, list) for inner in item]
    return [text for item in found for text in _texts(item)]


def _texts(value: Any) -> list[str]:
    if type(value) is str:
        return [value.strip()] if value else []
    if value is None or value == "" or isinstance(value, Mapping):
        return []
    if not isinstance(value, list | tuple):
        return [str(value).strip()]
    found, left = list[str](), list(reversed(value))
    while left:  # no recursion: a file may have lists in each other as deep as it likes
        item = left.pop()
        if isinstance(item, list | tuple):
            left.extend(reversed(item))
        else:
            found += _texts(item)
    return found


def from_dict(found: Mapping[str, Any], where: str) -> ColumnMap:
    """Return the mapping of a YAML document; raise `AsckgError` that names an unknown key or scheme."""
    known = {item.name for item in fields(ColumnMap)}
    wrong = [key for key in found if key not in known]
    if wrong:
        raise AsckgError(f"{where}: unknown key {wrong[0]!r}; the keys are {', '.join(sorted(known))}")
    schemes = [name for name in found.get("identifiers") or {} if name not in SCHEMES and name != ANY]
    if schemes:
        raise AsckgError(f"{where}: unknown identifier scheme {schemes[0]!r}; known are {', '.join(SCHEMES)} and any")
    tidy: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in found.items()}
    return ColumnMap(**tidy)


def load_mapping(path: Path) -> ColumnMap:
    """Return the mapping saved in a file."""
    try:
        found = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise AsckgError(f"{path} is not a readable mapping: {error}") from error
    if not isinstance(found, dict):
        raise AsckgError(f"{path} is not a mapping of parts to columns")
    return from_dict(found, str(path))


def dump_mapping(mapping: ColumnMap) -> str:
    """Return a mapping as YAML, empty parts left out."""
    found = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(mapping).items() if value}
    return yaml.safe_dump(found, sort_keys=False, allow_unicode=True)


@lru_cache(maxsize=1)
def profiles() -> Mapping[str, ColumnMap]:
    """Return the ready-made mappings by name."""
    folder = files(__package__) / "data" / "profile"
    found: dict[str, ColumnMap] = {}
    for path in sorted(folder.iterdir(), key=lambda item: item.name):
        if path.name.endswith(".yaml"):
            name = path.name.removesuffix(".yaml")
            found[name] = from_dict({"name": name, **yaml.safe_load(path.read_text("utf-8"))}, path.name)
    return found


def profile_for(columns: Iterable[str]) -> ColumnMap | None:
    """Return the profile whose required columns a table has, the most demanding first.

    Publishers change between `Project_ID`, `project_id` and `Project ID`: the columns are those of the table.
    """
    have = {_plain(name): name for name in reversed(list(columns))}
    fitting = [item for item in profiles().values() if item.requires and have.keys() >= set(map(_plain, item.requires))]
    best = max(fitting, key=lambda item: len(item.requires), default=None)
    return best and replace(best, **{part: _renamed(place, have) for part, place in _places(best)})


def _plain(column: str) -> str:
    return re.sub(r"[\s_-]+", "_", column.strip()).casefold()


def _places(mapping: ColumnMap) -> Iterator[tuple[str, Any]]:
    """Yield the parts of a mapping that name columns."""
    for part in fields(ColumnMap):
        if part.name not in _NO_PLACES:
            yield part.name, getattr(mapping, part.name)


def _renamed(place: Any, have: Mapping[str, str]) -> Any:
    """Return a column, or several, by the names that a table gives them; paths and constants stay."""
    if isinstance(place, str):
        return have.get(_plain(place), place)
    if isinstance(place, tuple):
        return tuple(_renamed(item, have) for item in place)
    return {scheme: _renamed(item, have) for scheme, item in place.items()}
