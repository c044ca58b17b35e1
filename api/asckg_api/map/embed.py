"""Embeds: a map, the matrix or a question's answer for a frame in somebody's report."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from asckg_api.map.answer import shown
from asckg_api.map.explore import ego
from asckg_api.map.page import asked
from asckg_api.view.link import full

router = APIRouter(prefix="/embed", tags=["embed"])
ANYWHERE = "*"


@router.get("/maps/around/{name:path}")
def around(request: Request, name: str, hops: int = 1, layout: str = "") -> Response:
    """Return an ego network for a frame."""
    made = ego(request, full(name), max(1, min(hops, 3)), layout)
    return shown(request, made, f"/maps/around/{name}", ANYWHERE, "embed-map.html")


@router.get("/maps/{name}")
def one(request: Request, name: str, layout: str = "") -> Response:
    """Return a map for a frame."""
    return shown(request, asked(request, name, layout), f"/maps/{name}", ANYWHERE, "embed-map.html")
