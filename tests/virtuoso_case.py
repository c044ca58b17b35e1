"""Start Virtuoso in a folder of its own, load graphs by the graph store protocol, stop it."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from endpoint_case import free_port, wait_for

_SETTINGS = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 100000
MaxQueryExecutionTime = 10
"""


@contextmanager
def virtuoso(folder: Path, graphs: Mapping[str, bytes]) -> Iterator[str]:
    """Run Virtuoso with `graphs`, N-Triples by name, and yield the address of its query route."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed (Debian: apt-get install virtuoso-opensource)")
    settings = folder / "virtuoso.ini"
    port = free_port()
    settings.write_text(_SETTINGS.format(folder=folder, sql=free_port(), http=port), encoding="ascii")
    process = subprocess.Popen(
        [program, "+foreground", "+configfile", str(settings)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}/sparql"
    try:
        wait_for(url + "?query=ASK%7B%7D", 60)
        auth = httpx.DigestAuth("dba", "dba")
        for name, body in graphs.items():
            response = httpx.put(
                f"{url}-graph-crud-auth",
                params={"graph-uri": name},
                content=body,
                auth=auth,
                headers={"Content-Type": "text/turtle"},
                timeout=120,
            )
            response.raise_for_status()
        yield url
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
