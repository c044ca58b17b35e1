"""Mappings: which columns of a table are the name, the identifiers, the place; ready-made ones are profiles."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from asckg.error import AsckgError
from asckg.link.country import code_of
from asckg.link.identifier import ANY, SCHEMES, normalise_all
from asckg.link.record import Kind, Record
from asckg.link.ror import ror_record
from asckg.link.table.row import Row

_YEAR = re.compile(r"\b(1[5-9]|20)\d\d\b")
_MANY = re.compile(r"\s*[;|]\s*")


@dataclass(frozen=True)
class ColumnMap:
    """Where in a row each part of a record stands.

    A place is a column name, or a path into nested JSON (`ids.ror`, `authorships[].author.display_name`); a text
    that starts with `=` is a constant. `split` is the mark between several values of one cell. `register` says
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
        one, many = self._one, self._many
        year = _YEAR.search(one(row, self.year)) if self.year else None
        return Record(
            key=one(row, self.key) or f"row-{row.line}",
            name=one(row, self.label),
            kind=self.kind,
            aliases=self._all(row, self.aliases),
            acronyms=self._all(row, self.acronyms),
            country=code_of(one(row, self.country)),
            places=self._all(row, self.places),
            types=tuple(text.lower() for text in self._all(row, self.types)),
            identifiers=normalise_all({scheme: many(row, place) for scheme, place in self.identifiers.items()})
            if self.identifiers
            else {},
            authors=tuple(many(row, self.authors)),
            affiliations=tuple(many(row, self.affiliations)),
            year=int(year[0]) if year else None,
            venue=one(row, self.venue),
            date=one(row, self.date),
            status="ended" if re.match(r"\d{4}", one(row, self.status)) else one(row, self.status),
            ended=one(row, self.status) if re.match(r"\d{4}", one(row, self.status)) else "",
            parents=tuple(many(row, self.parents)),
            successors=tuple(many(row, self.successors)),
            fields={place: one(row, place) for place in self.keep},
            line=row.line,
        )

    def _one(self, row: Row, place: str) -> str:
        if not place:
            return ""
        if place.startswith("="):
            return place[1:]
        return next(iter(values(row.cells, place)), "")

    def _all(self, row: Row, places: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for place in places for text in self._many(row, place))) if places else ()

    def _many(self, row: Row, place: str) -> list[str]:
        if not place:
            return []
        found = values(row.cells, place)
        if self.split and len(found) == 1:
            found = _rejoined([text.strip() for text in found[0].split(self.split)])
        return [text for value in found for text in _MANY.split(value) if text]


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
    if isinstance(value, list | tuple):
        return [text for item in value for text in _texts(item)]
    return [str(value).strip()]


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
    """Return the profile whose required columns a table has, the most demanding first."""
    have = set(columns)
    fitting = [item for item in profiles().values() if item.requires and have.issuperset(item.requires)]
    return max(fitting, key=lambda item: len(item.requires), default=None)
