"""Tables as files for a spreadsheet: CSV with a mark for its encoding, XLSX with cells that stay text."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ..metadata.parsing.cells import guarded

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_TEXT = "@"
_LAST_ROW = 20_000
_LONGEST_MENU = 255
"""Characters that Excel takes for the entries of a menu."""

Rows = Iterable[Sequence[object]]


def as_csv(rows: Rows) -> bytes:
    """UTF-8 with a mark, so that Excel reads it; a cell that would be a formula is guarded."""
    return b"".join(csv_lines(rows))


def csv_lines(rows: Rows) -> Iterator[bytes]:
    """The same row by row, for tables of any length."""
    yield codecs.BOM_UTF8
    for row in rows:
        stream = io.StringIO()
        csv.writer(stream).writerow([guarded(_text(cell)) for cell in row])
        yield stream.getvalue().encode("utf-8", "replace")


def as_xlsx(rows: Rows) -> bytes:
    """One sheet of text cells: no formula, no date, no lost zero."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([_cell(sheet, _text(cell)) for cell in row])
    return _saved(book)


def form(rows: Rows, choices: Mapping[str, Sequence[str]]) -> bytes:
    """An XLSX to fill in: the first row is the header, and some columns offer a menu."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    header, *others = [[_text(cell) for cell in row] for row in rows]
    for row in (header, *others):
        sheet.append(row)
    for cell in (cell for cells in sheet.iter_rows() for cell in cells if cell.data_type == "f"):
        cell.data_type = "s"
    for number, column in enumerate(header, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(14, min(28, 2 * len(column)))
        sheet.column_dimensions[letter].number_format = _TEXT
        sheet.cell(1, number).font = Font(bold=True)
        sheet.cell(1, number).fill = PatternFill("solid", fgColor="DDE7F0")
        if column in choices:
            _offer(sheet, f"{letter}{len(others) + 2}:{letter}{_LAST_ROW}", choices[column])
    sheet.freeze_panes = "A2"
    return _saved(book)


def _offer(sheet: Worksheet, cells: str, words: Sequence[str]) -> None:
    """A menu that takes other words too."""
    entries = ",".join(words)
    menu = DataValidation("list", formula1=f'"{entries[:_LONGEST_MENU]}"', showErrorMessage=False)
    menu.add(cells)
    sheet.add_data_validation(menu)


def _cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = _TEXT
    return cell


def _text(value: object) -> str:
    """A cell without what neither format can hold."""
    plain = "" if value is None else str(value)
    return ILLEGAL_CHARACTERS_RE.sub("", plain)[:32_767]


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
