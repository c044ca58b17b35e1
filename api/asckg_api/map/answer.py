"""One map in every form that it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from asckg.map import export
from asckg.map.data import MapData
from asckg.map.form import MEDIA_TYPES, written
from asckg.map.layout import LAYOUTS
from asckg.map.sheet import Credit, day
from asckg.map.standalone import choices
from asckg.map.svg import as_svg
from asckg.style import kind
from asckg_api.view.book import book
from asckg_api.view.link import Links, short
from asckg_api.view.respond import data, page

FORMS = tuple(MEDIA_TYPES)
BELOW = 120  # rows of the table on one page
OF_A_PICTURE = ("mode", "plain", "rows")


def shown(request: Request, made: MapData, base: str, frames: str = "'none'", template: str = "map.html") -> Response:
    """Return the map as a page with its picture, its panel and its table; `base` is its address without a suffix."""
    facets = [
        ("basis", "Basis", choices(made, "basis")),
        ("settings", "Setting", choices(made, "setting")),
        ("sections", "Section", choices(made, "section")),
    ]
    at = {node.iri: node for node in made.nodes}
    begin = _begin(request, len(made.edges))
    return page(
        request,
        template,
        frames=frames,
        keep=True,
        map=made,
        base=base,
        facets=[facet for facet in facets if facet[2]],
        layouts=LAYOUTS,
        at=at,
        legend=[(kind(name), count) for name, count in made.kinds.items()],
        rows=made.edges[begin : begin + BELOW],
        begin=begin,
        below=BELOW,
        asked=_asked(request),
        short_name=export.short_name,
    )


def given(request: Request, made: MapData, base: str, suffix: str) -> Response:
    """Return the map as a file; 404 for a form that there is not."""
    if suffix not in MEDIA_TYPES:
        raise HTTPException(404, f"a map has no form {suffix!r}; it has {', '.join(MEDIA_TYPES)}")
    plain = request.query_params.get("plain", "")
    headers = {"Access-Control-Allow-Origin": "*"}
    if suffix == "json":
        body: str | bytes = _once(request, made, lambda: export.as_json(_value(request, made, base)))
    elif suffix == "svg":
        body = _once(request, made, lambda: as_svg(made, credit(request, base), plain=plain, mode=_mode(request)))
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    else:
        body = written(made, suffix, credit(request, base))
    inline = suffix == "json" or bool(plain)
    return data(request, body, MEDIA_TYPES[suffix], "" if inline else f"{made.name}.{suffix}", headers)


def _once(request: Request, made: MapData, write: Callable[[], str]) -> str:
    """Return the text that was written for this map and this address before, or write it."""
    texts = book(request).texts
    key = f"{request.scope.get('root_path', '')} {request.url}"
    known = texts.get(key)
    if known is None or known[0] is not made:
        known = texts.keep(key, (made, write()))
    return known[1]


def _begin(request: Request, total: int) -> int:
    """Return the first row of the table's page that the address asks for."""
    asked = request.query_params.get("rows", "")
    begin = int(asked) if asked.isdecimal() and len(asked) < 8 else 0  # noqa: PLR2004  # no table has so many rows
    return begin // BELOW * BELOW if begin < total else 0


def credit(request: Request, base: str) -> Credit:
    """Return what a picture says of its origin; the address is that of the page it was taken from."""
    links = Links(request.scope.get("root_path", ""))
    asked = _asked(request)
    address = str(request.base_url).rstrip("/").removesuffix(links.root) + links.path(base) + asked
    return Credit(book(request).version, day(datetime.now(UTC).date()), address)


def _asked(request: Request) -> str:
    asked = urlencode([(key, value) for key, value in request.query_params.multi_items() if key not in OF_A_PICTURE])
    return f"?{asked}" if asked else ""


def _mode(request: Request) -> str:
    return "dark" if request.query_params.get("mode") == "dark" else "light"


def _value(request: Request, made: MapData, base: str) -> dict[str, object]:
    links = Links(request.scope.get("root_path", ""))
    address = links.path(base + ".json") + _asked(request)
    return export.as_value(made, links.page, short, address, book(request).version, book(request).backs)
