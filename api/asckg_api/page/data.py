"""Data: what the graph says of one thing, in four forms of RDF."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from asckg.namespace import DEF, ID, VOC
from asckg.term import Term
from asckg_api.view.book import book
from asckg_api.view.respond import data
from asckg_api.view.turtle import written

router = APIRouter(tags=["things"])
FORMS = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
ABOUT = "CONSTRUCT { ?thing ?p ?o . ?s ?q ?thing } WHERE { { ?thing ?p ?o } UNION { ?s ?q ?thing } }"
VOCABULARY = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{DEF.removesuffix('def#')}graph/ontology> {{ ?s ?p ?o }} }}"


@router.get("/data/def.{suffix}")
def vocabulary(request: Request, suffix: str) -> Response:
    """Return the whole vocabulary."""
    return _rdf(request, VOCABULARY, None, suffix, "def")


@router.get("/data/{name}.{suffix}")
def thing(request: Request, name: str, suffix: str) -> Response:
    """Return what the graph says of a thing, and what points at it: `ttl`, `jsonld`, `nt` or `rdf`."""
    return _about(request, ID + name, suffix, name)


@router.get("/data/voc/{name}.{suffix}")
def concept(request: Request, name: str, suffix: str) -> Response:
    """Return what the graph says of a concept."""
    return _about(request, VOC + name, suffix, name)


@router.get("/data/def/{name}.{suffix}")
def term(request: Request, name: str, suffix: str) -> Response:
    """Return what the graph says of a class or property."""
    return _about(request, DEF + name, suffix, name)


def _about(request: Request, iri: str, suffix: str, name: str) -> Response:
    engine = book(request).engine
    if not engine.describe(iri) and not engine.count_incoming(iri):
        raise HTTPException(404, f"this graph knows nothing named {iri}")
    return _rdf(request, ABOUT, iri, suffix, name)


def _rdf(request: Request, query: str, iri: str | None, suffix: str, name: str) -> Response:
    if suffix not in FORMS:
        raise HTTPException(404, f"there is no form {suffix!r}; there are {', '.join(FORMS)}")
    bindings = {"thing": Term.iri(iri)} if iri else None
    body = written(book(request).engine, query, FORMS[suffix], bindings)
    headers = {"Access-Control-Allow-Origin": "*", "Content-Disposition": f'inline; filename="{name}.{suffix}"'}
    return data(request, body, FORMS[suffix], headers=headers)
