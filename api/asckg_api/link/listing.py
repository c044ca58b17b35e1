"""`/links` to read: how much of the graph is linked to which sources, and each decision with who, when and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from asckg.link.decision import NONE_FOUND, Decision
from asckg.link.publish import iri_of
from asckg.link.reason import in_words
from asckg.style import Kind, kind
from asckg.term import Rows, Term
from asckg_api.link.review import STATES, queue, reviewed, shown, state_of
from asckg_api.view.book import Book, book
from asckg_api.view.table import csv_text, wanted

router = APIRouter(tags=["linking"])
PAGE = 100
SOURCES = {
    "ror": "Research Organization Registry (ROR)",
    "openalex": "OpenAlex",
    "govuk-organisation": "GOV.UK register of organisations",
    "dfe-degree-institutions": "Department for Education, list of degree-awarding bodies",
    "mysociety-local-authorities": "mySociety, UK local authorities",
    "kendrick-2023": "The synthesis itself",
}
COLUMNS = ("thing", "state", "record", "record_name", "source", "score", "who", "when", "why")
State = Annotated[str, Query(pattern="^(accepted|not-found|rejected|unsure|suggested)?$")]
Source = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True)
class Reach:
    """How many of the things of a kind are linked."""

    kind: Kind
    linked: int
    total: int


@router.get("/links")
def links(request: Request, state: State = "", source: Source = "", page: Annotated[int, Query(ge=1)] = 1) -> Response:
    """Return the decisions as a page, JSON or CSV: each with its state, its source, who decided, when and why."""
    form, every = wanted(request), queue(request).all()
    chosen = _chosen(every, state, source)
    if form == "csv":
        return _as_csv(request, chosen)
    part = [_shown(item) for item in chosen[(page - 1) * PAGE : page * PAGE]]
    counts = Counter(state_of(item) for item in every)
    if form == "json":
        done = len(every) - counts["suggested"]
        said = {"total": len(chosen), "page": page, "decided": done, "waiting": counts["suggested"]}
        return JSONResponse({**said, "states": {name: counts[name] for name in STATES}, "links": part})
    mine = queue(request)
    disputed = [(_shown(found), said) for pair, said in mine.disagreements() if (found := mine.find(pair))]
    context: dict[str, Any] = {"state": state, "source": source, "rows": part, "number": page, "total": len(chosen)}
    by_source = sorted(_by_source(every).items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))
    return reviewed(
        request,
        "links.html",
        **context,
        states=STATES,
        counts=counts,
        by_source=[(name, source_name(name), numbers) for name, numbers in by_source],
        source_name=source_name(source),
        reach=reach(book(request), every),
        more=page * PAGE < len(chosen),
        disputed=disputed,
        senseless=mine.senseless(),
    )


@router.get("/links.csv")
def links_file(request: Request, state: State = "", source: Source = "") -> Response:
    """Return the decisions as CSV."""
    return _as_csv(request, _chosen(queue(request).all(), state, source))


def source_name(source: str) -> str:
    """Return what a source is called by people: a known name, or its own without prefix and hyphens."""
    local = source.partition(":")[2] or source
    known = [name for name in SOURCES if local.startswith(name)]
    return SOURCES[max(known, key=len)] if known else local.replace("-", " ").replace("_", " ")


def reach(mine: Book, every: Iterable[Decision]) -> list[Reach]:
    """Return how many things of each kind are linked, of those kinds that were looked for."""
    things = {item.subject_id: state_of(item) == "accepted" for item in sorted(every, key=_linked_last)}
    hits = {hit.iri: hit for hit in mine.hits(iri_of(name) for name in things)}
    looked: Counter[str] = Counter()
    linked: Counter[str] = Counter()
    for name, found in things.items():
        if iri_of(name) in hits:  # else it is nothing of this build
            looked[hits[iri_of(name)].kind] += 1
            linked[hits[iri_of(name)].kind] += found
    totals = mine.labels.counts()
    order = sorted(looked, key=lambda name: (-linked[name], -looked[name], name))
    return [Reach(kind(name), linked[name], totals.get(name, looked[name])) for name in order]


def _linked_last(item: Decision) -> bool:
    return state_of(item) == "accepted"


def _chosen(every: Sequence[Decision], state: str, source: str) -> list[Decision]:
    fitting = [item for item in every if not state or state_of(item) == state]
    fitting = [item for item in fitting if not source or item.object_source == source]
    order = list(STATES)
    return sorted(fitting, key=lambda item: (order.index(state_of(item)), item.pair, item.object_source))


def _by_source(every: Iterable[Decision]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for item in every:
        found.setdefault(item.object_source, Counter())[state_of(item)] += 1
    return found


def _shown(item: Decision) -> dict[str, Any]:
    why = "; ".join(in_words(text) for text in item.comment.split("; "))
    return {
        **shown(item),
        "said": why,
        "state": state_of(item),
        "source_name": source_name(item.object_source),
    }


def _as_csv(request: Request, items: Iterable[Decision]) -> Response:
    """Return a file that is never kept: decisions change between two builds."""
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="links.csv"'}
    return Response(csv_text(book(request), _rows(items)), 200, headers, "text/csv; charset=utf-8")


def _rows(items: Iterable[Decision]) -> Rows:
    return Rows(COLUMNS, [_row(item) for item in items])


def _row(item: Decision) -> tuple[Term | None, ...]:
    record = None if item.object_id == NONE_FOUND else Term.literal(iri_of(item.object_id))
    texts = (item.object_label, item.object_source, item.similarity_score, item.reviewer_label or item.author_label)
    rest = (Term.literal(text) for text in (*texts, item.mapping_date, item.comment))
    return (Term.iri(iri_of(item.subject_id)), Term.literal(state_of(item)), record, *rest)
