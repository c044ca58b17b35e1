"""The servers that are measured side by side, each a process of its own on this machine."""

import os
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

TICKS = os.sysconf("SC_CLK_TCK")


class Address(str):
    """The address of a query route, and the process that answers there."""

    __slots__ = ("process",)
    process: int

    @classmethod
    def of(cls, url: str, process: int) -> "Address":
        """Return `url` with its process."""
        address = cls(url)
        address.process = process
        return address

    def spent(self) -> float:
        """Return the seconds of processor time that the process and all below it have used."""
        return _spent(self.process)


def _spent(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
        threads = [path.read_text(encoding="ascii") for path in Path(f"/proc/{process}/task").glob("*/schedstat")]
    except OSError:  # it ended meanwhile; its parent was charged with what it used
        return 0.0
    whole = sum(int(field) for field in fields[11:13]) / TICKS  # with threads that ended, but in hundredths
    fine = sum(int(thread.split()[0]) for thread in threads) / 1e9
    ended = sum(int(field) for field in fields[13:15]) / TICKS
    return max(whole, fine) + ended + sum(_spent(int(child)) for child in children)


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
) -> Iterator[Address]:
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
        yield Address.of(base + "/query", process.pid)
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
def ours(home: Path, **settings: object) -> Iterator[Address]:
    """Run the service over the build in `home` and yield the address of its query route."""
    with serving(home, **settings) as server:
        yield Address.of(server.url + "/sparql", server.process.pid)


def dump(quads: Iterator[ox.Quad]) -> bytes:
    """Return quads as N-Quads."""
    store = ox.Store()
    store.bulk_extend(quads)
    return store.dump(format=ox.RdfFormat.N_QUADS) or b""
