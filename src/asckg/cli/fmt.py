"""`asckg fmt`."""

import sys
from pathlib import Path

import click

from asckg.cli.option import corpus_option


@click.command(epilog="Example: asckg fmt --check graph_data/kendrick-2023/claims.ttl")
@click.option("--check", is_flag=True, help="Write nothing; list the files that are not canonical and exit with 1.")
@corpus_option
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def command(check: bool, corpus: Path | None, files: tuple[Path, ...]) -> None:
    """Write Turtle FILES in canonical form: the whole corpus when none is given, - for a stream.

    Subjects in IRI order, one predicate per line, prefixes sorted and only those used.
    """
    from asckg.error import AsckgError
    from asckg.turtle.file import rewrite, short, turtle_files

    if files == (Path("-"),):
        _stream(check=check)
        return
    findings = 0
    for path in turtle_files(files, corpus):
        try:
            changed = rewrite(path, check=check)
        except AsckgError as error:
            click.echo(f"asckg: {error}", err=True)
            findings += 1
            continue
        if changed:
            click.echo(short(path))
            findings += check
    sys.exit(1 if findings else 0)


def _stream(*, check: bool) -> None:
    from asckg.turtle import canonical, parse

    text = sys.stdin.read()
    made = canonical(parse(Path("-"), text))
    if check:
        sys.exit(0 if made == text else 1)
    click.echo(made, nl=False)
