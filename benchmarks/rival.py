"""Beside rdflib-endpoint, where that is installed: each query of a mix, new each time and repeated.

By processor time of the server and all its processes: the clock would measure what else the machine does.
"""

import importlib.metadata
import importlib.util
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import data, load, peer
from benchmarks.speed import heavy

PORT = 8151
TRIPLES = 20_000
TURNS = 5
EACH = 5  # queries one after the other on one connection, in each turn
PROGRAM = """
import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Dataset(default_union=True)
graph.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""
NAMES = (
    "what one person has",
    "names of whom a person knows",
    "ten of a person's group",
    "a path of two steps, ASK",
    "people counted by group",
    "a join of all with all they know, counted",
    "a word in all names",
)


class Beside(NamedTuple):
    """One query: ms of processor time there and here, when its text is new and when it is repeated (from our cache)."""

    name: str
    new_there: float
    new_here: float
    repeated_there: float
    repeated_here: float

    @property
    def new(self) -> float:
        """How many times as fast we are when the text is new."""
        return self.new_there / self.new_here

    @property
    def repeated(self) -> float:
        """How many times as fast we are when the text is repeated."""
        return self.repeated_there / self.repeated_here


def version() -> str:
    """Return the rival's name and version."""
    return f"rdflib-endpoint {importlib.metadata.version('rdflib-endpoint')}"


def measure() -> Iterator[Beside]:
    """Yield a row for each kind of query of the mix, the two servers by turns; nothing where the rival is missing."""
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
                for name, query in zip(NAMES, data.lookups(4) + heavy(), strict=True):
                    yield _beside(name, query, there, here)
        finally:
            process.kill()
            process.wait()


def _beside(name: str, query: str, there: peer.Address, here: peer.Address) -> Beside:
    taken: dict[tuple[bool, str], list[float]] = {}
    for turn in range(TURNS):
        fresh = [f"{query} # {turn} {number}" for number in range(EACH)]
        for new, texts in ((True, fresh), (False, [query] * EACH)):
            for url in (there, here):
                taken.setdefault((new, url), []).append(_cost(url, texts))
    middle = {key: statistics.median(seconds) * 1000 for key, seconds in taken.items()}
    return Beside(name, middle[True, there], middle[True, here], middle[False, there], middle[False, here])


def _cost(url: peer.Address, queries: list[str]) -> float:
    """Return the seconds of processor time that each of `queries` cost, one after the other on one connection."""
    before = url.spent()
    run = load.measure(url, [load.request(url, query) for query in queries], 1)
    if set(run.statuses) != {200}:
        raise SystemExit(f"{url} answered {set(run.statuses)} to {queries[0]}")
    return (url.spent() - before) / len(queries)
