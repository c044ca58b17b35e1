"""`asckg serve`."""

import socket
import time
from functools import partial
from pathlib import Path
from typing import Any

import click

from asckg.cli.option import corpus_option, home_option, teller
from asckg.cli.serve_option import service_options
from asckg.error import AsckgError


@click.command(epilog="Example: asckg serve --port 8080 --source kendrick-2023=copy.txt")
@click.option("--host", default="127.0.0.1", show_default=True, envvar="ASCKG_HOST", help="The address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, envvar="ASCKG_PORT", type=click.IntRange(0, 65535), help="The port."
)
@click.option("--root-path", default="", envvar="ASCKG_ROOT_PATH", help="The path below which a proxy serves asckg.")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="NAME=FILE",
    envvar="ASCKG_SOURCE",
    help="A copy of a source document, so that pages can show its sentences.",
)
@service_options
@corpus_option
@home_option
def command(
    host: str,
    port: int,
    root_path: str,
    sources: tuple[str, ...],
    corpus: Path | None,
    home: Path | None,
    **limits: Any,
) -> None:
    """Serve the graph: pages, maps, questions and SPARQL on one address."""
    from asckg_api.app import create_app
    from asckg_api.server import server_of
    from asckg_api.settings import Settings
    from asckg_api.warm import warm

    started = time.perf_counter()
    settings = Settings(
        host=host, port=port, root_path=root_path, sources=_copies(sources), corpus=corpus, home=home, **limits
    )
    bound = _bind(host, port)
    app = create_app(settings, teller())
    manifest = app.state.graph.build.manifest
    address = f"http://{host}:{bound.getsockname()[1]}{root_path}/"
    click.echo(
        f"asckg is at {address} with {manifest['triples']} triples of data {manifest['version']}, "
        f"ready in {time.perf_counter() - started:.1f} s; stop it with Ctrl+C",
        err=True,
    )
    server_of(app, settings, partial(warm, app)).run(sockets=[bound])


def _copies(sources: tuple[str, ...]) -> dict[str, Path]:
    copies: dict[str, Path] = {}
    for source in sources:
        name, equals, path = source.partition("=")
        if not equals or not Path(path).is_file():
            raise AsckgError(f"--source takes NAME=FILE with a file that exists; {source!r} does not fit")
        copies[name] = Path(path)
    return copies


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, connections send small answers at once; else each would wait for an acknowledgement.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen(1024)  # from now on nobody is refused: who comes early waits
    except OSError as error:
        bound.close()
        raise AsckgError(
            f"port {port} of {host} cannot be used ({error.strerror}); stop what listens there or choose --port"
        ) from error
    bound.set_inheritable(True)
    return bound
