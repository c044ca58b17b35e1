"""`asckg link`: match a table, review, load, crosswalk, sort."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import IO, Any

import click

from asckg.cli.link_option import again, source_of, table_options, wanted_of
from asckg.cli.option import corpus_option
from asckg.plural import counted

_SHOWN = 100  # rows between looks at how much is done


class Verbs(click.Group):
    """A group whose first argument may also be a file, which means `match`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--load" in args:
            args = ["load", *(arg for arg in args if arg != "--load")]
        elif args and args[0] not in self.commands and args[0] not in {"-h", "--help"}:
            args = ["match", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Verbs, epilog="Example: asckg link councils.csv --name council --out matched.csv")
def command() -> None:
    """Match an external table to the graph, decide, and query across both."""


@contextmanager
def progress(label: str, share: Callable[[int], float]) -> Iterator[Callable[[], object]]:
    """Yield a function to call at each row; a bar shows it when stderr is a terminal.

    `share` says how much is done once so many rows are, from 0 to 1.
    """
    if not sys.stderr.isatty():
        yield bool
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    said = TextColumn("{task.description}, row {task.fields[rows]:,}")
    rows = count(1)
    with Progress(said, BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(label, total=1.0, rows=0)

        def tick() -> None:
            row = next(rows)
            if row % _SHOWN == 0:
                bar.update(task, completed=share(row), rows=row)

        yield tick
        bar.update(task, completed=1.0, rows=next(rows) - 1)


@contextmanager
def report_file(path: Path | None) -> Iterator[IO[str] | None]:
    """Yield the file of a report, which takes its place when the run ends well; stdout for `-`."""
    from asckg.whole import beside, sweep_beside

    if path is None:
        yield None
    elif str(path) == "-":
        yield sys.stdout
    else:
        sweep_beside(path)
        with beside(path, parents=True) as file:
            yield file


def today() -> str:
    """Return the date of today."""
    return datetime.now(UTC).date().isoformat()


@command.command(epilog="Example: asckg link match awards.xlsx --sheet 2023 --record")
@table_options
@corpus_option
@click.option("--against", type=click.Path(path_type=Path, exists=True), help="Match to this table, not to the graph.")
@click.option("--default-country", default="", help="Where things of the graph are, when the graph does not say.")
@click.option(
    "--out", type=click.Path(path_type=Path, allow_dash=True), help="Write the report here as CSV (- is stdout)."
)
@click.option("--record", is_flag=True, help="Keep accepted and suggested links in graph_data/links.")
@click.option(
    "--processes", type=click.IntRange(1, 64), help="Compare names in so many processes; the processors when not given."
)
@click.option("--save-mapping", type=click.Path(path_type=Path), help="Save the mapping that was used.")
def match(**said: Any) -> None:
    """Match every row of a table; the report says for each why."""
    from asckg.corpus import Corpus
    from asckg.link.job import opened
    from asckg.link.keep import against_of, run_match
    from asckg.link.mapping import dump_mapping
    from asckg.link.pool import processors
    from asckg.whole import write

    if said["against"] and said["record"]:
        raise click.UsageError("--record keeps links to the graph; a match --against another table has --out only")
    corpus = Corpus.open(said["corpus"])
    name = source_of(said)
    linker = against_of(corpus, said["against"], name, said["default_country"], said["processes"] or processors())
    with opened(wanted_of(said)) as table, progress(name, table.share) as tick:
        if table.guessed:
            click.echo(
                "columns guessed; confirm or correct with --name, --id, --country, --place and so on, or --mapping:",
                err=True,
            )
            click.echo(dump_mapping(table.mapping).rstrip(), err=True)
        elif table.mapping.title:
            click.echo(f"columns as in the profile {table.mapping.name}: {table.mapping.title}", err=True)
        if said["save_mapping"]:
            write(said["save_mapping"], dump_mapping(table.mapping), parents=True)
        folder = corpus.data / "links" if said["record"] else None
        with report_file(said["out"]) as out:
            lines = run_match(linker, table, name, out=out, folder=folder, today=today(), tick=tick, file=again(said))
    for finding in table.findings[:20]:
        click.echo(str(finding), err=True)
    if len(table.findings) > 20:  # noqa: PLR2004 - a screen
        click.echo(f"… and {counted(len(table.findings) - 20, 'more finding')}", err=True)
    click.echo("\n".join(lines), err=True)


@command.command(epilog="Example: asckg link load authorities.csv --profile uk-local-authority")
@table_options
@corpus_option
@click.option(
    "--keep", multiple=True, metavar="COLUMN", help="A column to keep, for queries; more than one may be given."
)
@click.option("--all", "everything", is_flag=True, help="Load every row, not only those that are linked.")
@click.option("--licence", help="The licence of the table, an address where it has one; as the profile says.")
@click.option("--origin", help="Where the table comes from, an address where it has one; as the profile says.")
def load(**said: Any) -> None:
    """Put the rows that are linked into a named graph of their own, with licence, source and date."""
    from dataclasses import replace

    from asckg.corpus import Corpus
    from asckg.link.job import opened
    from asckg.link.keep import load_rows

    corpus = Corpus.open(said["corpus"])
    name = source_of(said)
    with opened(wanted_of(said)) as table, progress(name, table.share) as tick:
        known = table.mapping
        licence, origin = said["licence"] or known.licence, said["origin"] or known.source
        table.mapping = replace(known, licence=licence, source=origin)
        count, path = load_rows(corpus, table, name, today(), tick, everything=said["everything"])
    click.echo(
        f"{counted(count, 'row')} of {name} in {path}; `asckg build` puts them into the graph external-{name}", err=True
    )
    for option, value in (("--licence", licence), ("--origin", origin)):
        if not value:
            click.echo(f"no {option[2:]} is known for {name}; say it with {option}", err=True)


@command.command(epilog="Example: asckg link review --reviewer 'A. Name'")
@corpus_option
@click.option("--reviewer", help="Who decides.", prompt="Your name, as it will stand in the decisions")
@click.option("--blind", is_flag=True, help="Hide the scores and what speaks for and against.")
@click.option("--second", is_flag=True, help="Judge what others decided, blind.")
@click.option("--unsure", is_flag=True, help="Go through what was left unsure, or on which reviewers differ.")
def review(corpus: Path | None, reviewer: str, *, blind: bool, second: bool, unsure: bool) -> None:
    """Decide suggested links one by one in the terminal; every answer is kept at once.

    Words after the letter are the reason: `r another town`.
    """
    from asckg.corpus import Corpus
    from asckg.link.queue import Queue
    from asckg.link.reason import in_words

    queue = Queue(Corpus.open(corpus).data / "links")
    skipped: set[tuple[str, str]] = set()

    def waiting() -> list[Any]:
        items = queue.for_second(reviewer) if second else queue.unsure() if unsure else queue.waiting()
        return [item for item in items if item.pair not in skipped]

    while left := waiting():
        item = left[0]
        done, _ = queue.progress()
        click.echo(f"\n[{done} decided, {len(left)} left]")
        click.echo(f"{item.subject_label}  ({item.subject_id})\n{item.object_label}  ({item.object_id})")
        hidden = blind or second
        if not hidden:
            click.echo(f"similarity {item.similarity_score} = {' + '.join(item.other.split(';')[1:])}".rstrip(" ="))
        lines = [
            in_words(text) for text in item.comment.split("; ") if not hidden or text.startswith(("row: ", "graph: "))
        ]
        click.echo("\n".join(f"  {text}" for text in lines if text))
        same = sum((one.subject_id, one.object_label) == (item.subject_id, item.object_label) for one in left)
        batch = f" (A, R, U: all {same} rows of this name)" if same > 1 else ""
        said = click.prompt(f"[a]ccept [r]eject [u]nsure [n]ext [z] undo [q]uit{batch}", default="n").strip()
        answer, why = said[:1], said[1:].strip()
        if answer.lower() == "q":
            break
        if not _answered(queue, item.pair, answer, reviewer, why) or (unsure and answer.lower() != "z"):
            skipped.add(item.pair)
    done, open_ = queue.progress()
    click.echo(f"{done} decided, {open_} left; asckg build puts what was accepted into the graph", err=True)


def _answered(queue: Any, pair: tuple[str, str], answer: str, reviewer: str, why: str) -> bool:
    """Carry out an answer, and say whether it was one; a capital is for all rows of the name."""
    states = {"a": "accepted", "r": "rejected", "u": "unsure"}
    if answer.lower() == "z":
        undone = queue.undo(reviewer)
        click.echo(f"undone: {undone.subject_id} {undone.object_id}" if undone else "nothing of yours to undo")
        return True
    if answer.lower() not in states:
        return False
    keep = queue.decide_same_name if answer.isupper() else queue.decide
    keep(pair, states[answer.lower()], reviewer, today(), why)
    return True


@command.command(epilog="Example: asckg link crosswalk > identifiers.csv")
@corpus_option
def crosswalk(corpus: Path | None) -> None:
    """Write one row a thing with its identifiers by scheme, as CSV."""
    from asckg.cell import write_csv
    from asckg.corpus import Corpus
    from asckg.link.crosswalk import crosswalk_rows

    header, rows = crosswalk_rows(Corpus.open(corpus))
    write_csv(sys.stdout, header, rows)


@command.command(epilog="Example: asckg link sort graph_data/links/ror.sssom.tsv")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
def sort(paths: tuple[Path, ...]) -> None:
    """Write decision files in their one order."""
    from asckg.link.keep import sort_file

    for path in paths:
        sort_file(path)


@command.command(epilog="Example: asckg link profiles")
def profiles() -> None:
    """List the ready-made mappings."""
    from asckg.link import mapping

    for name, item in mapping.profiles().items():
        click.echo(f"{name:24}{item.title}")
