"""The application: one graph, and the parts that serve it."""

import importlib
import importlib.util
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from asckg import __version__
from asckg.graph import Graph
from asckg_api import problem
from asckg_api.application import Application
from asckg_api.settings import Settings

PARTS = ("asckg_api.sparql", "asckg_api.page", "asckg_api.map", "asckg_api.link")
"""Packages with `install(app)`; `app.state.graph` and `app.state.settings` are theirs to read."""


def create_app(settings: Settings, tell: Callable[[str], object] = str) -> Application:
    """Return the application for `settings`; the graph is built first where it must be, and `tell` hears of it."""
    app = Application(
        title="asckg",
        version=__version__,
        description="The knowledge graph of actors, policies and evidence in adult social care research.",
        root_path=settings.root_path,  # the framework's, not uvicorn's: a proxy may strip the path or keep it
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.graph = Graph.open(settings.endpoint or settings.corpus, settings.home, tell)
    problem.install(app)
    install_health(app)
    for part in PARTS:
        if importlib.util.find_spec(part) is not None:
            importlib.import_module(part).install(app)
    return app


def install_health(app: FastAPI) -> None:
    """Add the liveness route."""

    @app.get("/health", tags=["operations"])
    async def health() -> dict[str, Any]:
        """Say that the server lives, and which data it serves."""
        graph: Graph = app.state.graph
        return {"status": "ok", "version": __version__, "data": graph.build.version}
