"""Options that several verbs share."""

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
