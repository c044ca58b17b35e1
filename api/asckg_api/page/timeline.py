"""Timeline: what the claims date, in order of time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from asckg.namespace import expand
from asckg.term import XSD, Rows, Term
from asckg_api.view.book import Book, book
from asckg_api.view.claim import Claim
from asckg_api.view.respond import page
from asckg_api.view.table import as_rows, wanted

router = APIRouter(tags=["timeline"])
YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
LANES = {
    "state": ("policy", "event"),
    "money": ("programme", "call", "fellowship", "grant"),
    "together": ("partnership", "approach"),
    "actor": ("organisation", "person", "group"),
}


@dataclass(frozen=True)
class Moment:
    """A dated claim: the year it begins, the year it ends where there is one, and what is said of its thing."""

    year: int
    until: int
    when: str
    claim: Claim
    lane: str


@router.get("/timeline")
def timeline(request: Request, lane: str = "") -> Response:
    """Return dated claims as a page, or as JSON or CSV by `Accept`."""
    mine = book(request)
    found = [moment for moment in moments(mine) if not lane or moment.lane == lane]
    if (form := wanted(request)) != "html":
        return as_rows(request, _rows(found), form, "timeline")
    years: dict[int, list[Moment]] = {}
    for moment in found:
        years.setdefault(moment.year, []).append(moment)
    lanes = [
        ("state", "Policies and events"),
        ("money", "Funding"),
        ("together", "Partnerships"),
        ("actor", "Bodies and people"),
    ]
    return page(request, "timeline.html", years=years, lane=lane, lanes=lanes)


def moments(mine: Book) -> list[Moment]:
    """Return every claim that gives a date, in order of time."""
    found = [moment for claim in mine.claims.all() if (moment := _moment(mine, claim))]
    return sorted(found, key=lambda m: (m.year, m.until, m.claim.iri))


def _moment(mine: Book, claim: Claim) -> Moment | None:
    dates = {name: term.value for name, term in claim.qualifiers}
    start = dates.get("schema:startDate", "")
    if claim.predicate == expand("asc:hasDate"):
        start = start or claim.object.value
    year = _year(start) or _year(dates.get("asc:period", ""))
    if not year:
        return None
    until = _year(dates.get("schema:endDate", "")) or year
    when = dates.get("asc:period") or (str(year) if until == year else f"{year} to {until}")
    kinds = {mine.hit(claim.subject).kind}
    lane = next((name for name, of in LANES.items() if kinds & set(of)), "other")
    return Moment(year, until, when, claim, lane)


def _year(text: str) -> int:
    found = YEAR.search(text)
    return int(found[1]) if found else 0


def _rows(found: list[Moment]) -> Rows:
    columns = ("year", "until", "when", "thing", "says", "claim")
    return Rows(columns, [_row(moment) for moment in found])


def _row(moment: Moment) -> tuple[Term | None, ...]:
    numbers = (Term.literal(str(n), XSD + "integer") for n in (moment.year, moment.until))
    texts = (Term.literal(moment.when), Term.iri(moment.claim.subject), Term.literal(moment.claim.says))
    return (*numbers, *texts, Term.iri(moment.claim.iri))
