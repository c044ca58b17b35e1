"""Fourteen runaway queries on a million triples: each stopped in time, and look-ups answered meanwhile."""

import asyncio
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from benchmarks import data, load, peer
from benchmarks.speed import Figure

E = data.EX
BOMB = "(" * 12 + "a+" + ")+" * 12
CORPUS = {
    "count of a product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
    "count of a triple product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "filter over a product": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(CONCAT(STR(?c), STR(?f)) = 'none') }",
    "path with free ends": f"SELECT (COUNT(*) AS ?n) {{ ?a <{E}knows>+ ?b }}",
    "path of paths": f"SELECT * {{ ?a (<{E}knows>|^<{E}memberOf>)* ?b . ?b (<{E}knows>|^<{E}knows>)* ?c }}",
    "sorted product": f"SELECT ?a ?d {{ ?a <{E}name> ?c . ?d <{E}name> ?f }} ORDER BY ?c ?f",
    "distinct product": "SELECT DISTINCT ?a ?d ?c { ?a ?b ?c . ?d ?e ?f }",
    "grouped product": "SELECT ?a (COUNT(DISTINCT ?f) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a",
    "texts joined": "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?t) { ?a ?b ?c . ?d ?e ?f }",
    "regex bomb": f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), '^{BOMB}$')) }}",
    "replaced texts": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(REPLACE(STR(?c), '(.)', '$1$1$1$1') = STR(?f)) }",
    "optional product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f FILTER(?f > ?c) } }",
    "not exists over a product": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { ?a ?x ?f . ?d ?y ?c } }",
    "nested selects": "SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a ?b ?c } } { SELECT ?d { ?d ?e ?f } } }",
}
DEADLINE = 3.0


def measure(triples: int = 1_000_000) -> Iterator[Figure]:
    """Yield what became of the runaways, and the latency of look-ups beside as many of them as there are workers."""
    with tempfile.TemporaryDirectory() as folder:
        home = peer.make_home(Path(folder) / "home", data.quads(triples))
        settings = {"timeout": DEADLINE, "workers": 2, "heavy": 4, "stored_in_memory": 300_000, "cache": 0}
        with peer.ours(home, **settings) as url:
            yield from _corpus(url)
            yield _beside(url, 2)


def _corpus(url: str) -> Iterator[Figure]:
    slowest, statuses = 0.0, {}
    for name, query in CORPUS.items():
        began = time.perf_counter()
        response = httpx.get(url, params={"query": query}, timeout=60)
        slowest = max(slowest, time.perf_counter() - began)
        statuses[name] = response.status_code
    stopped = sum(status in (503, 504) for status in statuses.values())
    kinds = ", ".join(f"{list(statuses.values()).count(one)} with {one}" for one in sorted(set(statuses.values())))
    yield Figure(f"runaway queries stopped, of {len(CORPUS)}", str(stopped), str(len(CORPUS)), kinds)
    yield Figure(
        "the slowest stop, past the deadline", f"{slowest - DEADLINE:.2f} s", "≤ 0.5 s", f"deadline {DEADLINE:g} s"
    )


def _beside(url: str, runaways: int) -> Figure:
    idle = _latencies(url, 0)
    stop = threading.Event()

    def run(query: str) -> None:
        while not stop.is_set():
            httpx.get(url, params={"query": query}, timeout=60)

    queries = list(CORPUS.values())[:runaways]
    threads = [threading.Thread(target=run, args=(query,)) for query in queries]
    for thread in threads:
        thread.start()
    time.sleep(1)
    busy = _latencies(url, 1000)
    stop.set()
    for thread in threads:
        thread.join()
    slowest = f"p99 {idle.percentile(0.99) * 1000:.1f} and {busy.percentile(0.99) * 1000:.1f} ms"
    worst = f"slowest {max(busy.latencies) * 1000:.0f} ms, all with status {set(busy.statuses)}"
    ratio = busy.percentile(0.99) / idle.percentile(0.99)
    return Figure(
        f"look-ups beside {runaways} runaways: p99 to that of the idle server",
        f"{ratio:.1f}",
        "≤ 5",
        f"{slowest}; {worst}",
    )


def _latencies(url: str, start: int) -> load.Run:
    requests = [load.request(url, query) for query in data.lookups(1000, start)]
    return asyncio.run(load.ask_all(url, requests, 2))


def _own_memory(process: int) -> int:
    """Return the KiB of memory that only this process holds."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # it ended meanwhile
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty"))


def kill_cost() -> Iterator[Figure]:
    """Yield what a kill, a worker and isolation cost."""
    from asckg.engine.pool import Limits, Pool, Request, Source, StoppedError  # noqa: PLC0415  measured on its own
    from asckg.engine.pool.format import result_format  # noqa: PLC0415

    json = result_format("application/sparql-results+json")
    code = json.code if json else 0

    async def main(folder: Path) -> tuple[float, float, float]:
        home = peer.make_home(folder / "home", data.quads(100_000))
        pool = Pool(Limits(timeout=0.2))
        await pool.load(Source(home / "builds" / "bare" / "store", "v", 100_000))
        alone: list[float] = []
        for query in data.lookups(500):
            began = time.perf_counter()
            await pool.run(Request("query", query, code, 0))
            alone.append(time.perf_counter() - began)
        forks: list[float] = []
        for _ in range(20):
            try:
                await pool.run(Request("query", CORPUS["count of a triple product"], code, 0))
            except StoppedError:
                began = time.perf_counter()
                started = pool.counts["started"]
                while pool.counts["started"] == started and time.perf_counter() - began < 1:  # noqa: ASYNC110  measured
                    await asyncio.sleep(0.0005)
                forks.append(time.perf_counter() - began)
        generation = pool.generation
        sizes = [_own_memory(process) for process in generation.workers] if generation else [0]
        await pool.close(0)
        return (
            statistics.median(alone),
            statistics.median(forks or [0.0]),
            statistics.median([size for size in sizes if size] or [0]),
        )

    with tempfile.TemporaryDirectory() as folder:
        query, fork, size = asyncio.run(main(Path(folder)))
    yield Figure("a look-up through a worker, without HTTP", f"{query * 1e6:.0f} µs", "", "median of 500")
    yield Figure(
        "a new worker after a kill", f"{fork * 1000:.1f} ms", "", "median of 20; a spare one answers meanwhile"
    )
    yield Figure(
        "memory of a worker of its own", f"{size / 1024:.1f} MiB", "", "dirty pages, store of 100,000 triples in memory"
    )
