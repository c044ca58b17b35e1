"""Dumps: the whole data set as N-Quads, TriG and JSON-LD, the same bytes for the same data."""

import gzip
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from asckg.build.digest import sha256
from asckg.build.table import Table, sorted_triples
from asckg.namespace import PREFIXES

QUADS = "dump.nq.gz"
FORMS: dict[str, ox.RdfFormat] = {"dump.trig.gz": ox.RdfFormat.TRIG, "dump.jsonld.gz": ox.RdfFormat.JSON_LD}
_LEVEL = 6  # of gzip; 9 takes three times as long for a hundredth less


def write_dumps(
    store: ox.Store, folder: Path, disk: Path, large: Sequence[Table] = ()
) -> tuple[dict[str, dict[str, object]], dict[str, int]]:
    """Write the dumps; return for each file its size in bytes and its SHA-256, and the triples of each large table.

    The named graphs are dumped, each with its triples in order; the default graph, which repeats them, is left out.
    Large tables, which `store` does not hold, stand in the N-Quads alone: what reads the other forms holds all of it in
    memory.
    """
    plain = folder / "dump.nq"
    with plain.open("wb") as file:
        for graph in _graphs(store):
            file.write(_small(store, graph))
    written = {}
    for name, form in FORMS.items():
        other = folder / "dump.other"
        prefixes = PREFIXES if form == ox.RdfFormat.TRIG else None
        ox.serialize(ox.parse(path=plain, format=ox.RdfFormat.N_QUADS), other, format=form, prefixes=prefixes)
        written[name] = _pack(_read(other), folder / name)
        if large:
            written[name]["without"] = sorted(table.graph.value for table in large)
        other.unlink()
    plain.unlink()
    found: dict[str, int] = {}

    def blocks() -> Iterator[bytes]:
        tables = {table.graph: table for table in large}
        for graph in sorted([*_graphs(store), *tables], key=str):
            if graph in tables:
                yield from _large(tables[graph], disk, folder, found)
            else:
                yield _small(store, graph)

    return {QUADS: _pack(blocks(), folder / QUADS), **written}, found


def _graphs(store: ox.Store) -> list[ox.NamedNode]:
    return sorted((graph for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)), key=str)


def _small(store: ox.Store, graph: ox.NamedNode) -> bytes:
    """Return a graph as N-Quads, lines in order; an IRI is never the beginning of another."""
    lines = (store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b"").splitlines(keepends=True)
    return _named(b"".join(sorted(lines)), graph)


def _large(table: Table, disk: Path, folder: Path, found: dict[str, int]) -> Iterator[bytes]:
    """Yield a table as N-Quads, some thousand lines at a time, and note in `found` how many there were."""
    lines = sorted_triples(table, disk, folder)
    for block in lines.blocks():
        yield _named(block, table.graph)
    if lines.count:
        found[table.graph.value] = lines.count


def _named(triples: bytes, graph: ox.NamedNode) -> bytes:
    """Return lines of N-Triples as N-Quads; a line break in a text is escaped, so each that is there ends a line."""
    return triples.replace(b" .\n", f" {graph} .\n".encode())


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            yield block


def _pack(blocks: Iterable[bytes], packed: Path) -> dict[str, object]:
    with (
        packed.open("wb") as target,
        gzip.GzipFile(filename="", fileobj=target, mode="wb", mtime=0, compresslevel=_LEVEL) as file,
    ):
        file.writelines(blocks)
    return {"bytes": packed.stat().st_size, "sha256": sha256(packed)}
