"""Write to the user's graphs in a forked copy of the data, which takes the original's place when all went well."""

import json
import os
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from asckg.engine.guard.clause import RefusedError, allowed_update
from asckg.engine.pool import sandbox, user_file
from asckg.engine.pool.limit import Limits
from asckg.engine.pool.line import Line
from asckg.engine.pool.protection import Graph, ProtectedError, Protection, called, graph_named, graph_names
from asckg.engine.pool.source import sync_folder, version_of
from asckg.engine.pool.using import with_data_set
from asckg.engine.pool.wire import Kind, Reply, Request
from asckg.engine.pool.worker import GRACE
from asckg.engine.syntax import told

_KINDS: tuple[tuple[type[Exception], Kind], ...] = (
    (ProtectedError, Kind.PROTECTED),
    (RefusedError, Kind.REFUSED),
    (SyntaxError, Kind.BAD_QUERY),
    (ValueError, Kind.BAD_QUERY),
    (MemoryError, Kind.NO_MEMORY),
    (RuntimeError, Kind.CONFLICT),
)


def write_once(line: Line, store: Store, protection: Protection, user: Path, limits: Limits) -> bool:
    """Return whether the write that came by `line` was done and made durable in the file `user`."""
    task = line.take()
    if task is None:
        return False
    request, seconds = task
    sandbox.set_deadline(seconds + GRACE)
    with sandbox.memory_limited(limits.memory):
        reply = write(store, request, protection)
        if reply.kind in (Kind.RESULT, Kind.CREATED):
            try:
                reply = Reply(reply.kind, save(own_graphs(store, protection), user).encode())
            except OSError as error:
                reply = Reply(
                    Kind.NOT_STORED, f"the data cannot be stored ({error.strerror}); nothing changed".encode()
                )
    sandbox.set_deadline(0)
    line.put(reply.encode())
    return reply.kind in (Kind.RESULT, Kind.CREATED)


def write(store: Store, request: Request, protection: Protection) -> Reply:
    """Return what became of a write; when it failed the store may be half changed and is to be thrown away."""
    try:
        if request.op == "update":
            return _update(store, request, protection)
        return _change_graph(store, request, protection)
    except (ProtectedError, RefusedError, SyntaxError, ValueError, MemoryError, OSError, RuntimeError) as error:
        kind = next((kind for type_, kind in _KINDS if isinstance(error, type_)), Kind.FAILED)
        if kind is Kind.BAD_QUERY and request.op != "update":
            kind = Kind.BAD_DOCUMENT
        told_text = told(str(error), request.text) if isinstance(error, SyntaxError) else str(error)
        return Reply(kind, told_text.encode())


def _update(store: Store, request: Request, protection: Protection) -> Reply:
    text = with_data_set(request.text, request.default_graphs, request.named_graphs)
    allowed_update(text, request.services)
    protection.update(store, text, request.base)
    return Reply(Kind.RESULT)


def _change_graph(store: Store, request: Request, protection: Protection) -> Reply:
    protection.check_own(request.graph or "")
    graph = graph_named(request.graph)
    exists = isinstance(graph, DefaultGraph) or store.contains_named_graph(graph)
    task = json.loads(request.text)
    if task["if"] == ("absent" if exists else "present"):
        return Reply(Kind.NOT_MET, f"{called(request.graph or '')} is {'there' if exists else 'not there'}".encode())
    if request.op == "delete":
        if not exists:
            return Reply(Kind.NOT_FOUND, str(request.graph).encode())
        store.remove_graph(graph)
        return Reply(Kind.RESULT)
    if request.op == "put":
        store.clear_graph(graph)
    if isinstance(graph, NamedNode):
        store.add_graph(graph)
    offset = 0
    for media_type, length in task["parts"]:
        form = RdfFormat.from_media_type(media_type)
        if form is None:
            raise ValueError(f"{media_type} is not a format of RDF that is read here")
        _load(store, request.payload[offset : offset + length], form, request.base, graph)
        offset += length
    return Reply(Kind.RESULT if exists else Kind.CREATED)


def _load(store: Store, data: bytes, form: RdfFormat, base: str | None, graph: Graph) -> None:
    """Read a document into `graph`; one that names graphs itself is refused, for they may be the corpus's."""
    if form.supports_datasets:
        read = parse(data, form, base_iri=base, without_named_graphs=True, rename_blank_nodes=True)
        store.extend(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in read)
    else:
        store.load(data, form, base_iri=base, to_graph=graph)


def own_graphs(store: Store, protection: Protection) -> Store:
    """Return every graph that is not the corpus's, empty ones included."""
    own = Store()
    for name in sorted((graph_names(store) | {""}) - protection.names):
        graph = graph_named(name)
        own.extend(store.quads_for_pattern(None, None, None, graph))
        if isinstance(graph, NamedNode):
            own.add_graph(graph)
    return own


def save(own: Store, path: Path) -> str:
    """Return the version of the graphs after writing them to `path`, whole and durable or not at all."""
    data = user_file.written(own)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)  # half a file would keep a full disk full
        raise
    sync_folder(path.parent)
    return version_of(data)
