"""CSV and TSV, of any common encoding and separator, row by row."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from asckg.error import AsckgError
from asckg.link.table.heading import heading_line
from asckg.link.table.row import Row, Table, unique

_SAMPLE = 256_000
_LINES, _STEADY, _SEPARATORS = 30, 0.8, ",;\t|"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST_CELL = 10_000_000
_LONGEST_LINE = 50_000_000
_TERM = re.compile(r"^<|(?<=.)>$|(?<=.)@[a-z]{2,3}(-[A-Za-z0-9]+)*$|\^\^<[^>]*>$")
_CONTROLS = tuple(bytes([code]) for code in (*range(9), *range(14, 32), 127))


def encoding_of(sample: bytes) -> str:
    """Return the encoding of a sample: by its mark, else UTF-8, else UTF-16 by its zeros, else Windows-1252."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half, other = sample[start:200:2], sample[1 - start : 200 : 2]
        if len(half) > 2 and half.count(0) > 0.6 * len(half) and other.count(0) < 0.2 * len(other):  # noqa: PLR2004
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def separator_of(text: str, name: str) -> str:
    """Return the separator of the first line, unless another cuts the lines below it evenly and that one does not."""
    if name.lower().endswith((".tsv", ".tab")):
        return "\t"
    lines = ["".join(line.split('"')[::2]) for line in text.splitlines()[:_LINES] if line.strip()] or [""]

    def steady(mark: str) -> int:
        (count, times), *_ = Counter(line.count(mark) for line in lines[1:]).most_common(1) or [(0, 0)]
        return count if times >= _STEADY * len(lines[1:]) else 0

    first = max(_SEPARATORS, key=lines[0].count)
    evenly = max(_SEPARATORS, key=steady)
    return evenly if steady(evenly) and not steady(first) else first


def read_delimited(name: str, path: str, stream: io.BufferedReader, encoding: str = "") -> Table:
    """Return the table of a delimited text; short rows are filled, long ones reported with their line."""
    sample = stream.peek(_SAMPLE)[:_SAMPLE]
    encoding = encoding or encoding_of(sample)
    if encoding in {"utf-8", "cp1252"} and _is_binary(sample):
        raise AsckgError(f"{path} is not a table of text; say its form with --form, or its encoding with --encoding")
    errors = "replace" if encoding in {"utf-8", "utf-8-sig"} else "strict"
    text = _text(stream, encoding, errors, path)
    separator = separator_of(sample.decode(encoding, "replace"), name)
    csv.field_size_limit(_LONGEST_CELL)
    lines = Lines(text)
    reader = csv.reader(lines, delimiter=separator)
    try:
        above = _above(sample.decode(encoding, "replace"), separator)
        titles = "".join(cell.strip() for cells in islice(reader, above) for cell in cells)
        header = next((cells for cells in reader if any(map(str.strip, cells))), None)
    except (csv.Error, UnicodeDecodeError) as error:
        raise AsckgError(f"{path}:1: not a table ({error}); say its form with --form") from error
    if not header:
        raise AsckgError(f"{path}:1: the file is empty, so it has no column names")
    sparql = all(name.startswith("?") for name in header)
    columns, doubled = unique([name.lstrip("?") for name in header] if sparql else header)
    table = Table(path, "tsv" if separator == "\t" else "csv", tuple(columns), iter(()), encoding)
    if titles:
        table.warn(reader.line_num, "T007", "the column names stand here; what is above is taken for a title")
    for column in doubled:
        table.warn(reader.line_num, "T001", f"the column {column!r} stands twice; the later ones are numbered")
    if encoding == "cp1252":
        table.warn(1, "T002", "the file is not UTF-8; read as Windows-1252 (say --encoding when that is wrong)")
    rows = _rows(reader, lines, columns, table, separator)
    table.rows, table.close = map(_plain, rows) if sparql else rows, text.detach
    return table


def _above(sample: str, separator: str) -> int:
    """Return how many rows stand above the column names."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), _LINES))
    return heading_line(rows)


def _plain(row: Row) -> Row:
    """Return a row of a SPARQL result without the marks of its terms: `<IRI>`, `@en`, `^^<type>`."""
    return Row(row.line, {name: _TERM.sub("", text) for name, text in row.cells.items()})


def _is_binary(sample: bytes) -> bool:
    """Say whether bytes are no text: control characters that no table has, more than a stray one or two."""
    return sum(map(sample[:4096].count, _CONTROLS)) > max(2, len(sample[:4096]) // 100)


def _text(stream: io.BufferedReader, encoding: str, errors: str, path: str) -> io.TextIOWrapper:
    try:
        return io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
    except LookupError as error:
        raise AsckgError(f"{path}: there is no encoding {encoding!r}; common ones are utf-8 and cp1252") from error


class Lines:
    """The lines of a text, of which the last one read is known."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.last = ""

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        self.last = self._text.readline(_LONGEST_LINE)
        if not self.last:
            raise StopIteration
        if len(self.last) == _LONGEST_LINE:
            raise csv.Error(f"a line of more than {_LONGEST_LINE:,} characters")
        return self.last


def _rows(reader: Any, lines: Lines, columns: list[str], table: Table, separator: str) -> Iterator[Row]:
    width = len(columns)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader, None)
        except (csv.Error, UnicodeDecodeError) as error:
            raise AsckgError(f"{table.path}:{start}: cannot be read ({error})") from error
        if cells is None:
            return
        if reader.line_num > start and '"' not in lines.last:
            table.warn(start, "T006", "a quote opens here and is never closed; the rest of the file became one cell")
        if not any(cells):
            continue
        if width == 1:
            cells = [separator.join(cells)]  # a list of names, some with a comma
        elif len(cells) != width:
            more = "more" if len(cells) > width else "fewer"
            table.warn(start, "T003", f"{len(cells)} cells, {more} than the {width} columns")
            cells += [""] * (width - len(cells))
        if "\ufffd" in "".join(cells):
            table.warn(start, "T004", f"a cell has bytes that are not {table.encoding}")
        yield Row(start, dict(zip(columns, cells, strict=False)))
