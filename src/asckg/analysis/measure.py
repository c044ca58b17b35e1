"""The measures by name, and any of them as rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from asckg.analysis.agreement import agreements, disagreements
from asckg.analysis.centrality import brokers, centralities
from asckg.analysis.community import communities
from asckg.analysis.concentration import concentration, weights
from asckg.analysis.gap import gaps
from asckg.analysis.hole import structural_holes
from asckg.analysis.pairing import co_cited, coupled
from asckg.analysis.robustness import withdrawals
from asckg.answer import Answer
from asckg.graph import Graph
from asckg.term import XSD, Term


@dataclass(frozen=True)
class Measure:
    """One measure: what it tells, and the function that takes it."""

    about: str
    take: Callable[[Graph], Sequence[Any]]


MEASURES: dict[str, Measure] = {
    "centrality": Measure("what is connected, what brokers, what claims lead to", centralities),
    "brokers": Measure("who stands between funders and those that they fund", brokers),
    "communities": Measure("groups of things that claims join to each other", communities),
    "holes": Measure("whose neighbours have nothing to do with each other", structural_holes),
    "co-citation": Measure("works that the same claims cite", co_cited),
    "coupling": Measure("things that rest on the same works", coupled),
    "works": Measure("how many claims each work carries, and carries alone", weights),
    "concentration": Measure("how much rests on how few works", lambda graph: [concentration(graph)]),
    "gaps": Measure("barriers without remedy, remedies and settings without evidence", gaps),
    "robustness": Measure("what falls if a work is withdrawn", withdrawals),
    "agreement": Measure("how far the two passes of coding agree, with Cohen's kappa", agreements),
    "disagreements": Measure("between which domains the two passes of coding disagree", disagreements),
}


def as_answer(found: Sequence[Any]) -> Answer:
    """Return the dataclasses that a measure gave as rows; tuples become text joined by "; "."""
    if not found:
        return Answer((), [])
    names = tuple(field.name for field in fields(found[0]))
    return Answer(names, [tuple(_term(getattr(one, name)) for name in names) for one in found])


def _term(value: object) -> Term | None:
    if value is None:
        return None
    if isinstance(value, tuple):
        return Term.literal("; ".join(map(str, value)))
    if isinstance(value, int):
        return Term.literal(str(value), XSD + "integer")
    if isinstance(value, float):
        return Term.literal(repr(value), XSD + "double")
    return Term.literal(str(value))
