"""Give every request an id, count it, and log it as one line of JSON where that is wanted."""

import json
import logging
import random
import re
import time
import traceback
from collections.abc import Awaitable, Callable, Container

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from asckg_api.sparql.message import RefusalError, header
from asckg_api.sparql.metric import Metrics

LOGGER = logging.getLogger("asckg.request")
_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))


CLOSED = 499  # in counts and logs: the client went away before it was answered

Refuse = Callable[[Scope, Send, RefusalError], Awaitable[None]]

_FAULT = RefusalError(
    500,
    "the server made a mistake with this request and has logged it; please report it with the time and the "
    "X-Request-Id of this response",
)


class Watch:
    """Stands before the application, and before each page that is answered without it."""

    def __init__(
        self,
        app: ASGIApp,
        metrics: Metrics,
        routes: Container[str],
        refuse: Refuse,
        *,
        log: bool,
    ) -> None:
        self.app = app
        self.metrics = metrics
        self.routes = routes
        self.refuse = refuse
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.answer(self.app, time.perf_counter(), scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def answer(self, app: ASGIApp, started: float, scope: Scope, receive: Receive, send: Send) -> None:
        """Have `app` answer a request that was `started` then."""
        request_id = request_id_of(header(scope, b"x-request-id"))
        status = 0
        sent = 0

        async def send_on(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            await send(message)

        try:
            await app(scope, receive, send_on)
        except Exception:  # the edge of the process: whatever went wrong, the client gets a problem document
            self._write_fault(scope, request_id)
            if status:
                raise  # the head is sent: all that is left is to cut the connection
            await self.refuse(scope, send_on, _FAULT)
        finally:
            self.note(scope, request_id, status, sent, started)

    def note(self, scope: Scope, request_id: str, status: int, sent: int, started: float, route: str = "") -> None:
        """Count and log a request that is over; `status` is 0 where nobody was left to answer."""
        seconds = time.perf_counter() - started
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self.metrics.count(route or self._route(scope), method, status or CLOSED, seconds)
        if self.log:
            self._write(scope, request_id, status or CLOSED, sent, seconds)

    def _write_fault(self, scope: Scope, request_id: str) -> None:
        line = {"id": request_id, "method": scope["method"], "path": scope["path"], "error": traceback.format_exc()}
        LOGGER.error(json.dumps({"time": _now(), **line}, ensure_ascii=False))

    def _route(self, scope: Scope) -> str:
        path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        first = "/" + path.lstrip("/").split("/", 1)[0]
        return first if first in self.routes else "other"

    def _write(self, scope: Scope, request_id: str, status: int, sent: int, seconds: float) -> None:
        line = {
            "time": _now(),
            "id": request_id,
            "client": (scope.get("client") or ("unknown",))[0],
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "bytes": sent,
            "seconds": round(seconds, 4),
        }
        LOGGER.info(json.dumps(line, ensure_ascii=False))


def request_id_of(given: str = "") -> str:
    """Return the id of a request: the one that its client gave it, where that is usable, or a new one."""
    return given if given and _GIVEN.fullmatch(given) else f"{random.getrandbits(64):016x}"


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
