"""Tables: one answer as HTML, JSON and CSV at one address."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from asckg.cell import safe
from asckg.term import Rows, Term
from asckg.wording import worded
from asckg_api.view.accept import best
from asckg_api.view.book import Book, book
from asckg_api.view.link import Links
from asckg_api.view.respond import as_json, data

FORMS = {"application/json": "json", "text/html": "html", "text/csv": "csv"}


@dataclass(frozen=True)
class Shown:
    """A table for a page: headings, whether a column is of numbers, and cells of terms."""

    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: Sequence[Sequence[Term | None]]


def shown(rows: Rows, headings: dict[str, str], order: Sequence[str] = ()) -> Shown:
    """Return the rows with the headings of a question; label columns that double a thing's own name are left out."""
    columns = [c for c in (order or rows.columns) if c in rows.columns and not _doubles(c, rows)]
    at = [rows.columns.index(column) for column in columns]
    cells = [[row[i] for i in at] for row in rows.rows]
    numeric = tuple(_is_numeric([row[column_at] for row in rows.rows if row[column_at]]) for column_at in at)
    return Shown(tuple(headings.get(c, c) for c in columns), numeric, cells)


def wanted(request: Request) -> str:
    """Return the form that the client asks for by `Accept`: json, html or csv; raise 406 when it takes none."""
    accept = request.headers.get("accept", "")
    form = best(accept, FORMS)
    if form is None:
        raise HTTPException(406, f"there is no {accept} here; there is {', '.join(FORMS)}", {"Vary": "Accept"})
    return form


def as_rows(request: Request, rows: Rows, form: str, name: str) -> Response:
    """Return the rows as JSON with labels, or as CSV."""
    mine = book(request)
    if form == "json":
        return as_json(request, {"columns": list(rows.columns), "rows": _values(request, mine, rows)})
    return data(request, csv_text(mine, rows), "text/csv; charset=utf-8", f"{name}.csv")


def csv_text(mine: Book, rows: Rows) -> str:
    """Return the rows as CSV; a column of things is followed by one of their labels."""
    out = io.StringIO()
    writer = csv.writer(out)
    hits = mine.labels.look_up([t.value for row in rows.rows for t in row if t and t.kind == "iri"])
    named = [any(t is not None and t.kind == "iri" for t in column) for column in zip(*rows.rows, strict=True)]
    named = named or [False] * len(rows.columns)
    head = [[c, f"{c}_label"] if is_thing else [c] for c, is_thing in zip(rows.columns, named, strict=True)]
    writer.writerow([cell for cells in head for cell in cells])
    for row in rows.rows:
        cells: list[object] = []
        for term, is_thing in zip(row, named, strict=True):
            cells.append(safe(term.value) if term else "")
            if is_thing:
                cells.append(safe(hits[term.value].label) if term and term.value in hits else "")
        writer.writerow(cells)
    return out.getvalue()


def _values(request: Request, mine: Book, rows: Rows) -> list[dict[str, Any]]:
    links = Links(request.scope.get("root_path", ""))
    hits = mine.labels.look_up([t.value for row in rows.rows for t in row if t and t.kind == "iri"])

    def value(term: Term | None) -> Any:
        if term is None or term.kind != "iri":
            return term.python() if term else None
        label = hits[term.value].label if term.value in hits else worded(term.value)
        return {"iri": term.value, "label": label, "url": links.page(term.value)}

    return [{c: value(term) for c, term in zip(rows.columns, row, strict=True)} for row in rows.rows]


def _doubles(column: str, rows: Rows) -> bool:
    thing = column.removesuffix("Label").removesuffix("_label")
    return thing != column and thing in rows.columns


def _is_numeric(terms: Sequence[Term | None]) -> bool:
    return bool(terms) and all(term is not None and isinstance(term.python(), int | float) for term in terms)
