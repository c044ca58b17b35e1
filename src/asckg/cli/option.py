"""Options that several verbs share."""

import time
from collections.abc import Callable
from pathlib import Path

import click

corpus_option = click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with ontology/, graph_data/ and queries/; the shipped corpus when not given.",
)
home_option = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ASCKG_HOME",
    help="Where builds are kept; build/ of a repository or the user's cache folder when not given.",
)


def teller() -> Callable[[str], None]:
    """Return what tells a person what is done next, with the seconds since now: a large build takes minutes."""
    began = time.perf_counter()
    return lambda doing: click.echo(f"asckg: {time.perf_counter() - began:.1f} s, {doing}", err=True)
