"""The basket: claims, works and other things that a reader kept, as a page and as a Word document."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from asckg.export.csl import citations
from asckg.export.work import find_works
from asckg.search.index import Hit
from asckg.style import kind
from asckg_api.view.book import Book, book
from asckg_api.view.claim import Claim
from asckg_api.view.link import full
from asckg_api.view.respond import TRUST, data, page

router = APIRouter(tags=["basket"])
MOST = 200
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Ids = Annotated[str, Query(max_length=20_000, description="Names of things, joined by commas.")]


@router.get("/basket")
def basket(request: Request, ids: Ids = "") -> Response:
    """Show what was kept."""
    claims, others = _kept(book(request), ids)
    return page(request, "basket.html", kept=claims, others=others, ids=ids)


@router.get("/basket.docx")
def basket_file(request: Request, ids: Ids = "") -> Response:
    """Return what was kept as a Word document, with citations and permanent addresses."""
    mine = book(request)
    claims, others = _kept(mine, ids)
    return data(request, written(mine, claims, others), DOCX, "asckg-basket.docx")


def _kept(mine: Book, ids: str) -> tuple[list[Claim], list[Hit]]:
    iris = list(dict.fromkeys(full(name.strip()) for name in ids.split(",") if name.strip()))[:MOST]
    known = mine.labels.look_up(iris)
    claims = [mine.claims.by_iri[iri] for iri in iris if iri in mine.claims.by_iri]
    return claims, [known[iri] for iri in iris if iri in known and iri not in mine.claims.by_iri]


def written(mine: Book, claims: Sequence[Claim], others: Sequence[Hit]) -> bytes:
    """Return a Word document: each claim with its basis, its place and its works; then the references."""
    from docx import Document  # noqa: PLC0415  # heavy; only a download needs it

    document = Document()
    document.add_heading("Claims about adult social care research", 0)
    document.add_paragraph(TRUST)
    document.add_paragraph(f"asckg, data version {mine.version}")
    for claim in claims:
        _claim(document, mine, claim)
    if others:
        document.add_heading("Also kept", 1)
        for hit in others:
            document.add_paragraph(f"{kind(hit.kind).label}: {hit.label}. {hit.iri}", style="List Bullet")
    works = [work for claim in claims for work in claim.works] + [hit.iri for hit in others if hit.kind == "work"]
    if works:
        document.add_heading("References", 1)
        for line in citations(find_works(mine.engine, dict.fromkeys(works))):
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _claim(document: Any, mine: Book, claim: Claim) -> None:
    document.add_paragraph(claim.says, style="List Number")
    places = "; ".join(hit.label for hit in mine.hits(claim.sentences))
    works = "; ".join(hit.label for hit in mine.hits(claim.works))
    bases = ", ".join(claim.bases)
    said = f"Basis: {bases}. Stance: {claim.stance_name}. Place: {places}."
    document.add_paragraph(f"{said} {f'Cites: {works}. ' if works else ''}{claim.iri}")
