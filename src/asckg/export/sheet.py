"""A spreadsheet: what it is, claims and works first, then a sheet for each kind of thing."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from asckg.caveat import CAVEAT
from asckg.engine import Engine
from asckg.export.table import Cell, Table, tables
from asckg.named import labels
from asckg.namespace import expand
from asckg.style import kind_of

_WIDTH = 31
_LONGEST = 32_767
_SAMPLE, _WIDEST = 500, 70
_INNER = frozenset(
    {"claim", "evidence", "coding", "citation", "paragraph", "section", "sentence", "dataset", "query", "link"}
)


def to_sheet(engine: Engine) -> bytes:
    """Return an .xlsx file. Every cell of text is text: none is a formula, whatever it begins with."""
    book = Workbook(write_only=True)
    things, *others = tables(engine)
    kinds, inner = _by_kind(engine, things)
    links = [table for table in others if table.name == "links"]
    ordered = [*(table for table in others if table not in links), *kinds, *inner, *links]
    _write_about(book, engine.version, ordered)
    for table in ordered:
        _write(book, table)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _by_kind(engine: Engine, things: Table) -> tuple[list[Table], list[Table]]:
    """Return a table for each kind that a reader asks about, and one for each that holds the others together."""
    place = things.columns.index("kind")
    kinds = sorted({str(row[place]) for row in things.rows if row[place]})
    names = labels(engine, [expand(kind) for kind in kinds])
    shown: list[Table] = []
    inner: list[Table] = []
    for kind in sorted(kinds, key=lambda kind: names[expand(kind)].casefold()):
        table = Table(names[expand(kind)], things.columns, [row for row in things.rows if row[place] == kind])
        (inner if kind_of([kind]) in _INNER else shown).append(table)
    return shown, inner


def _write_about(book: Workbook, version: str, ordered: list[Table]) -> None:
    sheet: Any = book.create_sheet("About")  # the published types of a write-only sheet know no columns
    sheet.column_dimensions["A"].width = 34
    lines = ["asckg, a knowledge graph of research in adult social care", CAVEAT, f"Version of the data: {version}"]
    for number, line in enumerate(lines):
        cell = _cell(sheet, line)
        cell.font = Font(bold=number == 0)
        sheet.append([cell])
    sheet.append([])
    head = [_cell(sheet, word) for word in ("sheet", "rows")]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for table in ordered:
        sheet.append([_cell(sheet, table.name), WriteOnlyCell(sheet, len(table.rows))])


def _widths(table: Table) -> list[int]:
    """Return the width of each column in characters: that of its longest text, within reason."""
    columns = zip(table.columns, *table.rows[:_SAMPLE], strict=True)
    return [min(max(len(str(cell or "")) for cell in column) + 2, _WIDEST) for column in columns]


def _write(book: Workbook, table: Table) -> None:
    taken = {name.lower() for name in book.sheetnames}
    title = "".join(" " if c in "[]:*?/\\" else c for c in table.name)[:_WIDTH]
    sheet: Any = book.create_sheet(title if title.lower() not in taken else f"{title[:27]} (2)")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    for number, width in enumerate(_widths(table), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    head = [_cell(sheet, column) for column in table.columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: WriteOnlyWorksheet, value: Cell) -> SheetCell:
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST])
    cell.data_type = "s"
    return cell
