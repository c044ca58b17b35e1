"""Where the column names of a table stand: titles and notes above them are no columns."""

from collections import Counter
from collections.abc import Sequence
from statistics import median_high

_LOOKED = 30
_STEADY = 0.8


def heading_of(rows: Sequence[Sequence[object]]) -> int | None:
    """Return the place of the row of column names: the first that fills half as many cells as rows commonly do.

    >>> heading_of([["Our councils, 2024", ""], ["", ""], ["name", "region"], ["Kent", "South East"]])
    2
    """
    filled = [sum(cell not in {"", None} for cell in row) for row in rows[:_LOOKED]]
    some = [count for count in filled if count]
    if not some:
        return None
    usual = median_high(some)
    return next((place for place, count in enumerate(filled) if count * 2 > usual), filled.index(some[0]))


def heading_line(rows: Sequence[Sequence[str]]) -> int:
    """Return the place of the column names in a delimited text; of ragged rows none is taken for a title."""
    found = heading_of(rows) or 0
    widths = Counter(len(row) for row in rows[found:_LOOKED] if any(row))
    usual, times = next(iter(widths.most_common(1)), (0, 0))
    steady = len(rows[found]) == usual and times > 1 and times >= _STEADY * widths.total() if rows else False
    first = next((place for place, row in enumerate(rows) if any(map(str.strip, row))), 0)
    return found if steady and usual > 1 else first
