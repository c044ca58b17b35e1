"""Search over labels, aliases, acronyms and paraphrases: a page, and JSON as you type."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from asckg.search.index import Hit
from asckg.style import kind, kinds
from asckg_api.view.book import Book, book
from asckg_api.view.link import Links
from asckg_api.view.respond import as_json, page

router = APIRouter(tags=["search"])
PAGE = 60
Text = Annotated[str, Query(max_length=200, description="What to look for; the beginning of each word is enough.")]
Kinds = Annotated[str, Query(description="Only things of these kinds, joined by commas.")]
Form = Annotated[str, Query(pattern="^(json|html)?$")]


@router.get("/search")
def search(
    request: Request,
    q: Text = "",
    kind: Kinds = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 40,
    page: Annotated[int, Query(ge=1)] = 1,
    format: Form = "",  # noqa: A002  # the parameter's name
) -> Response:
    """Return things by name, best first, grouped by kind on the page."""
    mine = book(request)
    wanted = [name for name in kind.split(",") if name in kinds()]
    hits = mine.labels.search(q, wanted, limit) if q.strip() else _listed(mine, wanted, page)
    if format == "json" or (not format and "text/html" not in request.headers.get("accept", "")):
        return _as_json(request, q, hits)
    return _as_page(request, q, wanted, hits, page)


def _listed(mine: Book, wanted: list[str], number: int) -> list[Hit]:
    return [hit for name in wanted for hit in mine.labels.of_kind(name, PAGE, (number - 1) * PAGE)]


def _as_json(request: Request, q: str, hits: list[Hit]) -> Response:
    links = Links(request.scope.get("root_path", ""))
    found = [
        {
            "iri": hit.iri,
            "label": hit.label,
            "kind": hit.kind,
            "kind_label": kind(hit.kind).label,
            "matched": hit.matched,
            "url": links.page(hit.iri),
        }
        for hit in hits
    ]
    return as_json(request, {"query": q, "results": found})


def _as_page(request: Request, q: str, wanted: list[str], hits: list[Hit], number: int) -> Response:
    counts = book(request).labels.counts()
    order = list(kinds())
    by_kind = sorted(hits, key=lambda hit: order.index(hit.kind))
    groups = [(name, list(found)) for name, found in groupby(by_kind, key=lambda hit: hit.kind)]
    listed = bool(wanted) and not q.strip()
    totals = {name: counts.get(name, 0) if listed else len(found) for name, found in groups}
    return page(
        request,
        "list.html",
        q=q.strip(),
        kind_name=",".join(wanted) if len(wanted) == 1 else "",
        groups=groups,
        totals=totals,
        counts=[(one, counts[one.name]) for one in kinds().values() if counts.get(one.name)],
        page_number=number,
        pages=-(-sum(counts.get(name, 0) for name in wanted) // PAGE) if listed else 1,
    )
