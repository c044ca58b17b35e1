"""Workers started anew, each on the store for itself: for systems without fork."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

from asckg.engine.pool.generation import Generation, Keeper, python_environment
from asckg.engine.pool.limit import Limits
from asckg.engine.pool.link import Worker
from asckg.engine.pool.source import Source


class _Pipes(asyncio.SubprocessProtocol):
    """Passes what a started process writes to its worker, and its end."""

    def __init__(self, generation: "SpawnedGeneration") -> None:
        self.generation = generation
        self.worker: Worker | None = None
        self.transport: asyncio.SubprocessTransport | None = None
        self.exited = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.SubprocessTransport", transport)
        self.worker = Worker(self.generation.owner, self.transport.get_pid(), self.transport.kill)
        self.worker.connection_made(cast("asyncio.BaseTransport", self.transport.get_pipe_transport(0)))
        self.generation.workers[self.worker.process] = self.worker

    def pipe_data_received(self, _descriptor: int, data: bytes) -> None:
        if self.worker is not None:
            self.worker.data_received(data)

    def process_exited(self) -> None:
        self.exited.set()
        if self.worker is not None and self.transport is not None:
            self.generation.note_ended(self.worker.process, self.transport.get_returncode() or 0)
            self.transport.close()


class SpawnedGeneration(Generation):
    """Workers that each open the store by themselves.

    The kernel's timer, the memory limit and the network are held back only where the system can; the server's own
    deadline and kill hold everywhere.
    """

    def __init__(
        self, source: Source, limits: Limits, spool: Path, owner: Keeper, ready: Callable[[Worker], None]
    ) -> None:
        super().__init__(source, limits, spool, owner, ready)
        self.in_memory = False
        self.started: list[_Pipes] = []

    async def start(self, door: int = 0) -> None:
        """Nothing is held in common, so there is nothing to wait for."""

    def grow(self) -> None:
        """Start one more worker."""
        self.coming += 1
        task = asyncio.get_running_loop().create_task(self._spawn())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _spawn(self) -> None:
        command = [sys.executable, "-m", "asckg.engine.pool.worker", str(self.source.path), str(self.spool)]
        command += ["--memory", str(self.limits.memory), "--result", str(self.limits.result)]
        _, protocol = await asyncio.get_running_loop().subprocess_exec(
            lambda: _Pipes(self), *command, stderr=asyncio.subprocess.DEVNULL, env=python_environment()
        )
        self.coming -= 1
        self.started = [one for one in self.started if not one.exited.is_set()] + [protocol]
        if protocol.worker is not None and not self.closed:
            self.ready(protocol.worker)

    async def wait_closed(self) -> None:
        await super().wait_closed()
        for one in self.started:
            if one.transport is not None:
                one.transport.close()
            await one.exited.wait()
