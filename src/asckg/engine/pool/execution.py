"""Run one request on a store, in a worker: the engine parses, evaluates and serialises."""

import contextlib
import errno
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    Variable,
)

from asckg.engine.guard.clause import RefusedError, allowed_query
from asckg.engine.pool.format import FORMATS
from asckg.engine.pool.limit import Limits
from asckg.engine.pool.wire import Kind, Reply, Request
from asckg.engine.syntax import told
from asckg.namespace import prefixes_in

Graph = NamedNode | BlankNode | DefaultGraph
Value = NamedNode | BlankNode | Literal | Triple
Results = QuerySolutions | QueryBoolean | QueryTriples

BUFFER = 256 * 1024
_TABULAR = (QuerySolutions, QueryBoolean)


class TooLargeError(Exception):
    """An answer grew over the limit."""


@dataclass(slots=True)
class Spool:
    """A sink for an answer: memory for small ones, a file above `inline` bytes, an error above `cap`."""

    path: str
    inline: int
    cap: int
    chunks: list[bytes] = field(default_factory=list)
    size: int = 0
    file: BinaryIO | None = None

    def write(self, data: bytes) -> int:
        """Take one piece of the answer."""
        self.size += len(data)
        if self.size > self.cap:
            raise TooLargeError
        if self.file is not None:
            self.file.write(data)
            return len(data)
        self.chunks.append(data)
        if self.size > self.inline:
            self.file = open(self.path, "wb", buffering=BUFFER)  # noqa: PTH123, SIM115  a Path costs as much as a small answer
            self.file.writelines(self.chunks)
            self.chunks.clear()
        return len(data)

    def flush(self) -> None:
        """Leave that to the end."""

    def reply(self, code: int) -> Reply:
        """Return the reply that carries the answer or names its file."""
        if self.file is not None:
            self.file.close()
            return Reply(Kind.SPOOLED, f"{self.size} {self.path}".encode(), code)
        return Reply(Kind.RESULT, b"".join(self.chunks), code)

    def drop(self) -> None:
        """Forget an answer that will not be sent."""
        if self.file is not None:
            with contextlib.suppress(OSError):  # a full disk does not take what is left of it
                self.file.close()
        Path(self.path).unlink(missing_ok=True)


def run(store: Store, request: Request, limits: Limits, spool: str) -> Reply:
    """Return the reply to `request`; never raises for what the request contains."""
    sink = Spool(spool, limits.inline, limits.result)
    try:
        if request.op == "graph":
            return _dump(store, request, sink)
        return _query(store, request, sink)
    except (SyntaxError, ValueError) as error:
        return Reply(Kind.BAD_QUERY, told(str(error), request.text).encode())
    except RefusedError as error:
        return Reply(Kind.REFUSED, str(error).encode())
    except (TooLargeError, MemoryError, OSError, RuntimeError) as error:
        sink.drop()
        kind = Kind.TOO_LARGE if isinstance(error, TooLargeError) else Kind.FAILED
        kind = Kind.NO_MEMORY if isinstance(error, MemoryError) else kind
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return Reply(Kind.NOT_STORED, f"an answer of this size has no room here ({error.strerror})".encode())
        return Reply(kind, str(error).encode(), retire=kind is Kind.NO_MEMORY)


def _query(store: Store, request: Request, sink: Spool) -> Reply:
    text = allowed_query(request.text, request.services)
    try:
        results = _evaluate(store, request, text, {})
    except SyntaxError:
        prefixes = prefixes_in(text)
        if not prefixes:
            raise
        results = _evaluate(store, request, text, prefixes)
    tabular = isinstance(results, _TABULAR)
    code = request.result_format if tabular else request.graph_format
    if not code:
        return Reply(Kind.NOT_ACCEPTABLE, b"SELECT and ASK" if tabular else b"CONSTRUCT and DESCRIBE")
    results.serialize(sink, FORMATS[code].serialiser)  # type: ignore[arg-type]  # a write method is all the engine calls
    return sink.reply(code)


def _evaluate(store: Store, request: Request, text: str, prefixes: dict[str, str]) -> Results:
    """Return the results of `text`; most texts declare their prefixes, and looking for others takes a while."""
    if request.default_graphs is None and request.named_graphs is None and not request.bindings:
        return store.query(text, base_iri=request.base, prefixes=prefixes)
    default, named = _dataset(request)
    return store.query(
        text,
        base_iri=request.base,
        prefixes=prefixes,
        default_graph=default,
        named_graphs=named,
        substitutions=_bindings(request),
    )


def _dataset(request: Request) -> tuple[list[Graph] | None, list[NamedNode | BlankNode] | None]:
    # One kind of graph named by the client leaves the other empty (SPARQL 1.1 Protocol, section 2.1.4).
    if request.default_graphs is None and request.named_graphs is None:
        return None, None
    default: list[Graph] = [NamedNode(iri) for iri in request.default_graphs or ()]
    return default, [NamedNode(iri) for iri in request.named_graphs or ()]


def _bindings(request: Request) -> dict[Variable, Value] | None:
    bound: dict[Variable, Value] = {}
    for name, kind, value, datatype, language in request.bindings:
        if kind == "iri":
            bound[Variable(name)] = NamedNode(value)
        elif kind == "bnode":
            bound[Variable(name)] = BlankNode(value)
        elif language:
            bound[Variable(name)] = Literal(value, language=language)
        else:
            bound[Variable(name)] = Literal(value, datatype=NamedNode(datatype) if datatype else None)
    return bound or None


def _dump(store: Store, request: Request, sink: Spool) -> Reply:
    graph = NamedNode(request.graph) if request.graph is not None else DefaultGraph()
    if isinstance(graph, NamedNode) and not store.contains_named_graph(graph):
        return Reply(Kind.NOT_FOUND, str(request.graph).encode())
    serialiser = FORMATS[request.graph_format].serialiser
    store.dump(sink, serialiser, from_graph=graph)  # type: ignore[arg-type]  # a write method is all the engine calls
    return sink.reply(request.graph_format)
