"""Compare: two to six partnerships, approaches or programmes side by side, what differs first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from asckg.search.index import Hit
from asckg.term import Rows, Term
from asckg_api.view.book import Book, book
from asckg_api.view.claim import Claim
from asckg_api.view.link import full, short
from asckg_api.view.respond import page
from asckg_api.view.table import as_rows, wanted
from asckg_api.view.unknown import near, said, unknown

router = APIRouter(tags=["compare"])
KINDS = ("partnership", "approach", "programme", "call", "fellowship")
MOST = 6


@dataclass(frozen=True)
class Line:
    """One row: what is compared, and for each thing the values with the claim that each comes from."""

    label: str
    cells: Sequence[Sequence[tuple[Term, Claim]]]

    @property
    def same(self) -> bool:
        """Return whether every thing has the same values."""
        values = [frozenset(term.value for term, _ in cell) for cell in self.cells]
        return len(set(values)) == 1


@router.get("/compare")
def compare(request: Request, ids: Annotated[str, Query(max_length=1200)] = "") -> Response:
    """Return things side by side as a page, or as JSON or CSV by `Accept`."""
    mine = book(request)
    given = [name.strip() for name in (*ids.split(","), *request.query_params.getlist("id")) if name.strip()]
    strange = unknown(mine, given)
    things = mine.hits(dict.fromkeys(full(name) for name in given if name not in strange))
    things, beyond = things[:MOST], things[MOST:]
    lines = compared(mine, things)
    if (form := wanted(request)) != "html":
        if strange:
            raise HTTPException(404, said(mine, strange, KINDS))
        return as_rows(request, _rows(things, lines), form, "compare")
    choices = [(kind, mine.labels.of_kind(kind)) for kind in KINDS]
    chosen = {hit.iri for hit in things}
    missed = [(name, near(mine, name, KINDS)) for name in strange]
    context: dict[str, Any] = {"things": things, "lines": lines, "choices": choices, "chosen": chosen, "missed": missed}
    return page(request, "compare.html", beyond=beyond, ids=[short(hit.iri) for hit in things], **context)


def compared(mine: Book, things: Sequence[Hit]) -> list[Line]:
    """Return the rows of a comparison: those that differ first, then by label."""
    found: dict[str, list[list[tuple[Term, Claim]]]] = {}
    for at, hit in enumerate(things):
        for claim in mine.claims.about(hit.iri):
            way, value = _seen_from(mine, hit.iri, claim)
            if way:
                found.setdefault(way, [[] for _ in things])[at].append((value, claim))
    lines = [Line(label, [_once(cell) for cell in cells]) for label, cells in found.items()]
    return sorted(lines, key=lambda line: (line.same, -sum(bool(cell) for cell in line.cells), line.label))


def _seen_from(mine: Book, iri: str, claim: Claim) -> tuple[str, Term]:
    label = mine.hit(claim.predicate).label
    if claim.subject == iri:
        return label.capitalize(), claim.object
    if claim.object.value == iri:
        back = mine.backs.get(claim.predicate, f"{label} (from)")
        return back.capitalize(), Term.iri(claim.subject)
    return "", claim.object


def _once(cell: Sequence[tuple[Term, Claim]]) -> list[tuple[Term, Claim]]:
    first: dict[str, tuple[Term, Claim]] = {}
    for term, claim in cell:
        first.setdefault(term.value, (term, claim))
    return list(first.values())


def _rows(things: Sequence[Hit], lines: Sequence[Line]) -> Rows:
    columns = ("row", *(hit.label for hit in things))
    cells = [[Term.literal("; ".join(term.value for term, _ in cell)) for cell in line.cells] for line in lines]
    return Rows(columns, [(Term.literal(line.label), *row) for line, row in zip(lines, cells, strict=True)])
