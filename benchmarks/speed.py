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
            yield from _lookups(mine, theirs)
            yield from _rows(mine, theirs)
            yield from _cached(mine)
            yield _mix(mine, theirs)


class Side:
    """What one server did: answers a second and seconds of processor time for each answer, turn by turn."""

    def __init__(self, url: peer.Address) -> None:
        self.url = url
        self.rates: list[float] = []
        self.costs: list[float] = []

    def take_turn(self, queries: list[str], connections: int = 16) -> None:
        """Ask `queries` and note how it went; every answer must be 200."""
        before = self.url.spent()
        run = load.measure(self.url, [load.request(self.url, query) for query in queries], connections)
        if set(run.statuses) != {200}:
            raise SystemExit(f"{self.url} answered {sorted(set(run.statuses))}")
        self.rates.append(len(queries) / run.seconds)
        self.costs.append((self.url.spent() - before) / len(queries))


def _beside(what: str, wanted: str, ours: Side, theirs: Side, unit: float, name: str) -> Iterator[Figure]:
    """Yield the ratio of rates, and that of processor time, which other work on the machine disturbs less."""
    rates = f"{statistics.median(ours.rates):.3g} and {statistics.median(theirs.rates):.3g} a second"
    yield Figure(what, f"{_ratio(ours.rates, theirs.rates):.2f}", wanted, rates)
    mine, peers = statistics.median(ours.costs), statistics.median(theirs.costs)
    spent = f"{mine * unit:.0f} {name} in the server and its workers, {peers * unit:.0f} {name} there"
    yield Figure("the same by processor time", f"{peers / mine:.2f}", "", spent)


def _lookups(mine: peer.Address, theirs: peer.Address) -> Iterator[Figure]:
    ours, peers = Side(mine), Side(theirs)
    for turn in range(REPEATS):
        for side in (ours, peers):
            side.take_turn(data.lookups(2000, turn * 2000))
    yield from _beside("2,000 distinct look-ups, 16 connections", "≥ 0.4", ours, peers, 1e6, "µs")


def _rows(mine: peer.Address, theirs: peer.Address) -> Iterator[Figure]:
    ours, peers = Side(mine), Side(theirs)
    for turn in range(REPEATS):
        for side in (ours, peers):
            side.take_turn([f"{data.ROWS} OFFSET {turn * 40 + number}" for number in range(20)], 4)
    yield from _beside("20,000-row answers, 4 connections", "≥ 1.0", ours, peers, 1e3, "ms")


def _cached(mine: peer.Address) -> Iterator[Figure]:
    query = data.ROWS.replace("20000", "2000")
    accept = {"Accept": load.JSON}
    answer = httpx.get(mine, params={"query": query}, headers=accept)
    base = mine.removesuffix("/sparql")
    cached = [load.request(mine, query)] * 1000
    fresh = [load.request(mine, query, f"If-None-Match: {answer.headers['etag']}\r\n")] * 1000
    static = [load.request(f"{base}/static-file")] * 1000
    empty = [load.request(f"{base}/static-empty")] * 1000
    costs: dict[str, list[float]] = {"cached": [], "304": [], "static": [], "empty": []}
    for _ in range(REPEATS):
        for name, requests in (("cached", cached), ("304", fresh), ("static", static), ("empty", empty)):
            before = mine.spent()
            load.measure(mine, requests, 4)
            costs[name].append((mine.spent() - before) / len(requests))
    cost = {name: f"{statistics.median(one) * 1e6:.0f} µs" for name, one in costs.items()}
    yield Figure(
        f"a cached answer of {len(answer.content) // 1024} KB, to a static file of its size",
        f"{_ratio(costs['cached'], costs['static']):.2f}",
        "≤ 1.5",
        f"{cost['cached']} and {cost['static']} of processor time each",
    )
    yield Figure(
        "304, to an empty answer",
        f"{_ratio(costs['304'], costs['empty']):.2f}",
        "≤ 1",
        f"{cost['304']} and {cost['empty']} of processor time each",
    )


def heavy() -> list[str]:
    """Return the three queries of the mix that touch all of the data."""
    return [
        f"SELECT ?g (COUNT(*) AS ?n) {{ ?s <{data.EX}memberOf> ?g }} GROUP BY ?g ORDER BY DESC(?n) LIMIT 10",
        f"SELECT (COUNT(*) AS ?n) {{ ?a <{data.EX}knows> ?b . ?b <{data.EX}knows> ?c }}",
        f"SELECT ?s {{ ?s <{data.EX}name> ?n FILTER(CONTAINS(?n, '999')) }}",
    ]


def _mix(mine: peer.Address, theirs: peer.Address) -> Figure:
    ours, peers = Side(mine), Side(theirs)
    for _ in range(3):
        for side in (ours, peers):
            side.take_turn((data.lookups(17) + heavy()) * 10)
    behind = f"{statistics.median(ours.rates):.0f} and {statistics.median(peers.rates):.0f} a second"
    what = "a mix of 20 queries ten times over, from the cache"
    return Figure(what, f"{_ratio(ours.rates, peers.rates):.1f}", "", behind)
