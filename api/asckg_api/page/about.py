"""What this is and is not: the about page, the accessibility statement, the glossary, the vocabulary, the icon."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from asckg.namespace import compact
from asckg.style import kind, kinds, tokens
from asckg_api.view.book import Book, book
from asckg_api.view.link import Links
from asckg_api.view.respond import data, page, render

router = APIRouter(include_in_schema=False)
ENDLESS = ("/sparql", "/update", "/graphs", "/search", "/maps/path", "/maps/query", "/maps/around/", "/links/review",
           "/reconcile", "/basket", "/embed/")  # fmt: skip
ACRONYMS = "SELECT ?thing ?acronym WHERE { ?thing asc:acronym ?acronym }"
CONCEPTS = """SELECT ?scheme ?concept ?label ?definition WHERE {
  ?concept skos:inScheme ?scheme ; skos:prefLabel ?label OPTIONAL { ?concept skos:definition ?definition }
} ORDER BY ?scheme ?label"""
TERMS = """SELECT ?term ?type ?label ?definition ?example WHERE {
  VALUES ?type { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }
  ?term a ?type ; rdfs:label ?label
  OPTIONAL { ?term skos:definition ?definition } OPTIONAL { ?term skos:example ?example }
} ORDER BY ?type ?label"""


@router.get("/about")
def about(request: Request) -> Response:
    """Say what this is, and what it is not."""
    mine = book(request)
    return page(request, "about.html", documents=mine.hits(mine.documents), shown=_shown(mine), basis=tokens()["basis"])


@router.get("/accessibility")
def accessibility(request: Request) -> Response:
    """Say what was tested, and how to reach us."""
    return page(request, "accessibility.html")


@router.get("/glossary")
def glossary(request: Request) -> Response:
    """List the kinds of thing, the acronyms and the concepts with their meaning."""
    mine = book(request)
    short = sorted((a.value, t.value) for t, a in mine.engine.select(ACRONYMS).rows if t and a)
    hits = {hit.iri: hit for hit in mine.hits(iri for _, iri in short)}
    schemes: dict[str, list[tuple[str, str, str]]] = {}
    for scheme, concept, label, definition in mine.engine.select(CONCEPTS).rows:
        if scheme and concept and label:
            row = (concept.value, label.value, definition.value if definition else "")
            schemes.setdefault(mine.hit(scheme.value).label, []).append(row)
    shown = [(acronym, hits[iri]) for acronym, iri in short]
    return page(request, "glossary.html", acronyms=shown, schemes=schemes, shown=_shown(mine))


@router.get("/ontology")
def ontology(request: Request) -> Response:
    """Show the vocabulary to people."""
    mine = book(request)
    groups: dict[str, dict[str, tuple[str, str, str, str]]] = {}
    for term, cls, label, definition, example in mine.engine.select(TERMS).rows:
        if term and cls and label and compact(term.value).startswith("asc:"):
            row = (term.value, label.value, definition.value if definition else "", example.value if example else "")
            groups.setdefault(compact(cls.value), {}).setdefault(term.value, row)
    titles = {
        "owl:Class": "Classes",
        "owl:ObjectProperty": "Properties that join things",
        "owl:DatatypeProperty": "Properties with a value",
        "owl:AnnotationProperty": "Notes",
    }
    listed = [(title, list(groups[name].values())) for name, title in titles.items() if name in groups]
    return page(request, "ontology.html", groups=listed)


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """Tell robots what they may read: all but what is made anew for each address that they could invent."""
    links = Links(request.scope.get("root_path", ""))
    lines = ["User-agent: *", *(f"Disallow: {links.path(path)}" for path in ENDLESS), ""]
    return data(request, "\n".join(lines), "text/plain; charset=utf-8")


@router.get("/icon.svg")
@router.get("/favicon.ico")
def icon(request: Request) -> Response:
    """Give the browser its icon."""
    return data(request, render(request, "icon.svg"), "image/svg+xml")


def _shown(mine: Book) -> list[object]:
    counts = mine.labels.counts()
    return [kind(name) for name in kinds() if counts.get(name)]
