"""`asckg query`."""

import difflib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from asckg.cli.option import corpus_option, home_option, teller
from asckg.error import AsckgError

if TYPE_CHECKING:
    from asckg.graph import Graph
    from asckg.term import Term

FORMATS = ("table", "json", "xml", "csv", "tsv", "ttl", "nt", "jsonld")
_NAME = re.compile(r"[\w-]+")


@click.command(epilog="Example: asckg query 'SELECT ?label WHERE { ?p a asc:Partnership ; skos:prefLabel ?label }'")
@click.argument("query")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of a named question.")
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS), help="How to print; a table in a terminal, else CSV."
)
@corpus_option
@home_option
def command(query: str, params: tuple[str, ...], form: str | None, corpus: Path | None, home: Path | None) -> None:
    """Run QUERY: SPARQL text, the name of a question, a .rq file, or - for standard input.

    Prefixes that the text does not declare are known: asc, r, v, skos, prov and the rest.
    """
    from asckg.engine.media import SUFFIX
    from asckg.graph import Graph

    graph = Graph.open(corpus, home, teller())
    text, bindings = _resolve(graph, query, _values(params))
    form = form or ("table" if sys.stdout.isatty() else "csv")
    if form == "table":
        from asckg.cli.table import print_rows

        rows = graph.engine.select(text, bindings)
        print_rows(rows)
        question = graph.question(query)
        if not rows.rows and question is not None and question.empty:
            click.echo(question.empty, err=True)
        return
    click.echo(graph.engine.serialize(text, SUFFIX[form], bindings), nl=False)


def _values(params: tuple[str, ...]) -> dict[str, str]:
    pairs = [param.partition("=") for param in params]
    if bad := [name for name, equals, _ in pairs if not equals]:
        raise AsckgError(f"a parameter is written NAME=VALUE; {bad} is not")
    return {name: value for name, _, value in pairs}


def _resolve(graph: "Graph", query: str, values: dict[str, str]) -> "tuple[str, dict[str, Term]]":
    from asckg.question import bind

    question = graph.question(query)
    if question is not None:
        return question.text, bind(question, values)
    if values:
        raise AsckgError(f"parameters go with a named question, and {query!r} is none; `asckg info` lists them")
    if query == "-":
        return sys.stdin.read(), {}
    if query.endswith(".rq"):
        path = Path(query)
        if not path.is_file():
            raise AsckgError(f"there is no file {query}")
        return path.read_text(encoding="utf-8"), {}
    if _NAME.fullmatch(query):
        near = difflib.get_close_matches(query, graph.questions, 3, 0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "`asckg info` lists them"
        raise AsckgError(f"there is no question {query!r}; {hint}")
    return query, {}
