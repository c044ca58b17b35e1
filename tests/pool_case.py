"""Run a pool of workers for as long as a test needs it."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from asckg.engine.pool import Gatekeeper, Limits, Pool, Request, Source
from asckg.engine.pool.format import graph_format, result_format
from waiting import PATIENCE

JSON = result_format("application/sparql-results+json")
TURTLE = graph_format("text/turtle")


def query(text: str) -> Request:
    return Request("query", text, JSON.code, TURTLE.code)


def with_pool(
    source: Source, use: Callable[[Pool], Awaitable[None]], *, gate: Gatekeeper | None = None, **limits: float
) -> None:
    """Run `use` with a pool on `source`, and stop the pool whatever happens; nothing in it is short of time."""

    async def main() -> None:
        pool = Pool(Limits(**{"timeout": PATIENCE, "queue_time": PATIENCE, **limits}))
        try:
            pool.gate = gate
            await pool.load(source)
            await use(pool)
        finally:
            await pool.close(0)

    asyncio.run(main())


async def until(holds: Callable[[], object]) -> None:
    """Wait until `holds()` is true; fail when it is not after a minute."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "what was waited for never came"
        await asyncio.sleep(0.005)
