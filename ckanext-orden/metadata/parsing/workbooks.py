"""XLSX as rows of text, in bounded memory: what could blow up is looked at before anything is unpacked."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ...errors import SourceError
from ...types import Issue, Text
from .sheet_faults import fault, note

MAX_PARTS = 2000
MAX_PART = 200 * 1024 * 1024
MAX_STRINGS = 40 * 1024 * 1024
MAX_COLUMNS = 1000
MAX_BLANK_ROWS = 1000
"""Blank rows in a row after which nothing more is expected: a formatted sheet goes on to its millionth row."""
_BLOCK = 1024 * 1024
_SIGNATURE = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_EMPTY_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*><f(?:/>|[^>]*/>|[^>]*>[^<]*</f>)(?:<v/>|<v></v>)?</c>')
_MERGED = re.compile(rb'<mergeCell ref="([A-Z0-9:]+)"')
_OVERLAP = 4096


@dataclass(frozen=True)
class Sheet:
    """The visible sheet that holds the table."""

    name: str
    rows: list[tuple[int, list[str]]]
    issues: tuple[Issue, ...]


def is_workbook(data: bytes) -> bool:
    """Whether a file is an Excel file, new or old, readable or not."""
    return data.startswith((_SIGNATURE, _OLD_EXCEL))


def read_workbook(data: bytes) -> Sheet:
    """The first visible sheet that holds anything; SourceError says what is wrong and how to mend it."""
    if data.startswith(_OLD_EXCEL):
        raise fault("old_excel")
    seen = _inspect(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError) as error:
        raise fault("broken_workbook", reason=str(error)[:200]) from error
    try:
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        for sheet in visible:
            rows = list(_rows(sheet))
            if rows:
                others = [other.title for other in visible if other is not sheet]
                return Sheet(sheet.title, rows, tuple(_notes(hidden, others, seen)))
    finally:
        book.close()
    raise fault("only_hidden" if hidden else "empty_workbook")


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
    except (ValueError, TypeError, KeyError, IndexError, SyntaxError) as error:
        raise fault("broken_workbook", reason=str(error)[:200]) from error


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _text(value: object) -> str:
    """A cell as a person reads it: whole numbers without a point, days without a midnight."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.time):
        return value.strftime("%H:%M" if not value.second else "%H:%M:%S")
    return str(value)


@dataclass
class _Seen:
    """What a look at the packed parts tells and openpyxl does not."""

    formulas: list[str]
    merged: list[str]


def _inspect(data: bytes) -> _Seen:
    """Refuse bombs, entities and secrets before openpyxl opens the file."""
    seen = _Seen([], [])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            parts = pack.infolist()
            if "xl/workbook.xml" not in pack.namelist():
                raise fault("not_workbook")
            if len(parts) > MAX_PARTS:
                raise fault("bomb")
            left = MAX_PART
            for part in parts:
                if part.filename.startswith("xl/media/"):
                    continue
                limit = min(left, MAX_STRINGS if part.filename.endswith("sharedStrings.xml") else MAX_PART)
                with pack.open(part) as stream:
                    left -= _look(stream, limit, seen, sheet=part.filename.startswith("xl/worksheets/"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise fault("broken_workbook", reason=str(error)[:200]) from error
    return seen


def _look(stream: IO[bytes], limit: int, seen: _Seen, *, sheet: bool) -> int:
    """Read one part to its end, whatever size it states; returns its true size."""
    size, tail = 0, b""
    while block := stream.read(_BLOCK):
        size += len(block)
        if size > limit:
            raise fault("bomb")
        if _DOCTYPE.search(tail[-16:] + block):
            raise fault("entities")
        if sheet:
            _collect(tail + block, seen)
            tail = block[-_OVERLAP:]
        else:
            tail = block[-16:]
    return size


def _collect(text: bytes, seen: _Seen) -> None:
    for pattern, found in ((_EMPTY_FORMULA, seen.formulas), (_MERGED, seen.merged)):
        known = set(found)
        found += dict.fromkeys(cell for match in pattern.findall(text) if (cell := match.decode()) not in known)


def _notes(hidden: Iterable[str], others: Iterable[str], seen: _Seen) -> Iterator[Issue]:
    for name in hidden:
        yield note("hidden_sheet", value=name)
    for name in others:
        yield note("other_sheet", value=name)
    if seen.formulas:
        yield note("empty_formula", value=", ".join(seen.formulas[:5]), count=len(seen.formulas))
    if seen.merged:
        yield note("merged", value=", ".join(seen.merged[:5]), count=len(seen.merged))


