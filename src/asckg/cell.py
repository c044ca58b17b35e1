"""Cells of tables that other programs open: text that a spreadsheet would run is made inert."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO

_RUNS = ("=", "+", "-", "@")
_CONTROLS = ("\t", "\r")


def safe(value: object) -> object:
    """Return the value, with an apostrophe before text that a spreadsheet would take for a formula.

    >>> safe("=1+1"), safe(" =1+1"), safe(-2)
    ("'=1+1", "' =1+1", -2)
    """
    if not isinstance(value, str) or not value or value[0].isalnum():
        return value
    return f"'{value}" if value.startswith(_CONTROLS) or value.lstrip().startswith(_RUNS) else value


def csv_line(cells: Sequence[object]) -> str:
    """Return a row of a table as a line of CSV, with its end; text that a spreadsheet would run is made inert.

    >>> csv_line(["a, b", 2]).rstrip()
    '"a, b",2'
    """
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerow(list(map(safe, cells)))
    return file.getvalue()


def write_csv(file: IO[str], header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a table and return the number of its rows."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    count = 0
    for row in rows:
        # most cells are no text, empty or words: those are let through here, without a call each
        writer.writerow(
            [cell if type(cell) is not str or not cell or cell[0].isalnum() else safe(cell) for cell in row]
        )
        count += 1
    return count
