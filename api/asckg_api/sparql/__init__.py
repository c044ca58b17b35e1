"""The SPARQL service: the protocol, the graph store, descriptions, and what operators watch."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from fastapi import FastAPI
from starlette.routing import Route

from asckg.build import Build
from asckg.engine.pool import Limits, Pool, Source
from asckg.engine.pool.writing import version_of
from asckg_api.settings import Settings
from asckg_api.sparql.cache import AnswerCache
from asckg_api.sparql.description import Describer
from asckg_api.sparql.graph_route import GraphRoute
from asckg_api.sparql.query_route import QueryRoute
from asckg_api.sparql.serving import Page, Serving
from asckg_api.sparql.update_route import UpdateRoute

CACHE = 64 * 1024 * 1024  # bytes of answers kept


def install(app: FastAPI) -> None:
    """Add the service to `app`, on the graph and settings in its state; workers start and stop with the server."""
    settings: Settings = app.state.settings
    pool = Pool(replace(Limits(), timeout=settings.timeout, memory=settings.memory, workers=settings.workers))
    serving = Serving(settings, pool, AnswerCache(CACHE))
    app.state.serving = serving
    describe = Describer(serving)
    update, graphs = UpdateRoute(serving), GraphRoute(serving)
    query = QueryRoute(serving, describe, update.update)
    paths: dict[str, Page] = {"/sparql": query, "/update": update, "/graphs": graphs, "/graphs/{name:path}": graphs}
    for path, route in reversed(paths.items()):
        # Starlette takes an object for an ASGI application and lets every method through to it.
        app.router.routes.insert(0, Route(path, endpoint=_Endpoint(serving.guarded(route)), include_in_schema=False))
    _follow_lifespan(app, pool)


class _Endpoint:
    """An ASGI application that Starlette does not take for a function of a request."""

    def __init__(self, route: Any) -> None:
        self.route = route

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.route(scope, receive, send)


def source_of(build: Build, *, writable: bool) -> Source:
    """Return the data of a build as workers take it, with the user's own graphs where they may be written."""
    quads = int(build.manifest["triples"]) * 2
    if not writable:
        return Source(build.store_path, build.version, quads)
    user = build.path.parent.parent / "user" / "data.nq"
    own = user.read_bytes() if user.exists() else b""
    return Source(build.store_path, f"{build.version}-{version_of(own)}", quads + own.count(b"\n"), user)


def _follow_lifespan(app: FastAPI, pool: Pool) -> None:
    outer = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with outer(running) as state:
            await pool.load(source_of(app.state.graph.build, writable=app.state.settings.writable))
            try:
                yield state
            finally:
                await pool.close()

    app.router.lifespan_context = lifespan
