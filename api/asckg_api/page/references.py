"""References: every cited work, with the claims that cite it, and files for reference managers."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from asckg.export.bibtex import to_bibtex
from asckg.export.csl import to_csl_json
from asckg.export.reference import to_citations
from asckg.export.ris import to_ris
from asckg.export.work import Work
from asckg.term import XSD, Rows, Term
from asckg_api.view.book import Book, book
from asckg_api.view.link import full
from asckg_api.view.respond import data, page
from asckg_api.view.table import as_rows, wanted

router = APIRouter(tags=["references"])
PLACES = "SELECT ?s ?n WHERE { ?s a doco:Section ; schema:position ?n }"
FORMS = {
    "ris": ("application/x-research-info-systems", to_ris),
    "bib": ("application/x-bibtex; charset=utf-8", to_bibtex),
    "csl.json": ("application/vnd.citationstyles.csl+json", to_csl_json),
    "txt": ("text/plain; charset=utf-8", to_citations),
}


@router.get("/references")
def references(request: Request) -> Response:
    """Return the works as a page, or as JSON or CSV by `Accept`."""
    form = wanted(request)
    if form != "html":
        return as_rows(request, _rows(book(request), _chosen(request)), form, "references")
    mine = book(request)
    works = _chosen(request)
    places = {s.value: int(n.value) for s, n in mine.engine.select(PLACES).rows if s and n}
    shown = [(work, len(mine.claims.about(work.iri)), _sections(mine, work, places)) for work in works]
    return page(request, "references.html", works=shown)


@router.get("/references.{suffix:path}")
def reference_file(request: Request, suffix: str) -> Response:
    """Return the works as `ris`, `bib`, `csl.json`, `txt` (formatted), `csv` or `json`; `only` names some."""
    if suffix in ("csv", "json"):
        return as_rows(request, _rows(book(request), _chosen(request)), suffix, "references")
    if suffix not in FORMS:
        raise HTTPException(404, f"references have no form {suffix!r}; they have {', '.join(FORMS)}, csv and json")
    media_type, make = FORMS[suffix]
    return data(request, make(_chosen(request)), media_type, f"references.{suffix}")


def _chosen(request: Request) -> list[Work]:
    only = request.query_params.get("only", "")
    works = book(request).works
    return [works[iri] for name in only.split(",") if (iri := full(name)) in works] if only else list(works.values())


def _sections(mine: Book, work: Work, places: Mapping[str, int]) -> list[str]:
    sections = {s for claim in mine.claims.at(work.iri) for s in claim.sections}
    return [hit.label for hit in mine.hits(sorted(sections, key=lambda s: (places.get(s, 0), s)))]


def _rows(mine: Book, works: list[Work]) -> Rows:
    columns = ("work", "authors", "year", "title", "venue", "doi", "url", "claims")
    return Rows(columns, [_row(mine, work) for work in works])


def _row(mine: Book, work: Work) -> tuple[Term | None, ...]:
    texts = ["; ".join(map(str, work.authors)), work.year, work.title, work.venue, work.doi, work.url]
    count = Term.literal(str(len(mine.claims.about(work.iri))), XSD + "integer")
    return (Term.iri(work.iri), *(Term.literal(text) for text in texts), count)
