"""Rows of an external table, with the line each came from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from asckg.finding import Finding


class Row(NamedTuple):
    """One row: its line (or its position from 1), and its cells by column; nested forms keep their nesting."""

    line: int
    cells: Mapping[str, Any]


@dataclass
class Table:
    """A table being read: its form, its columns as far as known, its rows once, and what was wrong with it.

    `findings` grow while `rows` are read. Reading never holds more than a part of the file in memory. `total` is the
    number of rows where that is known before, and `read` says how much of the file, from 0 to 1, was read so far.
    """

    path: str
    form: str
    columns: tuple[str, ...]
    rows: Iterator[Row]
    encoding: str = "utf-8"
    findings: list[Finding] = field(default_factory=list)
    close: Callable[[], object] = bool
    total: int = 0
    read: Callable[[], float] = float

    def warn(self, line: int, code: str, message: str) -> None:
        """Add a finding about a row."""
        self.findings.append(Finding(self.path, line, 0, code, message, "warning"))


def unique(header: list[str]) -> tuple[list[str], list[str]]:
    """Return column names, each once (`name`, `name (2)`), and the names that stood there twice."""
    seen: dict[str, int] = {}
    names, doubled = [], []
    for place, text in enumerate(header, 1):
        name = text.strip() or f"column {place}"
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            doubled.append(name)
            name = f"{name} ({seen[name]})"
        names.append(name)
    return names, doubled
