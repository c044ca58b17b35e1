"""The data of a map: nodes, edges and what filters them, from the rows of a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from asckg.error import AsckgError
from asckg.namespace import compact
from asckg.question import Question
from asckg.search.index import Hit, LabelIndex
from asckg.term import Rows, Term

FACETS = ("basis", "setting", "section", "stance", "claim")


@dataclass(frozen=True)
class Node:
    """A thing on a map; `x` and `y` are set by a layout, `community` counts from 0, `year` is 0 without a date."""

    iri: str
    label: str
    kind: str
    degree: int = 0
    x: int = 0
    y: int = 0
    community: int = 0
    year: int = 0


@dataclass(frozen=True)
class Edge:
    """A link on a map with what it can be filtered by; `kind` is the IRI of the property, all else are IRIs too."""

    source: str
    target: str
    kind: str
    label: str
    basis: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    claim: tuple[str, ...] = ()


@dataclass(frozen=True)
class Region:
    """A box behind the things that stand in it, with a title when it has one; in the units of the layout."""

    title: str
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class MapData:
    """A map: its name and words, nodes and edges; `names` has a label for each IRI that filters speak of."""

    name: str
    title: str
    description: str
    read: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    names: Mapping[str, str]
    layout: str = "force"
    directed: bool = True
    truncated: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True)
class Link:
    """One row of a map's query: two ends, the property between them, facet values by facet, and the ends' years."""

    source: str
    target: str
    kind: str
    facets: Mapping[str, str] = field(default_factory=dict, hash=False)
    years: tuple[int, int] = (0, 0)


def links_of(question: Question, rows: Rows) -> list[Link]:
    """Return the links in a query's rows, by the columns that the `map:` line of its header names."""
    columns = question.map
    if not columns or "source" not in columns or "target" not in columns:
        raise AsckgError(f"{question.path}: a map needs `#+ map: {{source: …, target: …}}` in its header")
    where = {name: rows.columns.index(column) for name, column in columns.items() if column in rows.columns}
    if missing := {"source", "target"} - where.keys():
        raise AsckgError(f"{question.path}: the query gives no column for {sorted(missing)}; it gives {rows.columns}")
    return [link for row in rows.rows if (link := _link(row, where))]


def _link(row: tuple[Term | None, ...], where: Mapping[str, int]) -> Link | None:
    def value(name: str) -> str:
        term = row[where[name]] if name in where else None
        return term.value if term else ""

    source, target = value("source"), value("target")
    if not source or not target:
        return None
    years = (_year(value("source_year")), _year(value("target_year")))
    return Link(source, target, value("kind"), {name: value(name) for name in FACETS if value(name)}, years)


def _year(text: str) -> int:
    return int(text[:4]) if text[:4].isdigit() else 0


def map_data(question: Question, links: Iterable[Link], labels: LabelIndex) -> MapData:
    """Return the map of a query, without positions."""
    columns = question.map or {}
    read, layout = columns.get("read", ""), columns.get("layout", "force")
    head = MapData(
        question.name, question.title, question.description, read, (), (), {}, layout, "undirected" not in columns
    )
    return join(head, links, labels)


def join(head: MapData, links: Iterable[Link], labels: LabelIndex) -> MapData:
    """`head` with the nodes and edges of these links; links of one kind between two things are one edge."""
    links = list(links)
    edges = _merged(links)
    ends = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
    spoken = [value for edge in edges for value in (*edge.basis, *edge.setting, *edge.section, *edge.stance, edge.kind)]
    hits = labels.look_up([*ends, *spoken])
    degree = _degrees(edges)
    years = _years(links)
    nodes = tuple(replace(_node(iri, hits.get(iri), degree[iri]), year=years[iri]) for iri in sorted(ends))
    names = {iri: hits[iri].label if iri in hits else compact(iri) for iri in dict.fromkeys(spoken) if iri}
    named = tuple(replace(edge, label=names.get(edge.kind, "")) for edge in edges)
    return replace(head, nodes=nodes, edges=named, names=names, kinds=count_kinds(nodes))


def count_kinds(nodes: Iterable[Node]) -> dict[str, int]:
    """How many nodes there are of each kind, the most frequent first."""
    counts: dict[str, int] = {}
    for node in nodes:
        counts[node.kind] = counts.get(node.kind, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _node(iri: str, hit: Hit | None, degree: int) -> Node:
    return Node(iri, hit.label if hit else compact(iri), hit.kind if hit else "thing", degree)


def _merged(links: Iterable[Link]) -> list[Edge]:
    found: dict[tuple[str, str, str], dict[str, dict[str, None]]] = {}
    for link in links:
        facets = found.setdefault((link.source, link.target, link.kind), {name: {} for name in FACETS})
        for name, value in link.facets.items():
            facets[name][value] = None
    return [
        Edge(source, target, kind, "", *(tuple(sorted(facets[name])) for name in FACETS))
        for (source, target, kind), facets in sorted(found.items())
    ]


def _years(links: Iterable[Link]) -> dict[str, int]:
    found: dict[str, int] = {}
    for link in links:
        for end, year in zip((link.source, link.target), link.years, strict=True):
            found[end] = max(year, found.get(end, 0))
    return found


def _degrees(edges: Iterable[Edge]) -> dict[str, int]:
    neighbours: dict[str, set[str]] = {}
    for edge in edges:
        neighbours.setdefault(edge.source, set()).add(edge.target)
        neighbours.setdefault(edge.target, set()).add(edge.source)
    return {iri: len(found) for iri, found in neighbours.items()}
