"""CSV and TSV, of any common encoding and separator, row by row."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Any

from asckg.error import AsckgError
from asckg.link.table.row import Row, Table, unique

_SAMPLE = 256_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST_CELL = 10_000_000


def encoding_of(sample: bytes) -> str:
    """Return the encoding of a sample: by its mark, else UTF-8, else UTF-16 by its zeros, else Windows-1252."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    if sample[1:200:2].count(0) > 40:  # noqa: PLR2004 - every second byte is zero
        return "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def separator_of(text: str, name: str) -> str:
    """Return the separator that cuts the first lines into the most columns of even number."""
    if name.lower().endswith((".tsv", ".tab")):
        return "\t"
    lines = list(csv.reader(io.StringIO(text), delimiter="\n"))[:1]
    first = lines[0][0] if lines and lines[0] else ""
    return max(",;\t|", key=first.count)


def read_delimited(name: str, path: str, stream: io.BufferedReader, encoding: str = "") -> Table:
    """Return the table of a delimited text; short rows are filled, long ones reported with their line."""
    sample = stream.peek(_SAMPLE)[:_SAMPLE]
    encoding = encoding or encoding_of(sample)
    errors = "replace" if encoding in {"utf-8", "utf-8-sig"} else "strict"
    text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
    separator = separator_of(sample.decode(encoding, "replace"), name)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(text, delimiter=separator)
    try:
        header = next(reader, None)
    except (csv.Error, UnicodeDecodeError) as error:
        raise AsckgError(f"{path}:1: not a table ({error}); say its form with --form") from error
    if not header or not any(cell.strip() for cell in header):
        raise AsckgError(f"{path}:1: the first line has no column names")
    columns, doubled = unique(header)
    table = Table(path, "tsv" if separator == "\t" else "csv", tuple(columns), iter(()), encoding)
    for column in doubled:
        table.warn(1, "T001", f"the column {column!r} stands twice; the later ones are numbered")
    if encoding == "cp1252":
        table.warn(1, "T002", "the file is not UTF-8; read as Windows-1252 (say --encoding when that is wrong)")
    table.rows, table.close = _rows(reader, columns, table), text.detach
    return table


def _rows(reader: Any, columns: list[str], table: Table) -> Iterator[Row]:
    width = len(columns)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader, None)
        except (csv.Error, UnicodeDecodeError) as error:
            raise AsckgError(f"{table.path}:{start}: cannot be read ({error})") from error
        if cells is None:
            return
        if not any(cells):
            continue
        if len(cells) != width:
            more = "more" if len(cells) > width else "fewer"
            table.warn(start, "T003", f"{len(cells)} cells, {more} than the {width} columns")
        if any("\ufffd" in cell for cell in cells):
            table.warn(start, "T004", f"a cell has bytes that are not {table.encoding}")
        yield Row(start, dict(zip(columns, [*cells, *[""] * (width - len(cells))], strict=False)))
