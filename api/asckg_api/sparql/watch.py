"""Give every request an id, count it, and log it as one line of JSON where that is wanted."""

import json
import logging
import random
import re
import time
from collections.abc import Container, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from asckg_api.sparql.message import header
from asckg_api.sparql.metric import Metrics

LOGGER = logging.getLogger("asckg.request")
_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))


class Watch:
    """Stands before the whole application, and hands the busiest paths to their pages without the framework's cost."""

    def __init__(
        self, app: ASGIApp, metrics: Metrics, routes: Container[str], direct: Mapping[str, ASGIApp], *, log: bool
    ) -> None:
        self.app = app
        self.direct = direct
        self.metrics = metrics
        self.routes = routes
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = header(scope, b"x-request-id")
        request_id = given if _GIVEN.fullmatch(given) else f"{random.getrandbits(64):016x}"
        started = time.perf_counter()
        status = 500
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
            path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
            await self.direct.get(path, self.app)(scope, receive, send_on)
        finally:
            seconds = time.perf_counter() - started
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self.metrics.count(self._route(scope), method, status, seconds)
            if self.log:
                self._write(scope, request_id, status, sent, seconds)

    def _route(self, scope: Scope) -> str:
        path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        first = "/" + path.lstrip("/").split("/", 1)[0]
        return first if first in self.routes else "other"

    def _write(self, scope: Scope, request_id: str, status: int, sent: int, seconds: float) -> None:
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "id": request_id,
            "client": (scope.get("client") or ("unknown",))[0],
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "bytes": sent,
            "seconds": round(seconds, 4),
        }
        LOGGER.info(json.dumps(line, ensure_ascii=False))
