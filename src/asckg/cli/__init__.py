"""The command line: one verb a file, loaded when it is called."""

import importlib
import os
import signal
import sys
from typing import NoReturn

import click

from asckg import __version__
from asckg.error import AsckgError

VERBS: dict[str, str] = {
    "serve": "Serve the graph on this machine",
    "build": "Build the store and the dumps from the corpus",
    "check": "Report every defect of the corpus",
    "fmt": "Write Turtle files in canonical form",
    "query": "Run SPARQL or a named question",
    "map": "Write a network map",
    "link": "Match an external table to the graph",
    "source": "Compare the graph with a copy of a source document",
    "export": "Write the graph in a format of your choice",
    "diff": "Say what changed between two versions",
    "analyse": "Measure the graph: brokers, communities, gaps",
    "mcp": "Serve the graph to a language-model client",
    "info": "Say what is loaded and how large it is",
}


class Verbs(click.Group):
    """A group whose commands live in modules of the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click decides the signature
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in VERBS:
            return None
        command = importlib.import_module(f"asckg.cli.{cmd_name}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"asckg.cli.{cmd_name}.command is not a command")
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a verb; end as other tools do when the program that reads from a pipe has gone."""
        try:
            result: object = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _end_on_closed_pipe()
        return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="asckg")
def cli() -> None:
    """Query, map, check and extend the knowledge graph of adult social care research."""


def _end_on_closed_pipe() -> NoReturn:
    """End by SIGPIPE, as `cat` does, or quietly where there is no such signal."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python complains when it empties its buffer at the end
    if sys.platform != "win32":
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGPIPE)
    sys.exit(0)


def main() -> None:
    """Run the command line: exit 0 when fine, 1 on findings, 2 on misuse or an error that a user can mend."""
    try:
        cli()
    except AsckgError as error:
        click.echo(f"asckg: {error}", err=True)
        sys.exit(2)
