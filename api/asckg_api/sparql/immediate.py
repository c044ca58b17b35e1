"""A query by plain GET, answered by its connection: no task, no ASGI messages, for these are most of what it costs."""

import time
from functools import partial
from typing import Any, NamedTuple, NoReturn

from starlette.types import Receive, Scope, Send

from asckg.engine.pool import Request
from asckg.engine.pool.job import Job
from asckg_api.alike import LONGEST
from asckg_api.application import Application
from asckg_api.exchange import Client, Exchange, Fields, whole
from asckg_api.sparql.answering import ALWAYS, Answerer, entity_tag
from asckg_api.sparql.cache import WORTH_IT, Answer
from asckg_api.sparql.flight import Flight
from asckg_api.sparql.message import RefusalError, decode, header
from asckg_api.sparql.negotiation import choose_encoding
from asckg_api.sparql.query_route import QueryRoute
from asckg_api.sparql.serving import Page, Serving
from asckg_api.sparql.watch import Watch, request_id_of

# Requests with one of these are answered by the long way, which knows what they mean.
_RARE = frozenset(
    (b"expect", b"if-none-match", b"origin", b"x-forwarded-for", b"x-forwarded-proto", b"x-request-id"),
)


ROUTE = "/sparql"
MOST = 1024  # requests, and heads of requests, that are known at once


class Known(NamedTuple):
    """A whole request that was answered from the cache: by which data, under which tag, and what was seen in it."""

    version: str
    tag: bytes
    scope: Scope


class Head(NamedTuple):
    """What the fields of a request's head mean: formats accepted, the encoding, and what a worker is asked."""

    accept: str
    encoding: str
    asked: Request

    def request(self, query: str) -> Request:
        """Return what a worker is asked for `query`."""
        op, _, rows, graphs, base, default, named, bindings, services, *_ = self.asked
        return Request(op, query, rows, graphs, base, default, named, bindings, services)


