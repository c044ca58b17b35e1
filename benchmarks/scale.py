"""How loading, disk, start and latency grow from 100 thousand to 10 million triples."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from benchmarks import data, load, peer


class Size(NamedTuple):
    """What was measured at one size."""

    triples: int
    load: float
    peer_load: float
    disk: float
    start: float
    resident: float
    lookup: float


def measure(sizes: tuple[int, ...] = (100_000, 1_000_000, 10_000_000)) -> Iterator[Size]:
    """Yield one row for each size: seconds to load here and by `oxigraph load`, MiB, seconds, MiB, ms a look-up."""
    for triples in sizes:
        with tempfile.TemporaryDirectory() as name:
            yield _measure(triples, Path(name))


def write_triples(path: Path, triples: int) -> None:
    """Write the invented data as N-Triples."""
    with path.open("w", encoding="utf-8") as file:
        for quad in data.quads(triples):
            file.write(f"{quad.subject} {quad.predicate} {quad.object} .\n")


def _measure(triples: int, folder: Path) -> Size:
    source = folder / "data.nt"
    write_triples(source, triples)
    began = time.perf_counter()
    subprocess.run(
        [peer.program(), "load", "--location", str(folder / "peer"), "--file", str(source)],
        check=True,
        capture_output=True,
    )
    peer_load = time.perf_counter() - began
    shutil.rmtree(folder / "peer")
    home = peer.make_home(folder / "home", ())
    path = home / "builds" / "bare" / "store"
    shutil.rmtree(path)
    began = time.perf_counter()
    store = ox.Store(str(path))
    store.bulk_load(path=str(source), format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    loaded = time.perf_counter() - began
    del store
    manifest = home / "builds" / "bare" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"triples": 0', f'"triples": {triples // 2}'))
    source.unlink()
    disk = sum(file.stat().st_size for file in path.iterdir()) / 2**20
    began = time.perf_counter()
    with peer.serving(home, timeout=20, cache=0) as server:
        start = time.perf_counter() - began
        url = server.url + "/sparql"
        warm = [load.request(url, query) for query in data.lookups(200)]
        load.measure(url, warm, 1)
        run = load.measure(url, [load.request(url, query) for query in data.lookups(1000, 5000)], 1)
        resident = _resident(server.process.pid) / 1024
    return Size(triples, loaded, peer_load, disk, start, resident, run.percentile(0.5) * 1000)


def _resident(process: int) -> float:
    """Return the proportional memory in KiB of a process and all below it."""
    total = 0.0
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    for child in children:
        total += _resident(int(child))
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return total + sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
