"""`asckg analyse`."""

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from asckg.cli.option import corpus_option, home_option, teller
from asckg.error import AsckgError
from asckg.plural import counted

if TYPE_CHECKING:
    from asckg.answer import Answer

_SHOWN = 20


@click.command(epilog="Example: asckg analyse brokers --top 10; asckg analyse works -f svg > works.svg")
@click.argument("measure", required=False)
@click.option("-f", "--format", "form", type=click.Choice(("table", "csv", "json", "svg")), help="How to print.")
@click.option("--top", type=click.IntRange(1), help="How many rows; else 20 of a table or figure, all of CSV and JSON.")
@click.option("--work", metavar="NAME", help="With robustness: what becomes of each claim that cites this work.")
@click.option("--list", "listed", is_flag=True, help="List the measures.")
@corpus_option
@home_option
def command(
    measure: str | None,
    form: str | None,
    top: int | None,
    work: str | None,
    listed: bool,
    corpus: Path | None,
    home: Path | None,
) -> None:
    """Take MEASURE of the graph: centrality, brokers, communities, holes, gaps, robustness and others.

    A figure (svg) shows the first 20 rows. A gap is a gap in these sources, not in the world.
    """
    from asckg.analysis import MEASURES, as_answer, figure, losses
    from asckg.graph import Graph

    if listed:
        for name, known in MEASURES.items():
            click.echo(f"{name:14}  {known.about}")
        return
    if measure not in MEASURES:
        raise AsckgError(f"{measure!r} is not a measure; `asckg analyse --list` lists them: {', '.join(MEASURES)}")
    if work and (measure != "robustness" or form == "svg"):
        raise AsckgError("--work goes with robustness, as a table, CSV or JSON")
    graph = Graph.open(corpus, home, teller())
    if form == "svg":
        click.echo(figure(graph, measure, top or _SHOWN).svg(), nl=False)
        return
    found = as_answer(losses(graph, work) if work else MEASURES[measure].take(graph))
    _print(found, form, top)


def _print(found: "Answer", form: str | None, top: int | None) -> None:
    from asckg.answer import Answer
    from asckg.cell import safe
    from asckg.cli.table import print_rows

    form = form or ("table" if sys.stdout.isatty() else "csv")
    answer = Answer(found.columns, found.rows[: top or (_SHOWN if form == "table" else None)])
    if len(answer) < len(found):
        click.echo(f"{len(answer)} of {counted(len(found), 'row')}; --top {len(found)} gives all", err=True)
    if form == "table":
        print_rows(answer)
    elif form == "json":
        click.echo(json.dumps(answer.dicts(), ensure_ascii=False, indent=1))
    else:
        writer = csv.writer(sys.stdout)
        writer.writerow(answer.columns)
        writer.writerows([safe(value) for value in row.values()] for row in answer.dicts())
