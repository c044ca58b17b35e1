"""Maps over HTTP: the list, each map as a page and as files, ego networks, paths, and maps of any answer."""

from __future__ import annotations

from fastapi import FastAPI

from asckg_api.map import asked, embed, explore, page


def install(app: FastAPI) -> None:
    """Add the maps to the application."""
    app.include_router(asked.router)
    app.include_router(embed.router)
    app.include_router(explore.router)
    app.include_router(page.router)
