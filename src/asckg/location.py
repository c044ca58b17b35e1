"""Locations: what a graph can be opened from, and how each is turned into an engine."""

import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from asckg import __version__
from asckg.build import Build, build, default_home
from asckg.corpus import ONTOLOGY, SCHEMES, Corpus
from asckg.engine import Engine
from asckg.engine.embedded import EmbeddedEngine
from asckg.error import AsckgError
from asckg.namespace import GRAPH, ID

_CLASSES = f"""
SELECT ?class (COUNT(DISTINCT ?thing) AS ?number) WHERE {{ ?thing a ?class FILTER(STRSTARTS(STR(?thing), "{ID}")) }}
GROUP BY ?class ORDER BY ?class
"""
_QUADS = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}
_TRIPLES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
}


@dataclass(frozen=True)
class Opened:
    """An engine with the corpus whose questions it answers and the build that says what is loaded."""

    corpus: Corpus
    build: Build
    engine: Engine


def open_location(where: Path | str | None, home: Path | None, tell: Callable[[str], object] = str) -> Opened:
    """Return what `where` names: None for the shipped graph, a corpus, a build, Turtle, a dump, or an endpoint.

    A corpus (`ontology/`, `graph_data/`, `queries/`) is built in `home` first where it must be; a
    build is a folder with `manifest.json`; RDF files are read into memory. `tell` hears what a build does where it
    takes long. Raises `AsckgError`.
    """
    text = str(where or "")
    if text.startswith(("https://", "http://")):
        return _open_endpoint(text, home or default_home())
    path = Path(text) if text else None
    if path is None or (path / "graph_data").is_dir():
        corpus = Corpus.open(path)
        made = build(corpus, home or default_home(), tell=tell)
        return Opened(corpus, made, EmbeddedEngine.open(made.store_path, made.version))
    if (path / "manifest.json").is_file():
        return _open_build(path)
    return _open_files(path)


def _open_build(path: Path) -> Opened:
    try:
        manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise AsckgError(f"{path / 'manifest.json'} is damaged ({error}); run `asckg build` again") from error
    made = Build(path, manifest)
    return Opened(Corpus.open(), made, EmbeddedEngine.open(made.store_path, made.version))


def _open_files(path: Path) -> Opened:
    """Return RDF files in memory; the shipped ontology and schemes join a folder that brings none of its own."""
    from asckg.build.count import counts  # noqa: PLC0415 - a build has its counts, and what makes them is slow to import
    from asckg.build.load import ensure_default  # noqa: PLC0415 - as above
    from asckg.build.shortcut import shortcut_quads  # noqa: PLC0415 - as above

    store = read_store(path)
    corpus = Corpus.open()
    brought = {str(graph.value) for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    for file in corpus.files():
        if file.graph in {ONTOLOGY, SCHEMES} - brought:
            store.load(path=str(file.path), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(file.graph))
    store.extend(shortcut_quads(store, corpus))
    ensure_default(store)
    manifest = {"version": _digest(store), "software": __version__, "dumps": {}, **counts(store)}
    return Opened(corpus, Build(path, manifest), EmbeddedEngine(store, str(manifest["version"])))


def read_store(path: Path) -> ox.Store:
    """Return the RDF of a file (also one with `.gz`), or of all RDF files below a folder, in named graphs.

    Triples of a file go to the graph named after its folder; raises `AsckgError` with file and line.
    """
    if not path.exists():
        raise AsckgError(f"there is no {path}; give a corpus, a build, RDF files, or the address of an endpoint")
    known = {**_TRIPLES, **_QUADS}
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in known)
    if not files or _suffix(files[0]) not in known:
        raise AsckgError(f"{path} holds no RDF that asckg reads; it reads {', '.join(sorted(known))}")
    store = ox.Store()
    for file in files:
        suffix = _suffix(file)
        graph = None if suffix in _QUADS else ox.NamedNode(GRAPH + (file.parent.name or "graph"))
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        try:
            store.bulk_load(content, format=known[suffix], to_graph=graph)
        except SyntaxError as error:
            from asckg.turtle.reason import refusal  # noqa: PLC0415 - only a file that cannot be read needs it

            raise AsckgError(refusal(file, error, content.decode(errors="replace"))) from error
    return store


def _suffix(path: Path) -> str:
    return Path(path.stem).suffix if path.suffix == ".gz" else path.suffix


def _digest(store: ox.Store) -> str:
    total = hashlib.sha256()
    for line in sorted(str(quad) for quad in store):
        total.update(line.encode())
    return total.hexdigest()[:16]


def _open_endpoint(address: str, home: Path) -> Opened:
    """Return an endpoint's graph; what pages derive from it (labels, layouts) is kept in `home`, by its version."""
    from asckg.engine.remote import RemoteEngine  # noqa: PLC0415 - only a remote graph needs the HTTP client

    engine = RemoteEngine(address)
    folder = home / "endpoint" / hashlib.sha256(f"{address} {engine.version}".encode()).hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AsckgError(f"cannot write to {folder} ({error.strerror}); choose another folder with --home") from error
    classes = {cls.value: int(n.value) for cls, n in engine.select(_CLASSES).rows if cls and n}
    total = engine.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows[0][0]
    manifest: dict[str, Any] = {"version": engine.version, "software": __version__, "dumps": {}}
    manifest |= {"triples": int(total.value) if total else 0, "graphs": {}, "classes": classes, "properties": {}}
    return Opened(Corpus.open(), Build(folder, manifest), engine)
