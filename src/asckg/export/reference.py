"""References: each way in which works are written for a reference manager or a page."""

from collections.abc import Callable, Sequence

from asckg.export.bibtex import to_bibtex
from asckg.export.csl import citations, to_csl_json
from asckg.export.ris import to_ris
from asckg.export.work import Work


def to_citations(works: Sequence[Work]) -> str:
    """Return one formatted citation a line."""
    return "".join(f"{line}\n" for line in citations(works))


REFERENCES: dict[str, Callable[[Sequence[Work]], str]] = {
    "ris": to_ris,
    "bibtex": to_bibtex,
    "csl": to_csl_json,
    "citations": to_citations,
}
