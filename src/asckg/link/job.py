"""One run of linking: a table opened, its columns understood, its rows matched, the outcome counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from asckg.error import AsckgError
from asckg.finding import Finding
from asckg.link.linker import Linker, one_each
from asckg.link.mapping import ColumnMap, load_mapping, profile_for, profiles
from asckg.link.outcome import Outcome
from asckg.link.record import Record
from asckg.link.sniff import propose
from asckg.link.table import Row, Table, open_table
from asckg.plural import counted

_SAMPLE = 200


@dataclass(frozen=True)
class Wanted:
    """What the user said about a table: its form, a profile or a mapping file, and parts that override both."""

    path: Path
    form: str = ""
    encoding: str = ""
    sheet: str = ""
    member: str = ""
    profile: str = ""
    mapping: Path | None = None
    parts: Mapping[str, Any] = field(default_factory=dict)
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Opened:
    """A table with its mapping, its records once, and what was wrong with its rows."""

    table: Table
    mapping: ColumnMap
    records: Iterator[Record]
    guessed: bool
    taken: int = 0
    """How many records were taken so far."""

    @property
    def findings(self) -> list[Finding]:
        """What was wrong with its rows, as far as they were taken."""
        return self.table.findings

    def take(self) -> Iterator[Record]:
        """Yield the records, counted."""
        for record in self.records:
            self.taken += 1
            yield record

    def share(self, done: int) -> float:
        """Return how much of the table, from 0 to 1, is done once so many rows are; some more were taken by then."""
        return done / self.table.total if self.table.total else self.table.read() * done / max(done, self.taken)


@contextmanager
def opened(wanted: Wanted) -> Iterator[Opened]:
    """Yield the records of a table; raise `AsckgError` when no column can be the name."""
    how = {"encoding": wanted.encoding, "sheet": wanted.sheet, "member": wanted.member}
    with open_table(wanted.path, wanted.form, **how) as table:
        rows = iter(table.rows)
        sample = list(islice(rows, _SAMPLE))
        columns = list(dict.fromkeys([*table.columns, *(name for row in sample for name in row.cells)]))
        mapping, guessed = _mapping(wanted, columns, sample)
        if not mapping.label and not mapping.reader:
            raise AsckgError(
                f"{wanted.path}: no column looks like a name; say which with --name ({', '.join(columns)})"
            )
        records = _records(mapping, chain(sample, rows), table)
        yield Opened(table, mapping, records, guessed)


def _records(mapping: ColumnMap, rows: Iterable[Row], table: Table) -> Iterator[Record]:
    """Return the records of rows; one of another shape than a profile's own reader knows is reported and left out."""
    if not mapping.reader:
        return map(mapping.record, rows)

    def read() -> Iterator[Record]:
        for row in rows:
            try:
                yield mapping.record(row)
            except (KeyError, IndexError, TypeError, AttributeError) as error:
                said = f"no record of the profile {mapping.name}: a part is missing or of another shape ({error})"
                table.warn(row.line, "T010", said)

    return read()


def _mapping(wanted: Wanted, columns: Sequence[str], sample: Sequence[Row]) -> tuple[ColumnMap, bool]:
    guessed = False
    if wanted.mapping:
        mapping = load_mapping(wanted.mapping)
    elif wanted.profile:
        if wanted.profile not in profiles():
            raise AsckgError(f"there is no profile {wanted.profile!r}; the profiles are {', '.join(profiles())}")
        mapping = profiles()[wanted.profile]
    else:
        found = profile_for(columns)
        mapping, guessed = (found, False) if found else (propose(columns, sample), True)
    said = {part: place for part, place in wanted.parts.items() if part != "kind"} | dict(wanted.identifiers)
    for place in (name for value in said.values() for name in ([value] if isinstance(value, str) else value)):
        if not place.startswith("=") and place not in columns and place.split(".")[0].removesuffix("[]") not in columns:
            raise AsckgError(f"{wanted.path} has no column {place!r}; it has {', '.join(columns)}")
    parts: dict[str, Any] = dict(wanted.parts)
    if "keep" in parts:
        parts["keep"] = tuple(dict.fromkeys((*mapping.keep, *parts["keep"])))
    if wanted.identifiers:
        parts["identifiers"] = {**mapping.identifiers, **wanted.identifiers}
    return replace(mapping, **parts), guessed


def match_all(linker: Linker, table: Opened, tick: Callable[[], object] = bool) -> Iterator[Outcome]:
    """Yield the outcomes of a table; of a register a thing keeps its best row only. `tick` is called at each row."""

    def ticked() -> Iterator[Outcome]:
        for outcome in linker.run(table.take()):
            tick()
            yield outcome

    return one_each(ticked()) if table.mapping.register else ticked()


@dataclass(frozen=True)
class Run:
    """What a run was about: the table's name, its file, the kind of its rows, and how many things there were of it."""

    name: str
    file: str = "FILE"
    kind: str = ""
    things: int = 0
    recorded: bool = False
    reported: bool = True


def summary(counts: Counter[str], run: Run) -> list[str]:
    """Return what a run came to and what to do next, in lines."""
    words = {
        "identifier": "share an identifier",
        "accepted": "accepted by name",
        "decided": "decided earlier",
        "review": "for a person to decide",
        "none": "no match",
    }
    lines = [f"{counted(sum(counts.values()), 'row')} of {run.name}"]
    lines += [f"{counts[band]:9,d}  {word}" for band, word in words.items() if counts[band]]
    lines.append(f"next: {_next(counts, run)}")
    return (
        lines if run.reported else [*lines, f"      asckg link match {run.file} --out REPORT.csv says why, row by row"]
    )


def _next(counts: Counter[str], run: Run) -> str:
    """Return what to do after a run."""
    sure = counts["identifier"] + counts["accepted"]
    if counts["review"] and run.recorded:
        return "asckg link review decides the doubtful ones (or asckg serve --review and /links)"
    if counts["review"]:
        return f"asckg link match {run.file} --record, then asckg link review (or asckg serve --review and /links)"
    if sure and not run.recorded:
        return f"asckg link match {run.file} --record keeps the links; asckg build puts them into the graph"
    if sure + counts["decided"]:
        return (
            f"asckg build puts the links into the graph; asckg link --load {run.file} puts the linked rows beside them"
        )
    others = ", ".join(kind for kind in ("organisation", "work", "award", "person", "place") if kind != run.kind)
    compared = f"rows were compared with the {run.things:,} things of kind {run.kind}"
    return (
        f"nothing to decide; {compared}; when that surprises you, say the columns (--name, --id) or --kind ({others})"
    )
