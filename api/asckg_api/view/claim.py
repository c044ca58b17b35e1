"""Claims as pages look them up: every one of a build, by address and by the things that it touches."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from asckg.claim.record import Line, read_records
from asckg.claim.record import Record as Claim
from asckg.engine import Engine
from asckg.namespace import VOC, expand

__all__ = ["Claim", "ClaimBook", "Line", "read_claims"]


class ClaimBook:
    """Every claim of the default graph, by address and by the things it touches; read once per build."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.by_iri = {claim.iri: claim for claim in claims}
        about: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.by_iri.values():
            for thing in dict.fromkeys(claim.touches()):
                about[thing].append(claim)
        self._about = dict(about)

    def at(self, iri: str) -> list[Claim]:
        """Return the claims that touch a place of the document or a work, in the order of the document."""
        return list(self._about.get(iri, ()))

    def about(self, iri: str) -> list[Claim]:
        """Return the claims that touch a thing, those of which it is the subject first."""
        return sorted(self._about.get(iri, ()), key=lambda c: (c.subject != iri, c.predicate, c.iri))

    def all(self) -> list[Claim]:
        """Every claim, in the order of the document."""
        return list(self.by_iri.values())


def read_claims(engine: Engine) -> ClaimBook:
    """Every claim that the engine holds, ordered by its first sentence.

    A claim of another endpoint may lack what the shapes ask for; its page still has something to show.
    """
    return ClaimBook(
        replace(
            claim,
            says=claim.says or claim.iri,
            predicate=claim.predicate or expand("asc:reports"),
            stance=claim.stance or VOC + "asserted",
        )
        for claim in read_records(engine)
    )
