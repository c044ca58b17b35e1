"""The evidence matrix: barriers or enablers by setting, theme, CFIR domain or section; counts by basis, no score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from asckg.map.standalone import style_sheet
from asckg.search.index import Hit
from asckg.term import XSD, Rows, Term
from asckg_api.view.book import Book, book
from asckg_api.view.claim import Claim
from asckg_api.view.respond import data, page, render
from asckg_api.view.table import as_rows, wanted

router = APIRouter(tags=["matrix"])
ROWS = {"barrier": "Barriers", "enabler": "Enablers", "benefit": "Benefits", "recommendation": "Recommendations"}
COLUMNS = {"setting": "Setting", "section": "Section", "theme": "Theme", "cfir": "CFIR domain"}
THEMES = "SELECT ?thing ?theme WHERE { ?thing asc:theme ?theme }"
CODES = """SELECT DISTINCT ?thing ?domain WHERE {
  ?thing skos:broadMatch ?code . ?code skos:inScheme v:cfir ; skos:broader* ?domain .
  FILTER NOT EXISTS { ?domain skos:broader ?wider }
}"""


@dataclass(frozen=True)
class Cell:
    """How many claims there are on literature alone, testimony alone, both, and the document's own voice alone."""

    literature: int = 0
    testimony: int = 0
    both: int = 0
    author: int = 0

    @property
    def total(self) -> int:
        """Return the number of claims."""
        return self.literature + self.testimony + self.both + self.author

    def parts(self) -> list[tuple[str, int]]:
        """Return the bases that there are claims on, with their number."""
        named = [
            ("literature", self.literature),
            ("both", self.both),
            ("stakeholder-testimony", self.testimony),
            ("author", self.author),
        ]
        return [(name, count) for name, count in named if count]


@dataclass(frozen=True)
class Matrix:
    """Rows and columns in order, and the cells that have claims."""

    kind: str
    by: str
    rows: Sequence[Hit]
    columns: Sequence[Hit]
    cells: Mapping[tuple[str, str], Cell]


@router.get("/matrix")
def matrix(request: Request, kind: str = "barrier", by: str = "setting") -> Response:
    """Return the matrix as a page, or its cells as JSON or CSV by `Accept`."""
    made = make(book(request), kind, by)
    form = wanted(request)
    if form != "html":
        return as_rows(request, rows_of(made), form, "matrix")
    return page(request, "matrix.html", keep=True, alone=False, framed=False, columns_of=COLUMNS, **_context(made))


@router.get("/matrix.{suffix}")
def matrix_file(request: Request, suffix: str, kind: str = "barrier", by: str = "setting") -> Response:
    """Return the matrix as `csv`, `json` or `svg`."""
    made = make(book(request), kind, by)
    title = f"{ROWS[made.kind]} by {COLUMNS[made.by].lower()}"
    if suffix == "html":
        context = _context(made)
        body = render(request, "matrix-alone.html", style=style_sheet(), alone=True, framed=False, **context)
        return data(request, body, "text/html; charset=utf-8", "matrix.html")
    if suffix == "svg":
        body = render(request, "matrix.svg", matrix=made, title=title)
        return data(request, body, "image/svg+xml", "matrix.svg")
    return as_rows(request, rows_of(made), "json" if suffix == "json" else "csv", "matrix")


@router.get("/embed/matrix", tags=["embed"])
def embedded(request: Request, kind: str = "barrier", by: str = "setting") -> Response:
    """Return the matrix for a frame."""
    made = make(book(request), kind, by)
    return page(request, "embed-matrix.html", frames="*", alone=False, framed=True, **_context(made))


def _context(made: Matrix) -> dict[str, Any]:
    return {
        "matrix": made,
        "kinds_of": ROWS,
        "counts": column_totals(made),
        "title": f"{ROWS[made.kind]} by {COLUMNS[made.by].lower()}",
        "whole": f"/matrix?kind={made.kind}&by={made.by}",
    }


def make(mine: Book, kind: str, by: str) -> Matrix:
    """Return the matrix of a kind of finding by a facet; the defaults where the names are not known."""
    kind, by = kind if kind in ROWS else "barrier", by if by in COLUMNS else "setting"
    of = _columns_of(mine, by)
    grouped: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    findings = {hit.iri for hit in mine.labels.of_kind(kind, 2000)}
    for claim in mine.claims.all():
        for thing in {claim.subject, claim.object.value} & findings:
            for column in of(claim, thing):
                grouped[thing, column].append(claim)
    cells = {key: count(claims) for key, claims in grouped.items()}
    return Matrix(kind, by, *_order(mine, cells), cells)


def count(claims: Iterable[Claim]) -> Cell:
    """Return the claims counted by who stands behind them."""
    bases = [claim.basis for claim in claims]
    return Cell(*(bases.count(name) for name in ("literature", "stakeholder-testimony", "both", "author")))


def column_totals(made: Matrix) -> dict[str, int]:
    """Return the number of claims in each column."""
    totals: dict[str, int] = defaultdict(int)
    for (_, column), cell in made.cells.items():
        totals[column] += cell.total
    return dict(totals)


def rows_of(made: Matrix) -> Rows:
    """Return one row a cell that has claims."""
    columns = ("finding", "column", "literature", "testimony", "both", "author")
    found: list[tuple[Term | None, ...]] = []
    for row in made.rows:
        for column in made.columns:
            if cell := made.cells.get((row.iri, column.iri)):
                numbers = (cell.literature, cell.testimony, cell.both, cell.author)
                counts = (Term.literal(str(n), XSD + "integer") for n in numbers)
                found.append((Term.iri(row.iri), Term.iri(column.iri), *counts))
    return Rows(columns, found)


def _columns_of(mine: Book, by: str) -> Callable[[Claim, str], Iterable[str]]:
    if by == "section":
        return lambda claim, _: claim.sections
    if by == "setting":
        return lambda claim, _: claim.settings
    found: dict[str, list[str]] = defaultdict(list)
    for thing, concept in mine.engine.select(THEMES if by == "theme" else CODES).rows:
        if thing and concept:
            found[thing.value].append(concept.value)
    return lambda _, thing: found.get(thing, ())


def _order(mine: Book, cells: Mapping[tuple[str, str], Cell]) -> tuple[list[Hit], list[Hit]]:
    rows: dict[str, int] = defaultdict(int)
    columns: dict[str, int] = defaultdict(int)
    for (row, column), cell in cells.items():
        rows[row] += cell.total
        columns[column] += cell.total
    row_hits = sorted(mine.hits(rows), key=lambda hit: (-rows[hit.iri], hit.label))
    return row_hits, sorted(mine.hits(columns), key=lambda hit: (-columns[hit.iri], hit.label))
