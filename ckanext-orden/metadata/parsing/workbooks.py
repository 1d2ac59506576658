"""XLSX as rows of text, in bounded memory: what could blow up is looked at before anything is unpacked."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ...types import Issue
from .sheet_faults import fault, note
from .workbook_parts import BROKEN, Seen, inspect

MAX_COLUMNS = 1000
MAX_BLANK_ROWS = 1000
"""Blank rows in a row after which nothing more is expected: a formatted sheet goes on to its millionth row."""
_SIGNATURE = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, SyntaxError, *BROKEN)


@dataclass(frozen=True)
class Sheet:
    """The first visible sheet that holds anything; its rows are read anew each time they are asked for."""

    name: str
    issues: tuple[Issue, ...]
    data: bytes

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The number and the cells of each row that holds anything."""
        with _opened(self.data) as book:
            yield from _rows(book[self.name])


def is_workbook(data: bytes) -> bool:
    """Whether a file is an Excel file, new or old, readable or not."""
    return data.startswith((_SIGNATURE, _OLD_EXCEL))


def read_workbook(data: bytes) -> Sheet:
    """The first visible sheet that holds anything; SourceError says what is wrong and how to mend it."""
    if data.startswith(_OLD_EXCEL):
        raise fault("old_excel")
    seen = inspect(data)
    with _opened(data) as book:
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        for sheet in visible:
            if next(_rows(sheet), None):
                others = [other.title for other in visible if other is not sheet]
                return Sheet(sheet.title, tuple(_notes(hidden, others, seen)), data)
    raise fault("only_hidden" if hidden else "empty_workbook")


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, *_MALFORMED) as error:
        raise fault("broken_workbook", reason=str(error)[:200]) from error
    try:
        yield book
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # the stated size may be wrong, or a million rows
    blank = 0
    try:
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            texts = _without_tail([_text(cell) for cell in cells])
            if len(texts) > MAX_COLUMNS:
                raise fault("too_many_columns", count=len(texts), limit=MAX_COLUMNS)
            blank = 0 if texts else blank + 1
            if blank > MAX_BLANK_ROWS:
                return
            if texts:
                yield number, texts
    except _MALFORMED as error:
        raise fault("broken_workbook", reason=str(error)[:200]) from error


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _text(value: object) -> str:
    """A cell as a person reads it: whole numbers without a point, days without a midnight, hours beyond 24."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    if isinstance(value, dt.time):
        return _clock(value.hour * 3600 + value.minute * 60 + value.second)
    if isinstance(value, dt.timedelta):
        return _clock(round(value.total_seconds()))
    return "" if value is None else str(value)


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{rest:02}" if rest else "")


def _notes(hidden: list[str], others: list[str], seen: Seen) -> Iterator[Issue]:
    for name in hidden:
        yield note("hidden_sheet", value=name)
    for name in others:
        yield note("other_sheet", value=name)
    for code, found in (("empty_formula", seen.formulas), ("merged", seen.merged)):
        if found.count:
            yield note(code, value=", ".join(found.first), count=found.count)
