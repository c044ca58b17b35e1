"""Agreement: how far two passes of coding chose the same, per scheme, and where they did not."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import isclose, sqrt

from asckg.graph import Graph
from asckg.named import labels

_PAIRS = """
SELECT DISTINCT ?finding ?scheme ?one ?other ?oneTop ?otherTop WHERE {
  ?first asc:codingPass v:pass-first ; asc:codes ?finding ; asc:codingScheme ?scheme .
  ?second asc:codes ?finding ; asc:codingPass v:pass-second ; asc:codingScheme ?scheme .
  OPTIONAL { ?first asc:assignsCode ?one . ?one skos:broader* ?oneTop . ?oneTop skos:topConceptOf ?scheme }
  OPTIONAL { ?second asc:assignsCode ?other . ?other skos:broader* ?otherTop . ?otherTop skos:topConceptOf ?scheme }
} ORDER BY ?scheme ?finding
"""
_NORMAL = 1.959964
NO_CODE = "no code"


@dataclass(frozen=True)
class Kappa:
    """Cohen's kappa of two codings of the same things, with a 95 % interval; all None where chance leaves no room."""

    kappa: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Agreement:
    """Two passes over one scheme: findings coded in both, how many alike, how many without a code in both; kappa."""

    scheme: str
    findings: int
    alike: int
    uncoded: int
    agreement: float
    kappa: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Disagreement:
    """A kind of disagreement: the two domains chosen, in either order, and the findings concerned."""

    scheme: str
    one: str
    other: str
    findings: int
    labels: tuple[str, ...]


@dataclass(frozen=True)
class _Pair:
    finding: str
    scheme: str
    codes: tuple[str, str]
    domains: tuple[str, str]


def agreements(graph: Graph) -> list[Agreement]:
    """Return the agreement of the first and the second pass for each scheme; having no code is a choice like any."""
    by_scheme: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in _pairs(graph):
        by_scheme[pair.scheme].append(pair.codes)
    names, made = labels(graph.engine, by_scheme), []
    for scheme, codes in by_scheme.items():
        alike, measured = sum(one == other for one, other in codes), cohen(codes)
        uncoded = codes.count(("", ""))
        share = round(alike / len(codes), 4)
        figures = (measured.kappa, measured.low, measured.high)
        made.append(Agreement(names[scheme], len(codes), alike, uncoded, share, *figures))
    return made


def disagreements(graph: Graph) -> list[Disagreement]:
    """Return the disagreements by the domains (top concepts) that the passes chose, the most frequent kinds first."""
    kinds: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for pair in _pairs(graph):
        if pair.codes[0] != pair.codes[1]:
            one, other = sorted(pair.domains, key=lambda domain: (not domain, domain))
            kinds[pair.scheme, one, other].append(pair.finding)
    iris = {iri for kind in kinds for iri in kind if iri} | {one for found in kinds.values() for one in found}
    names = {**labels(graph.engine, iris), "": NO_CODE}
    ordered = sorted(kinds.items(), key=lambda item: (item[0][0], -len(item[1]), item[0]))
    return [
        Disagreement(names[scheme], names[one], names[other], len(found), tuple(sorted(names[it] for it in found)))
        for (scheme, one, other), found in ordered
    ]


def cohen(pairs: Sequence[tuple[Hashable, Hashable]]) -> Kappa:
    """Return Cohen's kappa of pairs of codes, rounded to four places, with its large-sample 95 % interval.

    Kappa: Cohen, A coefficient of agreement for nominal scales, 1960, doi:10.1177/001316446002000104. Its
    error: Fleiss, Cohen and Everitt, Large sample standard errors of kappa and weighted kappa, 1969,
    doi:10.1037/h0028106. The interval is cut off at 1 and -1.

    >>> cohen([("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15).kappa
    0.4
    """
    if not pairs:
        return Kappa(None, None, None)
    total = len(pairs)
    joint = {pair: number / total for pair, number in Counter(pairs).items()}
    first, second = (_shares(pair[place] for pair in pairs) for place in (0, 1))
    seen = sum(share for (one, other), share in joint.items() if one == other)
    chance = sum(share * second[code] for code, share in first.items())
    if isclose(chance, 1):
        return Kappa(None, None, None)
    kappa = (seen - chance) / (1 - chance)
    alike = sum(
        share * (1 - (first[one] + second[one]) * (1 - kappa)) ** 2
        for (one, other), share in joint.items()
        if one == other
    )
    apart = sum(share * (second[one] + first[other]) ** 2 for (one, other), share in joint.items() if one != other)
    spread = alike + (1 - kappa) ** 2 * apart - (kappa - chance * (1 - kappa)) ** 2
    half = _NORMAL * sqrt(max(spread, 0) / total) / (1 - chance)
    return Kappa(round(kappa, 4), round(max(kappa - half, -1), 4), round(min(kappa + half, 1), 4))


def _shares(codes: Iterable[Hashable]) -> Counter[Hashable]:
    counted = Counter(codes)
    total = counted.total()
    return Counter({code: number / total for code, number in counted.items()})


def _pairs(graph: Graph) -> list[_Pair]:
    found = []
    for row in graph.engine.select(_PAIRS).rows:
        finding, scheme, one, other, one_top, other_top = (term.value if term else "" for term in row)
        found.append(_Pair(finding, scheme, (one, other), (one_top, other_top)))
    return found
