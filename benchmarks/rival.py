"""Beside rdflib-endpoint, where that is installed: each query of a mix, uncached here, one after the other."""

import importlib.metadata
import importlib.util
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import data, load, peer
from benchmarks.speed import Figure, heavy

PORT = 8151
TRIPLES = 20_000
REPEATS = 9
PROGRAM = """
import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Dataset(default_union=True)
graph.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""


def measure() -> Iterator[Figure]:
    """Yield the smallest and the middle ratio over the queries of the mix; nothing where the rival is missing."""
    if importlib.util.find_spec("rdflib_endpoint") is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        home = peer.make_home(Path(folder) / "home", data.quads(TRIPLES))
        file = Path(folder) / "data.nq"
        file.write_bytes(peer.dump(data.quads(TRIPLES)))
        process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(file), str(PORT)], stderr=subprocess.DEVNULL)
        try:
            rival = f"http://127.0.0.1:{PORT}/"
            peer.wait(rival + "?query=ASK%7B%7D", 180)
            with peer.ours(home, timeout=60, cache=0) as mine:
                ratios = [_seconds(rival, query) / _seconds(mine, query) for query in data.lookups(17) + heavy()]
        finally:
            process.kill()
            process.wait()
    version = importlib.metadata.version("rdflib-endpoint")
    behind = f"rdflib-endpoint {version}, {len(ratios)} queries on {TRIPLES:,} triples"
    yield Figure("times as fast as rdflib-endpoint, at least", f"{min(ratios):.1f}", "≥ 20", behind)
    yield Figure("times as fast as rdflib-endpoint, in the middle", f"{statistics.median(ratios):.0f}", "≥ 20", behind)


def _seconds(url: str, query: str) -> float:
    """Return the least time of several, which other work on the machine disturbs least."""
    run = load.measure(url, [load.request(url, query)] * REPEATS, 1)
    if set(run.statuses) != {200}:
        raise SystemExit(f"{url} answered {set(run.statuses)} to {query}")
    return min(run.latencies)
