"""CSL-JSON, and citations formatted in a CSL style."""

import json
import re
from collections.abc import Iterable
from typing import Any

from asckg.error import AsckgError
from asckg.export.work import Work

STYLES = ("harvard-cite-them-right",)
"""The styles that come with the citation processor."""
_TYPE = {
    "fabio:JournalArticle": "article-journal",
    "fabio:Book": "book",
    "fabio:BookChapter": "chapter",
    "fabio:ConferencePaper": "paper-conference",
    "fabio:DoctoralThesis": "thesis",
    "fabio:Thesis": "thesis",
    "fabio:Report": "report",
    "fabio:ReportDocument": "report",
    "fabio:PolicyDocument": "report",
    "fabio:WebContent": "webpage",
    "fabio:WebPage": "webpage",
    "fabio:BlogPost": "post-weblog",
}
_YEAR = re.compile(r"^\d{4}")


def to_csl(works: Iterable[Work]) -> list[dict[str, Any]]:
    """Return the works as items of CSL-JSON."""
    return [_item(work) for work in works]


def to_csl_json(works: Iterable[Work]) -> str:
    """Return the works as the text of a CSL-JSON file."""
    return json.dumps(to_csl(works), ensure_ascii=False, indent=2) + "\n"


def citations(works: Iterable[Work], style: str = STYLES[0]) -> list[str]:
    """Return the bibliography entry of each work in a style, as plain text, in the order given.

    Raises `AsckgError` on a style that does not come with the processor.
    """
    from citeproc import (  # noqa: PLC0415 - reading its locale takes longer than everything else here
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415 - as above

    if style not in STYLES:
        raise AsckgError(f"there is no citation style {style!r}; there is {', '.join(STYLES)}")
    chosen = CitationStylesStyle(style, validate=False)
    made = []
    for item in to_csl(works):
        source = CiteProcJSON([item])
        bibliography = CitationStylesBibliography(chosen, source, formatter.plain)
        bibliography.register(Citation([CitationItem(item["id"])]))
        made.append(" ".join(str(bibliography.bibliography()[0]).split()))
    return made


def _item(work: Work) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": work.key.lower(),
        "type": _TYPE.get(work.kind, "document"),
        "title": work.title,
        "author": [
            {"literal": author.family} if author.is_body else {"family": author.family, "given": author.given}
            for author in work.authors
        ],
        "container-title": work.venue,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "DOI": work.doi,
        "URL": work.url,
        "note": work.iri,
    }
    if year := _YEAR.match(work.year):
        item["issued"] = {"date-parts": [[int(year[0])]]}
    return {key: value for key, value in item.items() if value}
