"""The servers that are measured side by side, each a process of its own on this machine."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pyoxigraph as ox

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from service_case import make_home, serving  # noqa: E402  the tests' way to start the service over any store

__all__ = ["make_home", "ours", "oxigraph", "oxigraph_version"]

PORT = 8150


def program() -> str:
    """Return where the `oxigraph` binary of the package of that name is."""
    beside = Path(sys.executable).parent / "oxigraph"
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    if found is None:
        raise SystemExit("install the package oxigraph: it ships the server that is measured against")
    return found


def oxigraph_version() -> str:
    """Return what `oxigraph --version` says."""
    return subprocess.run([program(), "--version"], capture_output=True, text=True, check=True).stdout.strip()


@contextmanager
def oxigraph(
    store: Path | None = None, nquads: bytes = b"", port: int = PORT, *, read_only: bool = False
) -> Iterator[str]:
    """Run `oxigraph serve` on a store or in memory on `nquads`, and yield the address of its query route."""
    command = [program(), "serve-read-only" if read_only else "serve", "--bind", f"127.0.0.1:{port}"]
    command += ["--location", str(store)] if store else []
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        wait(base + "/query?query=ASK%7B%7D")
        if nquads:
            headers = {"Content-Type": "application/n-quads"}
            httpx.post(base + "/store", content=nquads, headers=headers, timeout=600).raise_for_status()
        yield base + "/query"
    finally:
        process.kill()
        process.wait()


def wait(url: str, seconds: float = 60) -> float:
    """Wait until `url` answers 200 and return how long that took."""
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        try:
            if httpx.get(url, timeout=5).status_code == httpx.codes.OK:
                return time.perf_counter() - began
        except httpx.TransportError:
            time.sleep(0.01)
    raise SystemExit(f"{url} did not answer within {seconds} s")


@contextmanager
def ours(home: Path, **settings: object) -> Iterator[str]:
    """Run the service over the build in `home` and yield the address of its query route."""
    with serving(home, **settings) as server:
        yield server.url + "/sparql"


def dump(quads: Iterator[ox.Quad]) -> bytes:
    """Return quads as N-Quads."""
    store = ox.Store()
    store.bulk_extend(quads)
    return store.dump(format=ox.RdfFormat.N_QUADS) or b""
