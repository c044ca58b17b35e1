"""How long a batch of 50 names takes over HTTP, on a corpus with 50,000 made-up organisations more.

The server has the reconciliation routes only, since a build with so many things takes minutes and they need none.

Run: python -m benchmarks.link_http [organisations] [batches]
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import httpx

from asckg.corpus import Corpus
from benchmarks.link_scale import noisy, organisation

PORT = 8152
PROGRAM = """
import sys, types, uvicorn
from pathlib import Path
from fastapi import FastAPI
from asckg.corpus import Corpus
from asckg_api import link, problem
app = FastAPI()
app.state.graph = types.SimpleNamespace(
    corpus=Corpus.open(Path(sys.argv[1])), build=types.SimpleNamespace(version="made up"))
problem.install(app)
link.install(app)
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""
HEAD = """@prefix org: <http://www.w3.org/ns/org#> .
@prefix r: <https://w3id.org/asckg/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def corpus(folder: Path, names: list[str]) -> Path:
    """Return a copy of the corpus in which the organisations stand as well."""
    shipped = Corpus.open()
    for tree in (shipped.ontology, shipped.data, shipped.queries):
        shutil.copytree(tree, folder / tree.name)
    lines = (f'r:org-made-{n} a org:Organization ; skos:prefLabel "{name}"@en .\n' for n, name in enumerate(names))
    (folder / "graph_data" / "kendrick-2023" / "made.ttl").write_text(HEAD + "".join(lines))
    return folder


def processor_seconds(pid: int) -> float:
    """Return the seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print the time of a batch, at the client and in the server's processor."""
    size, batches = (int(text) for text in (*sys.argv[1:], *("50000", "40")[len(sys.argv) - 1 :]))
    chance = Random(2023)  # noqa: S311 - a fixed seed makes the names the same everywhere
    names = [organisation(chance) for _ in range(size)]
    with tempfile.TemporaryDirectory() as text:
        folder = corpus(Path(text) / "corpus", names)
        server = subprocess.Popen([sys.executable, "-c", PROGRAM, str(folder), str(PORT)])
        try:
            ask(server.pid, names, batches, chance)
        finally:
            server.terminate()
            server.wait()


def ask(pid: int, names: list[str], batches: int, chance: Random) -> None:
    """Send the batches one after the other, and print what they took."""
    base = f"http://127.0.0.1:{PORT}/reconcile"
    with httpx.Client(timeout=300) as client:
        for _ in range(600):
            try:
                client.get(base).raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.5)
        walls, used = [], []
        for number in range(batches + 3):
            texts = [noisy(chance.choice(names), chance) if place % 3 else organisation(chance) for place in range(50)]
            queries = {f"q{place}": {"query": name, "type": "org:Organization"} for place, name in enumerate(texts)}
            before, start = processor_seconds(pid), time.perf_counter()
            answer = client.post(base, data={"queries": json.dumps(queries)})
            answer.raise_for_status()
            if number > 2:
                walls.append(1000 * (time.perf_counter() - start))
                used.append(1000 * (processor_seconds(pid) - before))
    walls.sort()
    print(f"{len(names)} organisations, {len(walls)} batches of 50: median {statistics.median(walls):.0f} ms, "
          f"95th percentile {walls[int(0.95 * len(walls))]:.0f} ms at the client, "
          f"{statistics.mean(used):.0f} ms of the server's processor; load {os.getloadavg()[0]:.1f}")  # fmt: skip


if __name__ == "__main__":
    main()
