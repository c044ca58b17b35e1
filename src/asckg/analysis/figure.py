"""The figure of a measure: which of its values are drawn, and what the figure says."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from asckg.analysis.agreement import Agreement, Disagreement
from asckg.analysis.centrality import Central
from asckg.analysis.chart import Bar, Chart
from asckg.analysis.community import Community
from asckg.analysis.concentration import Concentration, Weight, weights
from asckg.analysis.curve import Curve
from asckg.analysis.gap import Gap, Kind, totals
from asckg.analysis.hole import Hole
from asckg.analysis.measure import MEASURES
from asckg.analysis.pairing import Pair
from asckg.analysis.robustness import Fall
from asckg.error import AsckgError
from asckg.graph import Graph
from asckg.style import kind_of

SHOWN = 20
_GAPS: dict[Kind, tuple[str, str]] = {
    "barrier-without-remedy": ("Barriers that nothing addresses", "barrier"),
    "remedy-without-literature": ("Remedies that no literature supports", "enabler"),
    "setting-without-claim": ("Settings that no claim is about", "concept"),
    "setting-without-literature": ("Settings whose claims cite no work", "concept"),
}


class Figure(Protocol):
    """A figure, which shows itself in a notebook."""

    def svg(self, mode: str = "light") -> str:
        """Return the figure as SVG, in the colours of `light` or `dark`."""
        ...


def figure(graph: Graph, measure: str, top: int = SHOWN) -> Figure:
    """Return the figure of a measure, of its first `top` rows; raise `AsckgError` on an unknown measure.

    >>> from asckg import Graph
    >>> figure(Graph.open(), "works", top=1)
    How many claims does each work carry? (alone, with other works)
    Pulman and Fenge (2023): 30, 3
    """
    if measure not in FIGURES:
        raise AsckgError(f"{measure!r} is not a measure; there are {', '.join(FIGURES)}")
    return FIGURES[measure](graph, MEASURES[measure].take(graph), top)


def _chart(title: str, says: str, bars: Sequence[Bar], series: Sequence[str], top: int) -> Chart:
    return Chart(title, says, tuple(bars[:top]), tuple(series), max(len(bars) - top, 0))


def _central(title: str, says: str) -> "_Draw":
    def draw(_: Graph, found: Sequence[Central], top: int) -> Chart:
        bars = [Bar(one.label, (one.betweenness,), kind_of([one.kind])) for one in found]
        return _chart(title, says, bars, ["betweenness"], top)

    return draw


def _communities(_: Graph, found: Sequence[Community], top: int) -> Chart:
    bars = [Bar(one.around, (one.size,)) for one in found]
    says = "Groups of things that claims join to each other, named after their best joined members."
    return _chart("What is spoken of together?", says, bars, ["things"], top)


def _holes(_: Graph, found: Sequence[Hole], top: int) -> Chart:
    ordered = sorted(found, key=lambda one: (-one.effective_size, one.name))
    bars = [Bar(one.label, (one.effective_size,), kind_of([one.kind])) for one in ordered]
    says = "Neighbours that are not joined to each other: how many separate contacts a thing has."
    return _chart("Whose neighbours have nothing to do with each other?", says, bars, ["effective size"], top)


def _pairs(title: str, says: str, unit: str, kind: str) -> "_Draw":
    def draw(_: Graph, found: Sequence[Pair], top: int) -> Chart:
        return _chart(
            title, says, [Bar(f"{one.one} \u2013 {one.other}", (one.weight,), kind) for one in found], [unit], top
        )

    return draw


def _works(_: Graph, found: Sequence[Weight], top: int) -> Chart:
    bars = [Bar(one.label, (one.alone, one.claims - one.alone), "work") for one in found]
    says = "Claims that cite a work: those that cite it alone, and those that cite others too."
    return _chart("How many claims does each work carry?", says, bars, ["alone", "with other works"], top)


def _concentration(graph: Graph, found: Sequence[Concentration], _: int) -> Curve:
    (one,) = found
    says = (
        f"{one.cited} of {one.claims} claims cite a work, {one.single} of them one work alone; "
        f"{one.testimony_only} rest on testimony only. Gini {one.gini:.2f}."
    )
    running = tuple(work.running for work in weights(graph))
    return Curve("On how few works does the evidence rest?", says, running, one.half, "works, most cited first", "work")


def _gaps(graph: Graph, found: Sequence[Gap], _: int) -> Chart:
    asked = totals(graph)
    bars = []
    for name, (label, kind) in _GAPS.items():
        number = sum(1 for gap in found if gap.kind == name)
        bars.append(Bar(label, (number, asked[name] - number), kind, f"{number} of {asked[name]}"))
    says = "Of each kind, how many are open and how many are not. A gap here is a gap in these sources."
    return Chart("What do these sources leave open?", says, tuple(bars), ("open", "not open"))


def _robustness(_: Graph, found: Sequence[Fall], top: int) -> Chart:
    bars = [Bar(one.label, (len(one.fallen), len(one.bare), len(one.weakened)), "work") for one in found]
    says = "Claims that would lose all support, keep testimony or the document's voice only, or keep another work."
    return _chart("What falls if a work is withdrawn?", says, bars, ["fallen", "bare", "weakened"], top)


def _agreement(_: Graph, found: Sequence[Agreement], top: int) -> Chart:
    bars = [Bar(one.scheme, (one.kappa or 0.0,), "scheme") for one in found]
    spans = "; ".join(f"{one.scheme} {one.low} to {one.high}" for one in found if one.kappa is not None)
    return _chart("How far do two passes of coding agree?", f"95 % intervals: {spans}.", bars, ["Cohen's kappa"], top)


def _disagreements(_: Graph, found: Sequence[Disagreement], top: int) -> Chart:
    bars = [Bar(f"{one.one} or {one.other}", (one.findings,), "concept") for one in found]
    says = "Findings that the two passes put into different constructs, by the domains of these."
    return _chart("Where do the two passes disagree?", says, bars, ["findings"], top)


_Draw = Callable[[Graph, Sequence[Any], int], Figure]
FIGURES: dict[str, _Draw] = {
    "centrality": _central(
        "What lies between?", "The share of shortest paths between other things that pass through this one."
    ),
    "brokers": _central(
        "Who stands between funders and those that they fund?",
        "The share of shortest paths in the way of the money that pass through a thing; not proof that it brokers.",
    ),
    "communities": _communities,
    "holes": _holes,
    "co-citation": _pairs("Which works are cited together?", "Claims that cite both works.", "claims", "work"),
    "coupling": _pairs("What rests on the same works?", "Works that claims about both rest on.", "works", "thing"),
    "works": _works,
    "concentration": _concentration,
    "gaps": _gaps,
    "robustness": _robustness,
    "agreement": _agreement,
    "disagreements": _disagreements,
}
