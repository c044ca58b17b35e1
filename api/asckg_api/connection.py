"""How the server talks HTTP: what it takes from uvicorn, and the few things that it does in another way."""

import asyncio
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from asckg_api.exchange import Exchange, Immediate

_INTERIM = b"HTTP/1.1 100"


def server_of(app: ASGIApp) -> uvicorn.Server:
    """Return the server that will answer by `app`; its `run` takes bound sockets."""
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        log_level="warning",
        access_log=False,  # the application logs its requests itself
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    return uvicorn.Server(config)


class Connection(HttpToolsProtocol):
    """A connection on which the head of a response leaves together with the first of its body.

    Sent apart, as uvicorn does, a small response is two packets, and its client wakes twice. A head of a request that
    does not arrive within `head_time` seconds, or has more than `largest_head` bytes, closes the connection.

    Where the application has `immediate`, it is offered every request that waits for no other, and may answer it
    without a task and without ASGI's messages.
    """

    head_time = 30.0
    largest_head = 2 << 20  # a query of the largest size in the address, percent-encoded in part

    _in_head = False
    _head_size = 0
    _head_timer: asyncio.TimerHandle | None = None
    _immediate: Immediate | None = None
    exchange: Exchange | None = None  # what is answered without ASGI just now

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(JoiningTransport(transport))  # type: ignore[arg-type]  # it has all that is called
        self._immediate = getattr(self.config.app, "immediate", None)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        if self.exchange is not None:
            self.exchange.end()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._in_head:
            self._head_size += len(data)
            if self._head_size > self.largest_head:
                self.send_400_response("The head of the request is too large.")
            elif self._head_timer is None:
                self._await_head()
        elif self._head_timer is not None:
            self._stop_waiting()

    def on_message_begin(self) -> None:
        self._in_head = True
        self._head_size = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        joining: Any = self.transport
        joining.end_response()
        super().on_response_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGIApp) -> None:  # type: ignore[override]  # the same
        # What was queued behind another request takes the long way: else each would be answered inside the one before.
        if self._immediate is not None and not self.pipeline and cycle.keep_alive:
            self.exchange = Exchange(self, cycle)
            if self._immediate(self.exchange):
                return
            self.exchange = None
        self.answer_by(app, cycle)

    def answer_by(self, app: ASGIApp, cycle: RequestResponseCycle) -> None:
        """Have `app` answer a request, in a task of its own."""
        super()._start_asgi_task(cycle, app)  # type: ignore[arg-type]  # uvicorn has its own names for ASGI's types

    def send_whole(self, response: bytes) -> None:
        """Send a response that is all there."""
        joining: Any = self.transport
        joining.send_whole(response)

    def _await_head(self) -> None:
        self._head_timer = self.loop.call_later(self.head_time, self._give_up)

    def _stop_waiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _give_up(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self._await_head()  # the answer to the request before is under way
        else:
            self.transport.close()


class JoiningTransport:
    """A transport that keeps the first piece of each response until the second or the end."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""
        self._begun = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send `data`, or keep it where it is the head of a response."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.writelines((head, data))
        elif self._begun or data.startswith(_INTERIM):
            self._transport.write(data)
        else:
            self._head = data
            self._begun = True

    def send_whole(self, response: bytes) -> None:
        """Send a response that is all there."""
        self._transport.write(response)

    def end_response(self) -> None:
        """Send what is kept; what comes next begins another response."""
        if self._head:
            self._transport.write(self._head)
            self._head = b""
        self._begun = False

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def close(self) -> None:
        """Send what is kept and close."""
        self.end_response()
        self._transport.close()
