"""How much of a document the graph carries: by claims, by marks, or not at all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from asckg.namespace import expand
from asckg.source.record import Record

CARRIERS = ("claims", "entries", "marked", "neither")
_CLAIM = expand("asc:Claim")
_LISTED = {expand("biro:BibliographicReference"), expand("foaf:Person")}


@dataclass(frozen=True)
class Coverage:
    """What carries each sentence: (local name, section's local name, one of `CARRIERS`), in reading order."""

    sentences: tuple[tuple[str, str, str], ...]

    def sections(self) -> dict[str, Counter[str]]:
        """Return for each section, in order, how many sentences each carrier has."""
        found: dict[str, Counter[str]] = {}
        for _, section, carrier in self.sentences:
            found.setdefault(section, Counter())[carrier] += 1
        return found

    def total(self) -> Counter[str]:
        """Return how many sentences each carrier has in the whole document."""
        return Counter(carrier for _, _, carrier in self.sentences)

    def neither(self) -> list[str]:
        """Return the local names of the sentences that nothing carries."""
        return [name for name, _, carrier in self.sentences if carrier == "neither"]


def coverage(record: Record) -> Coverage:
    """Return what carries each sentence of a document.

    `claims`: a claim rests on it. `entries`: it is an entry of a list, recorded as a reference or a person.
    `marked`: the data says that it is signposting or repetition. A claim counts before a mark.
    """
    derived = record.derived()
    marked = record.marked()
    return Coverage(
        tuple(
            (s.name, s.section, _carrier([kind for kind, _ in derived.get(s.name, ())], marked=s.name in marked))
            for s in record.sentences()
        )
    )


def _carrier(kinds: Sequence[str], *, marked: bool) -> str:
    if _CLAIM in kinds:
        return "claims"
    if _LISTED.intersection(kinds):
        return "entries"
    return "marked" if marked else "neither"
