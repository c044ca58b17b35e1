"""One query on its way through the pool, and the ways in which it can be stopped."""

import asyncio
from dataclasses import dataclass, field
from enum import Enum

from asckg.engine.pool.link import Worker
from asckg.engine.pool.wire import Reply
from asckg.error import AsckgError


class Reason(Enum):
    """Why a query was stopped."""

    TIME = "time"
    MEMORY = "memory"
    DEPTH = "depth"
    BUSY = "busy"
    CLIENT = "client"
    CANCELLED = "cancelled"
    LOST = "lost"


class StoppedError(AsckgError):
    """A query that was stopped or not begun; `retry_after` is in seconds, 0 where trying again does not help."""

    def __init__(self, reason: Reason, message: str, retry_after: int = 0) -> None:
        super().__init__(message)
        self.reason = reason
        self.retry_after = retry_after


@dataclass(eq=False, slots=True)
class Job:
    """A request, by whom it was sent, where it stands."""

    frame: bytes = field(repr=False)
    timeout: float
    client: str
    reserved: bool  # may take the places kept for the server
    done: asyncio.Future[Reply] = field(repr=False)
    queued: float
    started: float = 0.0
    worker: Worker | None = None
    overstayed: bool = False  # gave its place to the next
    stopped: StoppedError | None = None
    tries: int = 0  # times that its worker was lost through no fault of its own

    def resolve(self, reply: Reply) -> None:
        """Give the reply to whoever waits."""
        if not self.done.done():
            self.done.set_result(reply)

    def fail(self, error: StoppedError) -> None:
        """Tell whoever waits that there is no reply."""
        if not self.done.done():
            self.done.set_exception(error)
