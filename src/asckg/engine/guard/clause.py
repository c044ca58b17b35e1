"""Find SERVICE and LOAD in SPARQL text, with the engine's own parser as the judge."""

import re
from collections.abc import Sequence
from functools import partial

from pyoxigraph import Store

from asckg.namespace import PREFIXES

_SERVICE = re.compile("service", re.IGNORECASE)
_LOAD = re.compile("load", re.IGNORECASE)
_GAP = r"(?:\s|#[^\r\n]*[\r\n])*"
_LOAD_CLAUSE = re.compile(rf"\bload\b{_GAP}(?:silent\b{_GAP})?(?:<|[\w.-]*:)", re.IGNORECASE)  # only for the message
_ENDPOINT = re.compile(r"\b(service)(\s+silent)?(\s*)<([^<>\s]*)>", re.IGNORECASE)

Services = Sequence[tuple[str, str]]


class RefusedError(Exception):
    """The text asks for another machine and may not."""


def allowed_query(text: str, services: Services) -> str:
    """Return the query to run: `text`, with the endpoints of `services` replaced by the guard's addresses.

    Each word `service` is masked and the result parsed. If it still parses, no such word was the keyword, however it
    was hidden; a scanner of our own could be led astray by what it reads differently from the engine.
    Raises RefusedError, or SyntaxError with the place in the text.
    """
    if "service" not in text.lower():
        return text
    guards = dict(services)

    def leave(match: re.Match[str]) -> str:
        # GRAPH stands where SERVICE may stand; an endpoint that is not allowed stays, to be masked.
        return "GRAPH" + " " * (len(match[0]) - len(match[4]) - 7) + f"<{match[4]}>" if match[4] in guards else match[0]

    _parse(_ENDPOINT.sub(leave, text), text)
    return _rewrite(text, guards)


def allowed_update(text: str, services: Services) -> str:
    """Return the update to run, as `allowed_query`; LOAD is refused as well."""
    if not (_SERVICE.search(text) or _LOAD.search(text)):
        return text
    if services:
        raise RefusedError("SERVICE is not available in updates: query first, then write what came back")
    _parse(text, text, update=True)
    return text


def _parse(text: str, original: str, *, update: bool = False) -> None:
    """Raise an error unless `text` parses with the words masked. The engine runs what it parses: it never sees LOAD."""
    store = Store()
    engine = partial(store.update if update else store.query, prefixes=PREFIXES)
    masked = _LOAD.sub("l0ad", text) if update else text
    try:
        engine(_SERVICE.sub("s3rv1ce", masked))
    except SyntaxError:
        if update and _LOAD_CLAUSE.search(original):
            raise RefusedError("LOAD is not available: send the data itself to /graphs") from None
        engine(_SERVICE.sub("GRAPH  ", re.sub(r"(?i)(service\s+)silent", r"\1      ", masked)))
        raise RefusedError(
            "SERVICE is only available for endpoints that the server's operator allows, "
            "each written in the query as a whole <IRI>"
        ) from None


def _rewrite(text: str, guards: dict[str, str]) -> str:
    def point_to_guard(match: re.Match[str]) -> str:
        address = guards.get(match[4], match[4])
        return f"{match[1]}{match[2] or ''}{match[3]}<{address}>"

    return _ENDPOINT.sub(point_to_guard, text)
