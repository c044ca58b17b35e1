"""`asckg analyse`."""

import csv
import json
import sys
from pathlib import Path

import click

from asckg.cli.option import corpus_option, home_option
from asckg.error import AsckgError


@click.command(epilog="Example: asckg analyse brokers --top 10; asckg analyse gaps -f csv > gaps.csv")
@click.argument("measure", required=False)
@click.option("-f", "--format", "form", type=click.Choice(("table", "csv", "json")), help="How to print.")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many rows of a table to show.")
@click.option("--list", "listed", is_flag=True, help="List the measures.")
@corpus_option
@home_option
def command(
    measure: str | None, form: str | None, top: int, listed: bool, corpus: Path | None, home: Path | None
) -> None:
    """Take MEASURE of the graph: centrality, brokers, communities, holes, gaps, robustness and others.

    A table shows the first rows; CSV and JSON have all of them. A gap is a gap in these sources, not in the world.
    """
    from asckg.analysis import MEASURES, as_answer
    from asckg.answer import Answer
    from asckg.cli.table import print_rows
    from asckg.export.cell import safe
    from asckg.graph import Graph

    if listed:
        for name, known in MEASURES.items():
            click.echo(f"{name:14}  {known.about}")
        return
    if measure not in MEASURES:
        raise AsckgError(f"{measure!r} is not a measure; `asckg analyse --list` lists them: {', '.join(MEASURES)}")
    answer = as_answer(MEASURES[measure].take(Graph.open(corpus, home)))
    form = form or ("table" if sys.stdout.isatty() else "csv")
    if form == "table":
        print_rows(Answer(answer.columns, answer.rows[:top]))
        click.echo(f"{len(answer)} rows, {min(top, len(answer))} shown", err=True)
    elif form == "json":
        click.echo(json.dumps(answer.dicts(), ensure_ascii=False, indent=1))
    else:
        writer = csv.writer(sys.stdout)
        writer.writerow(answer.columns)
        writer.writerows([safe(value) for value in row.values()] for row in answer.dicts())
