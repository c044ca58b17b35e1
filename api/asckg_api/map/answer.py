"""One map in every form that it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from asckg.map import export
from asckg.map.data import MapData
from asckg.map.layout import LAYOUTS
from asckg.map.style import kind
from asckg.map.svg import as_svg
from asckg_api.view.book import book
from asckg_api.view.link import Links, short
from asckg_api.view.respond import data, page

FORMS = ("html", "json", "csv", "graphml", "gexf", "svg", "png")
BELOW = 300


def shown(request: Request, made: MapData, base: str, frames: str = "'none'", template: str = "map.html") -> Response:
    """Return the map as a page with its picture, its panel and its table; `base` is its address without a suffix."""
    facets = [
        ("basis", "Basis", _choices(made, "basis")),
        ("settings", "Setting", _choices(made, "setting")),
        ("sections", "Section", _choices(made, "section")),
    ]
    at = {node.iri: node for node in made.nodes}
    return page(
        request,
        template,
        frames=frames,
        map=made,
        base=base,
        facets=[facet for facet in facets if facet[2]],
        layouts=LAYOUTS,
        at=at,
        legend=[(kind(name), count) for name, count in made.kinds.items()],
        rows=made.edges[:BELOW],
        short_name=export.short_name,
    )


def given(request: Request, made: MapData, base: str, suffix: str) -> Response:
    """Return the map as a file; 404 for a form that there is not."""
    makers: dict[str, Callable[[], tuple[str | bytes, str]]] = {
        "json": lambda: (export.as_json(_value(request, made, base)), "application/json"),
        "csv": lambda: (export.as_csv(made), "text/csv; charset=utf-8"),
        "graphml": lambda: (export.as_graphml(made), "application/graphml+xml"),
        "gexf": lambda: (export.as_gexf(made), "application/gexf+xml"),
        "svg": lambda: (as_svg(made, plain="plain" in request.query_params, mode=_mode(request)), "image/svg+xml"),
    }
    if suffix not in makers:
        raise HTTPException(404, f"a map has no form {suffix!r}; it has {', '.join(FORMS)}")
    body, media_type = makers[suffix]()
    inline = suffix == "json" or "plain" in request.query_params
    headers = {"Access-Control-Allow-Origin": "*"}
    if suffix == "svg":
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return data(request, body, media_type, "" if inline else f"{made.name}.{suffix}", headers)


def _mode(request: Request) -> str:
    return "dark" if request.query_params.get("mode") == "dark" else "light"


def _value(request: Request, made: MapData, base: str) -> dict[str, object]:
    links = Links(request.scope.get("root_path", ""))
    return export.as_value(made, links.page, short, links.path(base + ".json"), book(request).version)


def _choices(made: MapData, facet: str) -> list[tuple[str, str]]:
    found = {value for edge in made.edges for value in getattr(edge, facet)}
    return sorted(((export.short_name(iri), made.names.get(iri, iri)) for iri in found), key=lambda pair: pair[1])
