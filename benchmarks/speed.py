"""Look-ups, large answers, cached answers and 304, beside `oxigraph serve` in memory on the same data."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx

from benchmarks import data, load, peer

REPEATS = 5


class Figure(NamedTuple):
    """One line of the table: what, the figure, what it should be, and the numbers behind it."""

    what: str
    value: str
    wanted: str
    behind: str


def _ratio(mine: list[float], theirs: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(mine, theirs, strict=True))


def measure() -> Iterator[Figure]:
    """Yield the figures; the two servers take turns, so that what else the machine does strikes both."""
    with tempfile.TemporaryDirectory() as folder:
        home = peer.make_home(Path(folder) / "home", data.quads(100_000))
        nquads = peer.dump(data.quads(100_000))
        with peer.oxigraph(nquads=nquads) as theirs, peer.ours(home, timeout=20, cache=64 << 20) as mine:
            yield _lookups(mine, theirs)
            yield _rows(mine, theirs)
            yield from _cached(mine, theirs)
            yield _mix(mine, theirs)


def _rate(url: str, queries: list[str], connections: int = 16) -> float:
    run = load.measure(url, [load.request(url, query) for query in queries], connections)
    if set(run.statuses) != {200}:
        raise SystemExit(f"{url} answered {sorted(set(run.statuses))}")
    return len(queries) / run.seconds


def _lookups(mine: str, theirs: str) -> Figure:
    ours, peers = [], []
    for turn in range(REPEATS):
        queries = data.lookups(2000, turn * 2000)
        ours.append(_rate(mine, queries))
        peers.append(_rate(theirs, queries))
    behind = f"{statistics.median(ours):.0f} and {statistics.median(peers):.0f} a second"
    return Figure("2,000 distinct look-ups, 16 connections", f"{_ratio(ours, peers):.2f}", "≥ 0.4", behind)


def _rows(mine: str, theirs: str) -> Figure:
    ours, peers = [], []
    for turn in range(REPEATS):
        queries = [f"{data.ROWS} OFFSET {turn * 40 + number}" for number in range(20)]
        ours.append(_rate(mine, queries, 4))
        peers.append(_rate(theirs, queries, 4))
    behind = f"{statistics.median(ours):.1f} and {statistics.median(peers):.1f} answers a second"
    return Figure("20,000-row answers, 4 connections", f"{_ratio(ours, peers):.2f}", "≥ 1.0", behind)


def _cached(mine: str, theirs: str) -> Iterator[Figure]:
    query = data.ROWS.replace("20000", "2000")
    accept = {"Accept": load.JSON}
    answer = httpx.get(mine, params={"query": query}, headers=accept)
    base = mine.removesuffix("/sparql")
    cached = [load.request(mine, query)] * 1000
    fresh = [load.request(mine, query, f"If-None-Match: {answer.headers['etag']}\r\n")] * 1000
    static = [load.request(f"{base}/static-file")] * 1000
    empty = [load.request(f"{base}/static-empty")] * 1000
    times: dict[str, list[float]] = {"cached": [], "304": [], "static": [], "empty": []}
    for _ in range(REPEATS):
        for name, requests in (("cached", cached), ("304", fresh), ("static", static), ("empty", empty)):
            times[name].append(load.measure(mine, requests, 4).seconds)
    cost = {name: f"{statistics.median(one) * 1000:.0f} µs" for name, one in times.items()}
    yield Figure(
        f"a cached answer of {len(answer.content) // 1024} KB, to a static file of its size",
        f"{_ratio(times['cached'], times['static']):.2f}",
        "≤ 1.5",
        f"{cost['cached']} and {cost['static']} each",
    )
    yield Figure(
        "304, to an empty answer",
        f"{_ratio(times['304'], times['empty']):.2f}",
        "≤ 1",
        f"{cost['304']} and {cost['empty']} each",
    )
    peers = [len(cached) / load.measure(theirs, [load.request(theirs, query)] * 200, 4).seconds / 5 for _ in range(3)]
    ours = [len(fresh) / one for one in times["304"][:3]]
    yield Figure("304, to the peer's answer", f"{_ratio(ours, peers):.1f}", "", "")


def heavy() -> list[str]:
    """Return the three queries of the mix that touch all of the data."""
    return [
        f"SELECT ?g (COUNT(*) AS ?n) {{ ?s <{data.EX}memberOf> ?g }} GROUP BY ?g ORDER BY DESC(?n) LIMIT 10",
        f"SELECT (COUNT(*) AS ?n) {{ ?a <{data.EX}knows> ?b . ?b <{data.EX}knows> ?c }}",
        f"SELECT ?s {{ ?s <{data.EX}name> ?n FILTER(CONTAINS(?n, '999')) }}",
    ]


def _mix(mine: str, theirs: str) -> Figure:
    mix = (data.lookups(17) + heavy()) * 10
    ours, peers = [], []
    for _ in range(3):
        ours.append(_rate(mine, mix))
        peers.append(_rate(theirs, mix))
    behind = f"{statistics.median(ours):.0f} and {statistics.median(peers):.0f} a second"
    return Figure("a mix of 20 queries ten times over, from the cache", f"{_ratio(ours, peers):.1f}", "", behind)
