"""Start other SPARQL servers for tests."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from waiting import until


def free_port() -> int:
    """Return a port that nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def listening(command: Callable[[int], list[str]], path: str, **options: Any) -> tuple[subprocess.Popen[bytes], str]:
    """Start a server by `command`, which has a port, and return it with its address once it answers at `path`.

    Another program may take the port before the server does, which then ends: it gets another one.
    """
    for _ in range(5):
        port = free_port()
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command(port), stdout=quiet, stderr=quiet, **options)
        base = f"http://127.0.0.1:{port}"
        until(lambda: process.poll() is not None or answers(base + path), f"an answer of {base}{path}")  # noqa: B023
        if process.poll() is None:
            return process, base
    pytest.fail("a server ended five times as it began")


@contextmanager
def oxigraph_serve(nquads: bytes) -> Iterator[str]:
    """Run `oxigraph serve` in memory on `nquads` and yield the address of its query route."""
    beside = Path(sys.executable).parent / "oxigraph"
    program = str(beside) if beside.exists() else shutil.which("oxigraph")
    if program is None:
        pytest.skip("the package oxigraph, which ships the server, is not installed")
    process, base = listening(lambda port: [program, "serve", "--bind", f"127.0.0.1:{port}"], "/query?query=ASK%7B%7D")
    try:
        headers = {"Content-Type": "application/n-quads"}
        httpx.post(f"{base}/store", content=nquads, headers=headers, timeout=300).raise_for_status()
        yield f"{base}/query"
    finally:
        process.kill()
        process.wait()


def answers(url: str) -> bool:
    """Whether `url` answers 200."""
    try:
        return httpx.get(url, timeout=5, trust_env=False).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
