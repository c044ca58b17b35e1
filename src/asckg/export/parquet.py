"""Parquet: one file a table in a zip archive, for pandas, polars, DuckDB and R."""

import io
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq

from asckg.engine import Engine
from asckg.export.archive import add
from asckg.export.table import Table, tables

_NUMBERS = frozenset({"year"})


def to_parquet(engine: Engine) -> bytes:
    """Return a zip archive with `things.parquet`, `claims.parquet` and so on."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for table in tables(engine):
            add(archive, f"{table.name}.parquet", _parquet(table))
    return stream.getvalue()


def _parquet(table: Table) -> bytes:
    fields, arrays = [], []
    for place, name in enumerate(table.columns):
        number = name in _NUMBERS or (table.name == "evidence" and name == "works")
        kind = pa.int64() if number else pa.string()
        fields.append(pa.field(name, kind))
        arrays.append(pa.array([row[place] for row in table.rows], type=kind))
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), stream)
    return stream.getvalue()
