"""BibTeX, for LaTeX and for reference managers."""

import re
from collections.abc import Iterable

from asckg.export.work import Author, Work

_TYPE = {
    "fabio:JournalArticle": "article",
    "fabio:Book": "book",
    "fabio:BookChapter": "incollection",
    "fabio:ConferencePaper": "inproceedings",
    "fabio:DoctoralThesis": "phdthesis",
    "fabio:Report": "techreport",
    "fabio:ReportDocument": "techreport",
}
_VENUE = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle", "techreport": "institution"}
_DASHES = re.compile("[-\u2013]+")
_SPECIAL = re.compile(r"([&%$#_{}])")


def to_bibtex(works: Iterable[Work]) -> str:
    """Return the works as BibTeX in UTF-8, special characters escaped, bodies as authors kept in braces."""
    from bibtexparser.bibdatabase import BibDatabase  # noqa: PLC0415 - its parser is slow to import
    from bibtexparser.bwriter import BibTexWriter  # noqa: PLC0415 - as above

    database = BibDatabase()
    database.entries = [_entry(work) for work in works]
    writer = BibTexWriter()
    writer.order_entries_by = None
    text: str = writer.write(database)
    return text


def _entry(work: Work) -> dict[str, str]:
    kind = _TYPE.get(work.kind, "misc")
    entry = {
        "ENTRYTYPE": kind,
        "ID": re.sub(r"[^A-Za-z0-9:-]", "-", work.key),
        "title": f"{{{_escape(work.title)}}}" if work.title else "",
        "author": " and ".join(_author(author) for author in work.authors),
        "year": work.year,
        _VENUE.get(kind, "howpublished"): _escape(work.venue),
        "volume": _escape(work.volume),
        "number": _escape(work.issue),
        "pages": _DASHES.sub("--", work.pages),
        "doi": work.doi,
        "url": work.url,
        "note": "" if work.url or work.doi else work.iri,
    }
    return {key: value for key, value in entry.items() if value}


def _author(author: Author) -> str:
    return f"{{{_escape(author.family)}}}" if author.is_body else _escape(str(author))


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
