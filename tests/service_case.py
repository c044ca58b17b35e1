"""Start the SPARQL service over a store of a test's own."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox

from asckg.build.home import FORMAT
from waiting import PATIENCE, until

PROGRAM = Path(__file__).parent / "service" / "bare.py"
TOKEN = "a token of these tests"  # noqa: S105  guards nothing
EX = "http://example.org/"
LEAVE = {"Authorization": f"Bearer {TOKEN}"}


@dataclass
class Server:
    """A server under test: its address, its process, a client for it."""

    url: str
    process: subprocess.Popen[str]
    client: httpx.Client

    def query(self, text: str, accept: str = "application/sparql-results+json", **options: object) -> httpx.Response:
        return self.client.get("/sparql", params={"query": text}, headers={"Accept": accept}, **options)


def small_graph() -> Iterator[ox.Quad]:
    predicate = ox.NamedNode(EX + "p")
    graph = ox.NamedNode("https://w3id.org/asckg/graph/corpus")
    for number in range(400):
        triple = (ox.NamedNode(f"{EX}s{number}"), predicate, ox.Literal(f"label {number} of a service"))
        yield ox.Quad(*triple)
        yield ox.Quad(*triple, graph)


def make_home(home: Path, quads: Iterable[ox.Quad] = (), version: str = "0123456789abcdef") -> Path:
    """Lay a build with exactly `quads` into `home`."""
    folder = home / "builds" / "bare"
    folder.mkdir(parents=True)
    store = ox.Store(str(folder / "store"))
    store.bulk_extend(quads)
    store.flush()
    manifest = {"format": FORMAT, "version": version, "triples": len(store) // 2}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return home


@contextmanager
def serving(home: Path, **settings: object) -> Iterator[Server]:
    """Run the service over the build in `home` until the block ends; it must then stop by itself in good order."""
    options = {"port": 0, **settings}
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(home), json.dumps(options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    url = process.stdout.readline().strip()
    try:
        assert url, process.stderr.read()
        with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
            wait_until_ready(client)
            yield Server(url, process, client)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        finally:
            process.kill()
            process.stdout.close()
            process.stderr.close()
            process.wait()


def wait_until_ready(client: httpx.Client) -> None:
    """Wait until the server answers; one with little time for a query may at first say that it has none."""

    def answers() -> bool:
        try:
            return client.get("/sparql", params={"query": "ASK {}"}).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    until(answers, "an answer of the server")


def misses(server: Server) -> float:
    """Return how many queries were asked that the cache did not answer."""
    lines = server.client.get("/metrics").text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith('asckg_cache_lookups_total{result="miss"}'))


def descendants(process: int) -> list[int]:
    """Return the processes that a process started, and those that they did."""
    found = []
    with contextlib.suppress(ProcessLookupError, FileNotFoundError):  # one that ends meanwhile
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            for child in map(int, children.read_text(encoding="ascii").split()):
                found += [child, *descendants(child)]
    return found


def running(process: int) -> bool:
    """Whether a process goes on."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(") ", 1)[1]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return not state.startswith("Z")
