"""Requests that are alike but for the query: all else in the bytes is the same, and so is what it means."""

import string
from typing import NamedTuple, Self

from starlette.types import Scope

LONGEST = 8 * 1024  # bytes of a request that may be learnt from, and of one that is alike
_END = b" HTTP/1.1"
_QUERY = b"?query="
# What stands for itself in a query string (RFC 3986, section 3.4), but for what would end the query or the parameter.
_PLAIN = (string.ascii_letters + string.digits + "-._~%!$'()*+,;=:@/?").encode()
_OTHERWISE = frozenset((b"connection", b"content-length", b"expect", b"transfer-encoding", b"upgrade"))


class Alike(NamedTuple):
    """What a whole GET of a query was besides the query: the bytes before and after it, and how they were parsed."""

    before: bytes
    after: bytes
    scope: Scope

    @classmethod
    def of(cls, request: bytes, scope: Scope) -> Self | None:
        """Return what requests like `request`, parsed as `scope`, have in common; None where it is not a plain GET."""
        line, _, fields = request.partition(b"\r\n")
        before, mark, _ = line.partition(_QUERY)
        whole = fields.endswith(b"\r\n\r\n") and line.endswith(_END) and len(request) <= LONGEST
        if not whole or scope["method"] != "GET" or not scope["query_string"].startswith(_QUERY[1:]):
            return None
        if not _OTHERWISE.isdisjoint([name for name, _ in scope["headers"]]):
            return None
        return cls(before + mark, _END + b"\r\n" + fields, scope)

    def scope_of(self, request: bytes) -> Scope | None:
        """Return the scope of `request`, None unless it is alike."""
        if not request.startswith(self.before) or not request.endswith(self.after) or len(request) > LONGEST:
            return None
        query = request[len(self.before) : -len(self.after)]
        if query.translate(None, _PLAIN):
            return None
        return {**self.scope, "headers": [*self.scope["headers"]], "query_string": _QUERY[1:] + query}
