"""`asckg mcp`."""

from pathlib import Path

import click

from asckg.cli.option import corpus_option, home_option
from asckg.error import AsckgError


@click.command(epilog="Example: asckg mcp, as the command of a server in the client's settings")
@click.option("--timeout", default=10.0, show_default=True, help="Seconds that a query may take.")
@click.option("--endpoint", metavar="URL", help="Serve the graph of this SPARQL endpoint instead.")
@corpus_option
@home_option
def command(timeout: float, endpoint: str | None, corpus: Path | None, home: Path | None) -> None:
    """Serve the graph to a language-model client over standard input and output.

    The graph is built first where it must be; --corpus may also be a build or a folder of Turtle.
    Tools: search, open_entity, find_claims, cite_claims, query, list_questions, ask_question. None writes.
    """
    from dataclasses import replace

    from asckg.graph import Graph

    try:
        from asckg.mcp.runner import LIMITS
        from asckg.mcp.server import make_server
    except ImportError as error:
        raise AsckgError(f"{error.name} is not installed; `pip install asckg[mcp]` brings it") from error
    if endpoint and corpus:
        raise AsckgError("give --endpoint or --corpus, not both")
    graph = Graph.open(endpoint or corpus, home)
    click.echo(f"asckg mcp: {graph.build.manifest['triples']:,} triples; the client speaks first", err=True)
    make_server(graph, replace(LIMITS, timeout=timeout)).run()
