"""`asckg build`."""

from pathlib import Path

import click

from asckg.cli.option import corpus_option, home_option


@click.command(epilog="Example: asckg build --home /var/lib/asckg")
@corpus_option
@home_option
@click.option("--force", is_flag=True, help="Build even when nothing changed.")
def command(corpus: Path | None, home: Path | None, force: bool) -> None:
    """Build the store, the dumps and the manifest from the corpus."""
    from asckg.build import build, default_home
    from asckg.corpus import Corpus

    made = build(Corpus.open(corpus), home or default_home(), force=force)
    click.echo(f"build {made.version}: {made.manifest['triples']} triples in {made.path}", err=True)
    click.echo(made.path)
