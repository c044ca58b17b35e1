"""The application's outermost steps, before the framework's own: a busy path that is answered there costs little."""

from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from asckg_api.exchange import Immediate
from asckg_api.method import Methods
from asckg_api.problem import problem
from asckg_api.share import SHARES, Shares

_TOO_MANY = problem(
    429, "this client has as many requests under way as it may have connections (setting ASCKG_CONNECTIONS)"
)


class Application(FastAPI):
    """FastAPI, but what stands in `direct` answers its path before the framework does anything.

    `immediate`, where there is one, is offered each request before even that, by a connection.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.add_middleware(Methods)
        self.direct: dict[str, ASGIApp] = {}
        self.immediate: Immediate | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        shares: Shares | None = scope.get("extensions", {}).get(SHARES, {}).get(SHARES)
        if shares is None:
            await self._answer(scope, receive, send)
            return
        client = (scope.get("client") or ("unknown",))[0]
        try:
            within = shares.take(client)
            await (self._answer if within else _TOO_MANY)(scope, receive, send)
        finally:
            shares.give_back(client)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["app"] = self
            if self.root_path:
                scope["root_path"] = self.root_path
            direct = self.direct.get(str(scope["path"]).removeprefix(str(scope.get("root_path", ""))))
            if direct is not None:
                await direct(scope, receive, send)
                return
        await super().__call__(scope, receive, send)
