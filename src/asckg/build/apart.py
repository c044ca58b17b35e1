"""Large tables loaded by a process of its own: the engine cannot be interrupted while it loads, but that can."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from asckg.build.table import Table
from asckg.error import AsckgError


def load_apart(store: Path, tables: list[Table], tell: Callable[[str], object]) -> None:
    """Load tables into the closed store at `store` and sort it; `tell` hears what is done next.

    Raises `AsckgError` when a table cannot be read or the process is killed, `OSError` when the store cannot be
    written to.
    """
    from asckg.engine.pool.generation import python_environment  # noqa: PLC0415  asyncio, which few builds need

    command = [sys.executable, "-m", "asckg.build.bulk", str(store), *(str(table.path) for table in tables)]
    with subprocess.Popen(  # noqa: S603  our own interpreter and module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=python_environment(), start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None  # noqa: S101  it was asked for
            for line in process.stdout:
                _hear(json.loads(line), tell)
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise AsckgError(
            f"the process that loads the external tables was ended ({process.returncode}), perhaps for want of memory: "
            "it takes up to 2 GiB; the previous build is untouched"
        )


def _hear(said: dict[str, str], tell: Callable[[str], object]) -> None:
    match said:
        case {"doing": doing}:
            tell(doing)
        case {"unreadable": why}:
            raise AsckgError(why)
        case {"unwritable": why}:
            raise OSError(why)
