"""Rendering: templates, the security policy, compression and `ETag`s of everything that derives from the graph."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import Response

from asckg.caveat import CAVEAT
from asckg.namespace import compact
from asckg.style import kind, kinds, tokens
from asckg.wording import identifier, pieces
from asckg_api.view.book import Book, book
from asckg_api.view.link import Links, short
from asckg_api.view.passage import passages
from asckg_api.view.static import fingerprint, fonts

FOLDER = Path(__file__).resolve().parent.parent / "templates"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {frames}"
)
SMALL = 900


@cache
def templates() -> Environment:
    """Return the template environment: everything is escaped, a missing value is an error."""
    found = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(kind=kind, kinds=kinds(), basis=tokens()["basis"], compact=compact, short=short, trust=CAVEAT)
    found.globals.update(identifier=identifier, fonts=fonts())
    found.filters["coded"] = _coded
    found.filters["polygon"] = _polygon
    found.filters["plural"] = _plural
    found.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    return found


def page(
    request: Request, template: str, status: int = 200, frames: str = "'none'", *, keep: bool = False, **context: Any
) -> Response:
    """Return the template as an HTML page with its security policy; 304 when the browser has this very page.

    A page that is dear to render and depends on the build and the address alone is kept in memory with `keep`.
    """
    if status == 200 and (same := unchanged(request)):  # noqa: PLR2004  # the status of a page that can be kept
        return same
    body = _kept(request, template, context) if keep else render(request, template, **context)
    headers = {"Content-Security-Policy": POLICY.format(frames=frames), **common_headers()}
    return send(request, body.encode(), "text/html; charset=utf-8", headers, status)


def _kept(request: Request, template: str, context: dict[str, Any]) -> str:
    pages, key = book(request).pages, f"{template} {etag(request)}"
    return pages.get(key) or pages.keep(key, render(request, template, **context))


def render(request: Request, template: str, **context: Any) -> str:
    """Return the template's text."""
    mine = book(request)
    links = Links(request.scope.get("root_path", ""))
    shown = {"request": request, "links": links, "book": mine, "path": _path(request, links), "asset": _asset(links)}
    shown["passages"] = partial(passages, mine)
    return templates().get_template(template).render(**shown, url=links.path, **context)


def data(
    request: Request, body: bytes | str, media_type: str, name: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """Return data that derive from the graph, as a download when they are given a file name."""
    if same := unchanged(request):
        return same
    extra = {"Content-Disposition": f'attachment; filename="{name}"'} if name else {}
    content = body.encode() if isinstance(body, str) else body
    return send(request, content, media_type, {**common_headers(), **extra, **(headers or {})})


def as_json(request: Request, value: Any, name: str = "") -> Response:
    """Return the value as JSON."""
    return data(request, json.dumps(value, ensure_ascii=False), "application/json", name)


def send(request: Request, body: bytes, media_type: str, headers: Mapping[str, str], status: int = 200) -> Response:
    """Return the body, compressed when the client takes that and it is worth it."""
    sent = {"Vary": "Accept, Accept-Encoding", "ETag": etag(request), "Cache-Control": "no-cache", **headers}
    if len(body) > SMALL and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, 5, mtime=0)
        sent["Content-Encoding"] = "gzip"
    return Response(body, status, sent, media_type)


def unchanged(request: Request) -> Response | None:
    """304 when the client has what is there now, or says that anything there is will do."""
    mine = etag(request)
    given = request.headers.get("if-none-match", "")
    if mine in given or given.strip() == "*":
        return Response(
            status_code=304, headers={"ETag": mine, "Vary": "Accept, Accept-Encoding", "Cache-Control": "no-cache"}
        )
    return None


def etag(request: Request) -> str:
    """Return what changes when the data, the software or the address change."""
    mine: Book = book(request)
    seen = "\n".join(
        [mine.version, mine.software, fingerprint(), str(request.url), request.headers.get("accept", ""),
         request.scope.get("root_path", "")]
    )  # fmt: skip
    return f'W/"{hashlib.sha256(seen.encode()).hexdigest()[:20]}"'


def common_headers() -> dict[str, str]:
    """Return what every answer of ours carries."""
    return {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def _path(request: Request, links: Links) -> str:
    return request.url.path.removeprefix(links.root) or "/"


def _asset(links: Links) -> Any:
    return lambda name: links.path(f"/static/{name}?v={fingerprint()}")


def _coded(text: str) -> Markup:
    """Return a note with the prefixed names in it set as code."""
    return Markup().join(Markup("<code>{}</code>").format(part) if is_name else part for part, is_name in pieces(text))


def _polygon(points: tuple[tuple[float, float], ...], size: float = 9.6) -> str:
    return " ".join(f"{x * size:.2f},{y * size:.2f}" for x, y in points)


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
