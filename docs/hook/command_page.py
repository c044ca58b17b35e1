"""The page of commands: every verb with its arguments and options."""

import importlib
import importlib.util
from collections.abc import Iterator

import click
from table import table, text

from asckg.cli import VERBS


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its full name, subcommands after their parent."""
    for verb in VERBS:
        if importlib.util.find_spec(f"asckg.cli.{verb}"):
            yield from _with_children(f"asckg {verb}", importlib.import_module(f"asckg.cli.{verb}").command)


def _with_children(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None:
                yield from _with_children(f"{name} {child}", found)


def page() -> str:
    """Return the page."""
    head = (
        "# Commands\n\nEvery verb of `asckg`, made from the program itself. Data go to standard output, talk to "
        "standard error. The exit status is 0 when all is well, 1 when there are findings, 2 on misuse.\n"
    )
    return "\n".join([head, *(_section(name, command) for name, command in commands())])


def _section(name: str, command: click.Command) -> str:
    usage = command.get_usage(click.Context(command, info_name=name)).removeprefix("Usage: ")
    parts = [f"## {name}\n", f"{text(command.help or command.short_help or '')}\n", f"```console\n{usage}\n```\n"]
    options = [one for one in command.params if isinstance(one, click.Option)]
    if options:
        parts.append(table(("option", "what it does", "variable"), map(_row, options)))
    if command.epilog:
        first, _, rest = command.epilog.partition("Example: ")
        parts.append(f"{text(first)}\n\n```console\n{rest}\n```\n")
    return "\n".join(parts)


def _row(option: click.Option) -> tuple[str, str, str]:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    variable = option.envvar if isinstance(option.envvar, str) else ""
    return names, text(option.help or ""), f"`{variable}`" if variable else ""
