"""Take a new build into service without dropping a request."""

import asyncio
import logging
from pathlib import Path

from fastapi import FastAPI

from asckg.build import Build, current
from asckg.engine.embedded import EmbeddedEngine
from asckg.engine.pool import Pool
from asckg.error import AsckgError
from asckg.graph import Graph
from asckg_api.sparql.serving import Serving
from asckg_api.sparql.source import source_of

EVERY = 2.0  # seconds between looks at which build is the current one
LOGGER = logging.getLogger("asckg.reload")


def home_of(build: Build) -> Path:
    """Return the folder in which builds lie beside this one."""
    return build.path.parent.parent


async def follow_builds(app: FastAPI, serving: Serving) -> None:
    """Serve each new build of the home from the moment that it is whole, for as long as the server runs."""
    home = home_of(app.state.graph.build)
    said = ""
    while True:
        await asyncio.sleep(EVERY)
        try:
            newest = current(home)
            if newest.path != app.state.graph.build.path:
                await take(app, serving, newest)
        except (AsckgError, OSError) as error:  # none, damaged or too large: what is served goes on
            if str(error) != said:
                said = str(error)
                LOGGER.warning("the build that is served stays: %s", said)


async def take(app: FastAPI, serving: Serving, build: Build) -> None:
    """Serve `build` from now on; requests under way end on the data that they began with."""
    engine = EmbeddedEngine.open(build.store_path, build.version)
    assert isinstance(serving.pool, Pool)  # noqa: S101  only a local graph has builds to follow
    await serving.pool.load(source_of(build, serving.settings))
    app.state.graph = Graph(app.state.graph.corpus, build, engine)
    for taken in getattr(app.state, "on_reload", ()):
        taken()
    LOGGER.info("now serving the data of version %s", build.version)
