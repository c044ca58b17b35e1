"""The workers of one version of the data, and the process that they are forked from."""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import asckg
from asckg.engine.pool.limit import Limits
from asckg.engine.pool.link import Gatekeeper, Owner, Worker, kill_by_descriptor
from asckg.engine.pool.sandbox import LINUX, adopt_orphans, reap
from asckg.engine.pool.source import Source
from asckg.error import AsckgError

PACKET = 65536
START = 120.0  # seconds that loading a store may take
# A query makes and frees some hundred small pieces of memory; glibc keeps seven of a size at hand unless told more.
ALLOCATION = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=200"}


def python_environment() -> dict[str, str]:
    """Return the environment in which a new interpreter finds this package, without the server's secrets."""
    root = str(Path(asckg.__file__).parent.parent)
    paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    secret = ("ASCKG_TOKEN", "ASCKG_ENDPOINT_")
    keep = {key: value for key, value in os.environ.items() if not key.startswith(secret)}
    return {**ALLOCATION, **keep, "PYTHONPATH": os.pathsep.join(paths)}


class Keeper(Owner, Protocol):
    """Whom a generation tells what happens to its workers and to itself."""

    def orphaned(self, generation: "Generation") -> None:
        """Hear that the process behind all workers of a generation is gone."""


class Staffed(Keeper, Protocol):
    """Who has workers of a generation run queries."""

    limits: Limits
    spool: Path

    def ready(self, worker: Worker) -> None:
        """Take a new worker."""


def _nothing() -> None:
    """There is no door to shut."""


