"""Start the SPARQL service over a store of a test's own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox

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
    manifest = {"format": 1, "version": version, "triples": len(store) // 2}
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
            process.wait(20)
        finally:
            process.kill()
            process.stdout.close()
            process.stderr.close()
            process.wait()


def wait_until_ready(client: httpx.Client) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + 30
    while True:
        try:
            client.get("/sparql", params={"query": "ASK {}"}).raise_for_status()
        except httpx.TransportError:
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.05)
        else:
            return
