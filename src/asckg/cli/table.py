"""Rows as a table in a terminal."""

from rich.console import Console
from rich.table import Table

from asckg.term import Rows


def print_rows(rows: Rows) -> None:
    """Print the rows to standard output, IRIs as prefixed names."""
    table = Table(show_lines=False)
    for column in rows.columns:
        table.add_column(column, overflow="fold")
    for row in rows.rows:
        table.add_row(*("" if term is None else str(term) for term in row))
    Console().print(table, markup=False)