class Generation:
    """Workers forked from one small process (Linux), which this starts or adopts.

    `ready` is a worker's way to the pool; `bars` says what in the kernel keeps workers off the network.
    """

    def __init__(
        self, source: Source, limits: Limits, spool: Path, owner: Keeper, ready: Callable[[Worker], None]
    ) -> None:
        self.source = source
        self.limits = limits
        self.spool = spool
        self.owner = owner
        self.ready = ready
        self.in_memory = source.quads <= limits.stored_in_memory
        self.door: socket.socket | None = None  # where workers that may ask the gate come out
        self.shut_door: Callable[[], None] = _nothing
        self.bars: list[str] = []
        self.seconds = 0.0
        self.workers: dict[int, Worker] = {}
        self.coming = 0
        self.closed = False
        self.adopted: set[int] = set()
        self._pending: deque[tuple[socket.socket, Callable[[Worker], None]]] = deque()
        self.process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._started: asyncio.Future[None] | None = None
        self._descriptors: dict[int, int] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    async def open(self, gate: Gatekeeper | None) -> None:
        """Start, with `gate` listening where workers come out; whatever goes wrong, nothing of this is left."""
        try:
            await self.start(gate.port if gate is not None else 0)
            if gate is not None and self.door is not None:
                self.shut_door = await gate.listen(self.door)
        except BaseException:
            self.close()
            raise

    async def start(self, door: int = 0) -> None:
        """Start the process and wait until it holds the data; raise AsckgError when it cannot.

        `door` is the port of their loopback at which workers may reach the gate, 0 where they may reach nothing.
        """
        adopt_orphans()
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        limits = json.dumps(asdict(self.limits))
        command = [sys.executable, "-m", "asckg.engine.pool.zygote", str(theirs.fileno())]
        command += [str(self.source.path), str(self.spool), limits]
        command += ["--in-memory"] * self.in_memory + ["--door", str(door)]
        if self.source.user is not None:
            command += ["--user", str(self.source.user)]
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603, ASYNC220  our own interpreter and module; it forks fast
                command,
                pass_fds=[theirs.fileno()],
                env=python_environment(),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.adopt(mine)
        self._started = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(self._started, START)
        except TimeoutError as error:
            raise AsckgError(f"the store in {self.source.path} did not load within {START:.0f} s") from error

    def adopt(self, control: socket.socket) -> None:
        """Listen to the process at the other end of `control`."""
        control.setblocking(False)
        self._control = control
        asyncio.get_running_loop().add_reader(control.fileno(), self._heard)

    def grow(self) -> None:
        """Ask for one more worker; `ready` hears of it."""
        try:
            mine, theirs = socket.socketpair()
        except OSError:  # no file is left to open: the next look at the clock tries again
            return
        with theirs:
            if self._ask(b"fork", [theirs.fileno()]):
                self._pending.append((mine, self._grown))
                self.coming += 1
            else:
                mine.close()

    def write(self, ready: Callable[[Worker], None]) -> socket.socket:
        """Return the control socket of a fork that writes once and may then take this one's place."""
        stream, their_stream = socket.socketpair()
        control, their_control = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with their_stream, their_control:
            if not self._ask(b"write", [their_stream.fileno(), their_control.fileno()]):
                raise AsckgError("the process that holds the data is gone; try again")
        self._pending.append((stream, ready))
        return control

    async def wait_closed(self) -> None:
        """Wait until the connections to workers that were under way when this closed are closed as well."""
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for worker in list(self.workers.values()):
            worker.dismiss()

    def close(self) -> None:
        """Let every idle worker go and end the process behind them; it takes the others with it."""
        if self.closed:
            return
        self.closed = True
        left = {*self._descriptors, *self.workers, *self.adopted}
        for worker in list(self.workers.values()):
            worker.dismiss()
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control.fileno())
            self._control.close()
        for descriptor in self._descriptors.values():
            os.close(descriptor)
        self._descriptors.clear()
        self.shut_door()
        for stream, _ in self._pending:
            stream.close()
        self._pending.clear()
        if self.process is not None:
            asyncio.get_running_loop().run_in_executor(None, self.process.wait)
        if left and LINUX:
            asyncio.get_running_loop().run_in_executor(None, reap, left)

    def _ask(self, message: bytes, descriptors: list[int]) -> bool:
        if self._control is None or self.closed:
            return False
        try:
            socket.send_fds(self._control, [message], descriptors)
        except OSError:
            return False
        return True

    def _heard(self) -> None:
        assert self._control is not None  # noqa: S101  the reader was added with it
        try:
            message, descriptors, _flags, _address = socket.recv_fds(self._control, PACKET, 4)
        except BlockingIOError:
            return
        except OSError:
            message, descriptors = b"", []
        if not message:
            self._gone()
            return
        fields = json.loads(message)
        if "ready" in fields:
            self._note_ready(fields, descriptors)
        elif "forked" in fields:
            self._note_forked(int(fields["forked"]), descriptors[0])
        else:
            self.note_ended(int(fields["ended"]), int(fields["status"]))

    def _note_ready(self, fields: dict[str, Any], descriptors: list[int]) -> None:
        self.door = socket.socket(fileno=descriptors[0]) if descriptors else None
        self.bars = list(fields["bars"])
        self.seconds = float(fields["seconds"])
        if self._started is not None and not self._started.done():
            self._started.set_result(None)

    def _note_forked(self, process: int, pidfd: int) -> None:
        stream, ready = self._pending.popleft()
        self._descriptors[process] = pidfd
        worker = Worker(self.owner, process, partial(kill_by_descriptor, pidfd))
        self.workers[process] = worker
        task = asyncio.get_running_loop().create_task(self._connect(worker, stream, ready))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _connect(self, worker: Worker, stream: socket.socket, ready: Callable[[Worker], None]) -> None:
        await asyncio.get_running_loop().create_connection(lambda: worker, sock=stream)
        if self.closed:
            worker.dismiss()
        else:
            ready(worker)

    def _grown(self, worker: Worker) -> None:
        self.coming -= 1
        self.ready(worker)

    def note_ended(self, process: int, status: int) -> None:
        """Forget a process that was reaped, with its files, and tell how it ended."""
        with contextlib.suppress(OSError):
            os.close(self._descriptors.pop(process, -1))
        worker = self.workers.pop(process, None)
        if worker is not None:
            worker.status = status
            for file in self.spool.glob(f"{process}-*"):
                file.unlink(missing_ok=True)
            self.owner.lost(worker)

    def _gone(self) -> None:
        self.close()
        if self._started is not None and not self._started.done():
            self._started.set_exception(AsckgError(f"the store in {self.source.path} cannot be opened; build it again"))
        self.owner.orphaned(self)


def new_generation(source: Source, staffed: Staffed) -> Generation:
    """Return the kind of workers that this system has: forked on Linux, started anew elsewhere."""
    if LINUX:
        return Generation(source, staffed.limits, staffed.spool, staffed, staffed.ready)
    from asckg.engine.pool.spawn import SpawnedGeneration  # noqa: PLC0415  only where fork is missing

    return SpawnedGeneration(source, staffed.limits, staffed.spool, staffed, staffed.ready)
