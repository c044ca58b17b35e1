"""Concentration: how much rests on how few works."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from asckg.graph import Graph
from asckg.named import Named


@dataclass(frozen=True)
class Weight:
    """A work: how many claims cite it, how many rest on it alone, and its share of all citations."""

    name: str
    label: str
    claims: int
    alone: int
    share: float
    running: float


@dataclass(frozen=True)
class Concentration:
    """The evidence of a graph in figures.

    `cited` claims have at least one work, `single` exactly one. `gini` is 0 where every work is cited
    as often as any other and nears 1 where one carries all; `half` is how many works carry half of
    the citations.
    """

    claims: int
    cited: int
    single: int
    testimony_only: int
    works: int
    citations: int
    gini: float
    half: int


def weights(graph: Graph) -> list[Weight]:
    """Return the cited works, those that carry most claims first; `running` adds up the shares."""
    cited: Counter[Named] = Counter()
    alone: Counter[Named] = Counter()
    for claim in graph.claims():
        cited.update(claim.works)
        if len(claim.works) == 1:
            alone.update(claim.works)
    total = cited.total()
    made, running = [], 0
    for work, number in sorted(cited.items(), key=lambda item: (-item[1], item[0].iri)):
        running += number
        share, so_far = round(number / total, 4), round(running / total, 4)
        made.append(Weight(work.name, work.label, number, alone[work], share, so_far))
    return made


def concentration(graph: Graph) -> Concentration:
    """Return the figures of concentration for the claims of a graph."""
    claims, works = graph.claims(), weights(graph)
    numbers = [work.claims for work in works]
    return Concentration(
        claims=len(claims),
        cited=sum(1 for claim in claims if claim.works),
        single=sum(1 for claim in claims if len(claim.works) == 1),
        testimony_only=sum(1 for claim in claims if {line.basis.name for line in claim.evidence} == {_TESTIMONY}),
        works=len(works),
        citations=sum(numbers),
        gini=round(gini(numbers), 4),
        half=sum(1 for work in works if work.running - work.share < _HALF - _ROUNDING),
    )


_TESTIMONY = "v:stakeholder-testimony"
_HALF = 0.5
_ROUNDING = 1e-4


def gini(numbers: Sequence[int]) -> float:
    """Return the Gini coefficient of numbers that are not negative, 0 for none.

    >>> gini([1, 1, 1]), round(gini([0, 0, 9]), 2)
    (0.0, 0.67)
    """
    total = sum(numbers)
    if not total:
        return 0.0
    ranked = sum(place * number for place, number in enumerate(sorted(numbers), 1))
    return 2 * ranked / (len(numbers) * total) - (len(numbers) + 1) / len(numbers)
