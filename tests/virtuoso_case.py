"""Start Virtuoso in a folder of its own, load graphs by the graph store protocol, stop it."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from endpoint_case import free_port, listening

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

    def command(port: int) -> list[str]:
        settings.write_text(_SETTINGS.format(folder=folder, sql=free_port(), http=port), encoding="ascii")
        return [program, "+foreground", "+configfile", str(settings)]

    process, base = listening(command, "/sparql?query=ASK%7B%7D", cwd=folder)
    url = f"{base}/sparql"
    try:
        auth = httpx.DigestAuth("dba", "dba")
        for name, body in graphs.items():
            response = httpx.put(
                f"{url}-graph-crud-auth",
                params={"graph-uri": name},
                content=body,
                auth=auth,
                headers={"Content-Type": "text/turtle"},
                timeout=300,
            )
            response.raise_for_status()
        yield url
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
