"""How loading, disk, start and latency grow from 100 thousand to 10 million triples, beside the native server."""

import contextlib
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from benchmarks import data, load, peer

SIZES = (100_000, 1_000_000, 10_000_000)
WARM, ASKED, TURNS = 400, 400, 7
LOAD = """
import sys, pyoxigraph as ox
store = ox.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_TRIPLES)
store.flush()
"""
OPTIMISE = "import sys, pyoxigraph as ox; store = ox.Store(sys.argv[1]); store.optimize(); store.flush()"


@dataclass(frozen=True)
class Cost:
    """What a program took: seconds on the clock, seconds of the processor."""

    clock: float
    processor: float


@dataclass
class Size:
    """What was measured at one size."""

    triples: int
    home: Path
    load: Cost
    peer_load: Cost
    optimise: Cost
    disk: float  # MiB
    start: Cost = field(default_factory=lambda: Cost(0, 0))
    resident: float = 0.0  # MiB
    lookups: list[float] = field(default_factory=list)  # seconds
    peer_lookups: list[float] = field(default_factory=list)
    effort: float = 0.0  # seconds of the processor for a look-up
    peer_effort: float = 0.0

    def row(self, least: "Size") -> list[str]:
        """Return the cells of the table; `least` is the smallest size, to which look-ups are compared."""
        own, other = statistics.median(self.lookups), statistics.median(self.peer_lookups)
        return [
            f"{self.triples:,}",
            f"{self.load.clock:.1f} ({self.load.processor:.1f})",
            f"{self.peer_load.clock:.1f} ({self.peer_load.processor:.1f})",
            f"{self.peer_load.processor / self.load.processor:.2f}",
            f"{self.optimise.clock:.1f} ({self.optimise.processor:.1f})",
            f"{self.disk:.0f}",
            f"{self.start.clock:.1f} ({self.start.processor:.1f})",
            f"{self.resident:.0f}",
            f"{own * 1000:.2f} ({own / statistics.median(least.lookups):.1f})",
            f"{self.effort * 1e6:.0f} ({self.effort / least.effort:.1f})",
            f"{other * 1000:.2f} ({other / statistics.median(least.peer_lookups):.1f})",
            f"{self.peer_effort * 1e6:.0f} ({self.peer_effort / least.peer_effort:.1f})",
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
        for quad in data.quads(triples):
            file.write(f"{quad.subject} {quad.predicate} {quad.object} .\n")


def _run(*command: object) -> Cost:
    """Return what a program took that ran alone."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([str(one) for one in command], check=True, capture_output=True)
    clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _prepare(triples: int, folder: Path) -> Size:
    folder.mkdir()
    source = folder / "data.nt"
    write_triples(source, triples)
    home = peer.make_home(folder / "home", ())
    store = home / "builds" / "bare" / "store"
    own, other = [], []
    for _ in range(3 if triples <= SIZES[0] else 1):
        other.append(_run(peer.program(), "load", "--location", folder / "peer", "--file", source))
        shutil.rmtree(folder / "peer")
        shutil.rmtree(store)
        own.append(_run(sys.executable, "-c", LOAD, source, store))
    source.unlink()
    optimise = _run(sys.executable, "-c", OPTIMISE, store)
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
            size.start = Cost(time.perf_counter() - began, _processor(server.process.pid))
            own.append(_Asked(server.url + "/sparql", server.process.pid, size.lookups))
            store = size.home / "builds" / "bare" / "store"
            port = peer.PORT + number
            url = stack.enter_context(peer.oxigraph(store, port=port, read_only=True))
            native.append(_Asked(url, _listening(port), size.peer_lookups))
        everyone = [*own, *native]
        for one in everyone:
            load.measure(one.url, [load.request(one.url, query) for query in data.lookups(WARM)], 1)
        spent = [_processor(one.process) for one in everyone]
        for turn in range(TURNS):
            queries = data.lookups(ASKED, 5000 + turn * ASKED)
            for one in everyone:
                run = load.measure(one.url, [load.request(one.url, query) for query in queries], 1)
                one.latencies.extend(run.latencies)
        effort = [
            (_processor(one.process) - before) / (TURNS * ASKED) for one, before in zip(everyone, spent, strict=True)
        ]
        for number, size in enumerate(sizes):
            size.resident = _resident(own[number].process) / 1024
            size.effort, size.peer_effort = effort[number], effort[len(sizes) + number]


def _listening(port: int) -> int:
    """Return the process below this one that was told to listen at `port`."""
    address = f"127.0.0.1:{port}".encode()
    return next(one for one in _family(os.getpid()) if address in Path(f"/proc/{one}/cmdline").read_bytes())


def _family(process: int) -> Iterator[int]:
    yield process
    for child in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split():
        yield from _family(int(child))


def _processor(process: int) -> float:
    """Return the seconds of the processor that a process and all below it have taken."""
    stats = (Path(f"/proc/{one}/stat").read_text(encoding="ascii") for one in _family(process))
    return sum(sum(map(int, stat.rsplit(") ", 1)[1].split()[11:15])) for stat in stats) / 100


def _resident(process: int) -> float:
    """Return the proportional memory in KiB of a process and all below it."""
    total = 0.0
    for one in _family(process):
        rollup = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines()
        total += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    return total
