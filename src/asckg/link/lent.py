"""Names that an accepted link lends to a thing: what the loaded row of another source calls it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from asckg.engine.embedded import parse_file
from asckg.link.decision import NONE_FOUND, Decision
from asckg.namespace import ID, LINK_PREFIXES, expand

_LABELS = (expand("skos:prefLabel"), expand("skos:altLabel"))
_ACRONYM = expand("asc:acronym")
_MOST = 16 * 2**20
"""Bytes of a table up to which its rows are read for names: larger ones would make every run wait."""
_PLAIN = re.compile(r"[^\W\d_]")


class Lent(NamedTuple):
    """A thing, a name of it, and whether that is an acronym."""

    thing: str
    name: str
    acronym: bool


def names_lent(tables: Iterable[Path], decisions: Sequence[Decision]) -> Iterator[Lent]:
    """Yield the names that the rows of tables (N-Triples) have for the things that accepted links say they equal."""
    owners = {
        LINK_PREFIXES[prefix] + local: ID + item.subject_id.removeprefix("r:")
        for item in decisions
        if item.state == "accepted" and item.predicate_id == "skos:exactMatch" and item.object_id != NONE_FOUND
        for prefix, _, local in (item.object_id.partition(":"),)
        if prefix in LINK_PREFIXES
    }
    for path in tables if owners else ():
        if path.stat().st_size > _MOST:
            continue
        for quad in parse_file(path, ox.NamedNode(path.resolve().as_uri())):
            owner = owners.get(quad.subject.value) if isinstance(quad.subject, ox.NamedNode) else None
            if owner and isinstance(quad.object, ox.Literal) and _PLAIN.search(quad.object.value):
                if quad.predicate.value in _LABELS:
                    yield Lent(owner, quad.object.value, acronym=False)
                elif quad.predicate.value == _ACRONYM:
                    yield Lent(owner, quad.object.value, acronym=True)
