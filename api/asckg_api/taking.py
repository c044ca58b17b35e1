"""How a client takes its answers: who takes nothing, or too little, loses its connection."""

import asyncio
from dataclasses import dataclass

from asckg_api.transport import JoiningTransport


@dataclass(frozen=True)
class Pace:
    """What a client must take while it is waited for."""

    stall_time: float = 30.0  # seconds in which it must take anything
    least_rate: int = 0  # bytes a second on average; 0: any
    taking_time: float = 60.0  # seconds for which it is waited for in any case


class Taking:
    """Watches one connection while it waits for its client, from `pause` to `resume`."""

    def __init__(self, transport: JoiningTransport, loop: asyncio.AbstractEventLoop, pace: Pace) -> None:
        self._transport = transport
        self._loop = loop
        self._pace = pace
        self._timer: asyncio.TimerHandle | None = None
        self._paused_at = 0.0
        self._waited = 0.0  # seconds for which this response waited, until it was paused last

    def pause(self, *, rest: bool) -> None:
        """Begin to wait; `rest` tells that the response is all sent, and that what is waited for is left of it."""
        self._paused_at = self._loop.time()
        if rest:
            self.begin()
        self.stop()
        self._watch()

    def resume(self, *, rest: bool) -> None:
        """Wait no more; `rest` as when it was paused."""
        self.stop()
        now = self._loop.time()
        self._waited, self._paused_at = self._waited + now - self._paused_at, now
        if self._is_too_slow():
            self._transport.abort()
        elif rest:
            self._waited = 0.0

    def begin(self) -> None:
        """Count anew what is taken: the response is all sent, what waits is left of it."""
        self._transport.given = self._transport.get_write_buffer_size()
        self._waited, self._paused_at = 0.0, self._loop.time()

    def stop(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _watch(self) -> None:
        left = self._transport.get_write_buffer_size()
        self._timer = self._loop.call_later(self._pace.stall_time, self._look, left)

    def _look(self, before: int) -> None:
        if self._transport.get_write_buffer_size() < before and not self._is_too_slow():
            self._watch()
        else:
            self._transport.abort()

    def _is_too_slow(self) -> bool:
        """Whether this response waited longer for its client than what the client took of it permits."""
        if not self._pace.least_rate:
            return False
        taken: int = self._transport.given - self._transport.get_write_buffer_size()
        waited = self._waited + self._loop.time() - self._paused_at
        return waited > self._pace.taking_time + taken / self._pace.least_rate
