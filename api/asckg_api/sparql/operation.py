"""Read a SPARQL Protocol operation from a request (SPARQL 1.1 Protocol, section 2)."""

from dataclasses import dataclass

from starlette.types import Receive, Scope

from asckg_api.sparql.message import (
    Pairs,
    RefusalError,
    content_type,
    one,
    parse_pairs,
    read_body,
    several,
    text_of,
)

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


@dataclass(frozen=True)
class Operation:
    """A query or an update with the data set that the protocol names, and the client's own time limit."""

    text: str
    is_update: bool = False
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    timeout: float | None = None


async def read_operation(scope: Scope, receive: Receive, limit: int) -> Operation | None:
    """Return the operation in a request, or None for GET without one; raises RefusalError for what is not one."""
    pairs = parse_pairs(scope["query_string"], "query string")
    if scope["method"] in ("GET", "HEAD"):
        if one(pairs, "update") is not None:
            raise RefusalError(400, "an update is sent by POST; GET never changes anything")
        query = one(pairs, "query")
        return None if query is None else _operation(query, pairs, is_update=False)
    media_type, charset = content_type(scope)
    if media_type not in (FORM, QUERY, UPDATE):
        raise RefusalError(415, f"the body is {media_type or 'of no type'}; send {FORM}, {QUERY} or {UPDATE}")
    body = await read_body(scope, receive, limit)
    if media_type != FORM:
        return _operation(text_of(body, charset), pairs, is_update=media_type == UPDATE)
    text_of(b"", charset)
    pairs += parse_pairs(body, "form")
    query, update = one(pairs, "query"), one(pairs, "update")
    if (query is None) == (update is None):
        raise RefusalError(400, "send one of the parameters query and update")
    return _operation(query if query is not None else update or "", pairs, is_update=update is not None)


def _operation(text: str, pairs: Pairs, *, is_update: bool) -> Operation:
    names = ("using-graph-uri", "using-named-graph-uri") if is_update else ("default-graph-uri", "named-graph-uri")
    if "\x00" in text:
        raise RefusalError(400, "the query has a NUL character")
    return Operation(text, is_update, several(pairs, names[0]), several(pairs, names[1]), _timeout(pairs))


def _timeout(pairs: Pairs) -> float | None:
    value = one(pairs, "timeout")
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise RefusalError(400, f"the timeout is {value!r}; it is a number of seconds above 0")
    return seconds
