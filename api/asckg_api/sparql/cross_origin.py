"""Cross-origin access for programs in other sites' pages: reading only, never with credentials."""

from collections.abc import Sequence

from starlette.types import Scope

from asckg_api.sparql.message import Headers, header

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
    headers = [(b"allow", methods.encode()), *cross_origin_headers(scope, origins)]
    if header(scope, b"access-control-request-method"):
        headers += [
            (b"access-control-allow-methods", methods.encode()),
            (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
            (b"access-control-max-age", b"86400"),
        ]
    return headers
