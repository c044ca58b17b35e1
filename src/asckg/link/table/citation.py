"""References in RIS and BibTeX as rows with the same columns."""

import io
from collections.abc import Iterator
from typing import Any

from asckg.error import AsckgError
from asckg.link.table.row import Row, Table
from asckg.link.table.source import whole

COLUMNS = ("id", "type", "title", "authors", "year", "venue", "doi", "url", "abstract_note")


def read_ris(path: str, stream: io.BufferedReader) -> Table:
    """Return the references of a RIS file."""
    import rispy

    text = whole(stream, path).decode("utf-8-sig", "replace")
    try:
        entries = rispy.loads(text, skip_unknown_tags=True)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise AsckgError(f"{path} is not readable RIS: {error}") from error
    if not entries:
        raise AsckgError(f"{path} has no RIS reference; each begins with a line `TY  - `")
    return Table(path, "ris", COLUMNS, _ris_rows(entries))


def _ris_rows(entries: list[dict[str, Any]]) -> Iterator[Row]:
    for number, entry in enumerate(entries, 1):
        title = entry.get("title") or entry.get("primary_title") or ""
        venue = entry.get("secondary_title") or entry.get("journal_name") or entry.get("alternate_title3") or ""
        yield Row(
            number,
            {
                "id": entry.get("id") or str(number),
                "type": entry.get("type_of_reference", ""),
                "title": title,
                "authors": list(entry.get("authors") or entry.get("first_authors") or ()),
                "year": str(entry.get("year") or entry.get("publication_year") or "")[:4],
                "venue": venue,
                "doi": entry.get("doi", ""),
                "url": next(iter(entry.get("urls") or ()), ""),
            },
        )


def read_bibtex(path: str, stream: io.BufferedReader) -> Table:
    """Return the references of a BibTeX file."""
    import bibtexparser
    from bibtexparser.bparser import BibTexParser
    from bibtexparser.customization import convert_to_unicode

    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False, customization=convert_to_unicode)
    entries = bibtexparser.loads(whole(stream, path).decode("utf-8-sig", "replace"), parser).entries
    if not entries:
        raise AsckgError(f"{path} has no BibTeX entry that can be read; look for a brace that is not closed")
    return Table(path, "bibtex", COLUMNS, _bibtex_rows(entries))


def _bibtex_rows(entries: list[dict[str, str]]) -> Iterator[Row]:
    for number, entry in enumerate(entries, 1):
        clean = {key: value.replace("{", "").replace("}", "") for key, value in entry.items()}
        yield Row(
            number,
            {
                "id": entry["ID"],
                "type": entry["ENTRYTYPE"],
                "title": clean.get("title", ""),
                "authors": [name.strip() for name in clean.get("author", "").replace("\n", " ").split(" and ") if name],
                "year": (clean.get("year") or clean.get("date", ""))[:4],
                "venue": clean.get("journal") or clean.get("journaltitle") or clean.get("booktitle") or "",
                "doi": clean.get("doi", ""),
                "url": clean.get("url", ""),
            },
        )
