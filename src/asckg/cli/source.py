"""`asckg source`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from asckg.cli.option import corpus_option
from asckg.plural import counted

if TYPE_CHECKING:
    from asckg.source.coverage import Coverage
    from asckg.source.document import Document

_copy = click.Path(path_type=Path)


@click.group(epilog="Example: asckg source check kendrick-2023 kendrick-2023.txt")
def command() -> None:
    """Compare the graph with a copy of a source document, which you bring: the project holds no copy."""


@command.command(epilog="Example: asckg source outline kendrick-2023.txt -o graph_data/kendrick-2023/document.ttl")
@click.argument("file", type=_copy)
@click.option("--outline", type=_copy, help="The outline to read FILE by; else the known one whose headings it has.")
@click.option("-o", "--output", type=_copy, help="Write to this file instead of standard output.")
@click.option("--text", is_flag=True, help="Print each sentence beside its name, for your eyes only: never commit it.")
@corpus_option
def outline(file: Path, outline: Path | None, output: Path | None, text: bool, corpus: Path | None) -> None:
    """Print the skeleton of the document in FILE as Turtle: sections, paragraphs, sentences and their digests."""
    from asckg.source.copy import read_copy, read_text
    from asckg.source.document import read
    from asckg.source.outline import load
    from asckg.source.skeleton import skeleton
    from asckg.whole import write

    copy = read_text(file)
    document = read(copy, load(outline)) if outline else read_copy(file, copy, root=corpus)
    made = "".join(f"{s.name}\t{s.text}\n" for s in document.sentences()) if text else skeleton(document)
    if output:
        write(output, made)
    else:
        click.echo(made, nl=False)
    count = sum(1 for _ in document.sentences())
    click.echo(
        f"{document.outline.key}: {counted(len(document.sections), 'section')}, {counted(count, 'sentence')}", err=True
    )


@command.command(epilog="Example: asckg source check kendrick-2023 kendrick-2023.txt")
@click.argument("key")
@click.argument("file", type=_copy)
@corpus_option
def check(key: str, file: Path, corpus: Path | None) -> None:
    """Check every sentence that the graph knows of document KEY against the copy in FILE.

    Also reports texts of the graph that copy ten words in a row. Exit 1 when anything is missing, changed, moved,
    new or copied; sentences that only stand in another paragraph are told and do no harm.
    """
    from asckg.source.compare import compare
    from asckg.source.copied import copied
    from asckg.source.copy import read_copy, read_text
    from asckg.source.record import open_record

    record = open_record(key, corpus)
    document = read_copy(file, read_text(file), key=key, root=corpus)
    recorded = record.sentences()
    found = [*compare(recorded, document), *copied(record, document)]
    for finding in found:
        click.echo(finding)
    errors = [finding for finding in found if finding.severity == "error"]
    lost = len({f.focus for f in errors if f.code in {"G101", "G102", "G103"}})
    runs = sum(f.code == "G106" for f in errors)
    same = counted(runs, "text")
    click.echo(
        f"{key}: {len(recorded) - lost} of {len(recorded)} sentences match; "
        f"{same} with ten words in a row as in the copy",
        err=True,
    )
    sys.exit(1 if errors else 0)


@command.command(epilog="Example: asckg source coverage kendrick-2023")
@click.argument("key")
@click.argument("file", type=_copy, required=False)
@corpus_option
def coverage(key: str, file: Path | None, corpus: Path | None) -> None:
    """Print how many sentences of KEY are carried by claims or marked as carrying none, and list the rest.

    With a copy in FILE, the text of each listed sentence stands beside its name.
    """
    from asckg.source.copy import read_copy, read_text
    from asckg.source.coverage import coverage as measure
    from asckg.source.record import open_record

    found = measure(open_record(key, corpus))
    _table(found)
    document = read_copy(file, read_text(file), key=key, root=corpus) if file else None
    _list(found, document)
    sys.exit(1 if found.neither() else 0)


def _table(found: "Coverage") -> None:
    from asckg.source.coverage import CARRIERS

    rows = [*found.sections().items(), ("total", found.total())]
    width = max(len(name) for name, _ in rows)
    click.echo("  ".join([f"{'section':{width}}", *(f"{name:>9}" for name in ("sentences", *CARRIERS))]))
    for name, counts in rows:
        numbers = [counts.total(), *(counts[carrier] for carrier in CARRIERS)]
        click.echo("  ".join([f"{name:{width}}", *(f"{number:9}" for number in numbers)]))


def _list(found: "Coverage", document: "Document | None") -> None:
    texts = {sentence.name: sentence.text for sentence in document.sentences()} if document else {}
    for name in found.neither():
        click.echo(f"neither: r:{name}" + (f"\t{texts.get(name, '(not in this copy)')}" if document else ""))
