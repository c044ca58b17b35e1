"""The page of routes: every address of the server, what it answers, and how."""

import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from table import table, text

from asckg_api.app import create_app
from asckg_api.settings import Settings

STANDARD = {
    "/sparql": "SPARQL 1.1 Protocol: GET, form POST and direct POST. The service description without a query, the "
    "editor for a browser.",
    "/update": "SPARQL 1.1 Update, on a server that was started writable, with the token.",
    "/graphs": "Graph Store Protocol, the graph in `?graph=` or `?default`.",
    "/graphs/{name}": "Graph Store Protocol, one graph by its name.",
    "/.well-known/void": "The data set described in VoID, with its class and property partitions.",
    "/health/live": "The process lives.",
    "/health/ready": "The workers are ready for queries.",
    "/metrics": "Counts and times for Prometheus.",
    "/openapi.json": "This table for programs, as OpenAPI.",
}
"""Routes that are ASGI applications and so have no words of their own."""


@cache
def routes() -> dict[str, tuple[str, str]]:
    """Return the methods and the words of every route by its path, words empty where it has none."""
    with tempfile.TemporaryDirectory() as home:
        app = create_app(Settings(home=Path(home)))
    found: dict[str, tuple[str, str]] = {}
    for route in _flat(app.routes):
        path = str(getattr(route, "path", "")).replace(":path", "")
        if not path or getattr(route, "name", "") == "static":
            continue
        words = STANDARD.get(path) or _words(getattr(route, "endpoint", None))
        methods = sorted(set(getattr(route, "methods", None) or ()) - {"HEAD", "OPTIONS"})
        known = found.get(path, ("", ""))
        found[path] = (", ".join(filter(None, [known[0], *methods])), known[1] or words)
    return dict(sorted(found.items()))


def page() -> str:
    """Return the page."""
    rows = [(f"`{path}`", methods or "see the standard", text(words)) for path, (methods, words) in routes().items()]
    head = (
        "# Routes\n\nEvery address of the server, made from the program itself. Lists and tables are HTML, JSON and "
        "CSV at one address, by `Accept` or by suffix. Errors are problem details (RFC 9457).\n"
    )
    return f"{head}\n{table(('address', 'methods', 'what it answers'), rows)}"


def _flat(found: Iterable[Any]) -> Iterator[Any]:
    for route in found:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
        else:
            yield from _flat(inner.routes)


def _words(endpoint: Any) -> str:
    documented = getattr(endpoint, "__doc__", None) if hasattr(endpoint, "__name__") else None
    return (documented or "").strip().split("\n\n")[0]
