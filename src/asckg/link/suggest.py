"""Outcomes as rows for the decision file, and as rows of a report."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from asckg.cell import csv_line
from asckg.link.decision import Decision
from asckg.link.identifier import ANY, SCHEMES
from asckg.link.mapping import ColumnMap
from asckg.link.outcome import Option, Outcome
from asckg.link.record import Record
from asckg.link.succession import DOUBT as SUCCESSOR
from asckg.link.text import fold
from asckg.namespace import ID, LINK_PREFIXES

REPORT = (
    "line",
    "key",
    "name",
    "band",
    "thing",
    "label",
    "similarity",
    "margin",
    "reason",
    "explanation",
    "other options",
)
_JUSTIFICATION = {"identifier": "semapv:MappingChaining", "accepted": "semapv:LexicalMatching"}
_TOLD = 50_000
_KEY = 60
_ODD = re.compile(r"[^\w./~-]")
_WORD = re.compile("[a-z0-9]+")
_PLAIN = re.compile(r"[^\W_][^,\"\r\n]*\n[^\W_][^,\"\r\n]*").fullmatch
_OTHERS, _NEAR = 4, 0.1
RULE = "asckg link, by rule"


def object_id(row: Record, mapping: ColumnMap, source: str) -> str:
    """Return the prefixed name of a row: its first identifier of a known scheme, else its key within the source.

    A DOI that had to be mended names no row: it may be another's.
    """
    mixed = not mapping.identifiers or ANY in mapping.identifiers
    for scheme in (*mapping.identifiers, *(row.identifiers if mixed else ())):
        values = row.identifiers.get(scheme, ())
        if values and scheme in LINK_PREFIXES and scheme in SCHEMES and not (scheme == "doi" and row.mended):
            return f"{scheme}:{values[0]}"
    if row.identifiers.get("ror"):
        return f"ror:{row.identifiers['ror'][0]}"
    key = content_key(row) if row.key == f"row-{row.line}" else row.key
    return f"row:{source}/{_ODD.sub('-', key)}"


def content_key(row: Record) -> str:
    """Return a key for a row that has none of its own: from what it says, so that it stays when rows move.

    Rows that say the same have the same key, and so one decision.
    """
    said = "\n".join((row.name, row.country, *row.places, *row.authors, str(row.year or ""), row.date))
    name = "-".join(_WORD.findall(fold(row.name)))[:_KEY].strip("-") or "row"
    return f"{name}-{sha256(said.encode()).hexdigest()[:8]}"


def decisions_of(outcomes: Iterable[Outcome], mapping: ColumnMap, source: str, today: str) -> Iterator[Decision]:
    """Yield a decision for the best option of every row that has one, and for those that a person may prefer to it.

    These are each successor shown with it and, where a person is to decide, what is nearly as like.
    Those accepted by rule say so. A successor is related, and never an exact match.
    """
    for item in outcomes:
        if item.band not in {"identifier", "accepted", "review"}:
            continue
        least = item.options[0].similarity - _NEAR if item.band == "review" else 2.0
        near = [other for other in item.options[1:_OTHERS] if other.similarity >= least]
        later = [other for other in item.options[1:] if SUCCESSOR in other.doubts and other not in near]
        for option in (item.options[0], *near, *later):
            yield _decision(item, option, object_id(item.row, mapping, source), source, today)


def _decision(item: Outcome, option: Option, target: str, source: str, today: str) -> Decision:
    sure, later = item.band != "review", SUCCESSOR in option.doubts
    parts = ";".join(f"{name}={value:.3f}" for name, value in option.parts.items())
    why = "; ".join((*_standing(item, option), *option.statements(), *_details(item.row, option.thing)))
    return Decision(
        subject_id="r:" + option.thing.key.removeprefix(ID),
        subject_label=option.thing.name,
        predicate_id="skos:relatedMatch" if later else "skos:exactMatch",
        predicate_modifier="",
        object_id=target,
        object_label=item.row.name,
        mapping_justification=_JUSTIFICATION.get(item.band, "semapv:LexicalMatching"),
        author_label=RULE if sure else "",
        mapping_date=today,
        similarity_score=f"{option.similarity:.3f}",
        similarity_measure="asckg similarity",
        object_source=f"source:{source}",
        comment=item.reason if sure else why,
        other=f"status={'accepted' if sure else 'suggested'}" + (f";{parts}" if parts else ""),
    )


def _standing(item: Outcome, option: Option) -> tuple[str, ...]:
    """Return why a thing is an option, and how far it stands from the next one."""
    best = item.options[0]
    if option is best:
        lead = f"lead over the next: {item.margin:.2f}" if len(item.options) > 1 else "no other candidate"
        return item.reason, lead
    behind = best.similarity - option.similarity
    said = f"{best.thing.name} is " + (f"likelier by {behind:.2f}" if behind > 0 else "as likely")
    return (item.reason, said) if SUCCESSOR in option.doubts else (said,)


def _details(row: Record, thing: Record) -> Iterator[str]:
    """Yield what else the row says, and the graph of the thing, for a person to compare."""
    place = (("country", row.country), ("place", ", ".join(row.places[:3])), ("type", ", ".join(row.types[:3])))
    for side, first, record in (("row", place, row), ("graph", (), thing)):
        authors = " and ".join(record.authors[:3]) + (" and others" if len(record.authors) > 3 else "")  # noqa: PLR2004
        more = (("authors", authors), ("year", str(record.year or "")), ("in", record.venue), ("from", record.date))
        known = [(scheme, ", ".join(found[:2])) for scheme, found in record.identifiers.items() if scheme in SCHEMES]
        names = ("also called", ", ".join(record.aliases[:2]))
        said = [f"{part} {text}" for part, text in (*first, *more, *known, names) if text]
        if said:
            yield f"{side}: " + " | ".join(said).replace(";", ",")


class Report:
    """The lines of a report as CSV; what rows of the same name share is written out once."""

    def __init__(self) -> None:
        self._told: dict[tuple[int, float, str], tuple[tuple[Option, ...], str]] = {}

    def line(self, item: Outcome) -> str:
        """Return the line about one outcome, with the columns of `REPORT`."""
        row, band = item.row, item.band
        if _PLAIN(f"{row.key}\n{row.name}"):  # needs no quotes and runs nowhere, as most
            head = f"{row.line},{row.key},{row.name},{band}"
        else:
            head = csv_line((row.line, row.key, row.name, band))[:-1]
        return f"{head},{self._tail(item, () if band == 'none' else item.options)}"

    def _tail(self, item: Outcome, options: tuple[Option, ...]) -> str:
        """Return the columns behind the band, with the end of the line."""
        mark = (id(options), item.margin if options else 0.0, item.reason)
        if mark in self._told:
            return self._told[mark][1]
        if len(self._told) > _TOLD:
            self._told.clear()
        if not options:
            tail = csv_line(("", "", "", "", item.reason, "", ""))
        else:
            best = options[0]
            others = "; ".join(
                f"{option.thing.name} ({option.similarity:.2f}{f', {option.relation}' if option.relation else ''})"
                for option in options[1:4]
            )
            shown = (best.thing.key, best.thing.name, round(best.similarity, 3), round(item.margin, 3))
            tail = csv_line((*shown, item.reason, best.explain(), others))
        self._told[mark] = (options, tail)  # kept with its options, so that their id stays theirs
        return tail
