"""Who may write: whoever bears the token that the server was started with."""

import hmac

from starlette.types import Scope

from asckg_api.settings import Settings
from asckg_api.sparql.message import RefusalError, header

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="asckg"'}


def require_leave(scope: Scope, settings: Settings) -> None:
    """Raise RefusalError unless the server may write and the request bears its token."""
    if not settings.writable or not settings.token:
        raise RefusalError(403, "this server only reads; start it with --writable and a token to let it write")
    kind, _, token = header(scope, b"authorization").partition(" ")
    if kind.lower() != "bearer":
        raise RefusalError(401, "writing needs the header Authorization: Bearer TOKEN", _CHALLENGE)
    if not hmac.compare_digest(token.strip().encode("latin-1"), settings.token.encode("utf-8")):
        raise RefusalError(401, "the token is not the one that this server was started with", _CHALLENGE)
