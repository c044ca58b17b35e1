"""Maps that a reader makes: around a thing, along the paths between two, and of any query's answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from asckg.map.data import MapData, join
from asckg.map.layout import laid_out
from asckg_api.map.answer import FORMS, given, shown
from asckg_api.map.near import Near, links_of
from asckg_api.view.book import Book, book
from asckg_api.view.link import full, short
from asckg_api.view.respond import page

router = APIRouter(tags=["maps"])
Hops = Annotated[int, Query(ge=1, le=3, description="How many links away a thing may be.")]
End = Annotated[str, Query(max_length=400, description="An IRI, a prefixed name or a local name.")]
READ = "The thing in the middle is the one that you came from. Every line is a statement or a fact of this source."
OF_CLAIMS = ("section", "sentence", "concept", "predicate")
READ_PATH = "The shortest chains of statements between the two things. A chain is not an argument: read each statement."


@router.get("/maps/around/{name:path}")
def around(request: Request, name: str, hops: Hops = 1, layout: str = "") -> Response:
    """Return the map of what a thing is joined to; a suffix such as `.json` gives it as a file."""
    stem, suffix = _split(name)
    made = ego(request, full(stem), hops, layout)
    base = f"/maps/around/{stem}"
    return given(request, made, base, suffix) if suffix else shown(request, made, base)


@router.get("/maps/path.{suffix}")
def path_file(
    request: Request, suffix: str, start: Annotated[str, Query(alias="from")], to: End, layout: str = ""
) -> Response:
    """Return the shortest paths between two things as a file."""
    return given(request, _path_map(request, full(start), full(to), layout), "/maps/path", suffix)


@router.get("/maps/path")
def path(
    request: Request, start: Annotated[str, Query(alias="from", max_length=400)] = "", to: End = "", layout: str = ""
) -> Response:
    """Show the shortest paths between two things, or the form that asks for them."""
    mine = book(request)
    if not start or not to:
        return page(
            request, "path.html", start=mine.hit(full(start)) if start else None, to=mine.hit(full(to)) if to else None
        )
    made = _path_map(request, full(start), full(to), layout)
    return shown(request, made, "/maps/path", template="path-map.html")


def ego(request: Request, iri: str, hops: int, layout: str) -> MapData:
    """Return the ego network of a thing; 404 when the graph does not know it."""
    mine = book(request)
    key = f"around {iri} {hops} {layout}"
    if known := mine.maps.get(key):
        return known
    if not mine.labels.look_up([iri]):
        raise HTTPException(404, f"this graph knows nothing named {iri}; search for it by its name")
    links, left = near(request).around(iri, hops)
    if not links or mine.labels.kind(iri) in OF_CLAIMS:
        links = [link for claim in mine.claims.at(iri) for link in links_of(claim) if link.kind == claim.predicate]
    label = mine.hit(iri).label
    said = f"What stands within {hops} link{'s' if hops > 1 else ''} of it" + (
        f"; {left} more are left out" if left else ""
    )
    head = MapData(
        f"around-{short(iri).replace('/', '-')}", f"Around {label}", f"{said}.", READ, (), (), {}, truncated=left
    )
    return mine.maps.keep(key, laid_out(join(head, links, mine.labels), layout))


def near(request: Request) -> Near:
    """Return what is joined to what, read once."""
    found: Near | None = getattr(request.app.state, "near", None)
    if found is None:
        found = request.app.state.near = Near(book(request))
    return found


def _path_map(request: Request, start: str, to: str, layout: str) -> MapData:
    mine: Book = book(request)
    for iri in (start, to):
        if not mine.labels.look_up([iri]):
            raise HTTPException(404, f"this graph knows nothing named {iri}; search for it by its name")
    trails = near(request).paths(start, to)
    steps = len(trails[0].things) - 1 if trails else 0
    a, b = mine.hit(start).label, mine.hit(to).label
    said = _told(len(trails), steps) if trails else "No path in these sources joins them."
    head = MapData("path", f"From {a} to {b}", said, READ_PATH, (), (), {}, layout="force")
    return laid_out(join(head, [link for trail in trails for link in trail.links], mine.labels), layout)


def _told(paths: int, steps: int) -> str:
    return f"{paths} shortest path{'s' if paths > 1 else ''}, {steps} link{'s' if steps > 1 else ''} long."


def _split(name: str) -> tuple[str, str]:
    stem, dot, suffix = name.rpartition(".")
    return (stem, suffix) if dot and suffix in FORMS else (name, "")
