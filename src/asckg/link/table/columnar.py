"""Parquet, read by pyarrow in batches."""

import io
from collections.abc import Iterator
from typing import Any

from asckg.error import AsckgError
from asckg.link.table.row import Row, Table


def read_parquet(path: str, stream: io.BufferedReader) -> Table:
    """Return the table of a Parquet file; memory is that of one batch."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise AsckgError(f"{path}: reading Parquet needs the extra: pip install 'asckg[link]'") from error
    try:
        file = ParquetFile(stream)
    except (ArrowException, OSError) as error:
        raise AsckgError(f"{path} is not a readable Parquet file: {error}") from error
    return Table(path, "parquet", tuple(file.schema_arrow.names), _rows(file), total=file.metadata.num_rows)


def _rows(file: Any) -> Iterator[Row]:
    number = 0
    for batch in file.iter_batches(batch_size=5_000):
        for cells in batch.to_pylist():
            number += 1
            yield Row(number, {name: "" if value is None else value for name, value in cells.items()})
