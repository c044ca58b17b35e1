"""A connection: what it takes from uvicorn, and the few things that it does in another way."""

import asyncio
from typing import Any

from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from asckg_api.alike import Alike
from asckg_api.exchange import Exchange, Immediate
from asckg_api.problem import problem
from asckg_api.share import FILES, SHARES, Shares
from asckg_api.taking import Pace, Taking
from asckg_api.transport import JoiningTransport

_FULL = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_MANY = _FULL.replace(b"503 Service Unavailable", b"429 Too Many Requests")


class Connection(HttpToolsProtocol):
    """A connection on which the head of a response leaves together with the first of its body.

    Sent apart, as uvicorn does, a small response is two packets, and its client wakes twice. A head of a request that
    does not arrive within `head_time` seconds, or has more than `largest_head` bytes, closes the connection; so does
    a client that takes its answer slower than `pace` permits, and one connection too many, in all or of one client.

    Where the application has `immediate`, it is offered every request that waits for no other, and may answer it
    without a task and without ASGI's messages. The bytes of a whole request, read while nothing else is under way,
    mean the same each time: it is offered those before they are parsed. Nor is a request parsed that differs from
    the one before in its query alone.
    """

    head_time = 30.0
    largest_head = 2 << 20  # above it nothing is read any more, up to it an error says what to do
    longest_address = (64 << 10) - 1
    largest_fields = 64 << 10  # bytes of all fields of a head: `Accept` is parsed and remembered
    pace = Pace()
    shares = Shares(FILES // 2, FILES // 2)

    _in_head = False
    _head_size = 0
    _piece = 0
    _head_timer: asyncio.TimerHandle | None = None
    _rest_timer: asyncio.TimerHandle | None = None
    _rests_since = 0.0
    _immediate: Immediate | None = None
    exchange: Exchange | None = None  # what is answered without ASGI just now
    _taken = False  # whether the request that was just read is answered without ASGI
    _tag = b""  # of the answer to it, where it was kept
    _alike: Alike | None = None  # what the requests of this connection have in common
    _in_message = False
    _begun = 0  # requests that began in what was read last
    _holder: str | None = None  # whose this connection is; None: a proxy's, for many clients

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        joining = JoiningTransport(transport)
        self._taking = Taking(joining, self.loop, self.pace)
        super().connection_made(joining)  # type: ignore[arg-type]  # it has all that is called
        self._immediate = getattr(self.config.app, "immediate", None)
        self._await_head()
        self._holder = self.client[0] if self.client else ""
        mine = self.shares.take(self._holder)
        full = len(self.connections) > self.shares.room
        if full or not mine:
            transport.write(_FULL if full else _MANY)
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        if self._rest_timer is not None:
            self._rest_timer.cancel()
        if self.exchange is not None:
            self.exchange.end()
        self._taking.stop()
        if self._holder is not None:
            self.shares.give_back(self._holder)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        first = not self._in_message and self._rests()  # nothing is before this
        if first and self._immediate is not None and self._is_known(data, self._immediate):
            return
        self._piece = len(data)
        self._begun = 0
        self._taken = False
        super().data_received(data)
        if self._taken and first and self._begun == 1 and not self._in_message:
            self._alike = Alike.of(data, dict(self.scope)) or self._alike
            self._learn(data)
        if self._in_head:
            self._head_size += len(data)
            if self._head_size > self.largest_head:
                self.send_400_response("The head of the request is too large.")
            elif self._head_timer is None:
                self._await_head()
        elif self._head_timer is not None:
            self._stop_waiting()

    def _is_known(self, data: bytes, immediate: Immediate) -> bool:
        """Whether `data`, read while nothing else is under way, are a request that need not be parsed; it is begun."""
        if self._repeat(data, immediate):
            return True
        scope = self._alike.scope_of(data) if self._alike is not None else None
        if scope is not None:
            self._stop_waiting()
            self._taken = False
            self._begin({**scope, "state": self.app_state.copy()})
            if self._taken:
                self._learn(data)
        return scope is not None

    def _begin(self, scope: Any) -> None:
        """Begin to answer a request without a body, as if it had been parsed."""
        self.scope, self.headers = scope, scope["headers"]
        self.cycle = RequestResponseCycle(
            scope=scope,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=self.access_log,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=True,
            on_response=self.on_response_complete,
        )
        self.cycle.more_body = False
        self.cycle.message_event.set()
        self._start_asgi_task(self.cycle, self.app)

    def _learn(self, data: bytes) -> None:
        """Have a request known by its bytes where it was answered from what is kept."""
        if self._tag and self._immediate is not None:
            self._immediate.learn(data, dict(self.scope), self._tag)

    def _repeat(self, data: bytes, immediate: Immediate) -> bool:
        """Whether `data` were the bytes of a known request, and answered."""
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
        names = [name for name, _ in self.headers]
        large = self._head_size + self._piece > self.largest_fields
        refusal = self._refusal() if large else None
        if names.count(b"host") != 1 and (b"host" in names or self.parser.get_http_version() != "1.0"):
            refusal = problem(400, "the request has no field Host, or several; it has one (RFC 9112, section 3.2)")
        if refusal is None:
            super().on_headers_complete()
            return
        app, self.app = self.app, refusal
        super().on_headers_complete()
        self.app = app

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP with a problem document, and close."""
        refusal = problem(400, msg, {"Connection": "close"})
        fields = [*self.server_state.default_headers, *refusal.raw_headers]
        lines = [b"HTTP/1.1 400 Bad Request\r\n", *(b"%b: %b\r\n" % pair for pair in fields), b"\r\n"]
        self.transport.write(b"".join([*lines, bytes(refusal.body)]))
        self.transport.close()

    def _is_trusted(self) -> bool:
        """Whether the peer is a proxy that may say for whom it asks."""
        proxy = self.config.loaded_app
        return (
            isinstance(proxy, ProxyHeadersMiddleware)
            and self.client is not None
            and self.client[0] in proxy.trusted_hosts
        )

    def _serve_proxy(self, cycle: RequestResponseCycle) -> None:
        """Count this connection for no client, but have the application count each request for the one named in it."""
        if self._holder is not None:
            self.shares.give_back(self._holder)
            self._holder = None
        cycle.scope["extensions"] = {SHARES: {SHARES: self.shares}}

    def on_response_complete(self) -> None:
        """As uvicorn does, but with one timer for the whole life of a connection instead of one after each answer."""
        joining: Any = self.transport
        joining.end_response()
        if self.flow.write_paused:
            self._taking.begin()
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
                self._taken, self._tag = True, exchange.tag
                return
            self.exchange = None
        self.answer_by(app, cycle)

    def answer_by(self, app: ASGIApp, cycle: RequestResponseCycle) -> None:
        """Have `app` answer a request, in a task of its own."""
        if any(name == b"x-forwarded-for" for name, _ in cycle.scope["headers"]) and self._is_trusted():
            self._serve_proxy(cycle)
        super()._start_asgi_task(cycle, app)  # type: ignore[arg-type]  # uvicorn has its own names for ASGI's types

    def send_whole(self, response: bytes) -> None:
        """Send a response that is all there."""
        joining: Any = self.transport
        joining.send_whole(response)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._taking.pause(rest=self._rests())

    def resume_writing(self) -> None:
        self._taking.resume(rest=self._rests())
        super().resume_writing()

    def _rests(self) -> bool:
        """Whether no response is under way."""
        return self.cycle is None or bool(self.cycle.response_complete)

    def _refusal(self) -> ASGIApp | None:
        """Return what answers a head that is too large in one of its parts."""
        if len(self.url) > self.longest_address:
            self.url = b"/"  # the parser of addresses takes no longer one
            detail = f"the address is longer than {self.longest_address} bytes; send a long query by POST"
            return problem(414, detail)
        if sum(len(name) + len(value) for name, value in self.headers) > self.largest_fields:
            return problem(431, f"the fields of the request's head have more than {self.largest_fields} bytes")
        return None

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
