"""The process that loads large tables into a store: `python -m asckg.build.bulk STORE TABLE …`."""

import contextlib
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from asckg.build.table import Table, load_tables
from asckg.error import AsckgError


def main() -> None:
    """Load the tables that the command line names; what is done and what goes wrong is told as lines of JSON."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    path, *tables = map(Path, sys.argv[1:])
    try:
        for doing in _load(path, [Table.of(table) for table in tables]):
            _say("doing", doing)
    except AsckgError as error:
        _say("unreadable", str(error))
    except OSError as error:
        _say("unwritable", str(error))


def _load(path: Path, tables: list[Table]) -> Iterator[str]:
    store = ox.Store(str(path))
    for table in tables:
        yield f"loading {table.path.name}, {table.path.stat().st_size >> 20:,} MiB"
        load_tables(store, [table])
    yield "sorting the store"
    store.optimize()
    store.flush()


def _say(key: str, text: str) -> None:
    sys.stdout.write(json.dumps({key: text}) + "\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    """End this process as soon as nobody is there to hear of it: the folder is somebody else's then."""
    with contextlib.suppress(OSError):
        os.read(0, 1)
    os._exit(1)


if __name__ == "__main__":
    main()
