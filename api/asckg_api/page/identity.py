"""Identifiers: `/id`, `/voc` and `/def` send people to a page and programs to data."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from asckg_api.view.accept import best
from asckg_api.view.link import Links

router = APIRouter(tags=["things"])
FORMS = {
    "text/html": "",
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/xhtml+xml": "",
}
"""The suffix of `/data` by media type, empty for the page."""


@router.get("/id/{name}", status_code=303)
def thing(request: Request, name: str) -> Response:
    """Send the client to the page of a thing, or to its data, by `Accept`."""
    return _see_other(request, name)


@router.get("/voc/{name}", status_code=303)
def concept(request: Request, name: str) -> Response:
    """Send the client to the page of a concept, or to its data."""
    return _see_other(request, f"voc/{name}")


@router.get("/def", status_code=303)
def ontology(request: Request) -> Response:
    """Send the client to the vocabulary's page, or to its data."""
    suffix = preferred(request.headers.get("accept", ""))
    return _redirect(request, f"/data/def.{suffix}" if suffix else "/ontology")


@router.get("/def/{name}", status_code=303)
def term(request: Request, name: str) -> Response:
    """Send the client to the page of one class or property, or to its data."""
    return _see_other(request, f"def/{name}")


def preferred(accept: str) -> str:
    """Return the suffix of the RDF format that the client wants more than a page, empty when a page is what it wants.

    Raises 406 for a client that takes neither.
    """
    form = best(accept, FORMS)
    if form is None:
        offered = ", ".join(FORMS)
        raise HTTPException(406, f"there is nothing here as {accept}; there is {offered}", {"Vary": "Accept"})
    return form


def _see_other(request: Request, name: str) -> Response:
    suffix = preferred(request.headers.get("accept", ""))
    return _redirect(request, f"/data/{name}.{suffix}" if suffix else f"/page/{name}")


def _redirect(request: Request, path: str) -> Response:
    links = Links(request.scope.get("root_path", ""))
    headers = {"Vary": "Accept", "Access-Control-Allow-Origin": "*"}
    return RedirectResponse(links.path(path), 303, headers)
