"""Excel and OpenDocument sheets, read by python-calamine."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from asckg.error import AsckgError
from asckg.link.table.heading import heading_of
from asckg.link.table.row import Row, Table, unique
from asckg.link.table.source import check_swelling


def read_sheet(path: str, stream: io.BufferedReader, sheet: str = "") -> Table:
    """Return the table of one sheet (the first that holds one when not named): computed values, never formulas.

    Titles above the column names are left out, and a cell merged over several rows gives its value to each.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    if stream.read(200).lstrip().lower().startswith((b"<html", b"<!doctype html", b"<table")):
        raise AsckgError(f"{path} is a web page under the name of a workbook; open it and save it as .xlsx or CSV")
    check_swelling(path, stream)
    try:
        book = CalamineWorkbook.from_filelike(stream)
        names = list(book.sheet_names)
        if sheet and sheet not in names:
            raise AsckgError(f"{path} has no sheet {sheet!r}; it has {', '.join(names)}")
        chosen, first, rows = _chosen(book, [sheet] if sheet else names)
    except CalamineError as error:
        raise AsckgError(f"{path} is not a readable workbook: {error}") from error
    start = heading_of(rows)
    if start is None:
        raise AsckgError(f"{path}: the sheet {chosen!r} is empty")
    columns, doubled = unique([_text(cell) for cell in rows[start]])
    table = Table(path, "excel", tuple(columns), _rows(rows[start + 1 :], first + start + 2, columns))
    table.total = len(rows) - start - 1
    if len(names) > 1 and not sheet:
        others = ", ".join(repr(name) for name in names if name != chosen)
        table.warn(1, "T008", f"the sheet {chosen!r} is read; with --sheet another one: {others}")
    if start and any(any(map(_text, row)) for row in rows[:start]):
        table.warn(first + start + 1, "T007", "the column names stand here; what is above is taken for a title")
    for column in doubled:
        table.warn(first + start + 1, "T001", f"the column {column!r} stands twice; the later ones are numbered")
    return table


def _chosen(book: Any, names: Sequence[str]) -> tuple[str, int, list[list[object]]]:
    """Return the first sheet that holds a table, or else the first: its name, the rows above its own, its rows."""
    found = []
    for name in names:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python()
        first, left = sheet.start or (0, 0)
        for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
            place = column - left
            for number in range(top - first + 1, min(bottom - first + 1, len(rows))):
                rows[number][place] = rows[top - first][place]
        start = heading_of(rows)
        if start is not None and len(rows) > start + 1 and sum(cell != "" for cell in rows[start]) > 1:
            return name, first, rows
        found.append((name, first, rows))
    return next((item for item in found if heading_of(item[2]) is not None), found[0])


def _rows(rows: Sequence[Sequence[object]], number: int, columns: list[str]) -> Iterator[Row]:
    for place, row in enumerate(rows, number):
        cells = [_text(cell) for cell in row]
        if any(cells):
            yield Row(place, dict(zip(columns, cells, strict=False)))


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
