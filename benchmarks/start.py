"""Starting: what importing asckg costs beside networkx, and a query from a cold shell."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from benchmarks.speed import Figure

REPEATS = 7
QUERY = "SELECT ?p WHERE { ?p a asc:Partnership }"
COMMAND = ["-c", "from asckg.cli import main; main()", "query", QUERY, "-f", "csv"]


def measure() -> Iterator[Figure]:
    """Yield the figures; the programs take turns, so that what else the machine does strikes all."""
    with tempfile.TemporaryDirectory(prefix="asckg-") as home:
        environment = {**os.environ, "ASCKG_HOME": home}
        programs = {
            "networkx": ["-c", "import networkx"],
            "asckg": ["-c", "import asckg"],
            "Graph": ["-c", "from asckg import Graph"],
            "query": COMMAND,
            "nothing": ["-c", ""],
        }
        _seconds(COMMAND, environment)  # builds what the others find built
        taken: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(REPEATS):
            for name, program in programs.items():
                taken[name].append(_seconds(program, environment))
    for name, wanted in (("asckg", "1 or less"), ("Graph", "1 or less")):
        ratio = statistics.median(a / b for a, b in zip(taken[name], taken["networkx"], strict=True))
        yield Figure(f"import {name} / import networkx", f"{ratio:.2f}", wanted, _behind(taken, name))
    yield Figure("query from a cold shell, s", f"{min(taken['query']):.2f}", "0.5 or less", _behind(taken, "query"))


def _seconds(program: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, *program], env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _behind(taken: dict[str, list[float]], name: str) -> str:
    parts = (f"{part} {min(taken[part]):.2f} s" for part in (name, "networkx", "nothing"))
    return ", ".join(parts) + f" at best of {REPEATS}"


if __name__ == "__main__":
    for figure in measure():
        print(*figure, sep=" | ")
