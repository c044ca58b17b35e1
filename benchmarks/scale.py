"""How loading, disk, start and latency grow from 100 thousand to 10 million triples, beside the native server."""

import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from benchmarks import data, load, peer
from benchmarks.process import Cost, family, processor, resident, run
from benchmarks.served import Served

SIZES = (100_000, 1_000_000, 10_000_000)
WARM, ASKED, TURNS = 400, 400, 7
LOAD = """
import sys, pyoxigraph as ox
store = ox.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_TRIPLES)
store.flush()
"""
OPTIMISE = "import sys, pyoxigraph as ox; store = ox.Store(sys.argv[1]); store.optimize(); store.flush()"


@dataclass
class Size:
    """What was measured at one size."""

    triples: int
    home: Path
    load: Cost
    peer_load: Cost
    optimise: Cost
    disk: float  # MiB
    served: Served = field(default_factory=Served)

    def row(self, least: "Size") -> list[str]:
        """Return the cells of the table; `least` is the smallest size, to which look-ups are compared."""
        return [
            f"{self.triples:,}",
            str(self.load),
            str(self.peer_load),
            f"{self.peer_load.processor / self.load.processor:.2f}",
            str(self.optimise),
            f"{self.disk:.0f}",
            str(self.served.start),
            f"{self.served.resident:.0f}",
            *self.served.cells(least.served),
        ]


COLUMNS = (
    "triples",
    "load, s",
    "`oxigraph load`, s",
    "its rate to that",
    "sorting, s",
    "disk, MiB",
    "start to ready, s",
    "memory, MiB",
    "look-up, ms",
    "look-up, processor µs",
    "`oxigraph serve`, ms",
    "`oxigraph serve`, processor µs",
)


def measure(sizes: Sequence[int] = SIZES) -> list[list[str]]:
    """Return one row for each size, the look-ups of all sizes and of both servers asked in turns."""
    with tempfile.TemporaryDirectory() as name:
        found = [_prepare(triples, Path(name) / str(triples)) for triples in sizes]
        _ask(found)
        return [one.row(found[0]) for one in found]


def write_triples(path: Path, triples: int) -> None:
    """Write the invented data as N-Triples."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(data.lines(triples))


def _prepare(triples: int, folder: Path) -> Size:
    folder.mkdir()
    source = folder / "data.nt"
    write_triples(source, triples)
    home = peer.make_home(folder / "home", ())
    store = home / "builds" / "bare" / "store"
    own, other = [], []
    for _ in range(3 if triples <= SIZES[0] else 1):
        other.append(run(peer.program(), "load", "--location", folder / "peer", "--file", source))
        shutil.rmtree(folder / "peer")
        shutil.rmtree(store)
        own.append(run(sys.executable, "-c", LOAD, source, store))
    source.unlink()
    optimise = run(sys.executable, "-c", OPTIMISE, store)
    manifest = home / "builds" / "bare" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"triples": 0', f'"triples": {triples // 2}'))
    disk = sum(file.stat().st_size for file in store.iterdir()) / 2**20
    return Size(triples, home, _least(own), _least(other), optimise, disk)


def _least(costs: Sequence[Cost]) -> Cost:
    return min(costs, key=lambda cost: cost.processor)


class _Asked(NamedTuple):
    """A server, its process, and where its latencies are kept."""

    url: str
    process: int
    latencies: list[float]


def _ask(sizes: Sequence[Size]) -> None:
    with contextlib.ExitStack() as stack:
        own: list[_Asked] = []
        native: list[_Asked] = []
        for number, size in enumerate(sizes):
            began = time.perf_counter()
            server = stack.enter_context(peer.serving(size.home, timeout=20, cache=0))
            size.served.start = Cost(time.perf_counter() - began, processor(server.process.pid))
            own.append(_Asked(server.url + "/sparql", server.process.pid, size.served.lookups))
            store = size.home / "builds" / "bare" / "store"
            port = peer.PORT + number
            url = stack.enter_context(peer.oxigraph(store, port=port, read_only=True))
            native.append(_Asked(url, _listening(port), size.served.peer_lookups))
        everyone = [*own, *native]
        for one in everyone:
            load.measure(one.url, [load.request(one.url, query) for query in data.lookups(WARM)], 1)
        spent = [processor(one.process) for one in everyone]
        for turn in range(TURNS):
            queries = data.lookups(ASKED, 5000 + turn * ASKED)
            for one in everyone:
                asked = load.measure(one.url, [load.request(one.url, query) for query in queries], 1)
                one.latencies.extend(asked.latencies)
        effort = [
            (processor(one.process) - before) / (TURNS * ASKED) for one, before in zip(everyone, spent, strict=True)
        ]
        for number, size in enumerate(sizes):
            size.served.resident = resident(own[number].process)
            size.served.effort, size.served.peer_effort = effort[number], effort[len(sizes) + number]


def _listening(port: int) -> int:
    """Return the process below this one that was told to listen at `port`."""
    address = f"127.0.0.1:{port}".encode()
    return next(one for one in family(os.getpid()) if address in Path(f"/proc/{one}/cmdline").read_bytes())
