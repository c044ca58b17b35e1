"""Excel and OpenDocument sheets, read by python-calamine."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from asckg.error import AsckgError
from asckg.link.table.row import Row, Table, unique
from asckg.link.table.source import check_swelling


def read_sheet(path: Path, sheet: str = "") -> Table:
    """Return the table of one sheet (the first when not named): computed values, never formulas."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        raise AsckgError(f"{path}: reading Excel needs the extra: pip install 'asckg[link]'") from error
    check_swelling(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
    except CalamineError as error:
        raise AsckgError(f"{path} is not a readable workbook: {error}") from error
    names = list(book.sheet_names)
    if sheet and sheet not in names:
        raise AsckgError(f"{path} has no sheet {sheet!r}; it has {', '.join(names)}")
    rows = book.get_sheet_by_name(sheet or names[0]).to_python()
    start = next((place for place, row in enumerate(rows) if sum(cell != "" for cell in row) > 1), None)
    if start is None:
        raise AsckgError(f"{path}: the sheet {sheet or names[0]!r} is empty")
    columns, doubled = unique([_text(cell) for cell in rows[start]])
    table = Table(str(path), "excel", tuple(columns), _rows(rows, start, columns))
    for column in doubled:
        table.warn(start + 1, "T001", f"the column {column!r} stands twice; the later ones are numbered")
    return table


def _rows(rows: Sequence[Sequence[object]], start: int, columns: list[str]) -> Iterator[Row]:
    for number, row in enumerate(rows[start + 1 :], start + 2):
        cells = [_text(cell) for cell in row]
        if any(cells):
            yield Row(number, dict(zip(columns, cells, strict=False)))


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
