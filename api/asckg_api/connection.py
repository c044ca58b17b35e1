"""How the server talks HTTP: what it takes from uvicorn, and the few things that it does in another way."""

import asyncio
import contextlib
import socket
import sys
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from asckg_api.exchange import Exchange, Immediate
from asckg_api.problem import problem
from asckg_api.transport import JoiningTransport

_FULL = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
FILES = 65_536  # open files that the server asks the system for
OTHER_FILES = 128  # of these, what is kept for workers and the store


class Server(uvicorn.Server):
    """A server that calls `then` once it answers."""

    def __init__(self, config: uvicorn.Config, then: Callable[[], object]) -> None:
        super().__init__(config)
        self.then = then

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self.then()


def server_of(app: ASGIApp, then: Callable[[], object] = int) -> Server:
    """Return the server that answers by `app` and calls `then` as soon as it does; its `run` takes bound sockets."""
    Connection.most_connections = room_for_connections()
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        log_level="warning",
        access_log=False,  # the application logs its requests itself
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    return Server(config, then)


def room_for_connections() -> int:
    """Return how many connections may be open, after the system's limit on open files was raised as far as it goes."""
    if sys.platform == "win32":
        return FILES
    import resource  # noqa: PLC0415  absent on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):  # some systems have a lower limit that they do not tell
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    # A connection takes two while a large answer is sent down it.
    return (min(soft, wanted) - OTHER_FILES) // 2 if soft != resource.RLIM_INFINITY else FILES // 2


class Connection(HttpToolsProtocol):
    """A connection on which the head of a response leaves together with the first of its body.

    Sent apart, as uvicorn does, a small response is two packets, and its client wakes twice. A head of a request that
    does not arrive within `head_time` seconds, or has more than `largest_head` bytes, closes the connection; so does
    a client that takes nothing of its answer for `stall_time` seconds, and one connection too many.

    Where the application has `immediate`, it is offered every request that waits for no other, and may answer it
    without a task and without ASGI's messages. The bytes of a whole request, read while nothing else is under way,
    mean the same each time: it is offered those before they are parsed.
    """

    head_time = 30.0
    stall_time = 30.0
    largest_head = 2 << 20  # above it nothing is read any more, up to it an error says what to do
    longest_address = (64 << 10) - 1
    largest_fields = 64 << 10  # bytes of all fields of a head: `Accept` is parsed and remembered
    most_connections = FILES // 2

    _in_head = False
    _head_size = 0
    _piece = 0
    _head_timer: asyncio.TimerHandle | None = None
    _rest_timer: asyncio.TimerHandle | None = None
    _rests_since = 0.0
    _immediate: Immediate | None = None
    exchange: Exchange | None = None  # what is answered without ASGI just now
    _tag = b""  # of the answer to the request that was just read
    _in_message = False
    _begun = 0  # requests that began in what was read last
    _stall_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(JoiningTransport(transport))  # type: ignore[arg-type]  # it has all that is called
        self._immediate = getattr(self.config.app, "immediate", None)
        self._await_head()
        if len(self.connections) > self.most_connections:
            transport.write(_FULL)
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        if self._rest_timer is not None:
            self._rest_timer.cancel()
        if self.exchange is not None:
            self.exchange.end()
        self._stop_stalling()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        cycle = self.cycle
        first = not self._in_message and (cycle is None or cycle.response_complete)  # nothing is before this
        if first and self._immediate is not None and self._repeat(data, self._immediate):
            return
        self._piece = len(data)
        self._begun = 0
        super().data_received(data)
        if self._tag:
            if first and self._begun == 1 and not self._in_message and self._immediate is not None:
                self._immediate.learn(data, dict(self.scope), self._tag)
            self._tag = b""
        if self._in_head:
            self._head_size += len(data)
            if self._head_size > self.largest_head:
                self.send_400_response("The head of the request is too large.")
            elif self._head_timer is None:
                self._await_head()
        elif self._head_timer is not None:
            self._stop_waiting()

    def _repeat(self, data: bytes, immediate: Immediate) -> bool:
        """Whether `data`, read while nothing else was under way, were the bytes of a known request, and answered."""
        if self.flow.write_paused or self.transport.is_closing():
            return False
        response = immediate.repeat(data, self.client, self.server_state.default_headers)
        if response is None:
            return False
        self._stop_waiting()
        self.send_whole(response)
        self.server_state.total_requests += 1
        self._begin_rest()
        return True

    def on_message_begin(self) -> None:
        self._in_head = self._in_message = True
        self._begun += 1
        self._head_size = 0
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self._in_message = False
        super().on_message_complete()

    def on_headers_complete(self) -> None:
        self._in_head = False
        large = self._head_size + self._piece > self.largest_fields
        refusal = self._refusal() if large else None
        if refusal is None:
            super().on_headers_complete()
            return
        app, self.app = self.app, refusal
        super().on_headers_complete()
        self.app = app

    def on_response_complete(self) -> None:
        """As uvicorn does, but with one timer for the whole life of a connection instead of one after each answer."""
        joining: Any = self.transport
        joining.end_response()
        self.server_state.total_requests += 1
        if joining.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            cycle, app = self.pipeline.pop()
            self._start_asgi_task(cycle, app)  # type: ignore[arg-type]  # uvicorn has its own names for ASGI's types
        else:
            self._begin_rest()

    def _begin_rest(self) -> None:
        self._rests_since = self.loop.time()
        if self._rest_timer is None:
            self._rest_timer = self.loop.call_later(self.timeout_keep_alive, self._end_rest)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGIApp) -> None:  # type: ignore[override]  # the same
        # What was queued behind another request takes the long way: else each would be answered inside the one before.
        usual = app is self.config.loaded_app
        if usual and self._immediate is not None and not self.pipeline and cycle.keep_alive:
            self.exchange = exchange = Exchange(self, cycle)
            if self._immediate(exchange):
                self._tag = exchange.tag
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

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stop_stalling()
        self._watch_sending()

    def resume_writing(self) -> None:
        self._stop_stalling()
        super().resume_writing()

    def _refusal(self) -> ASGIApp | None:
        """Return what answers a head that is too large in one of its parts."""
        if len(self.url) > self.longest_address:
            self.url = b"/"  # the parser of addresses takes no longer one
            detail = f"the address is longer than {self.longest_address} bytes; send a long query by POST"
            return problem(414, detail)
        if sum(len(name) + len(value) for name, value in self.headers) > self.largest_fields:
            return problem(431, f"the fields of the request's head have more than {self.largest_fields} bytes")
        return None

    def _watch_sending(self) -> None:
        left = self.transport.get_write_buffer_size()
        self._stall_timer = self.loop.call_later(self.stall_time, self._look_at_sending, left)

    def _look_at_sending(self, before: int) -> None:
        if self.transport.get_write_buffer_size() < before:
            self._watch_sending()
        else:
            self.transport.abort()

    def _stop_stalling(self) -> None:
        if self._stall_timer is not None:
            self._stall_timer.cancel()
            self._stall_timer = None

    def _end_rest(self) -> None:
        """Close a connection on which nothing happened since the last answer for as long as it is kept."""
        self._rest_timer = None
        if self._in_head or (self.cycle is not None and not self.cycle.response_complete):
            return
        left = self._rests_since + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self._rest_timer = self.loop.call_later(left, self._end_rest)
        else:
            self.transport.close()

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
