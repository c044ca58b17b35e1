"""Conditions on writes to a graph: `If-Match` and `If-None-Match` (RFC 9110, section 13.1)."""

from collections.abc import Callable

from starlette.types import Scope

from asckg.engine.pool import Request
from asckg.engine.pool.format import GRAPH_FORMATS
from asckg_api.sparql.answering import entity_tag
from asckg_api.sparql.message import RefusalError, header
from asckg_api.sparql.serving import Serving

_FAILED = "someone else may have been there; read it again and decide anew"


def existence(scope: Scope) -> str:
    """Return `present` or `absent` where a write is to be done only while its graph is so, else an empty string."""
    if header(scope, b"if-match").strip() == "*":
        return "present"
    return "absent" if header(scope, b"if-none-match").strip() == "*" else ""


def unchanged(scope: Scope, serving: Serving, graph: str | None) -> Callable[[], None] | None:
    """Return what raises RefusalError unless the data are those whose tag the client sent, None where it sent none.

    Tags are compared weakly: ours stand for one version of the data, and a change of any graph makes new ones.
    """
    wanted, unwanted = (header(scope, name).encode("latin-1") for name in (b"if-match", b"if-none-match"))
    if b'"' not in wanted and b'"' not in unwanted:
        return None

    def check() -> None:
        found = [
            entity_tag(serving.pool.version, Request("graph", graph_format=one.code, graph=graph))[2:]
            for one in GRAPH_FORMATS
        ]
        if b'"' in wanted and not any(tag in wanted for tag in found):
            raise RefusalError(412, f"the data are not those of the tag in If-Match: {_FAILED}")
        if any(tag in unwanted for tag in found):
            raise RefusalError(412, "the data are those of a tag in If-None-Match")

    return check
