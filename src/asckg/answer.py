"""Answers: the rows of a query as a table in a terminal, a notebook, pandas or polars."""

import html
from typing import TYPE_CHECKING

from asckg.error import AsckgError
from asckg.namespace import ID, VOC, compact
from asckg.term import Rows, Term

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    from rich.table import Table

SHOWN = 30
_LEFT = " style='text-align:left'"  # Jupyter sets cells to the right, which is for numbers


class Answer(Rows):
    """The rows of a SELECT, which know how to show themselves and to become a data frame.

    >>> answer = Answer(("n",), [(Term.literal("5", "http://www.w3.org/2001/XMLSchema#integer"),)])
    >>> answer.dicts()
    [{'n': 5}]
    """

    @classmethod
    def of(cls, rows: Rows) -> "Answer":
        """Return plain rows as an answer."""
        return cls(rows.columns, rows.rows)

    def to_pandas(self) -> "pd.DataFrame":
        """Return a pandas DataFrame: one column a variable, numbers as numbers, unbound as missing.

        Raises `AsckgError` where pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - optional, and it costs more than the rest together
        except ImportError as error:
            raise AsckgError("pandas is not installed; `pip install asckg[notebook]` brings it") from error
        return pd.DataFrame(self.dicts(), columns=list(self.columns))

    def to_polars(self) -> "pl.DataFrame":
        """Return a polars DataFrame; raise `AsckgError` where polars is not installed."""
        try:
            import polars as pl  # noqa: PLC0415 - optional
        except ImportError as error:
            raise AsckgError("polars is not installed; `pip install polars` brings it") from error
        columns = {name: [row[name] for row in self.dicts()] for name in self.columns}
        return pl.DataFrame(columns, strict=False)

    def __repr__(self) -> str:
        head = "\t".join(self.columns)
        body = ["\t".join("" if term is None else str(term) for term in row) for row in self.rows[:SHOWN]]
        more = [f"… and {len(self) - SHOWN} more"] if len(self) > SHOWN else []
        return "\n".join([head, *body, *more])

    def __rich__(self) -> "Table":
        from rich.table import Table  # noqa: PLC0415 - only a terminal needs it
        from rich.text import Text  # noqa: PLC0415 - as above

        table = Table(caption=f"{len(self)} rows")
        for column in self.columns:
            table.add_column(Text(column), overflow="fold")
        for row in self.rows[:SHOWN]:
            table.add_row(*(Text("" if term is None else str(term)) for term in row))
        return table

    def _repr_html_(self) -> str:
        head = "".join(f"<th scope=col>{html.escape(column)}</th>" for column in self.columns)
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self.rows[:SHOWN])
        note = f"<caption>{len(self)} rows, {min(len(self), SHOWN)} shown</caption>"
        return f"<table>{note}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(term: Term | None) -> str:
    if term is None:
        return "<td></td>"
    if term.kind != "iri":
        return f"<td{'' if isinstance(term.python(), int | float) else _LEFT}>{html.escape(term.value)}</td>"
    name = html.escape(compact(term.value))
    if term.value.startswith((ID, VOC)) or not term.value.startswith(("https://", "http://")):
        return f"<td{_LEFT}><code>{name}</code></td>"
    return f'<td{_LEFT}><a href="{html.escape(term.value)}" rel="noopener">{name}</a></td>'
