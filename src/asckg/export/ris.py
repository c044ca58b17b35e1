"""RIS, the format that Zotero, EndNote and Mendeley import."""

from collections.abc import Iterable
from typing import Any

import rispy

from asckg.export.work import Work

_TYPE = {
    "fabio:JournalArticle": "JOUR",
    "fabio:Book": "BOOK",
    "fabio:BookChapter": "CHAP",
    "fabio:ConferencePaper": "CPAPER",
    "fabio:DoctoralThesis": "THES",
    "fabio:Thesis": "THES",
    "fabio:Report": "RPRT",
    "fabio:ReportDocument": "RPRT",
    "fabio:PolicyDocument": "RPRT",
    "fabio:WebContent": "ELEC",
    "fabio:WebPage": "ELEC",
    "fabio:BlogPost": "BLOG",
    "fabio:Webcast": "VIDEO",
}


def to_ris(works: Iterable[Work]) -> str:
    """Return the works as RIS; `UR` is the page of the thing's IRI where the work has no address of its own."""
    text: str = rispy.dumps([_entry(work) for work in works], implementation=_Writer)
    return text


class _Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
    """Writes no numbers between the entries: not every importer forgives them."""

    def set_header(self, count: int) -> str:  # noqa: ARG002 - rispy decides the signature
        return ""


def _entry(work: Work) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type_of_reference": _TYPE.get(work.kind, "GEN"),
        "id": work.key,
        "title": work.title,
        "authors": [str(author) for author in work.authors],
        "year": work.year,
        "doi": work.doi,
        "urls": [work.url] if work.url else [],
        "volume": work.volume,
        "number": work.issue,
        "notes": [work.iri],
    }
    entry["journal_name" if entry["type_of_reference"] == "JOUR" else "secondary_title"] = work.venue
    first, dash, last = work.pages.replace("\u2013", "-").partition("-")
    entry |= {"start_page": first, "end_page": last if dash else ""}
    return {key: value for key, value in entry.items() if value}
