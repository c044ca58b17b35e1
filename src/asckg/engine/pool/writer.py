"""The server's side of a write: one at a time, in a fork that replaces the data's holder when it is done."""

import asyncio
import socket
from typing import Protocol

from asckg.engine.pool.generation import Generation, Keeper
from asckg.engine.pool.job import Reason, StoppedError
from asckg.engine.pool.limit import Limits
from asckg.engine.pool.link import Worker
from asckg.engine.pool.source import Source, sync_folder
from asckg.engine.pool.wire import Kind, Reply, Request
from asckg.error import AsckgError

ENDED = 5.0  # seconds that a killed process may take to be gone


class Holder(Keeper, Protocol):
    """Whose data a write changes: it answers from a generation and can take another."""

    limits: Limits

    @property
    def generation(self) -> Generation | None:
        """The data that it answers from."""

    def ready(self, worker: Worker) -> None:
        """Take a new worker."""

    def replace(self, generation: Generation) -> None:
        """Answer from `generation` from now on."""

    async def take(self, source: Source) -> None:
        """Answer from `source` from now on."""


class _Ear:
    """Waits for the reply of the one fork that writes."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.worker: asyncio.Future[Worker] = loop.create_future()
        self.reply: asyncio.Future[Reply] = loop.create_future()
        self.gone = asyncio.Event()

    def ready(self, worker: Worker) -> None:
        worker.owner = self
        if not self.worker.done():
            self.worker.set_result(worker)

    def replied(self, _worker: Worker, reply: Reply) -> None:
        if not self.reply.done():
            self.reply.set_result(reply)

    def lost(self, _worker: Worker) -> None:
        self.gone.set()
        if not self.reply.done():
            self.reply.set_exception(
                StoppedError(Reason.LOST, "the write was stopped at its memory limit or by the system; nothing changed")
            )

    async def ended(self) -> None:
        """Wait until the fork, which was killed, can do nothing more; raise StoppedError where a disk holds it up."""
        try:
            await asyncio.wait_for(self.gone.wait(), ENDED)
        except TimeoutError as error:
            raise StoppedError(
                Reason.TIME, "the write was stopped while the disk took it; ask whether it is there, then try again"
            ) from error

    def orphaned(self, _generation: Generation) -> None:
        """Leave it to the pool, which hears of it too."""


async def write(pool: Holder, request: Request, seconds: float) -> Reply:
    """Return what became of a write; on success `pool` answers from the changed data before this returns."""
    generation = pool.generation
    if generation is None or not generation.in_memory or generation.source.user is None:
        raise StoppedError(
            Reason.BUSY,
            f"writing needs the data in memory, which is done up to {pool.limits.stored_in_memory} quads; start the "
            "server with a higher ASCKG_STORED_IN_MEMORY",
        )
    ear = _Ear()
    control = generation.write(ear.ready)
    worker: Worker | None = None
    try:
        worker = await asyncio.wait_for(ear.worker, seconds)
        worker.send(request.encode(seconds))
        reply = await asyncio.wait_for(ear.reply, seconds)
    except TimeoutError:
        control.close()
        if worker is not None:
            worker.kill()
            await ear.ended()
        stopped = StoppedError(Reason.TIME, f"the write was stopped after {seconds:g} s; nothing changed")
        return await _told(pool, generation, stopped)
    except StoppedError as stopped:
        control.close()
        return await _told(pool, generation, stopped)
    except BaseException:
        control.close()
        raise
    finally:
        if worker is not None:
            worker.dismiss()
    if reply.kind in (Kind.RESULT, Kind.CREATED):
        _succeed(pool, generation, control, worker.process, reply.text)
    else:
        control.close()
    return reply


async def _told(pool: Holder, generation: Generation, stopped: StoppedError) -> Reply:
    """Return success where the fork had put its file in place before it ended, else raise `stopped`.

    Only one write at a time is under way, so the file can have another version than is served by this one alone.
    """
    source = generation.source.as_it_is()
    if source.user is None or source.version == generation.source.version:
        raise stopped
    sync_folder(source.user.parent)
    try:
        await pool.take(source)
    except AsckgError as error:
        raise StoppedError(
            Reason.LOST, f"the write is done and stored, but is not seen before the next start: {error}"
        ) from error
    return Reply(Kind.RESULT)


def _succeed(pool: Holder, old: Generation, control: socket.socket, process: int, version: str) -> None:
    new = Generation(old.source.with_own(version), old.limits, old.spool, pool, pool.ready)
    new.bars, new.seconds = old.bars, old.seconds
    new.shut_door, old.shut_door = old.shut_door, new.shut_door  # the network is the same
    new.adopted = {process}
    new.adopt(control)
    pool.replace(new)
