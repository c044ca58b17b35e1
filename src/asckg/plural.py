"""A number with its noun, as the program says it."""


def counted(number: int, noun: str) -> str:
    """Return the number with the noun in the singular or the plural.

    >>> counted(1, "error"), counted(1200, "row")
    ('1 error', '1,200 rows')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
