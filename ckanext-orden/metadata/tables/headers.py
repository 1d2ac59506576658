"""Header rows: where they stand, and which column of a standard table each cell means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice

from ..parsing.list_columns import column_key
from ..parsing.sheets import Row
from .standards import Column, Standard, spellings, standards

WITHIN = 40
"""Rows among which a header is looked for: titles, notes and LinkData's preamble may stand above it."""
_OBLIGATIONS = frozenset({"必須", "推奨", "任意", "◎", "○", "〇", "値必須", "項目のみ必須"})
_PROPERTY = "#property"


def matched(cells: Sequence[str], standard: Standard) -> tuple[Column | None, ...]:
    """The column that each cell names, each column once; its own name goes before another spelling."""
    own, other = _names(standard)
    keys = [column_key(cell) for cell in cells]
    found: list[Column | None] = []
    taken: set[str] = set()
    for key in keys:
        column = own.get(key)
        found.append(column if column and column.name not in taken else None)
        taken |= {column.name} if column else set()
    for index, key in enumerate(keys):
        if found[index] is None:
            column = next((column for column in other.get(key, ()) if column.name not in taken), None)
            found[index] = column
            taken |= {column.name} if column else set()
    return tuple(found)


def is_own_name(cell: str, column: Column) -> bool:
    """Whether a header cell is the column's own name, width and marks aside."""
    return column_key(cell) == column_key(column.name)


def may_be_header(row: Row) -> bool:
    """Comments, titles and rows of a single cell are not headers; LinkData writes `#property` before its own."""
    first = row.cells[0].strip()
    return _filled(row) > 1 and (not first.startswith("#") or first == _PROPERTY)


def names_columns(row: Row) -> bool:
    """Whether a row holds names of standard columns at all: data does not."""
    known = _known()
    return sum(column_key(cell) in known for cell in row.cells) > 2


def guessed(rows: Iterable[Row]) -> Row:
    """The header of a table that is no standard one: the first of the first rows that is about as full as any."""
    found = [row for row in islice(rows, WITHIN) if may_be_header(row)]
    fullest = max((_filled(row) for row in found), default=0)
    return next((row for row in found if _filled(row) >= 0.6 * fullest), Row(0, []))


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def is_data(row: Row) -> bool:
    """Whether a row under the header holds data: comments and the 必須/推奨/任意 row do not."""
    first = row.cells[0].strip()
    if first and first not in _OBLIGATIONS:
        return not first.startswith("#")
    filled = {cell.strip() for cell in row.cells if cell.strip()}
    return bool(filled) and not filled <= _OBLIGATIONS


@cache
def _known() -> frozenset[str]:
    return frozenset(key for found in standards() for names in _names(found) for key in names)


@cache
def _names(standard: Standard) -> tuple[dict[str, Column], dict[str, list[Column]]]:
    own = {column_key(column.name): column for column in standard.columns}
    other: dict[str, list[Column]] = {}
    for column in standard.columns:
        for spelling in (*spellings().get(column.name, ()), column.name_en, column.physical):
            key = column_key(spelling)
            if key and column not in other.setdefault(key, []):
                other[key].append(column)
    return own, other
