"""Beside rdflib-endpoint, where that is installed: each query of a mix, new each time and repeated.

Alone: one query after the other over one connection, by processor time of the server and all its processes. So each
begins after a pause and pays for waking processes, of which this side has more. In a stream: over 16 connections, by
answers a second, which is what a server is for; it uses both cores where the rival's interpreter holds it to one.
"""

import importlib.metadata
import importlib.util
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import data, load, peer
from benchmarks.speed import heavy

PORT = 8151
TRIPLES = 20_000
TURNS = 5
EACH = 20  # queries one after the other on one connection, in each turn
AGAIN = 10  # times as many of a look-up in a stream when it is repeated: it is over too soon else
STREAM_TURNS = 3
CONNECTIONS = 16
PROGRAM = """
import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Dataset(default_union=True)
graph.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""
LOOKUPS = 400
# Each query's name, and how many of it make up a stream: enough to measure here, not too many to wait for there.
STREAMS = {
    "what one person has": LOOKUPS,
    "names of whom a person knows": LOOKUPS,
    "ten of a person's group": LOOKUPS,
    "a path of two steps, ASK": LOOKUPS,
    "people counted by group": 48,
    "a join of all with all they know, counted": 16,
    "a word in all names": 32,
}


class Beside(NamedTuple):
    """One query there and here, when its text is new and when it is repeated (from our cache).

    Alone in ms of processor time for each, in a stream in answers a second.
    """

    name: str
    new_there: float
    new_here: float
    repeated_there: float
    repeated_here: float

    def times(self) -> tuple[float, float]:
        """Return how many times as much theirs is as ours, when the text is new and when it is repeated."""
        return self.new_there / self.new_here, self.repeated_there / self.repeated_here


def version() -> str:
    """Return the rival's name and version."""
    return f"rdflib-endpoint {importlib.metadata.version('rdflib-endpoint')}"


def measure() -> Iterator[tuple[Beside, Beside]]:
    """Yield each query of the mix alone and in a stream, the servers by turns; nothing where the rival is missing."""
    if importlib.util.find_spec("rdflib_endpoint") is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        home = peer.make_home(Path(folder) / "home", data.quads(TRIPLES))
        file = Path(folder) / "data.nq"
        file.write_bytes(peer.dump(data.quads(TRIPLES)))
        process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(file), str(PORT)], stderr=subprocess.DEVNULL)
        try:
            there = peer.Address.of(f"http://127.0.0.1:{PORT}/", process.pid)
            peer.wait(there + "?query=ASK%7B%7D", 180)
            with peer.ours(home, timeout=60) as here:
                for (name, size), query in zip(STREAMS.items(), data.lookups(4) + heavy(), strict=True):
                    alone = _beside(name, query, (there, here), TURNS, (EACH, EACH), lambda *run: _cost(*run) * 1000)
                    again = size * AGAIN if size >= LOOKUPS else size
                    yield alone, _beside(name, query, (there, here), STREAM_TURNS, (size, again), _rate)
        finally:
            process.kill()
            process.wait()


def _beside(
    name: str,
    query: str,
    sides: tuple[peer.Address, peer.Address],
    turns: int,
    sizes: tuple[int, int],
    run: Callable[[peer.Address, list[str]], float],
) -> Beside:
    there, here = sides
    size, again = sizes
    taken: dict[tuple[bool, str], list[float]] = {}
    for turn in range(turns):
        fresh = [f"{query} # {turn} {number} of {size}" for number in range(size)]
        for new, texts in ((True, fresh), (False, [query] * again)):
            for url in (there, here):
                taken.setdefault((new, url), []).append(run(url, texts))
    middle = {key: statistics.median(figures) for key, figures in taken.items()}
    return Beside(name, middle[True, there], middle[True, here], middle[False, there], middle[False, here])


def _rate(url: peer.Address, queries: list[str]) -> float:
    """Return how many of `queries` were answered in a second, over several connections."""
    run = load.measure(url, [load.request(url, query) for query in queries], CONNECTIONS)
    if set(run.statuses) != {200}:
        raise SystemExit(f"{url} answered {set(run.statuses)} to {queries[0]}")
    return len(queries) / run.seconds


def _cost(url: peer.Address, queries: list[str]) -> float:
    """Return the seconds of processor time that each of `queries` cost, one after the other on one connection."""
    before = url.spent()
    run = load.measure(url, [load.request(url, query) for query in queries], 1)
    if set(run.statuses) != {200}:
        raise SystemExit(f"{url} answered {set(run.statuses)} to {queries[0]}")
    return (url.spent() - before) / len(queries)
