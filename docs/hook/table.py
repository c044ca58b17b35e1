"""Tables and words in Markdown, with what Markdown and HTML would read made inert."""

import html
from collections.abc import Iterable, Sequence


def text(value: str) -> str:
    """Return plain text for a paragraph or a cell."""
    return html.escape(" ".join(value.split()), quote=False).replace("|", "&#124;").replace("*", "&#42;")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; cells are Markdown already."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"
