"""The basket: claims, works and other things that a reader kept, as a page and as a Word document."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from asckg.caveat import CAVEAT
from asckg.export.csl import citations
from asckg.export.work import find_works
from asckg.map.build import kept_map
from asckg.map.png import as_png
from asckg.map.sheet import Credit
from asckg.map.sheet import day as said
from asckg.question import Question
from asckg.search.index import Hit
from asckg.style import kind
from asckg_api.view.book import Book, book
from asckg_api.view.claim import Claim
from asckg_api.view.link import Links, full
from asckg_api.view.respond import data, page

router = APIRouter(tags=["basket"])
MOST, WIDE = 200, 16  # things in a basket, centimetres of a picture
MAPS = "maps/"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Ids = Annotated[str, Query(max_length=20_000, description="Names of things, joined by commas.")]


@dataclass(frozen=True)
class Kept:
    """What a reader kept, by sort: claims, maps, and other things."""

    claims: Sequence[Claim]
    maps: Sequence[Question]
    others: Sequence[Hit]
    unknown: Sequence[str]


@router.get("/basket")
def basket(request: Request, ids: Ids = "") -> Response:
    """Show what was kept."""
    return page(request, "basket.html", kept=_kept(book(request), ids), ids=ids)


@router.get("/basket.docx")
def basket_file(request: Request, ids: Ids = "") -> Response:
    """Return what was kept as a Word document, with citations, pictures of maps and permanent addresses."""
    mine = book(request)
    links = Links(request.scope.get("root_path", ""))
    base = str(request.base_url).rstrip("/").removesuffix(links.root) + links.path("")
    return data(request, written(mine, _kept(mine, ids), base, datetime.now(UTC).date()), DOCX, "asckg-basket.docx")


def _kept(mine: Book, ids: str) -> Kept:
    names = list(dict.fromkeys(name.strip() for name in ids.split(",") if name.strip()))[:MOST]
    drawn = {name: mine.questions.get(name.removeprefix(MAPS)) for name in names if name.startswith(MAPS)}
    iris = {name: full(name) for name in names if name not in drawn}
    known = mine.labels.look_up(iris.values())
    claims = [mine.claims.by_iri[iri] for iri in iris.values() if iri in mine.claims.by_iri]
    maps = [question for question in drawn.values() if question and question.map]
    others = [known[iri] for iri in iris.values() if iri in known and iri not in mine.claims.by_iri]
    strange = [name for name, iri in iris.items() if iri not in known]
    strange += [name for name, question in drawn.items() if not question or not question.map]
    return Kept(claims, maps, others, strange)


def written(mine: Book, kept: Kept, base: str, day: date) -> bytes:
    """Return a Word document: each claim with its basis, its place and its works; maps; then the references."""
    from docx import Document  # noqa: PLC0415  # heavy; only a download needs it

    document = Document()
    document.add_heading("Kept from the knowledge graph of adult social care research", 0)
    document.add_paragraph(CAVEAT)
    document.add_paragraph(f"asckg, data version {mine.version}, {said(day)}")
    if kept.claims:
        document.add_heading("Claims", 1)
    for claim in kept.claims:
        _claim(document, mine, claim)
    if kept.maps:
        document.add_heading("Maps", 1)
    for question in kept.maps:
        _map(document, mine, question, f"{base}/maps/{question.name}", said(day))
    if kept.others:
        document.add_heading("Also kept", 1)
        for hit in kept.others:
            document.add_paragraph(f"{kind(hit.kind).label}: {hit.label}. {hit.iri}", style="List Bullet")
    works = [work for claim in kept.claims for work in claim.works] + [h.iri for h in kept.others if h.kind == "work"]
    if works:
        document.add_heading("References", 1)
        for line in citations(find_works(mine.engine, dict.fromkeys(works))):
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _map(document: Any, mine: Book, question: Question, address: str, day: str) -> None:
    """Add a still picture of a map with what it shows, where it can be explored and when it was drawn."""
    from docx.shared import Cm  # noqa: PLC0415  # as above

    made = kept_map(mine.folder / "map", mine.engine, mine.labels, question)
    picture = document.add_picture(io.BytesIO(as_png(made, Credit(mine.version, day, address))), width=Cm(WIDE))
    picture._inline.docPr.set("descr", f"Network map: {question.title} {len(made.nodes)} things.")  # noqa: SLF001  # python-docx has no other way to describe a picture
    caption = f"{question.title} {question.description} {len(made.nodes)} things, {len(made.edges)} links."
    document.add_paragraph(f"{caption} Drawn on {day} from data version {mine.version}: {address}", style="Caption")


def _claim(document: Any, mine: Book, claim: Claim) -> None:
    document.add_paragraph(claim.says, style="List Number")
    places = "; ".join(hit.label for hit in mine.hits(claim.sentences))
    works = "; ".join(hit.label for hit in mine.hits(claim.works))
    bases = ", ".join(claim.bases)
    said = f"Basis: {bases}. Stance: {claim.stance_name}. Place: {places}."
    document.add_paragraph(f"{said} {f'Cites: {works}. ' if works else ''}{claim.iri}")
