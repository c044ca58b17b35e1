"""HEAD and OPTIONS for every page, and the methods that a page has (RFC 9110, sections 9.3 and 10.2.1)."""

from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_UNTOLD = frozenset(("of a router",))


class Methods:
    """Answers HEAD with the head of what GET would bring, and OPTIONS, which routes of FastAPI do not.

    A refusal of another method names all that the path has, where the framework names those of one route.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "POST"):
            await self.app(scope, receive, _with_allow(scope, send) if scope["type"] == "http" else send)
        elif scope["method"] == "HEAD":
            await self.app({**scope, "method": "GET"}, receive, _without_body(_with_allow(scope, send)))
        elif scope["method"] == "OPTIONS" and (allowed := _allowed(scope)):
            headers = [(b"allow", allowed.encode())]
            await send({"type": "http.response.start", "status": 204, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
        else:
            await self.app(scope, receive, _with_allow(scope, send))


def _allowed(scope: Scope) -> str:
    """Return the methods of the path, an empty string where there is no such path or it knows them itself."""
    known = ("GET", "POST", "PUT", "PATCH", "DELETE")
    matching = [route for route in scope["app"].router.routes if route.matches(scope)[0] is not Match.NONE]
    if any(getattr(route, "methods", _UNTOLD) is None for route in matching):
        return ""
    found = {one for one in known for route in matching if route.matches({**scope, "method": one})[0] is Match.FULL}
    if not found:
        return ""
    return ", ".join(sorted(found | {"OPTIONS"} | ({"HEAD"} if "GET" in found else set())))


def _with_allow(scope: Scope, send: Send) -> Send:
    async def send_on(message: Message) -> None:
        if (
            message["type"] == "http.response.start"
            and message["status"] == HTTPStatus.METHOD_NOT_ALLOWED
            and (allowed := _allowed(scope))
        ):
            MutableHeaders(scope=message)["allow"] = allowed
        await send(message)

    return send_on


def _without_body(send: Send) -> Send:
    async def send_on(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return send_on
