"""A table as a file: CSV in any Japanese encoding, or XLSX; rows of text, walked as often as needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ...types import Issue
from .encodings import decode
from .sheet_faults import fault
from .workbooks import MAX_COLUMNS, is_workbook, read_workbook

MAX_BYTES = 100 * 1024 * 1024
_DELIMITERS = (",", "\t", ";")
_LOOKED_AT = 20
_KINDS = {b"%PDF": "PDF", b"\x1f\x8b": "GZIP", b"{": "JSON", b"[": "JSON", b"<": "HTML/XML", b"HTTP/": "HTTP"}


@dataclass(frozen=True)
class Row:
    """One row: its line in the file (or row of the sheet, from 1) and its cells as they are written."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """A file as read; blank rows are left out, cells are neither cleaned nor folded."""

    format: Literal["csv", "xlsx"]
    encoding: str
    sheet: str = ""
    cut_off: bool = False
    issues: tuple[Issue, ...] = ()
    _text: str = ""
    _delimiter: str = ","
    _cells: tuple[Row, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Every row that holds anything; SourceError at a line that cannot be read."""
        return iter(self._cells) if self.format == "xlsx" else _csv_rows(self._text, self._delimiter)


def open_table(data: bytes) -> Table:
    """The table that a file holds; SourceError says in one sentence why there is none, and how to mend it."""
    if len(data) > MAX_BYTES:
        raise fault("too_large", count=len(data), limit=MAX_BYTES)
    if not data.strip(b"\0 \t\r\n"):
        raise fault("empty")
    if is_workbook(data):
        sheet = read_workbook(data)
        cells = tuple(Row(number, texts) for number, texts in sheet.rows)
        return Table("xlsx", "", sheet.name, issues=sheet.issues, _cells=cells)
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, kind in _KINDS.items():
        if start.startswith(magic):
            raise fault("not_table", kind=kind)
    decoded = decode(data)
    return Table("csv", decoded.encoding, cut_off=decoded.cut_off, _text=decoded.text, _delimiter=_delimiter(decoded.text))


def _delimiter(text: str) -> str:
    """What separates most in the first lines; a comma where nothing does."""
    head = "\n".join(text.split("\n", _LOOKED_AT)[:_LOOKED_AT])
    return max(_DELIMITERS, key=head.count)


def _csv_rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 1
    try:
        for cells in reader:
            if len(cells) > MAX_COLUMNS:
                raise fault("too_many_columns", count=len(cells), limit=MAX_COLUMNS)
            if any(cell.strip() for cell in cells):
                yield Row(number, cells)
            number = reader.line_num + 1
    except csv.Error as error:
        raise fault("unreadable_line", line=number, reason=error) from error
