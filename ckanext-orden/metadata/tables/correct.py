"""The corrected file: the standard's column names, every cell as it should be written, UTF-8 that Excel opens."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from ..parsing.sheets import Table
from .cells import Reader, reader_for
from .headers import guessed, is_data
from .recognise import Match

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS = re.compile(r"[+-]?[\d.,()\- ]*%?")
_REMEMBERED = 5_000
_CHUNK = 500


def csv_chunks(table: Table, match: Match | None) -> Iterator[bytes]:
    """The file in pieces; rows keep their order, columns of the publisher's own stay as they are."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    yield b"\xef\xbb\xbf"
    for count, cells in enumerate(_rows(table, match), 1):
        writer.writerow([safe(cell) for cell in cells])
        if not count % _CHUNK:
            yield _taken(buffer)
    yield _taken(buffer)


def safe(cell: str) -> str:
    """A text that a spreadsheet would run as a formula, made a text again; numbers such as -3 stay."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _HARMLESS.fullmatch(cell) else cell


def _rows(table: Table, match: Match | None) -> Iterator[Sequence[str]]:
    header = match.header if match else guessed(table.rows())
    columns = match.columns if match else (None,) * len(header.cells)
    names = zip(header.cells, columns, strict=True)
    yield [column.name if column else name.strip() for name, column in names]
    readers = [(index, reader_for(column), {}) for index, column in enumerate(columns) if column]
    for row in table.rows():
        if row.number > header.number and is_data(row):
            yield _corrected(row.cells, len(header.cells), readers)


def _corrected(cells: Sequence[str], width: int, readers: Sequence[tuple[int, Reader, dict[str, str]]]) -> list[str]:
    result = [*cells, *[""] * (width - len(cells))]
    for index, read, known in readers:
        text = result[index]
        if text not in known:
            if len(known) > _REMEMBERED:
                known.clear()
            known[text] = read(text).value
        result[index] = known[text]
    return result


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")
