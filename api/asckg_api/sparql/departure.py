"""Notice clients that go away while their query runs."""

import asyncio
from collections.abc import Callable

from starlette.types import Receive

from asckg.engine.pool.job import Job

EVERY = 0.05  # seconds between looks at what still runs; most queries are done before the first


class Departures:
    """Cancels the job of a client that hung up.

    One timer serves all jobs: a look-up that is done before the next look costs an entry in a dictionary.
    """

    def __init__(self, cancel: Callable[[Job], None]) -> None:
        self._cancel = cancel
        self._expected: dict[Job, Receive] = {}
        self._watchers: dict[Job, asyncio.Task[None]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def expect(self, job: Job, receive: Receive) -> None:
        """Watch the client of `job` by `receive`, from the next look on."""
        self._expected[job] = receive
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(EVERY, self._look)

    def forget(self, job: Job) -> None:
        """Leave the client of `job`, which is done."""
        self._expected.pop(job, None)
        watcher = self._watchers.pop(job, None)
        if watcher is not None:
            watcher.cancel()

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        for job, receive in self._expected.items():
            self._watchers[job] = loop.create_task(self._watch(job, receive))
        self._timer = None
        self._expected = {}

    async def _watch(self, job: Job, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._cancel(job)
