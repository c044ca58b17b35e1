"""References in RIS and BibTeX as rows with the same columns."""

import io
import re
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

from asckg.error import AsckgError
from asckg.link.table.delimited import encoding_of
from asckg.link.table.row import Row, Table
from asckg.link.table.source import whole

_ENTRY = re.compile(r"\s*@(\w+)\s*[{(]\s*([^,\s]+)\s*,")
_COMMAND = re.compile(r"\\(?:text\w+|emph|mbox|textsc|uppercase|MakeUppercase|href|url)\s*\{")
COLUMNS = ("id", "type", "title", "authors", "year", "venue", "doi", "url", "abstract_note")


def read_ris(path: str, stream: io.BufferedReader, encoding: str = "") -> Table:
    """Return the references of a RIS file."""
    import rispy

    table = Table(path, "ris", COLUMNS, iter(()))
    text = _text(stream, table, encoding)
    try:
        entries = rispy.loads(_ended(table, text), skip_unknown_tags=True)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise AsckgError(f"{path} is not readable RIS: {error}") from error
    if not entries:
        raise AsckgError(f"{path} has no RIS reference; each begins with a line `TY  - `")
    table.total = len(entries)
    table.rows = _ris_rows(entries, [number for number, line in enumerate(text.split("\n"), 1) if line[:2] == "TY"])
    return table


def _ended(table: Table, text: str) -> str:
    """Return references each with its last line `ER  - `; without it the reader would leave a reference out."""
    lines, start = list[str](), 0
    for number, line in enumerate([*text.split("\n"), "TY  - "], 1):
        if line.startswith("TY  - "):
            if start:
                table.warn(start, "T009", "the reference has no last line `ER  - `; read up to the next one")
                lines[-1] += "\nER  - "
            start = number
        elif line.startswith("ER  -"):
            start = 0
        lines.append(line)
    return "\n".join(lines[:-1])


def _text(stream: io.BufferedReader, table: Table, encoding: str) -> str:
    """Return the whole text of references; an encoding that was guessed because they are no UTF-8 is said."""
    data = whole(stream, table.path)
    try:
        text = data.decode(encoding or encoding_of(data), "replace")
    except LookupError as error:
        raise AsckgError(
            f"{table.path}: there is no encoding {encoding!r}; common ones are utf-8 and cp1252"
        ) from error
    if not encoding and encoding_of(data) == "cp1252":
        table.warn(1, "T002", "the file is not UTF-8; read as Windows-1252 (say --encoding when that is wrong)")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _ris_rows(entries: list[dict[str, Any]], lines: list[int]) -> Iterator[Row]:
    for number, entry in enumerate(entries, 1):
        title = entry.get("title") or entry.get("primary_title") or ""
        venue = entry.get("secondary_title") or entry.get("journal_name") or entry.get("alternate_title3") or ""
        yield Row(
            lines[number - 1] if len(lines) == len(entries) else number,
            {
                "id": entry.get("id") or entry.get("doi") or "",
                "type": entry.get("type_of_reference", ""),
                "title": title.strip(),
                "authors": list(entry.get("authors") or entry.get("first_authors") or ()),
                "year": str(entry.get("year") or entry.get("publication_year") or entry.get("date") or "")[:4],
                "venue": venue,
                "doi": entry.get("doi", ""),
                "url": next(iter(entry.get("urls") or ()), ""),
            },
        )


def read_bibtex(path: str, stream: io.BufferedReader, encoding: str = "") -> Table:
    """Return the references of a BibTeX file."""
    import bibtexparser
    from bibtexparser.bparser import BibTexParser
    from bibtexparser.customization import convert_to_unicode

    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False, customization=convert_to_unicode)
    table = Table(path, "bibtex", COLUMNS, iter(()))
    text = _text(stream, table, encoding)
    entries = bibtexparser.loads(_COMMAND.sub("{", text), parser).entries
    if not entries:
        raise AsckgError(f"{path} has no BibTeX entry that can be read; look for a brace that is not closed")
    _say_lost(table, text, {entry["ID"] for entry in entries})
    table.total = len(entries)
    table.rows = _bibtex_rows(entries)
    return table


def _say_lost(table: Table, text: str, read: set[str]) -> None:
    """Warn of entries that begin and were not read, since a brace before or in them is not closed."""
    for number, line in enumerate(text.splitlines(), 1):
        found = _ENTRY.match(line)
        if found and found[1].lower() not in {"comment", "string", "preamble"} and found[2].strip() not in read:
            table.warn(number, "T009", f"the entry {found[2].strip()!r} cannot be read; look for a brace not closed")


def _bibtex_rows(entries: list[dict[str, str]]) -> Iterator[Row]:
    for number, entry in enumerate(entries, 1):
        clean = {key: _plain(value) for key, value in entry.items()}
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


def _plain(text: str) -> str:
    """Return a text without the braces of TeX, accents on their letters."""
    bare = text.replace("{", "").replace("}", "")
    return normalize("NFC", bare.replace("\u0131\u0308", "i\u0308"))
