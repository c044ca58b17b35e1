"""The maps that answer a question each: the list, the page, the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from asckg.map.build import kept_map, make_map
from asckg.map.data import MapData
from asckg.question import Question
from asckg_api.map.answer import given, shown
from asckg_api.view.book import Book, book
from asckg_api.view.respond import as_json, page
from asckg_api.view.value import values_of

router = APIRouter(tags=["maps"])
FIRST = ("partnerships", "funding", "barriers", "recommendations", "evidence", "infrastructure", "benefits", "actors")
Layout = Annotated[str, Query(description="force, communities, layers, kinds or ring; the map's own when empty.")]


@router.get("/maps")
def maps(request: Request) -> Response:
    """List the maps and the question that each answers."""
    found = [(q, len(read(book(request), q.name).nodes)) for q in listed(book(request))]
    if "text/html" not in request.headers.get("accept", ""):
        return as_json(
            request, {"maps": [{"name": q.name, "title": q.title, "description": q.description} for q, _ in found]}
        )
    return page(request, "maps.html", maps=[(q, size) for q, size in found if size])


@router.get("/maps/{name}.{suffix}")
def file(request: Request, name: str, suffix: str, layout: Layout = "") -> Response:
    """Return a map as a file: `html` (stand-alone), `json`, `csv`, `graphml`, `gexf`, `svg` or `png`."""
    return given(request, asked(request, name, layout), f"/maps/{name}", suffix)


@router.get("/maps/{name}")
def one(request: Request, name: str, layout: Layout = "") -> Response:
    """Show a map, its filters, its panel and its table."""
    return shown(request, asked(request, name, layout), f"/maps/{name}")


def listed(mine: Book) -> list[Question]:
    """Return the maps: those that most readers want first, then by name."""
    maps = [question for question in mine.questions.values() if question.kind == "map"]
    return sorted(maps, key=lambda q: (FIRST.index(q.name) if q.name in FIRST else len(FIRST), q.name))


def asked(request: Request, name: str, layout: str = "") -> MapData:
    """Return a map with the values that the address gives to the parameters of its question."""
    mine = book(request)
    question = mine.questions.get(name)
    return read(mine, name, layout, values_of(question, request.query_params) if question else {})


def read(mine: Book, name: str, layout: str = "", values: Mapping[str, str] | None = None) -> MapData:
    """Return a map by name, from memory or the build's folder when it was made before.

    404 when there is none of that name. A map of values that a reader chose is held in memory alone, so that asking
    for many fills no disk.
    """
    question = mine.questions.get(name)
    if question is None or not question.map:
        names = ", ".join(q.name for q in listed(mine))
        raise HTTPException(404, f"there is no map {name!r}; there are {names}")
    if values:
        key = f"{name} {layout} {sorted(values.items())}"
        return mine.maps.get(key) or mine.maps.keep(key, _chosen(mine, question, values, layout))
    key = f"{name} {layout}"
    return mine.maps.get(key) or mine.maps.keep(
        key, kept_map(mine.folder / "map", mine.engine, mine.labels, question, layout=layout)
    )


def _chosen(mine: Book, question: Question, values: Mapping[str, str], layout: str) -> MapData:
    made = make_map(mine.engine, mine.labels, question, values, layout)
    labels = [(p, values[p.name]) for p in question.parameters if values.get(p.name)]
    chosen = "; ".join(f"{p.label}: {mine.hit(value).label if p.type == 'iri' else value}" for p, value in labels)
    if not chosen:
        return made
    return replace(made, title=f"{made.title} {chosen}", description=f"{made.description} {chosen}.")
