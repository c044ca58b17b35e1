"""Start other SPARQL servers for tests."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest


def free_port() -> int:
    """Return a port that nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def oxigraph_serve(nquads: bytes) -> Iterator[str]:
    """Run `oxigraph serve` in memory on `nquads` and yield the address of its query route."""
    beside = Path(sys.executable).parent / "oxigraph"
    program = str(beside) if beside.exists() else shutil.which("oxigraph")
    if program is None:
        pytest.skip("the package oxigraph, which ships the server, is not installed")
    port = free_port()
    process = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{base}/query?query=ASK%7B%7D")
        headers = {"Content-Type": "application/n-quads"}
        httpx.post(f"{base}/store", content=nquads, headers=headers, timeout=60).raise_for_status()
        yield f"{base}/query"
    finally:
        process.kill()
        process.wait()


def wait_for(url: str, seconds: float = 30) -> None:
    """Wait until `url` answers 200."""
    end = time.monotonic() + seconds
    while True:
        try:
            if httpx.get(url, timeout=5, trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.05)
        assert time.monotonic() < end, f"{url} did not start"
