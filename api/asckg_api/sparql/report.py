"""Problem documents (RFC 9457) for what went wrong with a query."""

import json
from http import HTTPStatus

from asckg.engine.pool import Kind, Reason, Reply, StoppedError
from asckg.engine.syntax import placed
from asckg_api.sparql.message import RefusalError

_TOO_LARGE = (
    "the answer is larger than {} MiB, the most that is sent; add a LIMIT, take a dump, or have the server started "
    "with a higher ASCKG_RESULT"
)

_STATUS = {
    Reason.TIME: 504,
    Reason.MEMORY: 503,
    Reason.DEPTH: 400,
    Reason.BUSY: 503,
    Reason.CLIENT: 429,
    Reason.LOST: 503,
    Reason.CANCELLED: 408,
}


def problem_body(refusal: RefusalError) -> bytes:
    """Return the document for a refusal."""
    status = refusal.status
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, "detail": refusal.detail, **refusal.extra}
    return json.dumps(body, ensure_ascii=False).encode()


def from_stop(error: StoppedError) -> RefusalError:
    """Return the refusal for a query that was stopped or not begun."""
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
    return RefusalError(_STATUS[error.reason], str(error), headers, reason=error.reason.value)


def from_reply(reply: Reply, accept: str, limit: int) -> RefusalError:
    """Return the refusal for a reply that brings no answer."""
    if reply.kind is Kind.BAD_QUERY:
        return bad_query(reply.text)
    status, detail = {
        Kind.BAD_DOCUMENT: (400, f"the document cannot be read: {reply.text}"),
        Kind.BAD_ENDPOINT: (502, reply.text),
        Kind.REFUSED: (403, reply.text),
        Kind.PROTECTED: (403, reply.text),
        Kind.NOT_ACCEPTABLE: (406, f"no format of answers to {reply.text} queries is among those accepted: {accept}"),
        Kind.NOT_FOUND: (404, f"there is no graph <{reply.text}> here"),
        Kind.NO_MEMORY: (503, "the query used up its memory; narrow it, or have the server started with more --memory"),
        Kind.CONFLICT: (409, f"the update could not be done: {reply.text}; nothing changed"),
        Kind.NOT_MET: (412, f"{reply.text}, which the request does not want"),
        Kind.NOT_STORED: (507, f"{reply.text}; the server's operator has to make room for it"),
        Kind.TOO_LARGE: (503, _TOO_LARGE.format(limit // (1024 * 1024))),
    }.get(reply.kind, (500, f"the query could not be run: {reply.text}"))
    return RefusalError(status, detail)


def bad_query(message: str) -> RefusalError:
    """Return the refusal for a text that cannot be parsed, with line and column where the engine tells them."""
    line, column, what = placed(message)
    if not line:
        return RefusalError(400, f"the query cannot be read: {what}")
    return RefusalError(
        400, f"the query cannot be read at line {line}, column {column}: {what}", line=line, column=column
    )
