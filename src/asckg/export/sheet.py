"""A spreadsheet: a sheet for each kind of thing, and the other tables."""

import io

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from asckg.engine import Engine
from asckg.export.table import Cell, Table, tables
from asckg.named import labels
from asckg.namespace import expand

_WIDTH = 31
_LONGEST = 32_767


def to_sheet(engine: Engine) -> bytes:
    """Return an .xlsx file. Every cell of text is text: none is a formula, whatever it begins with."""
    book = Workbook(write_only=True)
    found = tables(engine)
    for table in [*_by_kind(engine, found[0]), *found[1:]]:
        _write(book, table)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _by_kind(engine: Engine, things: Table) -> list[Table]:
    place = things.columns.index("kind")
    kinds = sorted({str(row[place]) for row in things.rows if row[place]})
    names = labels(engine, [expand(kind) for kind in kinds])
    return [
        Table(names[expand(kind)], things.columns, [row for row in things.rows if row[place] == kind]) for kind in kinds
    ]


def _write(book: Workbook, table: Table) -> None:
    taken = {name.lower() for name in book.sheetnames}
    title = "".join(" " if c in "[]:*?/\\" else c for c in table.name)[:_WIDTH]
    sheet: WriteOnlyWorksheet = book.create_sheet(title if title.lower() not in taken else f"{title[:27]} (2)")
    sheet.freeze_panes = "A2"
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
