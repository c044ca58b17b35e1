"""`asckg mcp`."""

from pathlib import Path

import click

from asckg.cli.option import corpus_option, home_option
from asckg.error import AsckgError


@click.command(epilog="Example: asckg mcp, as the command of a server in the client's settings")
@click.option("--timeout", default=10.0, show_default=True, help="Seconds that a query may take.")
@corpus_option
@home_option
def command(timeout: float, corpus: Path | None, home: Path | None) -> None:
    """Serve the graph to a language-model client over standard input and output.

    Tools: search, open_entity, find_claims, cite_claims, query, list_questions, ask_question. None writes.
    """
    from dataclasses import replace

    from asckg.graph import Graph

    try:
        from asckg.mcp.runner import LIMITS
        from asckg.mcp.server import make_server
    except ImportError as error:
        raise AsckgError(f"{error.name} is not installed; `pip install asckg[mcp]` brings it") from error
    make_server(Graph.open(corpus, home), replace(LIMITS, timeout=timeout)).run()
