"""What is matched: a record of an external table or an entity of the graph, in one form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["organisation", "work", "person", "award", "place"]


@dataclass(frozen=True, slots=True)
class Record:
    """One thing to match, whatever table or graph it came from.

    `name` is the preferred name (the title, for a work). `identifiers` maps a scheme of
    `asckg.link.identifier` to normalised values. `country` is an ISO 3166 alpha-2 code or empty.
    `mended` says how an identifier had to be repaired before it could be read.
    `parents`, `children` and `successors` are keys of other records of the same source.

    >>> Record("https://ror.org/04xs57h96", "University of Liverpool", country="GB").name
    'University of Liverpool'
    """

    key: str
    name: str
    kind: Kind = "organisation"
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    country: str = ""
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    identifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    date: str = ""
    status: str = ""
    ended: str = ""
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    mended: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    line: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Return the preferred name and the aliases, each once, acronyms left out."""
        return tuple(dict.fromkeys(name for name in (self.name, *self.aliases) if name))
