"""JSON and JSON Lines: rows are objects, found in the list that holds them."""

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Any

from pydantic_core import from_json

from asckg.error import AsckgError
from asckg.link.table.row import Row, Table

_LISTS = ("results.bindings", "message.items", "results", "items", "records", "References", "data", "hits.hits")
_OWN = frozenset({"id", "name", "title", "label", "display_name", "DOI"})
_DEPTH = 3
_LONGEST_LINE = 50_000_000
_DEEPEST, _PIECE, _UNEVEN = 200, 1 << 16, 50
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')


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
            found = _value(line.removeprefix(b"\xef\xbb\xbf"))
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            table.warn(number, "T005", f"not JSON: {error}")
            continue
        except RecursionError:
            table.warn(number, "T005", "lists or objects in each other too deep for a table")
            continue
        if isinstance(found, dict):
            yield Row(number, found)
        else:
            table.warn(number, "T005", f"not an object but a {type(found).__name__}")


def _value(line: bytes) -> Any:
    """Return what a line says; where a parser in Rust refuses it, as Python reads it or says what is wrong."""
    try:
        return from_json(line)
    except ValueError:
        return json.loads(line)


def read_json(path: str, stream: io.BufferedReader) -> Table:
    """Return the table of a JSON file: a list of objects, an object that holds one, or one object as one row.

    An object is searched for its list of rows before it is read, so its stream must be seekable.
    """
    if stream.peek(3).startswith(b"\xef\xbb\xbf"):
        stream.read(3)
    head = stream.peek(64).lstrip()[:1]
    table = Table(path, "json", (), iter(()))
    if head == b"[":
        rows = _items(table, stream, "item")
    elif head == b"{":
        start = stream.tell()
        prefix = _list_in(path, stream)
        stream.seek(start)
        rows = _items(table, stream, prefix) if prefix else _whole(path, stream)
    else:
        raise AsckgError(f"{path} is no table in JSON, which is a list of objects in UTF-8; it starts with {head!r}")
    first = next(rows, None)
    if first is None:
        raise AsckgError(f"{path} holds no objects; a table in JSON is a list of objects")
    rows, cells = chain((first,), rows), first.cells
    if cells and all(isinstance(v, dict) and "value" in v for v in cells.values()):  # a SPARQL result
        rows = (Row(row.line, {k: v["value"] for k, v in row.cells.items()}) for row in rows)
    elif "recordid" in cells and isinstance(cells.get("fields"), dict):  # OpenDataSoft, version 1
        rows = (Row(row.line, row.cells.get("fields") or {}) for row in rows)
        cells = cells["fields"]
    table.columns, table.rows = tuple(cells), rows
    return table


def _whole(path: str, stream: io.BufferedReader) -> Iterator[Row]:
    """Yield an object, or the message that it wraps, as one row; an object of objects is a table by its keys."""
    try:
        found = json.load(stream)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise AsckgError(f"{path} is not JSON: {error}") from error
    except RecursionError as error:
        raise AsckgError(f"{path} has lists or objects in each other too deep for a table") from error
    if isinstance(found.get("message"), dict):
        found = found["message"]
    if len(found) > 1 and all(isinstance(value, dict) for value in found.values()):
        yield from (Row(number, {"key": key, **cells}) for number, (key, cells) in enumerate(found.items(), 1))
    else:
        yield Row(1, found)


class Shallow:
    """The bytes of a JSON file, until they open far more lists and objects than they close.

    The parser keeps the whole path of every level, so a file of 100,000 brackets would take all memory.
    """

    def __init__(self, stream: io.BufferedReader, path: str) -> None:
        self._stream, self._path, self._open = stream, path, 0

    def read(self, size: int = _PIECE) -> bytes:
        """Return the next bytes; raise `AsckgError` when they lie too deep."""
        data = self._stream.read(min(size, _PIECE) if size >= 0 else _PIECE)
        if _opened(data) > _UNEVEN:  # else the texts need not be left out, which takes time
            self._open += _opened(_STRING.sub(b"", data))
        if self._open > _DEEPEST:
            raise AsckgError(f"{self._path} has lists or objects in each other too deep for a table")
        return data


def _opened(data: bytes) -> int:
    """Return how many more lists and objects are opened than closed."""
    return data.count(b"[") + data.count(b"{") - data.count(b"]") - data.count(b"}")


def _items(table: Table, stream: io.BufferedReader, prefix: str) -> Iterator[Row]:
    import ijson

    number = 0
    try:
        for number, item in enumerate(ijson.items(Shallow(stream, table.path), prefix, use_float=False), 1):
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
    """Return the path of the list of objects in an object, or an empty string when the object is itself a row.

    A list under a usual name goes first; else the longest one, unless the object has a name or an id of its own.
    """
    import ijson

    found: Counter[str] = Counter()
    opened, named = "", False
    try:
        for prefix, event, _ in ijson.parse(Shallow(stream, path)):
            if event == "start_array" and prefix.count(".") < _DEPTH:
                opened = prefix
            elif event == "start_map" and prefix == f"{opened}.item":
                found[prefix] += 1
            elif prefix in _OWN and event == "string":
                named = True
    except ijson.JSONError as error:
        said = str(error).partition("\n")[0]
        raise AsckgError(f"{path} is not JSON ({said}); fetch the file again") from error
    usual = next((f"{name}.item" for name in _LISTS if f"{name}.item" in found), "")
    single = named or any(name.startswith("message.") for name in found)
    return usual or ("" if single or not found else found.most_common(1)[0][0])
