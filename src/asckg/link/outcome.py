"""What became of one row of an external table, and how it is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from asckg.link.candidate import Candidate
from asckg.link.record import Record

BANDS = ("identifier", "accepted", "review", "none", "decided")


@dataclass(frozen=True, slots=True)
class Option:
    """A thing that a row may equal: how alike, the parts of that, the doubts, the tokens that agree and disagree."""

    thing: Record
    similarity: float
    parts: Mapping[str, float] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    agree: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    relation: str = ""

    @classmethod
    def of(cls, found: Candidate) -> "Option":
        """Return the option of a name match."""
        pair = found.comparison
        return cls(
            found.record,
            max(0.0, min(found.similarity, 1.0)),
            found.parts,
            found.doubts,
            tuple(left if left == right else f"{left}~{right}" for left, right in pair.agree),
            pair.extra,
            pair.missing,
        )

    def statements(self) -> list[str]:
        """Return what speaks for and against, one statement each: words, country, type, doubts, relations."""
        words = (("agree", self.agree), ("only in the row", self.extra), ("only in the graph", self.missing))
        said = [f"{word}: {', '.join(found)}" for word, found in words if found]
        if self.thing.country:
            said.append(f"country: {self.thing.country}")
        if self.thing.types:
            said.append(f"type: {', '.join(self.thing.types)}")
        said += [f"doubt: {text}" for text in self.doubts]
        return [*said, self.relation] if self.relation else said

    def explain(self) -> str:
        """Return one line that says what speaks for and against."""
        parts = " ".join(f"{name} {value:+.2f}" for name, value in self.parts.items() if value)
        return "; ".join((f"{self.similarity:.2f} = {parts}", *self.statements()))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row with its band, its options best first, the lead of the first, and the reason in words."""

    row: Record
    band: str
    options: tuple[Option, ...] = ()
    margin: float = 1.0
    reason: str = ""

    @property
    def best(self) -> Option | None:
        """Return the first option, if there is any."""
        return self.options[0] if self.options else None


def with_relations(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Return the options, each saying when it is parent or child of another one."""
    if not any(item.thing.parents or item.thing.children for item in options):
        return options
    found = []
    for item in options:
        said = ""
        for other in options:
            if other.thing.key in item.thing.parents:
                said = f"part of {other.thing.name}, also an option"
            elif other.thing.key in item.thing.children:
                said = f"parent of {other.thing.name}, also an option"
        found.append(replace(item, relation=said))
    return tuple(found)
