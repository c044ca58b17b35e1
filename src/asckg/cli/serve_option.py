"""The flags of `asckg serve`; each is also a variable `ASCKG_` with the flag's name in capitals."""

from collections.abc import Callable
from typing import Any

import click

KIB, MIB = 1 << 10, 1 << 20
COUNT = click.IntRange(min=1)

Command = Callable[..., None]


def _mebibytes(_context: click.Context, _parameter: click.Parameter, value: int) -> int:
    return value * MIB


def _kibibytes(_context: click.Context, _parameter: click.Parameter, value: int) -> int:
    return value * KIB


def _flag(name: str, help_: str, default: object, kind: Any, callback: Any = None) -> Callable[[Command], Command]:
    variable = "ASCKG_" + name.upper().replace("-", "_")
    return click.option(
        f"--{name}", help=help_, default=default, type=kind, callback=callback, envvar=variable, show_default=True
    )


_FLAGS = (
    _flag("timeout", "Seconds that a query may take.", 10.0, click.FloatRange(min=0, min_open=True)),
    _flag("memory", "MiB that a query may use above what its worker starts with.", 1024, COUNT, _mebibytes),
    _flag("result", "MiB that an answer may have.", 256, COUNT, _mebibytes),
    _flag("cache", "MiB of answers that are kept.", 64, click.IntRange(min=0), _mebibytes),
    _flag("workers", "Users' queries that run at once.", 2, COUNT),
    _flag("heavy", "Long queries that may run beside those.", 4, click.IntRange(min=0)),
    _flag("queue", "Queries that may wait.", 256, COUNT),
    _flag("per-client", "Queries of one client that may run and wait.", 32, COUNT),
    _flag("connections", "Connections that one client may have.", 1024, COUNT),
    _flag("least-rate", "KiB a second that a client must take of an answer.", 16, click.IntRange(min=0), _kibibytes),
    _flag("stored-in-memory", "Quads up to which workers hold the graph in memory.", 300_000, click.IntRange(min=0)),
    click.option(
        "--cors-origin",
        "cors_origins",
        multiple=True,
        default=("*",),
        envvar="ASCKG_CORS_ORIGIN",
        show_default=True,
        help="A site whose pages may read answers; repeat for several.",
    ),
    click.option(
        "--service-allow",
        multiple=True,
        metavar="IRI",
        envvar="ASCKG_SERVICE_ALLOW",
        help="An endpoint that SERVICE may ask; repeat for several. None when not given.",
    ),
    click.option("--writable", is_flag=True, envvar="ASCKG_WRITABLE", help="Let bearers of the token write graphs."),
    click.option("--review", is_flag=True, envvar="ASCKG_REVIEW", help="Let people decide suggested links on /links."),
    click.option("--token", envvar="ASCKG_TOKEN", help="The token of writers; better given as ASCKG_TOKEN."),
    click.option("--log", is_flag=True, envvar="ASCKG_LOG", help="Log each request as a line of JSON."),
    click.option(
        "--contact", default="", metavar="ADDRESS", envvar="ASCKG_CONTACT", help="Where errors are reported, by e-mail."
    ),
    click.option("--endpoint", metavar="URL", envvar="ASCKG_ENDPOINT", help="Serve the graph of this SPARQL endpoint."),
)


def service_options(command: Command) -> Command:
    """Return `command` with the flags of the service, in the order in which help lists them."""
    for flag in reversed(_FLAGS):
        command = flag(command)
    return command
