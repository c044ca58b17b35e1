"""What a match is: candidates with the reasons for and against each."""

from collections.abc import Mapping
from dataclasses import dataclass

from asckg.link.affiliation import Run
from asckg.link.organisation import Comparison, compare
from asckg.link.record import Record


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a string may mean, with everything that spoke for and against it.

    `similarity` is 0 to 1; `parts` are its summands by name; `doubts` are the guards that forbid acceptance.
    """

    owner: int
    record: Record
    name: str
    similarity: float
    parts: Mapping[str, float]
    comparison: Comparison
    run: Run
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a string was matched to.

    `band` is `accepted`, `review` or `none`; `candidates` stand best first; `margin` is the lead over the
    second; `others` are the matches of further institutions named in the same string.
    """

    text: str
    band: str
    candidates: tuple[Candidate, ...] = ()
    margin: float = 1.0
    others: tuple["Match", ...] = ()

    @property
    def best(self) -> Candidate | None:
        """Return the first candidate, if there is any."""
        return self.candidates[0] if self.candidates else None


NOTHING = Candidate(-1, Record("", ""), "", 0.0, {}, compare((), ()), Run((), "", "", 0, 0, (), frozenset()))
