"""The page of settings: every flag of the server with its variable and default."""

import click
from table import table, text

from asckg.cli.serve import command


def options() -> list[click.Option]:
    """Return the options of `asckg serve`."""
    return [one for one in command.params if isinstance(one, click.Option)]


def page() -> str:
    """Return the page."""
    rows = [(f"`{one.opts[-1]}`", f"`{one.envvar or ''}`", _default(one), text(one.help or "")) for one in options()]
    head = (
        "# Settings\n\nEvery setting of the server is a flag of `asckg serve` and, in most cases, a variable. A flag "
        "wins over its variable. Sizes are in MiB, times in seconds.\n"
    )
    others = table(
        ("variable", "meaning"),
        [
            ("`ASCKG_HOME`", "Where builds are kept, for every command."),
            (
                "`ASCKG_BASE`",
                "The base of all IRIs, for a graph of your own; `https://w3id.org/asckg/` when not given.",
            ),
        ],
    )
    return f"{head}\n{table(('flag', 'variable', 'default', 'meaning'), rows)}\n## For every command\n\n{others}"


def _default(option: click.Option) -> str:
    value = option.get_default(click.Context(command))
    if value is None or value == () or "Sentinel" in type(value).__name__ or value is False:
        return "none" if not option.is_flag else "off"
    return f"`{', '.join(value) if isinstance(value, tuple | list) else value}`"
