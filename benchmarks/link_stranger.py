"""Strings as strangers write them, by hand: funders in acknowledgements, councils, affiliations, titles.

The sets are `stranger/WRITTEN/KIND.tsv`, WRITTEN being `first` or `second`: a text (of a work also authors, year and
DOI), the keys of what it may be (`-`: nothing that is there), and the keys of what may be shown beside it but never
accepted. They were written before the rules were tried on them; `stranger/README.md` says what was looked at, and when.
"""

import csv
from pathlib import Path

from asckg.link.job import Wanted, opened
from asckg.link.record import Record
from benchmarks.link_case import Case

FOLDER = Path(__file__).with_name("stranger")
ROR = "https://ror.org/"


def _lines(written: str, kind: str) -> list[list[str]]:
    with (FOLDER / written / f"{kind}.tsv").open(encoding="utf-8") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _keys(text: str, base: str) -> tuple[str, ...]:
    return tuple(base + key for key in text.split() if key != "-")


def cases(written: str, kind: str, base: str = "") -> list[Case]:
    """Return the cases of a kind; `base` stands before each key."""
    found = []
    for text, keys, *also in _lines(written, kind):
        right = _keys(keys, base)
        later = _keys(also[0], base) if also else ()
        found.append(Case("there" if right else "not in the list", text, " ".join(right), later))
    return found


def works(written: str, base: str) -> tuple[list[Case], dict[str, Record]]:
    """Return the cases of works, the text of each being the key of its row, and the rows by key."""
    with opened(Wanted(FOLDER / written / "work.tsv", parts={"kind": "work", "keep": ("keys",)})) as table:
        rows = {row.key: row for row in table.records}
    found = []
    for key, row in rows.items():
        right = _keys(row.fields["keys"], base)
        found.append(Case("there" if right else "not in the list", key, " ".join(right)))
    return found, rows
