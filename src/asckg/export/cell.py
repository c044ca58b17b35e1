"""Cells of tables that other programs open: text that a spreadsheet would run is made inert."""

_RUNS = ("=", "+", "-", "@", "\t", "\r")


def safe(value: object) -> object:
    """Return the value, with an apostrophe before text that a spreadsheet would take for a formula.

    >>> safe("=1+1"), safe(-2)
    ("'=1+1", -2)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_RUNS) else value
