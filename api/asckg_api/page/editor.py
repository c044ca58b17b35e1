"""The query editor: the page at `/sparql` for a browser, what it completes from, and labels for its answers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, FastAPI, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from asckg.namespace import PREFIXES, compact
from asckg_api.view.book import Book, book
from asckg_api.view.link import Links, full
from asckg_api.view.respond import as_json, page

router = APIRouter(tags=["sparql"])
CLASSES = "SELECT ?term (COUNT(*) AS ?n) WHERE { ?s a ?term } GROUP BY ?term ORDER BY DESC(?n)"
PROPERTIES = "SELECT ?term (COUNT(*) AS ?n) WHERE { ?s ?term ?o } GROUP BY ?term ORDER BY DESC(?n)"
START = """# What is this graph made of?
PREFIX asc: <https://w3id.org/asckg/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?partnership ?name ?approach
WHERE {
  ?partnership a asc:Partnership ;
    skos:prefLabel ?name .
  OPTIONAL { ?partnership asc:adoptsApproach ?approach }
}
ORDER BY ?name
"""


def install(app: FastAPI) -> None:
    """Give the SPARQL service its page for browsers, and its problems the look of the pages."""
    serving = getattr(app.state, "serving", None)
    if serving is not None:
        serving.editor = editor


async def editor(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a browser that asks `/sparql` without a query."""
    request = Request(scope, receive)
    mine = book(request)
    name = request.query_params.get("question", "")
    question = mine.questions.get(name)
    bound = {p.name: request.query_params.get(p.name, "") for p in question.parameters} if question else {}
    text = filled(question.text, bound) if question else START
    examples = sorted(mine.questions.values(), key=lambda q: (q.kind == "map", q.title))
    answer = page(request, "sparql.html", text=text, examples=examples, current=name)
    await answer(scope, receive, send)


def filled(text: str, values: dict[str, str]) -> str:
    """Return a question's query with its header gone and its parameters as a VALUES block, for a reader to edit."""
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#+"))
    for name, value in values.items():
        if value and body.count("{"):
            at = body.index("{", body.upper().find("WHERE")) + 1
            term = f"<{full(value)}>" if ":" in value or "/" in value else f'"{value}"'
            body = f"{body[:at]}\n  VALUES ?{name} {{ {term} }}{body[at:]}"
    return body.strip() + "\n"


@router.get("/complete.json")
def complete(request: Request) -> Response:
    """Return the prefixes, classes and properties of this graph, with how often each stands in it."""
    mine = book(request)
    if mine.completion is None:
        mine.completion = {
            "prefixes": PREFIXES,
            "classes": _terms(mine, CLASSES),
            "properties": _terms(mine, PROPERTIES),
        }
    return as_json(request, mine.completion)


@router.post("/labels")
def labels(request: Request, iris: Annotated[list[str], Body(max_length=2000)]) -> dict[str, dict[str, str]]:
    """Return label, kind and page of each of these things that the graph knows."""
    links = Links(request.scope.get("root_path", ""))
    found = book(request).labels.look_up(iris)
    return {iri: {"label": hit.label, "kind": hit.kind, "url": links.page(iri)} for iri, hit in found.items()}


def _terms(mine: Book, query: str) -> list[dict[str, object]]:
    rows = [(term.value, int(n.value)) for term, n in mine.engine.select(query).rows if term and n]
    known = mine.labels.look_up(iri for iri, _ in rows)
    return [
        {"name": compact(iri), "iri": iri, "count": n, "label": known[iri].label if iri in known else ""}
        for iri, n in rows
    ]
