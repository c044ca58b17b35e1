"""How soon a map can be used in a browser, and how smoothly it moves: our stand-alone page beside pyvis's own.

Both pages hold the same invented graph, are opened from disk by one headless Chromium without GPU, and take turns.
pyvis's page is its default; what it would load from elsewhere is given to it from the installed package.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import networkx as nx
from playwright.sync_api import Page, Route, sync_playwright

from asckg.map.data import Edge, MapData, Node
from asckg.map.layout import laid_out
from asckg.map.standalone import as_html
from asckg.namespace import ID
from asckg.style import kinds

SIZES = (200, 300, 1000, 2000)
TURNS, PATIENCE = 3, 90.0
SWEEPS, STEPS = 3, 25
SETTLED = """() => new Promise((done) => {
  const said = () => requestAnimationFrame(() => done(performance.now()));
  network.once('stabilizationIterationsDone', said);
  if (network.physics.stabilized) said();
})"""
FRAMES = """() => {
  window.counted = 0; window.begun = performance.now();
  const count = () => { window.counted += 1; window.counting = requestAnimationFrame(count); };
  count();
}"""
RATE = """() => {
  cancelAnimationFrame(window.counting);
  return 1000 * window.counted / (performance.now() - window.begun);
}"""


@dataclass(frozen=True)
class Figure:
    """Processor seconds to lay ours out; seconds until each page can be used, and frames a second while dragged."""

    size: int
    layout: float
    ours: float
    ours_frames: float
    theirs: float | None
    theirs_frames: float | None


def invented(size: int) -> MapData:
    """Return a map of so many things with a few hubs, as real maps have, laid out by us."""
    names, links = list(kinds()), nx.barabasi_albert_graph(size, 1, seed=7)
    links.add_edges_from(nx.gnm_random_graph(size, size // 3, seed=7).edges)
    degree = dict(links.degree)
    nodes = [Node(f"{ID}thing-{i}", f"Invented thing {i} with a name", names[i % 12], degree[i]) for i in range(size)]
    edges = [Edge(nodes[a].iri, nodes[b].iri, f"{ID}joined", "joined to") for a, b in links.edges]
    return laid_out(MapData("invented", "An invented map", "", "", tuple(nodes), tuple(edges), {}))


def theirs(data: MapData) -> str:
    """Return pyvis's own page of the same things, by its defaults."""
    from pyvis.network import Network  # noqa: PLC0415

    network = Network(directed=True)
    for node in data.nodes:
        network.add_node(node.iri, label=node.label)
    for edge in data.edges:
        network.add_edge(edge.source, edge.target)
    page = str(network.generate_html(notebook=False))
    return re.sub(r'\s*integrity="[^"]*"', "", page)  # the files given are the package's own, not those of the address


def measure() -> Iterator[Figure]:
    """Yield one figure for each size; the medians of some turns."""
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            yield _figure(Path(folder), size)


def _figure(folder: Path, size: int) -> Figure:
    begun = time.process_time()
    data = invented(size)
    layout = time.process_time() - begun
    mine, other = folder / f"ours-{size}.html", folder / f"theirs-{size}.html"
    mine.write_text(as_html(data), encoding="utf-8")
    other.write_text(theirs(data), encoding="utf-8")
    ours: list[tuple[float, float]] = []
    late: list[tuple[float, float]] = []
    for turn in range(TURNS):
        ours += filter(None, [_run(mine, "ours")])
        if len(late) == turn:  # a page that was never ready is not waited for again
            late += filter(None, [_run(other, "theirs")])
    return Figure(size, layout, *_medians(ours), *(_medians(late) if len(late) == TURNS else (None, None)))


def _medians(runs: list[tuple[float, float]]) -> tuple[float, float]:
    return median(run[0] for run in runs), median(run[1] for run in runs)


def _run(file: Path, whose: str) -> tuple[float, float] | None:
    """Return seconds and frames, or None when time is up; in a process of its own, which ends with its browser."""
    command = [sys.executable, "-m", "benchmarks.drawing", str(file), whose]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        said, _ = child.communicate(timeout=PATIENCE + 30)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        return None
    seconds, _, frames = said.partition(" ")
    return (float(seconds), float(frames)) if frames and float(seconds) <= PATIENCE else None


def _open(file: Path, whose: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(PATIENCE * 1000)
        page.route("**/*", _given)
        page.goto(file.as_uri(), wait_until="commit")
        print({"ours": _ready, "theirs": _settled}[whose](page), _frames(page), flush=True)
        browser.close()


def _ready(page: Page) -> float:
    page.wait_for_selector("[data-ready]")
    return (
        float(page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done(performance.now())))")) / 1000
    )


def _settled(page: Page) -> float:
    page.wait_for_function("() => typeof network === 'object' && network !== null && network.physics")
    page.evaluate(f"window.settled = null; ({SETTLED})().then((at) => (window.settled = at))")
    page.wait_for_function("() => window.settled", timeout=PATIENCE * 1000)
    return float(page.evaluate("window.settled")) / 1000


def _frames(page: Page) -> float:
    """Return the frames drawn a second while the map is dragged to and fro by the mouse."""
    box: Any = page.locator("canvas").first.bounding_box()
    left, top = box["x"] + 40, box["y"] + 20
    page.mouse.move(left, top)
    page.mouse.down()
    page.evaluate(FRAMES)
    for sweep in range(SWEEPS):
        by = 220 if sweep % 2 == 0 else 0
        page.mouse.move(left + by, top + by / 2, steps=STEPS)
    rate = float(page.evaluate(RATE))
    page.mouse.up()
    return rate


def _given(route: Route) -> None:
    """Answer what pyvis's page asks of others from the package's own files, or with nothing."""
    import pyvis  # noqa: PLC0415

    if route.request.url.endswith(".html"):
        route.continue_()
        return
    name = route.request.url.rpartition("/")[2]
    found = max(Path(pyvis.__file__).parent.rglob(name), default=None)  # the newest of two that it brings
    route.fulfill(
        body=found.read_bytes() if found else b"",
        content_type="text/css" if name.endswith("css") else "text/javascript",
    )


def _chromium() -> str:
    import shutil  # noqa: PLC0415

    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("this measurement needs Chromium")
    return found


if __name__ == "__main__":
    _open(Path(sys.argv[1]), sys.argv[2])
