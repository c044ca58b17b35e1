"""Claims: every statement, filtered by what it is about, its basis, setting, section, stance and predicate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from asckg.named import Named
from asckg.namespace import ID, VOC
from asckg.term import Rows, Term
from asckg_api.view.book import Book, book
from asckg_api.view.claim import Claim
from asckg_api.view.link import full
from asckg_api.view.respond import page
from asckg_api.view.table import as_rows, wanted
from asckg_api.view.unknown import said, unknown

router = APIRouter(tags=["claims"])
PAGE = 40
FACETS: dict[str, tuple[str, Callable[[Claim], Sequence[str]]]] = {
    "basis": ("Basis", lambda c: [VOC + basis for basis in c.bases]),
    "stance": ("Stance", lambda c: [c.stance]),
    "setting": ("Setting", lambda c: c.settings),
    "section": ("Section", lambda c: c.sections),
    "predicate": ("Kind of statement", lambda c: [c.predicate]),
}
COLUMNS = ("claim", "says", "subject", "predicate", "object", "basis", "setting", "stance", "works", "sentences")
Text = Annotated[str, Query(max_length=20_000)]


@router.get("/claims")
def claims(request: Request, page: Annotated[int, Query(ge=1)] = 1) -> Response:
    """Return claims as a page, or as JSON or CSV by `Accept`."""
    form = wanted(request)
    return _page(request, page) if form == "html" else as_rows(request, rows_of(chosen(request)), form, "claims")


@router.get("/claims.{suffix}")
def claims_file(request: Request, suffix: str) -> Response:
    """Return the claims that a page shows as `json` or `csv`."""
    return as_rows(request, rows_of(chosen(request)), "json" if suffix == "json" else "csv", "claims")


def chosen(request: Request) -> list[Claim]:
    """Return the claims that the address asks for: `about`, `ids`, `q`, `only` and facets; 404 for what is unknown."""
    mine, asked = book(request), request.query_params
    if strange := unknown(mine, [name for name in (asked.get("about"), *asked.getlist("and")) if name]):
        raise HTTPException(404, said(mine, strange))
    if asked.get("ids"):
        found = [mine.claims.by_iri[iri] for n in asked["ids"].split(",") if (iri := full(n)) in mine.claims.by_iri]
    elif asked.get("about"):
        found = mine.claims.about(full(asked["about"]))
    else:
        found = mine.claims.all()
    for also in asked.getlist("and"):
        touching = {c.iri for c in mine.claims.about(full(also))}
        found = [claim for claim in found if claim.iri in touching]
    for name, (_, of) in FACETS.items():
        if value := asked.get(name):
            found = [claim for claim in found if _named(value, name) in of(claim)]
    words = asked.get("q", "").lower().split()
    return [c for c in found if all(word in c.says.lower() for word in words)]


def rows_of(found: Iterable[Claim]) -> Rows:
    """Return the claims as rows of terms; what there may be several of is joined by a space."""
    return Rows(COLUMNS, [_row(claim) for claim in found])


def _row(claim: Claim) -> tuple[Term | None, ...]:
    joined = [
        " ".join(claim.bases),
        " ".join(claim.settings),
        claim.stance_name,
        " ".join(claim.works),
        " ".join(claim.sentences),
    ]
    return (
        Term.iri(claim.iri),
        Term.literal(claim.says),
        Term.iri(claim.subject),
        Term.iri(claim.predicate),
        claim.object,
        *(Term.literal(text) for text in joined),
    )


def _page(request: Request, number: int) -> Response:
    mine, asked = book(request), dict(request.query_params)
    found = chosen(request)
    facets = [(name, label, _counted(mine, found, of), asked.get(name, "")) for name, (label, of) in FACETS.items()]
    about = mine.hit(full(asked["about"])) if asked.get("about") else None
    keep = [(k, v) for k, v in request.query_params.multi_items() if k != "page"]
    return page(
        request,
        "claims.html",
        found=found[(number - 1) * PAGE : number * PAGE],
        total=len(found),
        everything=len(mine.claims.by_iri),
        facets=facets,
        about=about,
        q=asked.get("q", ""),
        hidden=[(k, v) for k, v in keep if k in ("about", "ids", "and")],
        carry=urlencode(keep),
        page_number=number,
        pages=max(1, -(-len(found) // PAGE)),
    )


def _counted(mine: Book, found: Sequence[Claim], of: Callable[[Claim], Sequence[str]]) -> list[tuple[str, str, int]]:
    counts = Counter(value for claim in found for value in of(claim))
    named = [(_short(iri), mine.hit(iri).label, count) for iri, count in counts.items()]
    return sorted(named, key=lambda row: (-row[2], row[1]))


def _named(value: str, facet: str) -> str:
    if "://" in value or ":" in value:
        return full(value)
    base = {"section": ID, "predicate": "asc:"}.get(facet, VOC)
    return full(f"{base}{value}")


def _short(iri: str) -> str:
    return Named(iri, "").name.rpartition(":")[2]
