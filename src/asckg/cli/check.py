"""`asckg check`."""

import json
import sys
from pathlib import Path

import click

from asckg.cli.option import corpus_option
from asckg.plural import counted


@click.command(epilog="Example: asckg check --format github graph_data/kendrick-2023")
@click.option(
    "--format", "form", type=click.Choice(("text", "json", "github")), default="text", help="How to print findings."
)
@corpus_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
def command(form: str, corpus: Path | None, paths: tuple[Path, ...]) -> None:
    """Report every defect of the corpus at once, as `path:line: CODE message`.

    With PATHS, report on those files and folders only. docs/findings.md has a paragraph on each code. Exit 1 when an
    error is found; warnings are told and do no harm.
    """
    from asckg.check import check
    from asckg.corpus import Corpus

    found = check(Corpus.open(corpus), paths)
    if form == "json":
        click.echo(json.dumps([finding.as_dict() for finding in found], indent=2))
    for finding in found if form != "json" else ():
        click.echo(finding.as_annotation() if form == "github" else finding)
    errors = sum(finding.severity == "error" for finding in found)
    click.echo(f"{counted(errors, 'error')}, {counted(len(found) - errors, 'warning')}", err=True)
    sys.exit(1 if errors else 0)