class Immediate:
    """Answers the query of a plain GET that is in the cache, or that one worker answers with something small.

    Everything else takes the long way: other requests from the beginning, refusals and large answers from where it is
    known that they are.
    """

    def __init__(self, app: Application, serving: Serving, route: QueryRoute, watch: Watch) -> None:
        self.app = app
        self.serving = serving
        self.route = route
        self.answerer: Answerer = route.answerer
        self.watch = watch
        self.paths = frozenset((ROUTE, app.root_path + ROUTE))
        same = [*ALWAYS, *serving.open_headers({"headers": ()})]  # requests with an origin are not answered here
        self._known: dict[bytes, Known] = {}
        self._heads: dict[tuple[tuple[bytes, bytes], ...], Head] = {}
        self._same = b"HTTP/1.1 200 OK\r\n" + b"".join(b"%b: %b\r\n" % pair for pair in same)

    def __call__(self, exchange: Exchange) -> bool:
        """Return whether `exchange` is being answered; nothing was done where not."""
        scope = exchange.scope
        started = time.perf_counter()
        head = self._head_in(scope)
        query = _query_in(scope["query_string"]) if head is not None else None
        if head is None or query is None:
            return False
        request = head.request(query)
        version = self.serving.pool.version
        etag = entity_tag(version, request)
        if etag and (answer := self.serving.cache.get(etag)) is not None:
            self._send(exchange, head, answer, started)
        elif etag in self.serving.flights:
            return False
        else:
            try:
                job = self.serving.submit(scope, request)
            except RefusalError:
                return False
            flight = Flight(self.serving.flights, etag, version)
            exchange.on_loss = partial(self.serving.pool.cancel, job)
            job.done.add_done_callback(partial(self._land, exchange, head, flight, started, job))
        return True

    def repeat(self, request: bytes, client: Client, added: Fields) -> bytes | None:
        """Return the response to a whole `request` of `client` whose very bytes were learnt; None for others."""
        known = self._known.get(request)
        if known is None:
            return None
        started = time.perf_counter()
        answer = self.serving.cache.get(known.tag) if known.version == self.serving.pool.version else None
        if answer is None:
            del self._known[request]
            return None
        request_id = request_id_of()
        self.watch.note({**known.scope, "client": client}, request_id, 200, len(answer.body), started, ROUTE)
        return whole(self._head(answer, request_id), added, answer.body)

    def learn(self, request: bytes, scope: Scope, tag: bytes) -> None:
        """Keep in mind that a whole `request`, parsed as `scope`, was answered with what is kept under `tag`."""
        if len(request) > LONGEST:
            return
        make_room(self._known)
        seen = {name: scope[name] for name in ("method", "path", "root_path")}  # what logs and counts tell
        self._known[request] = Known(self.serving.pool.version, tag, seen)

    def _head(self, answer: Answer, request_id: str) -> bytes:
        """Return the head of the response that brings `answer`, but for what the server adds."""
        if not answer.head:
            tag = b"etag: %b\r\n" % answer.etag if answer.etag else b""
            rest = (self._same, answer.content_type, tag, len(answer.body))
            answer.head = b"%bcontent-type: %b\r\n%bcontent-length: %d\r\nx-request-id: " % rest
        return b"%b%b\r\n" % (answer.head, request_id.encode())

    def _head_in(self, scope: Scope) -> "Head | None":
        """Return what the fields of a request mean where it is of the kind that is answered here."""
        if scope["method"] != "GET" or scope["path"] not in self.paths:
            return None
        scope["app"], scope["root_path"] = self.app, self.app.root_path
        fields = tuple(scope["headers"])
        head = self._heads.get(fields)
        if head is None and _RARE.isdisjoint([name for name, _ in fields]):
            accept = header(scope, b"accept")
            try:
                request = self.route.request_of(scope, "", accept)
            except RefusalError:
                return None
            if request is not None:
                head = Head(accept, choose_encoding(header(scope, b"accept-encoding")), request)
                size = sum(len(name) + len(value) for name, value in fields)
                if size <= LONGEST and header(scope, b"host"):  # else the address is that of the connection
                    make_room(self._heads)
                    self._heads[fields] = head
        return head

    def _land(self, exchange: Exchange, head: "Head", flight: Flight, started: float, job: Job, _done: object) -> None:
        """Send what became of `job`."""
        page: Page
        try:
            with flight:
                reply = self.serving.reply_of(job)
                self.answerer.take(flight, reply, head.accept)
            if flight.answer is not None:
                self._send(exchange, head, flight.answer, started)
                return
            page = partial(self.answerer.finish, flight, reply)
        except Exception as error:  # noqa: BLE001  raised again where the client hears of it
            page = partial(_raise, error)
        self._hand_back(exchange, page, started)

    def _send(self, exchange: Exchange, head: "Head", answer: Answer, started: float) -> None:
        scope = exchange.scope
        body = answer.body
        if not exchange.open or (head.encoding and len(body) >= WORTH_IT):
            self._hand_back(exchange, partial(self.answerer.send, answer), started)
            return
        request_id = request_id_of()
        exchange.tag = answer.etag
        exchange.send(self._head(answer, request_id), body)
        self.watch.note(scope, request_id, 200, len(body), started, ROUTE)

    def _hand_back(self, exchange: Exchange, page: Page, started: float) -> None:
        exchange.hand_back(partial(self.watch.answer, self.serving.guarded(page), started))


def make_room(known: dict[Any, Any]) -> None:
    """Forget what was learnt first where as much is known as may be."""
    if len(known) >= MOST:
        del known[next(iter(known))]


def _query_in(parameters: bytes) -> str | None:
    """Return the query where it is the only parameter, None otherwise."""
    if not parameters.startswith(b"query=") or b"&" in parameters:
        return None
    try:
        query = decode(parameters[6:], "query string")
    except RefusalError:
        return None
    return None if "\x00" in query else query


async def _raise(error: Exception, _scope: Scope, _receive: Receive, _send: Send) -> NoReturn:
    raise error
