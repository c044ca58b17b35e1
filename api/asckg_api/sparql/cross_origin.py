"""Cross-origin access for programs in other sites' pages: reading only, never with credentials."""

from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from asckg_api.sparql.message import Headers, RefusalError, header, send_whole

READING = "GET, HEAD, OPTIONS"
CLOSED = ("/links", "/health", "/metrics")  # for people who decide, and for operators
_EXPOSED = b"ETag, Retry-After, X-Request-Id, Location"


def cross_origin_headers(scope: Scope, origins: Sequence[str]) -> Headers:
    """Return the headers that let the origin of a request read the response, none where it may not."""
    if "*" in origins:
        return [(b"access-control-allow-origin", b"*"), (b"access-control-expose-headers", _EXPOSED)]
    origin = header(scope, b"origin")
    if origin and origin in origins:
        return [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-expose-headers", _EXPOSED),
            (b"vary", b"Origin"),
        ]
    return [(b"vary", b"Origin")]


def preflight_headers(scope: Scope, origins: Sequence[str], methods: str) -> Headers:
    """Return the headers that answer OPTIONS: what is allowed, and to whom in a browser."""
    headers = [(b"allow", methods.encode())]
    if not origins:
        return headers
    headers += cross_origin_headers(scope, origins)
    if header(scope, b"access-control-request-method"):
        headers += [
            (b"access-control-allow-methods", methods.encode()),
            (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
            (b"access-control-max-age", b"86400"),
        ]
    return headers


async def answered_by_method(scope: Scope, send: Send, origins: Sequence[str], methods: str) -> bool:
    """Answer OPTIONS and return whether that was asked; raise RefusalError for a method not among `methods`.

    Without `origins` the path is nothing for pages of other sites.
    """
    if scope["method"] == "OPTIONS":
        await send_whole(scope, send, 204, preflight_headers(scope, origins, methods), b"")
        return True
    if scope["method"] not in methods.split(", "):
        raise RefusalError(405, f"the method {scope['method']} has no meaning here", {"Allow": methods})
    return False


class CrossOrigin:
    """Opens to the same origins as the service what pages give as data: JSON, RDF, tables, pictures; not the pages."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self.app = app
        self.origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", "")).removeprefix(str(scope.get("root_path", "")))
        if scope["type"] != "http" or path.startswith(CLOSED):
            await self.app(scope, receive, send)
            return

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._opened(scope, list(message["headers"]))
            await send(message)

        await self.app(scope, receive, send_on)

    def _opened(self, scope: Scope, headers: Headers) -> Headers:
        """Return the headers of a response with those for pages of other sites."""
        given = dict(headers)
        declared = b"access-control-allow-origin" in given
        if not declared and given.get(b"content-type", b"").startswith(b"text/html"):
            return headers
        rest = [pair for pair in headers if not pair[0].startswith(b"access-control-") and pair != (b"vary", b"Origin")]
        if scope["method"] == "OPTIONS" and b"allow" in given:
            methods = given[b"allow"].decode("latin-1")
            return [pair for pair in rest if pair[0] != b"allow"] + preflight_headers(scope, self.origins, methods)
        return rest + cross_origin_headers(scope, self.origins)
