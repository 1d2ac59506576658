"""A table as a file: CSV in any Japanese encoding, or XLSX; rows of text, walked as often as needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from ...types import Issue
from .encodings import decode
from .sheet_faults import fault, note
from .workbooks import MAX_COLUMNS, Sheet, is_workbook, read_workbook

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
    encoding: str = ""
    sheet: str = ""
    delimiter: str = ","
    cut_off: bool = False
    issues: tuple[Issue, ...] = ()
    _source: bytes | Sheet = field(default=b"", repr=False)

    def rows(self) -> Iterator[Row]:
        """Every row that holds anything, read anew; SourceError at a line that cannot be read."""
        if isinstance(self._source, Sheet):
            return (Row(number, cells) for number, cells in self._source.rows())
        return _csv_rows(self._source, self)


def open_table(data: bytes) -> Table:
    """The table that a file holds; SourceError says in one sentence why there is none, and how to mend it."""
    if len(data) > MAX_BYTES:
        raise fault("too_large", count=len(data), limit=MAX_BYTES)
    if not data.strip(b"\0 \t\r\n"):
        raise fault("empty")
    if is_workbook(data):
        sheet = read_workbook(data)
        return Table("xlsx", sheet=sheet.name, issues=sheet.issues, _source=sheet)
    start = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, kind in _KINDS.items():
        if start.startswith(magic):
            raise fault("not_table", kind=kind)
    decoded = decode(data)
    issues = (note("cut_off", value=decoded.text[-20:]),) if decoded.cut_off else ()
    delimiter = _delimiter(decoded.text)
    return Table("csv", decoded.encoding, "", delimiter, decoded.cut_off, issues, data)


def _delimiter(text: str) -> str:
    """What separates most in the first line that is no comment and holds a separator; else a comma."""
    for line in text.split("\n", _LOOKED_AT)[:_LOOKED_AT]:
        if not line.startswith("#") and any(mark in line for mark in _DELIMITERS):
            return max(_DELIMITERS, key=line.count)
    return ","


def _csv_rows(data: bytes, table: Table) -> Iterator[Row]:
    reader = csv.reader(_text(data, table), delimiter=table.delimiter)
    number = following = 1
    try:
        for cells in reader:
            number, following = following, reader.line_num + 1
            if len(cells) > MAX_COLUMNS:
                raise fault("too_many_columns", count=len(cells), limit=MAX_COLUMNS)
            if any(cell.strip() for cell in cells):
                yield Row(number, cells)
    except csv.Error as error:
        raise fault("unreadable_line", line=following, reason=error) from error
    if following > number + 1:
        _check_end(islice(_text(data, table), number - 1, None), table.delimiter, number)


def _text(data: bytes, table: Table) -> io.TextIOWrapper:
    errors = "ignore" if table.cut_off else "strict"  # the whole was decoded once: only its last character may be cut
    encoding = "utf-8-sig" if table.encoding == "utf-8" else table.encoding
    return io.TextIOWrapper(io.BytesIO(data), encoding, errors, newline="")


def _check_end(lines: Iterable[str], delimiter: str, number: int) -> None:
    """A last row of several lines may be one whose quotation mark is never closed."""
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        raise fault("open_quote", line=number) from error
