"""A request between its connection and whoever answers it there and then, without ASGI."""

from collections.abc import Callable, Iterable
from typing import Protocol

from starlette.types import ASGIApp, Scope
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

Client = tuple[str, int] | None
Fields = Iterable[tuple[bytes, bytes]]


class Carrier(Protocol):
    """The connection of an exchange."""

    exchange: "Exchange | None"

    def send_whole(self, response: bytes) -> None:
        """Send a response that is all there."""

    def answer_by(self, app: ASGIApp, cycle: RequestResponseCycle) -> None:
        """Have `app` answer."""


class Exchange:
    """One request that is answered without ASGI, or handed back to it before anything of the answer was sent."""

    __slots__ = ("_connection", "_cycle", "on_loss", "scope", "tag")

    def __init__(self, connection: Carrier, cycle: RequestResponseCycle) -> None:
        self.scope: Scope = cycle.scope  # type: ignore[assignment]  # uvicorn has its own names for ASGI's types
        self.on_loss: Callable[[], None] | None = None  # what to do when the client goes away before it is answered
        self.tag = b""  # of the kept answer that was sent, where the same bytes may be answered with it again
        self._connection = connection
        self._cycle = cycle

    @property
    def open(self) -> bool:
        """Whether a whole answer may be sent at once, on a connection that is kept."""
        cycle = self._cycle
        return cycle.keep_alive and not cycle.disconnected and not cycle.flow.write_paused

    def send(self, head: bytes, body: bytes) -> None:
        """Send a whole answer: all of its head but what the server adds, and its body."""
        cycle = self._cycle
        self._connection.exchange = None
        cycle.response_started = cycle.response_complete = True
        self._connection.send_whole(whole(head, cycle.default_headers, body))
        cycle.on_response()
        cycle.on_response = _nothing  # which held the connection

    def hand_back(self, app: ASGIApp) -> None:
        """Have `app` answer."""
        self._connection.exchange = None
        self._connection.answer_by(app, self._cycle)

    def end(self) -> None:
        """Hear that the client is gone."""
        if self.on_loss is not None:
            self.on_loss()


class Immediate(Protocol):
    """Who may answer requests without ASGI."""

    def __call__(self, exchange: Exchange) -> bool:
        """Return whether `exchange` is being answered; nothing was done where not."""

    def repeat(self, request: bytes, client: Client, added: Fields) -> bytes | None:
        """Return the response to a whole `request` of `client` whose very bytes were learnt; None for others."""

    def learn(self, request: bytes, scope: Scope, tag: bytes) -> None:
        """Keep in mind that a whole `request`, parsed as `scope`, was answered with what is kept under `tag`."""


def whole(head: bytes, added: Fields, body: bytes) -> bytes:
    """Return a response of a head, the fields that the server adds to it, and a body."""
    fields = [b"%b: %b\r\n" % pair for pair in added]
    return b"".join((head, *fields, b"\r\n", body))


def _nothing() -> None:
    """There is nothing left to do."""
