"""Rows whose identifier is one thing's and whose name is another's: an identifier slips easily into the next row."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from asckg.link.outcome import Option, Outcome
from asckg.link.record import Record
from asckg.link.text import fold

DOUBT = "the identifier is of one, the name of another"


class Namesakes:
    """Things by their names in one form, found when first asked for."""

    def __init__(self, things: Sequence[Record]) -> None:
        self._things = things
        self._named: dict[tuple[str, str], list[Record]] | None = None

    def other(self, row: Record, thing: Record) -> Record | None:
        """Return the thing whose name a row bears, when that is another than the one whose identifier it has."""
        name = fold(row.name)
        if row.kind not in {"organisation", "place"} or len(name.split()) < 2:  # noqa: PLR2004 - one word names many
            return None
        if name in map(fold, thing.names):
            return None
        if self._named is None:
            self._named = defaultdict(list)
            for item in self._things:
                for text in item.names:
                    self._named[item.kind, fold(text)].append(item)
        found = self._named.get((row.kind, name), [])
        return found[0] if len(found) == 1 else None


def torn(row: Record, option: Option, other: Record, said: str) -> Outcome:
    """Return the outcome for a person, who sees both things."""
    options = (replace(option, doubts=(DOUBT,)), Option(other, 1.0, {"name": 1.0}, (DOUBT,)))
    return Outcome(bare(row), "review", options, 0.0, f"{said}, but the name is that of {other.name}")


def bare(row: Record) -> Record:
    """Return a row that is known by what it says: a decision about it is none about its doubtful identifier."""
    return replace(row, key=f"row-{row.line}", identifiers={})
