"""Killable workers: users' queries run in processes that the server can end."""

import asyncio
import contextlib
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from asckg.engine.pool.crew import Crew
from asckg.engine.pool.ending import explain, out_of_room, out_of_time
from asckg.engine.pool.generation import Generation, new_generation
from asckg.engine.pool.job import Job, Reason, StoppedError
from asckg.engine.pool.limit import Limits
from asckg.engine.pool.link import Gatekeeper, Worker
from asckg.engine.pool.schedule import Schedule
from asckg.engine.pool.source import Source
from asckg.engine.pool.wire import Kind, Reply, Request
from asckg.engine.pool.writer import write
from asckg.error import AsckgError
from asckg.scratch import Scratch, sweep

__all__ = ["Gatekeeper", "Kind", "Limits", "Pool", "Reason", "Reply", "Request", "Source", "StoppedError"]

SPOOL = "asckg-spool-"  # how folders for large answers are called
TRIES = 8  # times that a query is begun again after its worker was lost
TICK = 0.02  # seconds between looks at the clock while something runs
CHEAP = 0.005  # seconds of processor time of a query that counts as quick
STREAK = 8  # answers that must have been quick, one after the other, for queries to be sent ahead
FRESH = 0.01  # seconds that a query may have run for others to be sent to its worker
LATE = 0.04  # seconds after which others need not wait for it
GLANCE = 0.005  # seconds between looks for jobs that overstay while others wait


