"""SQLite: the tables in one file, with keys, for anything that speaks SQL."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from asckg.engine import Engine
from asckg.export.table import Table, tables

_NUMBERS = frozenset({"year", "works"})
_KEYED = frozenset({"things", "claims", "works"})


def to_sqlite(engine: Engine) -> bytes:
    """Return a SQLite database with the tables of `asckg.export.table`; `name` is the key of things, claims, works."""
    with tempfile.TemporaryDirectory(prefix="asckg-") as folder:
        path = Path(folder) / "graph.sqlite"
        with closing(sqlite3.connect(path)) as connection:
            for table in tables(engine):
                _write(connection, table)
            connection.commit()
            connection.execute("VACUUM")
        return path.read_bytes()


def _write(connection: sqlite3.Connection, table: Table) -> None:
    columns = ", ".join(
        f'"{name}" {"INTEGER" if name in _NUMBERS else "TEXT"}{" PRIMARY KEY" if _is_key(table, name) else ""}'
        for name in table.columns
    )
    marks = ", ".join("?" for _ in table.columns)
    connection.execute(f'CREATE TABLE "{table.name}" ({columns})')
    connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', table.rows)  # noqa: S608 - our own names
    for name in table.columns:
        if name in ("claim", "work", "subject", "object", "source", "target", "kind"):
            connection.execute(f'CREATE INDEX "{table.name}_{name}" ON "{table.name}" ("{name}")')


def _is_key(table: Table, name: str) -> bool:
    return name == "name" and table.name in _KEYED
