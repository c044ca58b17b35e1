"""CSV that a spreadsheet opens without running anything in it."""

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

_NUMBERS = frozenset({int, float})
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """Return the text of a cell; one that a spreadsheet would take for a formula gets an apostrophe before it.

    >>> safe_cell("=1+1"), safe_cell(-0.5)
    ("'=1+1", '-0.5')
    """
    text = str(value)
    if not text or text[0].isalnum():
        return text
    if isinstance(value, int | float) or not text.lstrip().startswith(_RISKY):
        return text
    return f"'{text}"


def write_csv(file: TextIO, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a table and return the number of its rows."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    count = 0
    for row in rows:
        # most cells are empty, numbers or words: those are let through here, without a call each
        writer.writerow(
            [
                cell
                if not cell or (cell[0].isalnum() if type(cell) is str else type(cell) in _NUMBERS)
                else safe_cell(cell)
                for cell in row
            ]
        )
        count += 1
    return count
