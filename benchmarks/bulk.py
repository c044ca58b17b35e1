"""What `asckg build` and `asckg serve` take with an external table of 100 thousand to 10 million triples."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import httpx

from benchmarks import data, load, peer
from benchmarks.process import Cost, processor, resident, run, watch
from benchmarks.scale import SIZES, write_triples
from benchmarks.served import Served

ASCKG = (sys.executable, "-c", "from asckg.cli import main; main()")
GRAPH = "https://w3id.org/asckg/graph/external-bulk"
PORT = peer.PORT + 10
WARM, ASKED, TURNS = 400, 400, 7
PAGES = ("/", "/page/org-nihr", "/search?q=turnover", "/maps/funding", "/questions", "/.well-known/void")
_STEP = re.compile(r"^asckg: [\d.]+ s, (\w+)")

MEASURES = (
    "triples of the table", "`asckg build`, s", "of it loading", "sorting", "dumps", "memory at most, MiB",
    "`oxigraph load --graph`, s", "memory at most, MiB", "its processor time to our loading", "store, MiB",
    "dumps, MiB", "`asckg serve` to ready, s", "memory with all workers, MiB", "slowest first page, ms",
    "look-up, ms", "look-up, processor µs", "`oxigraph serve`, ms", "`oxigraph serve`, processor µs",
)  # fmt: skip


@dataclass
class Bulk:
    """What was measured with a table of one size."""

    triples: int
    build: Cost
    steps: dict[str, Cost]
    peer_load: Cost
    store: float  # MiB
    dumps: float  # MiB
    pages: float = 0.0  # seconds
    served: Served = field(default_factory=Served)

    def cells(self, least: "Bulk") -> list[str]:
        """Return what was measured, in the order of `MEASURES`; look-ups compared to `least`, the smallest size."""
        steps = [self.steps.get(name) for name in ("loading", "sorting", "writing")]
        return [
            f"{self.triples:,}",
            str(self.build),
            *(str(step) if step else "in memory" for step in steps),
            f"{self.build.memory:.0f}",
            str(self.peer_load),
            f"{self.peer_load.memory:.0f}",
            f"{self.peer_load.processor / steps[0].processor:.2f}" if steps[0] else "in memory",
            f"{self.store:.0f}",
            f"{self.dumps:.0f}",
            str(self.served.start),
            f"{self.served.resident:.0f}",
            f"{self.pages * 1000:.0f}",
            *self.served.cells(least.served),
        ]


def measure(sizes: Sequence[int] = SIZES) -> list[list[str]]:
    """Return one row for each of `MEASURES`, with what it is at each size; look-ups of both servers take turns."""
    found: list[Bulk] = []
    for triples in sizes:
        with tempfile.TemporaryDirectory() as name:
            one = _built(triples, Path(name))
            _serve(one, Path(name))
        found.append(one)
    return [list(row) for row in zip(MEASURES, *(one.cells(found[0]) for one in found), strict=True)]


def _built(triples: int, folder: Path) -> Bulk:
    corpus, home = folder / "corpus", folder / "home"
    for tree in ("ontology", "graph_data", "queries"):
        shutil.copytree(peer.ROOT / tree, corpus / tree)
    table = corpus / "graph_data" / "links" / "external" / "bulk.nt"
    write_triples(table, triples)
    own = ["build", "--corpus", corpus, "--home", home]
    other = run(peer.program(), "load", "--location", folder / "peer", "--file", table, "--graph", GRAPH)
    cost, lines = watch(*ASCKG, *own)
    build = next(path for path in (home / "builds").iterdir() if path.is_dir())
    dumps = sum(path.stat().st_size for path in build.glob("dump.*")) / 2**20
    store = sum(path.stat().st_size for path in (build / "store").iterdir()) / 2**20
    return Bulk(triples, cost, _steps(lines), other, store, dumps)


def _steps(lines: Sequence[tuple[Cost, str]]) -> dict[str, Cost]:
    """Return what each step took that the build told of, each until the next."""
    told = [(spent, found[1]) for spent, line in lines if (found := _STEP.match(line))]
    return {name: end.since(begun) for (begun, name), (end, _) in pairwise(told)}


def _serve(one: Bulk, folder: Path) -> None:
    served = one.served
    peer_url = f"http://127.0.0.1:{peer.PORT}/query"
    with _serving(one, folder) as server, peer.oxigraph(folder / "peer", port=peer.PORT, read_only=True) as native:
        url = f"http://127.0.0.1:{PORT}"
        with httpx.Client(base_url=url, timeout=60, follow_redirects=True, trust_env=False) as client:
            for page in PAGES:
                began = time.perf_counter()
                client.get(page).raise_for_status()
                one.pages = max(one.pages, time.perf_counter() - began)
        _rest(server)
        asked = ((f"{url}/sparql", server, served.lookups), (peer_url, native.process, served.peer_lookups))
        for address, _, _ in asked:
            load.measure(address, _requests(address, WARM, 0), 1)
        before = [processor(process) for _, process, _ in asked]
        for turn in range(TURNS):
            for address, _, latencies in asked:
                requests = _requests(address, ASKED, 5000 + turn * ASKED)
                latencies.extend(load.measure(address, requests, 1).latencies)
        spent = [processor(process) - was for (_, process, _), was in zip(asked, before, strict=True)]
        served.effort, served.peer_effort = (seconds / (TURNS * ASKED) for seconds in spent)
        served.resident = resident(server)


def _rest(process: int) -> None:
    """Wait until a server has laid out its maps, which it does beside its other work."""
    spent = -1.0
    while (now := processor(process)) > spent + 0.02:
        spent = now
        time.sleep(1)


def _requests(address: str, count: int, start: int) -> list[bytes]:
    return [load.request(address, query.replace("{", f"FROM <{GRAPH}> {{", 1)) for query in data.lookups(count, start)]


@contextlib.contextmanager
def _serving(one: Bulk, folder: Path) -> Iterator[int]:
    """Run `asckg serve` on the build, as somebody would who starts it; yield its process once it is ready."""
    command = [*ASCKG, "serve", "--port", str(PORT), "--corpus", folder / "corpus", "--home", folder / "home"]
    began = time.perf_counter()
    environment = {**os.environ, "ASCKG_CACHE": "0", "ASCKG_TIMEOUT": "30"}
    process = subprocess.Popen([str(part) for part in command], stderr=subprocess.DEVNULL, env=environment)
    try:
        peer.wait(f"http://127.0.0.1:{PORT}/health/ready")
        one.served.start = Cost(time.perf_counter() - began, processor(process.pid))
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
