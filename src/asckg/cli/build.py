"""`asckg build`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from asckg.cli.option import corpus_option, home_option, teller
from asckg.plural import counted

if TYPE_CHECKING:
    from asckg.corpus import Corpus


@click.command(epilog="Example: asckg build --home /var/lib/asckg")
@corpus_option
@home_option
@click.option("--force", is_flag=True, help="Build even when nothing changed.")
@click.option("--unchecked", is_flag=True, help="Build what `asckg check` would refuse, for a look at unfinished data.")
def command(corpus: Path | None, home: Path | None, force: bool, unchecked: bool) -> None:
    """Build the store, the dumps and the manifest from the corpus.

    A corpus with a defect is not built: what `asckg check` finds, but for the shapes, is printed, and the previous
    build stays. Exit 1 then.
    """
    from asckg.build import build, default_home, fresh
    from asckg.corpus import Corpus

    chosen, place = Corpus.open(corpus), home or default_home()
    if not unchecked and (force or fresh(chosen, place) is None):
        _insist(chosen)
    made = build(chosen, place, force=force, tell=teller())
    click.echo(f"build {made.version}: {made.manifest['triples']} triples in {made.path}", err=True)
    click.echo(made.path)


def _insist(corpus: "Corpus") -> None:
    from asckg.check import check_without_shapes

    errors = [finding for finding in check_without_shapes(corpus) if finding.severity == "error"]
    if errors:
        for finding in errors:
            click.echo(finding, err=True)
        click.echo(
            f"asckg: {counted(len(errors), 'error')}; nothing was built, and the previous build is as it was", err=True
        )
        sys.exit(1)
