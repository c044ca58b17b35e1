"""A defect found in the data: where it stands, what it is, and how bad it is."""

from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Finding:
    """One defect, printed as `path:line: CODE message`.

    >>> str(Finding("graph_data/a.ttl", 3, 0, "G001", "no such term"))
    'graph_data/a.ttl:3: G001 no such term'
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    severity: Severity = "error"
    focus: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        if self.column:
            place = f"{place}:{self.column}"
        return f"{place}: {self.code} {self.message}"

    def as_dict(self) -> dict[str, object]:
        """Return the fields as JSON takes them."""
        return asdict(self)

    def as_annotation(self) -> str:
        """Return the finding as a line that a CI service shows beside the file."""
        message = self.message.replace("%", "%25").replace("\n", "%0A")
        place = f"file={self.path},line={max(self.line, 1)},col={max(self.column, 1)}"
        return f"::{self.severity} {place}::{self.code} {message}"
