"""Pages and search by processor time, which other work on the machine disturbs less than the clock."""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
from fastapi import FastAPI
from fastapi.testclient import TestClient

from asckg.graph import Graph
from asckg.namespace import ID, PREFIXES
from asckg.search.index import Entry, LabelIndex, write
from asckg_api import page
from asckg_api.settings import Settings
from benchmarks import peer
from benchmarks.speed import Figure

LABELS, POINTING, TURNS = 100_000, 10_000, 40
PAGES = ("/", "/search?q=care", "/page/org-nihr", "/page/barrier-high-turnover", "/questions",
         "/questions/barriers-in-setting", "/matrix", "/claims", "/references", "/timeline", "/glossary")  # fmt: skip


def measure() -> Iterator[Figure]:
    """Yield the figures."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _search(Path(folder))
        yield from _much_linked(Path(folder))
    yield _pages()


def _cost(works: Iterable[Callable[[], object]]) -> tuple[float, float]:
    """Return what each of these cost in milliseconds of processor time: in the middle and at the 95th percentile."""
    spent = []
    for work in works:
        begin = time.process_time()
        work()
        spent.append((time.process_time() - begin) * 1000)
    spent.sort()
    return statistics.median(spent), spent[int(len(spent) * 0.95)]


def _figure(what: str, wanted: float, cost: tuple[float, float], behind: str) -> Figure:
    return Figure(what, f"{cost[1]:.1f} ms", f"≤ {wanted:g} ms", f"{cost[0]:.1f} ms in the middle; {behind}")


def _search(folder: Path) -> Iterator[Figure]:
    chance = random.Random(3)  # noqa: S311  # the same names each time
    words = ["".join(chance.choices("abcdefghijklmnoprstuvw", k=chance.randint(4, 11))) for _ in range(40_000)]
    names = [" ".join(chance.choices(words, k=chance.randint(2, 6))) for _ in range(LABELS)]
    entries = (Entry(f"https://x/{n}", name, "organisation", (), n % 99) for n, name in enumerate(names))
    index = write(folder / "label.sqlite", entries)
    index.search("warm")
    index.search("warmupxyz")

    def mistyped() -> str:
        word = chance.choice(words)
        at = chance.randrange(len(word))
        return word[:at] + "x" + word[at + 1 :]

    kinds = {
        "beginnings of one to three letters": [chance.choice(words)[: chance.randint(1, 3)] for _ in range(300)],
        "two words": [" ".join(name.split()[:2])[:-1] for name in chance.sample(names, 300)],
        "one mistyped word": [mistyped() for _ in range(300)],
        "nothing alike": [f"zzzz{n}qqq" for n in range(100)],
    }
    for what, typed in kinds.items():
        yield _figure(f"search: {what}", 20, _cost(_asking(index, typed)), f"{LABELS:,} labels, {len(words):,} words")


def _asking(index: LabelIndex, typed: Iterable[str]) -> Iterator[Callable[[], object]]:
    for text in typed:
        yield lambda text=text: index.search(text)  # type: ignore[misc]  # the default binds the text of this turn


def _much_linked(folder: Path) -> Iterator[Figure]:
    home = peer.make_home(folder / "home", _pointing())
    client = _client(Graph.open(home / "builds" / "bare"))
    client.get("/about")
    first = _cost([lambda: client.get("/page/thing-hub")])
    yield _figure("a page that 10,000 things point at, the first time", 100, first, "one request")
    numbers = [random.Random(n).randint(1, POINTING // 50) for n in range(TURNS)]  # noqa: S311  # the same each time
    cost = _cost(_getting(client, [f"/page/thing-hub?page={number}" for number in numbers]))
    yield _figure("a page that 10,000 things point at", 100, cost, f"{TURNS} requests of 50 links each")


def _pointing() -> Iterator[ox.Quad]:
    label, related = (ox.NamedNode(f"{PREFIXES['skos']}{name}") for name in ("prefLabel", "related"))
    hub = ox.NamedNode(f"{ID}thing-hub")
    yield ox.Quad(hub, label, ox.Literal("Hub", language="en"))
    for number in range(POINTING):
        thing = ox.NamedNode(f"{ID}thing-{number}")
        yield ox.Quad(thing, label, ox.Literal(f"Thing {number}", language="en"))
        yield ox.Quad(thing, related, hub)


def _pages() -> Figure:
    client = _client(Graph.open())
    for path in PAGES:
        client.get(path).raise_for_status()
    cost = _cost(_getting(client, [path for path in PAGES for _ in range(TURNS // 4)]))
    return _figure("a page of the shipped graph", 30, cost, f"{len(PAGES)} kinds of page, {TURNS // 4} times each")


def _getting(client: TestClient, paths: Iterable[str]) -> Iterator[Callable[[], object]]:
    for path in paths:
        yield lambda path=path: client.get(path).raise_for_status()  # type: ignore[misc]  # as above


def _client(graph: Graph) -> TestClient:
    """Return a client of the pages alone, without the SPARQL service's workers."""
    app = FastAPI()
    app.state.settings, app.state.graph = Settings(), graph
    page.install(app)
    return TestClient(app, headers={"accept": "text/html"})
