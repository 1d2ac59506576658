"""オープンデータ一覧, the catalogue as a CSV or Excel file: both generations, any encoding, dirt and all.

What is not a list, or is a list that breaks off, raises SourceError: it must never count as an empty or a shorter list.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...errors import SourceError
from ...types import Issue
from .cells import unguarded
from .encodings import decode
from .list_columns import REQUIRED, TO_MEND, Generation, Header, header_of
from .list_faults import check_content, check_end, check_quotes, fault, row_issue
from .sheets import open_table
from .text import clean
from .workbooks import is_workbook

_HEADER_WITHIN = 40
_DELIMITERS = (",", "\t", ";")
_OBLIGATIONS = frozenset({"必須", "推奨", "任意", "◎", "○", "値必須", "項目のみ必須"})


@dataclass(frozen=True)
class ListRow:
    """One row of the list: its line in the file and its cells by the standard's column names."""

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class ListFile:
    """A list as read; an issue of severity `error` means that its row was left out."""

    rows: tuple[ListRow, ...]
    generation: Generation
    encoding: str
    """Empty for an Excel file."""
    columns: frozenset[str] = frozenset()
    """The standard's columns that the list has, filled or not."""
    issues: tuple[Issue, ...] = ()
    left_out: tuple[ListRow, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every row could be read: only then may a missing record mean anything."""
        return not any(issue.severity == "error" for issue in self.issues)


@dataclass(frozen=True)
class _Line:
    number: int
    cells: list[str]


@dataclass(frozen=True)
class _Source:
    """All lines of a file, its header, and where the rows begin."""

    lines: list[_Line]
    header: Header
    start: int
    encoding: str = ""
    issues: tuple[Issue, ...] = ()

    def body(self) -> list[_Line]:
        found = [line for line in self.lines[self.start :] if _is_row(line, self.header)]
        if not found:
            raise fault("no_rows")
        return found


def read(data: bytes) -> ListFile:
    """The rows of a list; SourceError says in one sentence why a file is not one."""
    source = _workbook(data) if is_workbook(data) else _text(data)
    rows, left_out, issues = _rows(source.body(), source.header)
    if not rows:
        raise fault("no_usable_rows")
    found = (*source.issues, *_header_issues(source.header, source.lines[source.start - 1]), *issues)
    columns = frozenset(source.header.columns) - {""}
    return ListFile(tuple(rows), source.header.generation, source.encoding, columns, found, tuple(left_out))


def _workbook(data: bytes) -> _Source:
    """A list on the first sheet; its rows end with their last filled cell, which makes none of them short."""
    table = open_table(data)
    lines = [_Line(row.number, row.cells) for row in table.rows()]
    header, start = _header(lines)
    width = len(header.columns)
    padded = [_Line(line.number, line.cells + [""] * (width - len(line.cells))) for line in lines[start:]]
    return _Source([*lines[:start], *padded], header, start, issues=table.issues)


def _text(data: bytes) -> _Source:
    check_content(data)
    decoded = decode(data)
    if decoded.cut_off:
        raise fault("cut_off")
    source = _table(decoded.text, decoded.encoding)
    check_end(decoded.text, [line.cells for line in source.body()], len(source.header.columns))
    return source


def _table(text: str, encoding: str) -> _Source:
    for delimiter in _DELIMITERS:
        lines = list(_lines(text, delimiter))
        found = _find_header(lines)
        if found:
            check_quotes(text, delimiter)
            return _Source(lines, *found, encoding)
    raise fault("no_header")


def _header(lines: Sequence[_Line]) -> tuple[Header, int]:
    found = _find_header(lines)
    if not found:
        raise fault("no_header")
    return found


def _find_header(lines: Sequence[_Line]) -> tuple[Header, int] | None:
    """The header among the first lines, and the place behind it."""
    for index, line in enumerate(lines[:_HEADER_WITHIN]):
        header = header_of(line.cells)
        if header:
            return header, index + 1
    return None


def _lines(text: str, delimiter: str) -> Iterator[_Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 1
    try:
        for cells in reader:
            yield _Line(number, cells)
            number = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(
            f"Line {number} cannot be read as CSV ({error}).", ja=f"{number}行目をCSVとして読めません（{error}）。"
        ) from error


def _is_row(line: _Line, header: Header) -> bool:
    """Blank lines, comments, a repeated header and the 必須/推奨/任意 line under it are not rows."""
    filled = [cell for cell in map(clean, line.cells) if cell]
    if not filled or line.cells[0].startswith("#") or set(filled) <= _OBLIGATIONS:
        return False
    return not header.repeats(line.cells)


def _rows(body: Sequence[_Line], header: Header) -> tuple[list[ListRow], list[ListRow], list[Issue]]:
    rows: list[ListRow] = []
    left_out: list[ListRow] = []
    issues: list[Issue] = []
    for line in body:
        row = ListRow(line.number, _cells(line.cells, header))
        found = _faults(line, row, header)
        issues += found
        (left_out if any(issue.severity == "error" for issue in found) else rows).append(row)
    return rows, left_out, issues


def _cells(cells: Sequence[str], header: Header) -> dict[str, str]:
    pairs = ((column, unguarded(clean(cell))) for column, cell in zip(header.columns, cells, strict=False) if column)
    return {column: cell for column, cell in pairs if cell}


def _faults(line: _Line, row: ListRow, header: Header) -> list[Issue]:
    width = len(header.columns)
    found: list[Issue] = []
    if any(clean(cell) for cell in line.cells[width:]):
        found.append(row_issue("too_long", line.number, value=clean(line.cells[width])))
    elif len(line.cells) < width:
        found.append(row_issue("short", line.number, value=f"{len(line.cells)} / {width}"))
    title = REQUIRED[header.generation]
    if not row.get(title):
        found.append(row_issue("no_title", line.number, column=title))
    return found


def _header_issues(header: Header, line: _Line) -> Iterator[Issue]:
    for column, cell in zip(header.columns, line.cells, strict=True):
        if clean(cell) not in ("", TO_MEND) and not column:
            yield row_issue("unknown_column", line.number, column=clean(cell))
