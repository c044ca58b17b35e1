"""What a run leaves behind: a report, decisions, the rows of a loaded table."""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from asckg.cell import csv_line
from asckg.corpus import Corpus
from asckg.error import AsckgError
from asckg.link.decision import Decision, dump, merge, read_sound
from asckg.link.external import description, triples
from asckg.link.job import Opened, Run, Wanted, match_all, opened, summary
from asckg.link.linker import Linker
from asckg.link.outcome import Outcome
from asckg.link.publish import decisions_in
from asckg.link.queue import header_of, lock_of
from asckg.link.record import Record
from asckg.link.suggest import REPORT, Report, decisions_of, object_id
from asckg.link.thing import things
from asckg.namespace import ID
from asckg.term import Triple
from asckg.whole import beside, sweep_beside, write

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_SELDOM = (50_000, 20, 50)


def against_of(corpus: Corpus, other: Path | None, source: str, country: str = "", processes: int = 1) -> Linker:
    """Return the linker to the graph, which knows the earlier decisions about a source, or to another table."""
    if other is not None:
        with opened(Wanted(other)) as table:
            return Linker(list(table.records), processes=processes)
    decisions = decisions_in(corpus.data / "links")
    decided = {
        (ID + item.subject_id.removeprefix("r:"), item.object_id.removeprefix(f"row:{source}/")): item.state
        for item in decisions
        if item.state in {"accepted", "rejected"}
    }
    return Linker(things(corpus, decisions, country), decided, processes)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for circles of garbage more seldom: rows form none, and looking took a fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def run_match(  # noqa: PLR0913 - where the outcome goes is said by keyword
    linker: Linker, table: Opened, name: str, *, today: str,
    out: IO[str] | None = None, folder: Path | None = None, tick: Callable[[], object] = bool, file: str = "FILE",
) -> list[str]:  # fmt: skip
    """Match a table, write the report and (with a folder) the decisions, and return the summary in lines.

    `file` is what the summary calls the table where it says what to do next.
    """
    counts: Counter[str] = Counter()
    kept: dict[tuple[str, str], Decision] = {}

    def counted() -> Iterator[Outcome]:
        for item in match_all(_knowing(linker, table, name), table, tick):
            counts[item.band] += 1
            if folder:
                for one in decisions_of([item], table.mapping, name, today):
                    kept.setdefault(one.pair, one)
            yield item

    def keep(*, whole: bool) -> list[str]:
        return record(folder / f"{name}.sssom.tsv", kept.values(), table, name, whole=whole) if folder else []

    try:
        with _seldom_collected():
            if out is None:
                for _ in counted():
                    pass
            else:
                out.write(csv_line(REPORT))
                out.writelines(map(Report().line, counted()))
    except KeyboardInterrupt as error:
        said = "; ".join([f"interrupted after {sum(counts.values()):,} rows of {name}", *keep(whole=False)])
        raise AsckgError(f"{said}; no report was written; run again to match the rest") from error
    kind = table.mapping.kind
    things = sum(thing.kind == kind for thing in linker.things)
    return summary(counts, Run(name, file, kind, things, folder is not None, out is not None)) + keep(whole=True)


def _knowing(linker: Linker, table: Opened, name: str) -> Linker:
    """Return the linker with decisions about prefixed ids known by the keys of this table's rows too."""
    linker.key_of = lambda row: object_id(row, table.mapping, name).removeprefix(f"row:{name}/")
    return linker


def record(path: Path, new: Iterable[Decision], table: Opened, name: str, *, whole: bool = True) -> list[str]:
    """Merge new links into a decision file and return what changed, in lines; decisions stay as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep_beside(path)
    with lock_of(path.parent):
        merged, counts = merge(read_sound(path), new, whole=whole)
        if not merged and not path.is_file():
            return ["nothing to keep"]
        title = header_of(path)[1] if path.is_file() else f"Links to {table.mapping.title or name}"
        text = dump(merged, name, title, LICENCE)
        if not path.is_file() or path.read_text("utf-8") != text:
            write(path, text, parents=True)
    said = ", ".join(f"{number} {word}" for word, number in counts.items() if number)
    return [f"{path}: {said or 'nothing to keep'}"]


def sort_file(path: Path) -> None:
    """Write a decision file in its one order; raise when a row cannot be read."""
    with lock_of(path.parent):
        write(path, dump(read_sound(path), *header_of(path)))


def load_rows(
    corpus: Corpus, table: Opened, name: str, today: str, tick: Callable[[], object] = bool, *, everything: bool = False
) -> tuple[int, Path]:
    """Write the rows that accepted links name or that share an identifier (or all) for the graph `external-NAME`."""
    decisions = decisions_in(corpus.data / "links")
    wanted = {item.object_id for item in decisions if item.state == "accepted"}
    known = {
        (scheme, value)
        for thing in things(corpus, decisions)
        for scheme, values in thing.identifiers.items()
        for value in values
    }
    count = 0

    def chosen() -> Iterator[Record]:
        nonlocal count
        for row in table.take():
            tick()
            shared = any((scheme, value) in known for scheme, values in row.identifiers.items() for value in values)
            if everything or shared or object_id(row, table.mapping, name) in wanted:
                count += 1
                yield row

    path = corpus.data / "links" / "external" / f"{name}.nt"
    sweep_beside(path)
    with beside(path, parents=True) as file:
        file.writelines(map(_line, description(name, table.mapping, today)))
        file.writelines(map(_line, triples(chosen(), table.mapping, name)))
    return count, path


def _line(triple: Triple) -> str:
    return " ".join(term.ntriples() for term in triple) + " .\n"
