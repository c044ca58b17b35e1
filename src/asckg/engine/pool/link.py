"""The server's end of one worker: sends a frame, collects the reply, kills."""

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Callable
from typing import Protocol, cast

from asckg.engine.pool.wire import Reply, decode_reply


class Owner(Protocol):
    """Whom a worker tells what happens to it."""

    def replied(self, worker: "Worker", reply: Reply) -> None:
        """Take the reply to what the worker was sent."""

    def lost(self, worker: "Worker") -> None:
        """Hear that the worker is gone; `status` says how once the system told."""


class Gatekeeper(Protocol):
    """Who asks other endpoints on behalf of workers, at `port` of the loopback."""

    port: int

    async def listen(self, door: socket.socket) -> Callable[[], None]:
        """Listen at `door` too, and return what ends that."""


class Worker(asyncio.Protocol):
    """One worker process, by its socket.

    `status` is None until the process was reaped, then its exit code, negative for a signal.
    """

    def __init__(self, owner: Owner, process: int, kill: Callable[[], None]) -> None:
        self.owner = owner
        self.process = process
        self.status: int | None = None
        self.reniced = False
        self.alive = True
        self._kill = kill
        self._loop = asyncio.get_running_loop()
        self._buffer = bytearray()
        self._frames: list[bytes] = []
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (reply := decode_reply(self._buffer)) is not None:
            self.owner.replied(self, reply)

    def connection_lost(self, _error: Exception | None) -> None:
        self.alive = False
        self.owner.lost(self)

    def send(self, frame: bytes) -> None:
        """Send a request, together with others of this turn of the loop; replies come in the same order."""
        if not self._frames:
            self._loop.call_soon(self._flush)
        self._frames.append(frame)

    def _flush(self) -> None:
        if self._transport is not None and self.alive:
            self._transport.write(b"".join(self._frames))
        self._frames.clear()

    def kill(self) -> None:
        """End the process at once; the kernel frees what it held."""
        self.alive = False
        if self.status is None:
            self._kill()

    def dismiss(self) -> None:
        """Let an idle worker go: it ends when its stream closes."""
        self.alive = False
        if self._transport is not None:
            self._transport.close()

    def yield_processor(self) -> None:
        """Let other workers go first: this one runs something long."""
        if self.status is None and hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.process, 15)
                self.reniced = True

    def restore_priority(self) -> bool:
        """Return whether the worker runs at full priority, again where it yielded: that takes privileges."""
        if self.reniced:
            try:
                os.setpriority(os.PRIO_PROCESS, self.process, 0)
            except OSError:
                return False
            self.reniced = False
        return True


def kill_by_descriptor(pidfd: int) -> None:
    """Send SIGKILL to the process behind `pidfd`; never to another that took its number."""
    with contextlib.suppress(OSError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)
