"""`asckg map`."""

import difflib
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from asckg.cli.option import corpus_option, home_option, teller
from asckg.error import AsckgError
from asckg.plural import counted

if TYPE_CHECKING:
    from asckg.graph import Graph

FORMS = ("html", "svg", "png", "json", "csv", "graphml", "gexf")


@click.command(epilog="Example: asckg map funding -o funding.html")
@click.argument("name", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file; - for stdout.")
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMS), help="The form; by default the file's suffix, or html."
)
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the map.")
@click.option(
    "--layout",
    type=click.Choice(["force", "communities", "time", "layers", "kinds", "ring"]),
    help="Where things stand.",
)
@corpus_option
@home_option
def command(
    name: str | None,
    output: Path | None,
    form: str | None,
    params: tuple[str, ...],
    layout: str | None,
    corpus: Path | None,
    home: Path | None,
) -> None:
    """Write the network map NAME to a file; without a NAME, list the maps."""
    from asckg.graph import Graph

    graph = Graph.open(corpus, home, teller())
    maps = {q.name: q for q in graph.questions.values() if q.map}
    if name is None:
        width = max(map(len, maps), default=0)
        for one in maps.values():
            click.echo(f"{one.name:{width}}  {one.title}")
        return
    if name not in maps:
        near = difflib.get_close_matches(name, maps, 1)
        hint = f"did you mean {near[0]}? There are" if near else "there are"
        raise AsckgError(f"there is no map {name!r}; {hint} {', '.join(maps)}")
    form = form or (output.suffix[1:] if output and output.suffix[1:] in FORMS else "html")
    content = _content(graph, name, form, _values(params), layout or "")
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(content)
        return
    from asckg.whole import write

    write(output, content)
    click.echo(f"{output}: {counted(len(content), 'byte')}", err=True)


def _content(graph: "Graph", name: str, form: str, values: dict[str, str], layout: str) -> bytes:
    from asckg.map.build import make_map
    from asckg.map.form import written
    from asckg.map.sheet import Credit, day

    made = make_map(graph.engine, graph.labels, graph.questions[name], values, layout)
    return written(made, form, Credit(graph.engine.version, day(datetime.now(UTC).date())))


def _values(params: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals:
            raise AsckgError(f"--param takes NAME=VALUE; {param!r} does not fit")
        values[key] = value
    return values
