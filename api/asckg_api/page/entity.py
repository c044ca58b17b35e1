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
from asckg.term import Term
from asckg.wording import worded
from asckg_api.page.incoming import incoming
from asckg_api.view.book import Book, book
from asckg_api.view.claim import Claim
from asckg_api.view.link import short
from asckg_api.view.passage import digest, document_of
from asckg_api.view.respond import page
from asckg_api.view.unknown import said

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
ACTOR_WAYS = (
    "funds", "fundedUnder", "issuesCall", "leads", "includes", "memberOf", "adoptsApproach", "involvesRole", "performs",
    "aimsTo", "directedAt", "recommends", "targets", "hasAmount", "hasDuration", "hasDate", "basedIn", "renames",
    "succeeds", "hasFeature", "exemplifies",
)  # fmt: skip
APPROACH_WAYS = (
    "definedAs",
    "hasFeature",
    "adoptsApproach",
    "exemplifies",
    "involvesRole",
    "requires",
    "yields",
    *WAYS,
)
ACTORS = ("organisation", "person", "group", "partnership", "programme", "call", "fellowship", "grant", "role")
FIRST, FEW, OPEN = 5, 40, 12  # claims of a group shown at once, those on the page, those shown before groups fold
SAME = ("skos:exactMatch",)
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
        raise HTTPException(404, said(mine, [short(iri)]) + " Search for it by its name.")
    hit = mine.hit(iri)
    statement = mine.claims.by_iri.get(iri)
    groups = [] if statement else claim_groups(mine, hit)
    name = iri.rpartition("/")[2]
    return page(
        request,
        "entity.html",
        hit=hit,
        also=sorted({t.value for n in ("asc:acronym", "skos:altLabel") for t in values.get(n, [])}, key=len),
        descriptions=[t.value for n in SAID for t in values.get(n, [])],
        digest=digest(mine, iri) if hit.kind == "sentence" else "",
        document=document_of(mine, name),
        statement=statement,
        reference=citations([mine.works[iri]])[0] if iri in mine.works else "",
        groups=groups,
        first=FIRST,
        open_groups=open_groups(groups),
        facts=facts(mine, iri, values, statement),
        incoming=incoming(mine, iri, number),
        page_number=number,
        around=hit.kind not in NO_MAP,
        data_path=f"/data/{short(iri)}",
        report=report_link(hit, mine),
    )


def facts(mine: Book, iri: str, values: dict[str, list[Term]], statement: Claim | None) -> list[tuple[str, list[Term]]]:
    """Return what is left to say of a thing: no shortcut whose claims the page shows, no identifier twice."""
    hidden = {*SHOWN_ELSEWHERE, *(OF_A_CLAIM if statement else ())}
    claimed = {claim.predicate for claim in mine.claims.about(iri) if claim.subject == iri}
    identifiers = {term.value for term in values.get("schema:identifier", [])}
    shown = []
    for name, terms in sorted(values.items()):
        if name in hidden or (name.startswith("asc:") and expand(name) in claimed):
            continue
        left = [term for term in terms if name not in SAME or term.value not in identifiers]
        if left:
            shown.append((label_of(mine, name), left))
    return shown


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
        for (backwards, predicate), found in sorted(ways.items(), key=lambda way: _rank(way[0], hit.kind))
    ]


def _rank(way: tuple[bool, str], kind_name: str) -> tuple[int, bool, str]:
    backwards, predicate = way
    name = predicate.rpartition("#")[2]
    order = APPROACH_WAYS if kind_name == "approach" else ACTOR_WAYS if kind_name in ACTORS else WAYS
    return (order.index(name) if name in order else len(order)), backwards, name


def open_groups(groups: Sequence[Group]) -> int:
    """Return how many groups are open: all of a short page, those with the first dozen claims of a long one."""
    shown = 0
    for at, group in enumerate(groups):
        if shown >= OPEN:
            return at
        shown += min(group.total, FIRST)
    return len(groups)


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
    text = known or worded(iri)
    return text[:1].upper() + text[1:]


def report_link(hit: Hit, mine: Book) -> str:
    """Return a message to the server's contact with the identifier filled in, empty when it names none."""
    contact = mine.settings.contact
    if not contact:
        return ""
    subject = f"asckg: an error in {compact(hit.iri)}"
    what = f"What: {kind(hit.kind).label} {hit.iri}\nData version: {mine.version}"
    body = f"{what}\n\nWhat is wrong, and where it can be checked:\n"
    return f"mailto:{quote(contact, safe='@')}?subject={quote(subject)}&body={quote(body)}"
