"""The SPARQL service: the protocol, the graph store, descriptions, and what operators watch."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from asckg.engine.pool import Limits, Pool
from asckg.error import AsckgError
from asckg_api.application import Application
from asckg_api.settings import Settings
from asckg_api.sparql.cache import AnswerCache
from asckg_api.sparql.cross_origin import CrossOrigin
from asckg_api.sparql.description import Describer
from asckg_api.sparql.graph_route import GraphRoute
from asckg_api.sparql.health import Health
from asckg_api.sparql.immediate import Immediate
from asckg_api.sparql.metric import Metrics
from asckg_api.sparql.openapi import describe_paths
from asckg_api.sparql.query_route import QueryRoute
from asckg_api.sparql.reload import follow_builds, home_of
from asckg_api.sparql.serving import Page, Serving
from asckg_api.sparql.source import claim, source_of
from asckg_api.sparql.update_route import UpdateRoute
from asckg_api.sparql.void_route import VoidRoute
from asckg_api.sparql.watch import LOGGER, Watch

if TYPE_CHECKING:
    from asckg.engine.endpoint import EndpointPool
    from asckg.engine.remote import RemoteEngine


def install(app: Application) -> None:
    """Add the service to `app`, on the graph and settings in its state; workers start and stop with the server."""
    settings: Settings = app.state.settings
    if settings.writable and not settings.token:
        raise AsckgError("--writable needs a token: set ASCKG_TOKEN to a long random text that writers will send")
    engine = app.state.graph.engine
    limits = limits_of(settings)
    pool = _far(engine, limits) if settings.endpoint else Pool(limits)
    if isinstance(pool, Pool):
        source_of(app.state.graph.build, settings)  # what cannot be served is said before anybody is told the address
    serving = Serving(settings, pool, AnswerCache(settings.cache))
    if settings.writable and isinstance(pool, Pool):
        serving.claim = claim(app.state.graph.build)
    if settings.service_allow:
        from asckg.engine.guard.gate import Gate  # noqa: PLC0415 - its HTTP client is slow to import

        serving.gate = Gate(settings.service_allow, settings.timeout, settings.result)
    app.state.serving = serving
    update, graphs, metrics, health = UpdateRoute(serving), GraphRoute(serving), Metrics(serving), Health(serving)
    query = QueryRoute(serving, Describer(serving), update.update)
    paths: dict[str, Page] = {
        "/sparql": query,
        "/update": update,
        "/graphs": graphs,
        "/graphs/{name:path}": graphs,
        "/.well-known/void": VoidRoute(serving, lambda: app.state.graph.engine),
        "/health/live": health,
        "/health/ready": health,
        "/metrics": metrics,
    }
    guarded = {path: serving.guarded(page) for path, page in paths.items()}
    for path, page in reversed(guarded.items()):
        app.router.routes.insert(0, Route(path, endpoint=_Endpoint(page), include_in_schema=False))
    describe_paths(app)
    if settings.log:
        log_to_stderr()
    watch = partial(Watch, metrics=metrics, routes=_Firsts(app), refuse=serving.refuse, log=settings.log)
    app.direct |= {path: watch(page) for path, page in guarded.items()}
    app.immediate = Immediate(app, serving, query, watch(guarded["/sparql"]))
    app.add_middleware(CrossOrigin, origins=settings.cors_origins)
    app.add_middleware(watch)
    _follow_lifespan(app, serving)


def _far(engine: RemoteEngine, limits: Limits) -> EndpointPool:
    from asckg.engine.endpoint import EndpointPool  # noqa: PLC0415 - its HTTP client is slow to import

    return EndpointPool(engine, limits)


def limits_of(settings: Settings) -> Limits:
    """Return the limits that the settings ask for."""
    return Limits(
        timeout=settings.timeout,
        memory=settings.memory,
        result=settings.result,
        workers=settings.workers,
        heavy=settings.heavy,
        queue=settings.queue,
        per_client=settings.per_client,
        stored_in_memory=settings.stored_in_memory,
    )


def log_to_stderr() -> None:
    """Write a line for each request to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False


class _Endpoint:
    """An ASGI application that Starlette does not take for a function of a request, so every method gets through."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.page(scope, receive, send)


class _Firsts:
    """The first parts of the paths of all routes, read late: other parts of the application come after this one."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.known: frozenset[str] = frozenset()

    def __contains__(self, first: object) -> bool:
        if not self.known:
            paths = (str(getattr(route, "path", "/")) for route in self.app.router.routes)
            self.known = frozenset("/" + path.lstrip("/").split("/", 1)[0] for path in paths)
        return first in self.known


def _follow_lifespan(app: FastAPI, serving: Serving) -> None:
    outer = app.router.lifespan_context
    settings = serving.settings

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        build = app.state.graph.build
        async with outer(running) as state:
            follower = None
            if serving.gate is not None:
                await serving.gate.start()
            if isinstance(serving.pool, Pool):
                source = source_of(build, settings)
                serving.pool.gate = serving.gate
                await serving.pool.load(source)
            if isinstance(serving.pool, Pool) and (home_of(build) / "current").is_file():
                follower = asyncio.get_running_loop().create_task(follow_builds(app, serving))
            try:
                yield state
            finally:
                if follower is not None:
                    follower.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await follower
                await serving.pool.close()
                if serving.gate is not None:
                    await serving.gate.close()

    app.router.lifespan_context = lifespan
