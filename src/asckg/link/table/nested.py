"""JSON and JSON Lines: rows are objects, found in the list that holds them."""

import io
import json
import shutil
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Any

from asckg.error import AsckgError
from asckg.link.table.row import Row, Table

_LISTS = ("results.bindings", "message.items", "results", "items", "records", "References", "data", "hits.hits")
_DEPTH = 3
_LONGEST_LINE = 50_000_000


def read_lines(path: str, stream: io.BufferedReader) -> Table:
    """Return the table of JSON Lines; a line that is no object is reported and left out."""
    table = Table(path, "jsonl", (), iter(()))
    rows = _line_rows(stream, table)
    first = next(rows, None)
    if first is None:
        raise AsckgError(f"{path} has no JSON object on any line")
    table.columns = tuple(first.cells)
    table.rows = chain((first,), rows)
    return table


def _line_rows(stream: io.BufferedReader, table: Table) -> Iterator[Row]:
    for number, line in enumerate(iter(lambda: stream.readline(_LONGEST_LINE), b""), 1):
        if len(line) == _LONGEST_LINE:
            raise AsckgError(f"{table.path}:{number}: a line of more than {_LONGEST_LINE:,} bytes is no row")
        if not line.strip():
            continue
        try:
            found = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            table.warn(number, "T005", f"not JSON: {error}")
            continue
        if isinstance(found, dict):
            yield Row(number, found)
        else:
            table.warn(number, "T005", f"not an object but a {type(found).__name__}")


def read_json(path: str, stream: io.BufferedReader) -> Table:
    """Return the table of a JSON file: a list of objects, an object that holds one, or one object as one row."""
    if stream.peek(3).startswith(b"\xef\xbb\xbf"):
        stream.read(3)
    head = stream.peek(64).lstrip()[:1]
    table = Table(path, "json", (), iter(()))
    if head == b"[":
        rows = _items(table, stream, "item")
    elif head == b"{":
        stream = _seekable(stream)
        start = stream.tell()
        prefix = _list_in(path, stream)
        stream.seek(start)
        rows = _items(table, stream, prefix) if prefix else _whole(path, stream)
    else:
        raise AsckgError(f"{path} is no table in JSON, which is a list of objects in UTF-8; it starts with {head!r}")
    first = next(rows, None)
    if first is None:
        raise AsckgError(f"{path} holds no objects; a table in JSON is a list of objects")
    table.columns, table.rows = tuple(first.cells), chain((first,), rows)
    if set(first.cells) and all(isinstance(v, dict) and "value" in v for v in first.cells.values()):
        table.rows = (Row(row.line, {k: v["value"] for k, v in row.cells.items()}) for row in table.rows)
    return table


def _seekable(stream: io.BufferedReader) -> io.BufferedReader:
    """Return a stream that can be read twice: an object is searched for its list of rows before it is read."""
    if stream.seekable():
        return stream
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the rows are read
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return copy  # type: ignore[return-value]  # a temporary file reads as a buffered reader does


def _whole(path: str, stream: io.BufferedReader) -> Iterator[Row]:
    """Yield an object as one row; an object of objects is a table whose keys name the rows."""
    try:
        found = json.load(stream)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise AsckgError(f"{path} is not JSON: {error}") from error
    if len(found) > 1 and all(isinstance(value, dict) for value in found.values()):
        yield from (Row(number, {"key": key, **cells}) for number, (key, cells) in enumerate(found.items(), 1))
    else:
        yield Row(1, found)


def _items(table: Table, stream: io.BufferedReader, prefix: str) -> Iterator[Row]:
    import ijson

    number = 0
    try:
        for number, item in enumerate(ijson.items(stream, prefix, use_float=False), 1):
            if isinstance(item, dict):
                yield Row(number, _plain(item))
            else:
                table.warn(number, "T005", f"not an object but a {type(item).__name__}")
    except ijson.JSONError as error:
        said = str(error).partition("\n")[0]
        raise AsckgError(f"{table.path}: after entry {number}: not JSON ({said}); fetch the file again") from error


def _plain(item: Any) -> Any:
    if isinstance(item, Decimal):
        return int(item) if item == item.to_integral_value() else float(item)
    if isinstance(item, dict):
        return {key: _plain(value) for key, value in item.items()}
    return [_plain(value) for value in item] if isinstance(item, list) else item


def _list_in(path: str, stream: io.BufferedReader) -> str:
    """Return the path of the list of objects in an object, or an empty string when the object is itself a row."""
    import ijson

    found: list[str] = []
    opened = ""
    try:
        for prefix, event, _ in ijson.parse(stream):
            if event == "start_array" and prefix.count(".") < _DEPTH:
                opened = prefix
            elif event == "start_map" and prefix == f"{opened}.item" and prefix not in found:
                found.append(prefix)
    except ijson.JSONError as error:
        said = str(error).partition("\n")[0]
        raise AsckgError(f"{path} is not JSON ({said}); fetch the file again") from error
    return next((f"{name}.item" for name in _LISTS if f"{name}.item" in found), "")
