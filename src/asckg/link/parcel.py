"""Rows and verdicts as plain tuples, which another process reads at little cost."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from asckg.link.outcome import Option, Outcome
from asckg.link.record import Record

_PARTS = (
    "key",
    "name",
    "kind",
    "aliases",
    "country",
    "places",
    "status",
    "authors",
    "affiliations",
    "year",
    "identifiers",
)
_parts_of = attrgetter(*_PARTS)


class Verdict(NamedTuple):
    """An outcome without its row: rows with the same names share it."""

    band: str
    options: tuple[Option, ...]
    margin: float
    reason: str


def signature_of(row: Record, *, placed: bool = False) -> tuple[object, ...]:
    """Return what of a row the comparison of names looks at: rows that agree in it share a verdict.

    `placed` says that things have places, so that those of the row count.
    """
    if row.kind in {"work", "award"}:
        return (row.kind, row.name, row.authors, row.year, row.identifiers.get("doi"), row.identifiers.get("award"))
    if row.kind == "person":
        return (row.kind, row.name, row.aliases, row.affiliations, row.identifiers.get("orcid"))
    return (row.kind, row.name, row.aliases, row.country, row.status, row.places if placed else ())


def pack_row(row: Record) -> tuple[Any, ...]:
    """Return the parts of a row that a comparison looks at."""
    return _parts_of(row)


def unpack_row(parts: Sequence[Any]) -> Record:
    """Return the row of its parts."""
    return Record(**dict(zip(_PARTS, parts, strict=True)))


def pack(found: Outcome, places: Mapping[int, int]) -> tuple[Any, ...]:
    """Return an outcome as a tuple; things are named by their places, which are known by `id`."""
    options = tuple(
        (places[id(item.thing)], item.similarity, dict(item.parts), item.doubts, item.agree, item.extra, item.missing,
         item.relation)
        for item in found.options
    )  # fmt: skip
    return found.band, options, found.margin, found.reason


def unpack(parcel: tuple[Any, ...], things: Sequence[Record]) -> Verdict:
    """Return the verdict of a tuple."""
    band, options, margin, reason = parcel
    return Verdict(band, tuple(Option(things[place], *rest) for place, *rest in options), margin, reason)
