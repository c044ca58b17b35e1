"""`asckg export`."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from asckg.cli.option import corpus_option, home_option, teller
from asckg.error import AsckgError
from asckg.plural import counted

if TYPE_CHECKING:
    from asckg.build import Build


@click.command(epilog="Example: asckg export xlsx -o graph.xlsx; asckg export gexf --network funding > money.gexf")
@click.argument("form", metavar="[FORMAT]", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option(
    "--network",
    default="claims",
    show_default=True,
    help="Which network: claims, full, claims-works, co-citation, coupling, funding.",
)
@click.option("--since", help="For rocrate: the version before (as for `asckg diff`), to say what changed.")
@click.option("--list", "listed", is_flag=True, help="List the formats.")
@corpus_option
@home_option
def command(
    form: str | None,
    output: Path | None,
    network: str,
    since: str | None,
    listed: bool,
    corpus: Path | None,
    home: Path | None,
) -> None:
    """Write the graph as FORMAT to standard output or to a file, which is never left half written."""
    from asckg.export import FORMS, Order, export
    from asckg.graph import Graph
    from asckg.whole import write

    if listed:
        for name, known in FORMS.items():
            click.echo(f"{name:10}  {known.about}")
        return
    if form is None or form not in FORMS:
        raise AsckgError(f"{form!r} is not a format; `asckg export --list` lists them: {', '.join(FORMS)}")
    if output is None and not FORMS[form].text and sys.stdout.isatty():
        raise AsckgError(f"{form} is not text; name a file with -o graph.{FORMS[form].suffix}")
    graph = Graph.open(corpus, home, teller())
    changes = _changes(since, graph.build) if since else ""
    day = datetime.now(tz=UTC).date()
    content = export(form, Order(graph.engine, graph.build.version, network, day, changes))
    if output is None:
        sys.stdout.buffer.write(content)
        return
    write(output, content)
    click.echo(f"{output}: {counted(len(content), 'byte')}", err=True)


def _changes(since: str, build: "Build") -> str:
    from dataclasses import replace

    from asckg.diff import compare, in_words, read_version

    made = read_version(str(build.path))
    return in_words(compare(read_version(since), replace(made, name=f"version {build.version}")))
