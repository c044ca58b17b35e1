"""The built browser code, read and compressed once."""

from __future__ import annotations

import gzip
import mimetypes
import re
from functools import cache
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from asckg.error import AsckgError

FOLDER = Path(__file__).resolve().parent.parent / "static"
NAMED_BY_CONTENT = re.compile(r"-[A-Z0-9]{8}\.\w+$")
PACKED = (".js", ".css", ".svg", ".txt", ".html")


def install(app: FastAPI) -> None:
    """Add `/static`; raise when the browser code was never built."""
    if not (FOLDER / "site.js").is_file():
        raise AsckgError(f"the browser code is missing in {FOLDER}; run `make web`, or install the wheel again")

    @app.get("/static/{name}", include_in_schema=False)
    async def static(request: Request, name: str) -> Response:
        """Serve one built file."""
        if "/" in name or name.startswith(".") or not (FOLDER / name).is_file():
            raise HTTPException(404, f"there is no file {name!r} here")
        return _send(request, name)


@cache
def fingerprint() -> str:
    """Return a digest of the build, so that a browser keeps files for ever and yet never an old one."""
    stamp = FOLDER / ".inputs"
    return stamp.read_text(encoding="ascii")[:12] if stamp.is_file() else "0"


@cache
def fonts() -> tuple[str, ...]:
    """Return the names of the font files, which a page asks for before its style sheet does."""
    return tuple(sorted(path.name for path in FOLDER.glob("*.woff2")))


def _send(request: Request, name: str) -> Response:
    packing = _packing(request.headers.get("accept-encoding", ""), name)
    headers = {"X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding"}
    for_ever = "v" in request.query_params or NAMED_BY_CONTENT.search(name)
    headers["Cache-Control"] = "public, max-age=31536000, immutable" if for_ever else "no-cache"
    if packing:
        headers["Content-Encoding"] = packing
    kind = mimetypes.guess_type(name)[0] or ("font/woff2" if name.endswith("woff2") else "application/octet-stream")
    return Response(_read(name, packing), 200, headers, kind)


@cache
def _read(name: str, packing: str) -> bytes:
    content = (FOLDER / (f"{name}.br" if packing == "br" else name)).read_bytes()
    return gzip.compress(content, 9, mtime=0) if packing == "gzip" else content


def _packing(accepted: str, name: str) -> str:
    """Return how a file is sent: by brotli where the build wrote it so and the browser takes it, else by gzip."""
    known = {part.partition(";")[0].strip() for part in accepted.split(",")}
    if "br" in known and (FOLDER / f"{name}.br").is_file():
        return "br"
    return "gzip" if "gzip" in known and name.endswith(PACKED) else ""
