"""Robustness: what falls if a work is withdrawn."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from asckg.claim import Claim
from asckg.error import AsckgError
from asckg.graph import Graph
from asckg.named import iri_of
from asckg.namespace import compact


@dataclass(frozen=True)
class Fall:
    """What a withdrawn work would take along.

    `weakened` claims keep another work or another basis; `bare` claims keep testimony or the
    document's own voice only; `fallen` claims had no other support. `things` have no claim left.
    """

    name: str
    label: str
    weakened: tuple[str, ...]
    bare: tuple[str, ...]
    fallen: tuple[str, ...]
    things: tuple[str, ...]


def withdraw(graph: Graph, work: str) -> Fall:
    """Return what falls without one work; raise `AsckgError` when no claim cites it."""
    iri = iri_of(work)
    found = [fall for fall in withdrawals(graph) if fall.name == compact(iri)]
    if not found:
        raise AsckgError(f"no claim cites {work!r}; `asckg analyse works` lists the works that are cited")
    return found[0]


@dataclass(frozen=True)
class Loss:
    """A claim that a withdrawn work would touch: what becomes of it, what it says, and where it stands."""

    becomes: Literal["fallen", "bare", "weakened"]
    name: str
    paraphrase: str
    sentence: str


def losses(graph: Graph, work: str) -> list[Loss]:
    """Return the claims that one work carries, those that would fall first; raise `AsckgError` when none cites it."""
    fall = withdraw(graph, work)
    claims = {compact(claim.iri): claim for claim in graph.claims(about=work)}
    states: tuple[tuple[Literal["fallen", "bare", "weakened"], tuple[str, ...]], ...] = (
        ("fallen", fall.fallen),
        ("bare", fall.bare),
        ("weakened", fall.weakened),
    )
    return [
        Loss(state, name, claims[name].paraphrase, "; ".join(place.label for place in claims[name].sentences))
        for state, names in states
        for name in names
    ]


def withdrawals(graph: Graph) -> list[Fall]:
    """Return for each cited work what falls without it, the heaviest loss first."""
    citing: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    about: dict[str, list[Claim]] = defaultdict(list)
    for claim in graph.claims():
        about[claim.subject.iri].append(claim)
        for work in claim.works:
            citing[work.iri, work.label].append(claim)
    made = [_fall(iri, label, claims, about) for (iri, label), claims in citing.items()]
    return sorted(made, key=lambda fall: (-len(fall.fallen), -len(fall.bare), -len(fall.weakened), fall.name))


def _fall(iri: str, label: str, claims: list[Claim], about: dict[str, list[Claim]]) -> Fall:
    alone = [claim for claim in claims if len(claim.works) == 1]
    fallen = [claim for claim in alone if len(claim.evidence) == 1]
    lost = {claim.iri for claim in fallen}
    subjects = {claim.subject for claim in fallen if {other.iri for other in about[claim.subject.iri]} <= lost}
    bare = [claim for claim in alone if claim.iri not in lost]
    return Fall(
        name=compact(iri),
        label=label,
        weakened=_names([claim for claim in claims if len(claim.works) > 1]),
        bare=_names(bare),
        fallen=_names(fallen),
        things=tuple(sorted(subject.label for subject in subjects)),
    )


def _names(claims: list[Claim]) -> tuple[str, ...]:
    return tuple(sorted(compact(claim.iri) for claim in claims))