class Pool:
    """Runs requests on the data of a source, each under a deadline and a memory limit, and never blocks its caller."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.counts: Counter[str] = Counter()
        self.schedule = Schedule(limits)
        temporary = Path(tempfile.gettempdir())
        sweep(SPOOL, temporary)
        self._scratch = Scratch(SPOOL, temporary)
        self.spool = self._scratch.path
        self.crew = Crew(limits)
        self._pipes = self.crew.pipes
        self._streak = 0
        self._glance = 0.0  # when to look next for jobs that overstay
        self._loop: asyncio.AbstractEventLoop | None = None  # asking for it is a system call
        self._clock: asyncio.TimerHandle | None = None
        self.closed = False
        self.gate: Gatekeeper | None = None  # where workers may send what they ask of other endpoints
        self._writing = asyncio.Lock()
        self._restart: asyncio.Task[None] | None = None

    @property
    def generation(self) -> Generation | None:
        """The data that a request sent now is answered from, with their workers."""
        return self.crew.generation

    @property
    def version(self) -> str:
        """The version of the data that a request sent now is answered from."""
        generation = self.crew.generation
        return generation.source.version if generation else ""

    async def load(self, source: Source) -> None:
        """Answer from `source` from now on; what runs already ends on the data it began with."""
        self._loop = asyncio.get_running_loop()
        async with self._writing:  # a write meanwhile would be in the user's file and not in what is loaded
            await self.take(source.as_it_is())

    async def take(self, source: Source) -> None:
        """Answer from `source` from now on; for who holds off writes meanwhile."""
        generation = new_generation(source, self)
        await generation.open(self.gate)
        self.replace(generation)

    def replace(self, generation: "Generation") -> None:
        """Answer from `generation` from now on."""
        self.crew.replace(generation)
        self._refill()

    def submit(
        self, request: Request, *, seconds: float | None = None, client: str = "", reserved: bool = False
    ) -> Job:
        """Queue `request` and return its job, whose `done` brings the reply or StoppedError.

        `seconds` may only shorten the limit. `reserved` is for the server's own queries.
        """
        granted = min(seconds or self.limits.timeout, self.limits.timeout)
        if self.closed or self._loop is None:
            raise StoppedError(Reason.BUSY, "the server is stopping; try again soon", 5)
        job = Job(request.encode(granted), granted, client, reserved, self._loop.create_future(), time.monotonic())
        self.schedule.admit(job)
        self._dispatch()
        return job

    async def run(self, request: Request, *, seconds: float | None = None, reserved: bool = True) -> Reply:
        """Return the reply to one request of the server's own."""
        return await self.submit(request, seconds=seconds, reserved=reserved).done

    async def write(self, request: Request, check: Callable[[], None] | None = None) -> Reply:
        """Return what became of a write; each is whole, durable, and seen by every query sent after it.

        `check` may raise, for this write not to be done, when all those before it are.
        """
        async with self._writing:
            if check is not None:
                check()
            return await write(self, request, self.limits.timeout)

    def cancel(self, job: Job) -> None:
        """Stop `job`: nobody waits for it any more."""
        self._stop(job, StoppedError(Reason.CANCELLED, "the client went away"))

    async def close(self, patience: float = 5.0) -> None:
        """Let what runs finish within `patience` seconds, then end every process."""
        self.closed = True
        end = time.monotonic() + patience
        while (self.schedule.running or self.schedule.queued()) and time.monotonic() < end:  # noqa: ASYNC110  many jobs, no one event
            await asyncio.sleep(TICK)
        for job in [*self.schedule.running, *self.schedule.ahead, *self.schedule.waiting]:
            self._stop(job, StoppedError(Reason.BUSY, "the server is stopping", 5))
        if self._clock is not None:
            self._clock.cancel()
        if self._restart is not None:
            self._restart.cancel()
        await self.crew.close()
        await asyncio.sleep(TICK)  # transports close in the loop's next turn
        self._scratch.remove()

    # What workers and generations tell.

    def ready(self, worker: Worker) -> None:
        """Take a new worker."""
        self.counts["started"] += 1
        self.crew.give_back(worker)
        self._dispatch()

    def replied(self, worker: Worker, reply: Reply) -> None:
        """Hand the reply over and give the worker to the next."""
        now = time.monotonic()
        job = self._pipes.answered(worker, now)
        if job is not None:
            self._streak = self._streak + 1 if reply.spent < CHEAP else 0
            self.schedule.finish(job)
            job.resolve(reply)
        elif reply.file is not None:
            reply.file.unlink(missing_ok=True)
        if reply.retire or (worker.reniced and not worker.restore_priority()):
            self.counts["recycled"] += 1
            self._recall(worker)
            self._pipes.drop(worker)
            self.crew.dismiss(worker)
            self._refill()
        elif worker not in self._pipes:
            self.crew.give_back(worker)
        elif (following := self._pipes.running(worker)) is not None:
            self.schedule.start(following, now)
        else:
            self._refill()  # it runs something that nobody waits for
        self._dispatch()

    def lost(self, worker: Worker) -> None:
        """Find out why a worker ended, tell its client, start another."""
        self.crew.lose(worker)
        self._recall(worker)
        job = self._pipes.running(worker)
        if job is None:
            self._pipes.drop(worker)
        elif job.stopped is None and worker.status is None:
            asyncio.get_running_loop().call_later(0.5, self._settle, worker)
            return
        else:
            self._settle(worker)
        self.crew.sweep()
        self._refill()
        self._dispatch()

    def orphaned(self, generation: Generation) -> None:
        """Start anew when the process that held the data ended by itself."""
        if not self.closed and generation.seconds and self.crew.forget(generation):
            self.counts["restarts"] += 1
            self._restart = asyncio.get_running_loop().create_task(self._load_again(generation.source))

    # The inside.

    async def _load_again(self, source: Source) -> None:
        while self.generation is None and not self.closed:  # there may be a new build meanwhile
            with contextlib.suppress(AsckgError, OSError):
                await self.load(source)
            await asyncio.sleep(1.0)

    def _settle(self, worker: Worker) -> None:
        self._recall(worker)
        job = self._pipes.drop(worker)
        if job is None:
            return
        self.counts["ended"] += 1
        error = job.stopped or explain(worker.status, job, self.limits)
        in_time = time.monotonic() - job.queued < job.timeout
        if error.reason is Reason.LOST and job.tries < TRIES and in_time and not self.closed:
            job.tries += 1
            job.worker = None
            self.schedule.put_back(job)
        else:
            self.schedule.finish(job)
            self.counts[error.reason.value] += 1
            job.fail(error)
        self._refill()
        self._dispatch()

    def _dispatch(self) -> None:
        if self.schedule.waiting:
            now = time.monotonic()
            self._begin(now)
            if self.schedule.waiting and now >= self._glance:
                self._glance = now + GLANCE
                self._make_room(now)
            if self.schedule.waiting and self._streak >= STREAK:
                self._send_ahead(now)
        if self._clock is None and not self.closed:
            self._watch()

    def _watch(self) -> None:
        """Look at the clock in a while, as long as something runs."""
        busy = self.schedule.running or self.schedule.waiting or self._pipes.idling
        if busy and self._loop is not None:
            self._clock = self._loop.call_later(TICK, self._tick)

    def _begin(self, now: float) -> None:
        """Have idle workers run what waits, as far as there are places."""
        while (job := self.schedule.next()) is not None and (worker := self.crew.take()) is not None:
            self.schedule.start(job, now)
            self._pipes.begin(worker, job)

    def _make_room(self, now: float) -> None:
        """Have a job that overstays leave its place to one that waits."""
        late = self.schedule.make_room(now)
        if late is not None:
            if late.worker is not None:
                late.worker.yield_processor()
            self._refill()
            self._begin(now)

    def _send_ahead(self, now: float) -> None:
        """Send what waits to workers that answer quickly."""
        workers = self.generation.workers if self.generation else {}
        while (job := self.schedule.next_ahead()) is not None and self._pipes.send_ahead(job, now - FRESH, workers):
            self.schedule.send_ahead()

    def _recall(self, worker: Worker) -> None:
        """Have what was sent ahead to `worker` run elsewhere."""
        for job in self._pipes.take_back(worker):
            self.schedule.put_back(job)

    def _refill(self) -> None:
        if not self.closed:
            self.crew.refill(self.schedule.places_used())

    def _tick(self) -> None:
        self._clock = None
        now = time.monotonic()
        for job in list(self.schedule.running):
            if now - job.started >= job.timeout and job.stopped is None:
                self._stop(job, out_of_time(job.timeout))
            elif now - job.started > LATE and job.worker is not None:
                self._recall(job.worker)
        for worker, since in list(self._pipes.idling.items()):
            if now - since > self.limits.quick:
                self._pipes.drop(worker)
                worker.kill()
        evicted = self.schedule.to_evict(now)
        if evicted is not None:
            self._stop(evicted, out_of_room())
        for job in list(self.schedule.waiting):
            if now - job.queued > self.limits.queue_time:
                self._stop(job, StoppedError(Reason.BUSY, "no worker was free in time; try again soon", 5))
        self._refill()
        self._dispatch()

    def _stop(self, job: Job, error: StoppedError) -> None:
        if job.done.done() or job.stopped is not None:
            return
        job.stopped = error
        worker = job.worker
        if worker is None or self._pipes.running(worker) is not job:
            self._pipes.give_up(job)
            self.schedule.finish(job)
            self.counts[error.reason.value] += 1
            job.fail(error)
            return
        self.counts["killed"] += 1
        worker.kill()
        self._settle(worker)
