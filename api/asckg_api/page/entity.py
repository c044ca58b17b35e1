"""The page of a thing: evidence first, then facts, then what points at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from asckg.export.csl import citations
from asckg.namespace import DEF, ID, VOC, compact, expand
from asckg.search.index import Hit
from asckg.style import kind
from asckg_api.page.incoming import incoming
from asckg_api.page.reading import Passage, sentence_of
from asckg_api.view.book import Book, book
from asckg_api.view.claim import Claim
from asckg_api.view.link import short
from asckg_api.view.respond import page

router = APIRouter(include_in_schema=False)
NAMES = ("skos:prefLabel", "rdfs:label", "asc:paraphrase", "skos:altLabel", "asc:acronym")
SAID = ("skos:definition", "dct:description", "rdfs:comment", "skos:scopeNote")
SHOWN_ELSEWHERE = (*NAMES, *SAID, "rdf:type", "skos:hiddenLabel", "asc:sha256")
OF_A_CLAIM = (
    "asc:subject", "asc:predicate", "asc:object", "asc:stance", "asc:hasEvidenceLine", "asc:setting",
    "skos:editorialNote",
)  # fmt: skip
WAYS = (
    "hinders", "facilitates", "yields", "addresses", "recommends", "directedAt", "funds", "issuesCall", "fundedUnder",
    "hasAmount", "hasDate", "adoptsApproach", "hasFeature", "involvesRole", "leads", "memberOf", "includes", "succeeds",
    "renames",
)  # fmt: skip
FEW = 40
PageNumber = Annotated[int, Query(ge=1)]
NO_MAP = ("claim", "sentence", "paragraph", "citation", "evidence", "reference", "term", "scheme")


@dataclass(frozen=True)
class Group:
    """One part of a page: claims, or things."""

    title: str
    total: int
    claims: Sequence[Claim] = ()
    hits: Sequence[Hit] = ()
    says: str = ""
    more: str = ""
    noun: str = "claim"


@router.get("/page/{name}")
def thing(request: Request, name: str, page: PageNumber = 1) -> Response:
    """Show a thing."""
    return show(request, ID + name, page)


@router.get("/page/voc/{name}")
def concept(request: Request, name: str, page: PageNumber = 1) -> Response:
    """Show a concept."""
    return show(request, VOC + name, page)


@router.get("/page/def/{name}")
def term(request: Request, name: str, page: PageNumber = 1) -> Response:
    """Show a class or property."""
    return show(request, DEF + name, page)


def show(request: Request, iri: str, number: int) -> Response:
    """Return the page of a thing of ours; 404 when the graph does not know it."""
    mine = book(request)
    values = mine.values(iri)
    if not values and not mine.engine.count_incoming(iri):
        raise HTTPException(404, f"this graph knows nothing named {iri}; search for it by its name")
    hit = mine.hit(iri)
    statement = mine.claims.by_iri.get(iri)
    hidden = (*SHOWN_ELSEWHERE, *(OF_A_CLAIM if statement else ()))
    return page(
        request,
        "entity.html",
        hit=hit,
        also=sorted({t.value for n in ("asc:acronym", "skos:altLabel") for t in values.get(n, [])}, key=len),
        descriptions=[t.value for n in SAID for t in values.get(n, [])],
        sentence=sentence_of(mine, iri, values) if hit.kind == "sentence" else None,
        statement=statement,
        reference=citations([mine.works[iri]])[0] if iri in mine.works else "",
        passages=passages(mine, statement),
        groups=[] if statement else claim_groups(mine, hit),
        facts=[(label_of(mine, name), terms) for name, terms in sorted(values.items()) if name not in hidden],
        incoming=incoming(mine, iri, number),
        page_number=number,
        around=hit.kind not in NO_MAP,
        data_path=f"/data/{short(iri)}",
        report=report_link(hit, mine),
    )


def passages(mine: Book, claim: Claim | None) -> list[tuple[Hit, Passage]]:
    """Return each sentence that a claim was drawn from, with its words when the server has a copy."""
    if claim is None:
        return []
    return [(hit, sentence_of(mine, hit.iri, mine.values(hit.iri))) for hit in mine.hits(claim.sentences)]


def claim_groups(mine: Book, hit: Hit) -> list[Group]:
    """Return the claims that touch a thing, in the order in which a reader of that kind of thing wants them."""
    claims = mine.claims.about(hit.iri)
    if hit.kind in ("section", "sentence", "paragraph", "work", "concept", "predicate", "document"):
        claims = sorted(mine.claims.at(hit.iri), key=lambda c: c.sections[:1] != (hit.iri,) and hit.kind == "section")
        title = {"work": "Claims that cite it", "section": "Claims made here", "sentence": "Claims made here"}
        return [_group(title.get(hit.kind, "Claims"), claims, hit)] if claims else []
    ways: dict[tuple[bool, str], list[Claim]] = {}
    for claim in claims:
        ways.setdefault((claim.subject != hit.iri, claim.predicate), []).append(claim)
    return [
        _group(_way(mine, predicate, backwards), found, hit)
        for (backwards, predicate), found in sorted(ways.items(), key=_rank)
    ]


def _rank(way: tuple[tuple[bool, str], list[Claim]]) -> tuple[int, bool, str]:
    (backwards, predicate), _ = way
    name = predicate.rpartition("#")[2]
    return (WAYS.index(name) if name in WAYS else len(WAYS)), backwards, name


def _group(title: str, claims: Sequence[Claim], hit: Hit) -> Group:
    more = f"/claims?about={quote(short(hit.iri))}" if len(claims) > FEW else ""
    return Group(title=title, total=len(claims), claims=claims[:FEW], more=more)


def _way(mine: Book, predicate: str, backwards: bool) -> str:  # noqa: FBT001  # a direction, said by name at the call
    if backwards and predicate in mine.backs:
        return mine.backs[predicate].capitalize()
    label = mine.hit(predicate).label
    return f"{label.capitalize()} (from others)" if backwards else label.capitalize()


def label_of(mine: Book, name: str) -> str:
    """Return the label of a property for the fact table."""
    iri = expand(name) if ":" in name and "://" not in name else name
    known = mine.labels.label(iri)
    return (known or _spaced(name)).capitalize()


def _spaced(name: str) -> str:
    local = compact(name).rpartition(":")[2]
    return "".join(f" {c.lower()}" if c.isupper() else c for c in local).strip()


def report_link(hit: Hit, mine: Book) -> str:
    """Return a message to the server's contact with the identifier filled in, empty when it names none."""
    contact = mine.settings.contact
    if not contact:
        return ""
    subject = f"asckg: an error in {compact(hit.iri)}"
    what = f"What: {kind(hit.kind).label} {hit.iri}\nData version: {mine.version}"
    body = f"{what}\n\nWhat is wrong, and where it can be checked:\n"
    return f"mailto:{quote(contact, safe='@')}?subject={quote(subject)}&body={quote(body)}"
