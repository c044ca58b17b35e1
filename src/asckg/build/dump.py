"""Dumps: the whole data set as N-Quads, TriG and JSON-LD, the same bytes for the same data."""

import gzip
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from asckg.namespace import PREFIXES

QUADS = "dump.nq.gz"
FORMS: dict[str, ox.RdfFormat] = {"dump.trig.gz": ox.RdfFormat.TRIG, "dump.jsonld.gz": ox.RdfFormat.JSON_LD}
_LEVEL = 6  # of gzip; 9 takes three times as long for a hundredth less


def write_dumps(store: ox.Store, folder: Path) -> dict[str, dict[str, object]]:
    """Write the dumps; return for each file its size in bytes and its SHA-256.

    The named graphs are dumped, each with its triples in order; the default graph, which repeats them, is left out.
    Beside the store, one graph is held in memory at a time.
    """
    plain = folder / "dump.nq"
    with plain.open("wb") as file:
        for piece in _sorted_graphs(store):
            file.write(piece)
    written = {QUADS: _pack(plain, folder / QUADS)}
    for name, form in FORMS.items():
        other = folder / "dump.other"
        prefixes = PREFIXES if form == ox.RdfFormat.TRIG else None
        ox.serialize(ox.parse(path=plain, format=ox.RdfFormat.N_QUADS), other, format=form, prefixes=prefixes)
        written[name] = _pack(other, folder / name)
        other.unlink()
    plain.unlink()
    return written


def _sorted_graphs(store: ox.Store) -> Iterator[bytes]:
    """Yield each named graph as N-Quads, graphs and lines in order; an IRI is never the beginning of another."""
    graphs = [graph for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
    for graph in sorted(graphs, key=str):
        lines = (store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b"").splitlines()
        end = f" {graph} .\n".encode()
        yield b"".join(line.removesuffix(b" .") + end for line in sorted(lines))


def _pack(plain: Path, packed: Path) -> dict[str, object]:
    with (
        plain.open("rb") as source,
        packed.open("wb") as target,
        gzip.GzipFile(filename="", fileobj=target, mode="wb", mtime=0, compresslevel=_LEVEL) as file,
    ):
        shutil.copyfileobj(source, file, 1 << 20)
    with packed.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": packed.stat().st_size, "sha256": digest}
