"""What a file holds, kept beside its report, and the rows in it that somebody looks for."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict

from ..metadata.parsing.text import fold
from ..metadata.tables.cells import number
from ..metadata.tables.content import Content, Field
from ..metadata.tables.geometries import GEOMETRY

Numbered = tuple[int, Sequence[str]]
"""A row and its number among the rows of the table, from 1."""
DESCENDING = " desc"
_PIECE = 64 * 1024
_NUMBERS = frozenset({"integer", "number", "latitude", "longitude"})


def packed(content: Content) -> bytes:
    """A content as it is stored: JSON lines, so that the first rows are had without the others."""
    head = {"fields": [asdict(field) for field in content.fields], "total": content.total, "kept": len(content.rows)}
    lines = (json.dumps(line, ensure_ascii=False) for line in (head, *content.rows))
    return zlib.compress("\n".join(lines).encode())


def unpacked(stored: bytes, most: int | None = None) -> tuple[Content, int]:
    """A content from what was stored, or only its `most` first rows; and how many rows are kept."""
    head, *rows = (json.loads(line) for line in _lines(stored, most))
    fields = tuple(Field(**field) for field in head["fields"])
    return Content(fields, tuple(map(tuple, rows)), head["total"]), head["kept"]


def _lines(stored: bytes, most: int | None) -> list[bytes]:
    if most is None:
        return zlib.decompress(stored).split(b"\n")
    reading, text, rest = zlib.decompressobj(), b"", stored
    while not reading.eof and text.count(b"\n") <= most:
        text += reading.decompress(rest, _PIECE)
        rest = reading.unconsumed_tail
    return text.split(b"\n")[: most + 1]


def is_order(content: Content, sort: str) -> bool:
    """Whether rows can be put in this order: none, a column's name, or one with ` desc` behind it."""
    return sort.removesuffix(DESCENDING) in {"", *(field.name for field in content.fields)}


def found(content: Content, q: str = "", sort: str = "") -> list[Numbered]:
    """The rows that hold all the words of `q`, in any width and case, in the order of the file or of a column."""
    words = fold(q).split()
    said = [place for place, field in enumerate(content.fields) if field.kind != GEOMETRY]
    rows: list[Numbered] = [
        row for row in enumerate(content.rows, start=1) if not words or _holds([row[1][place] for place in said], words)
    ]
    name, descending = sort.removesuffix(DESCENDING), sort.endswith(DESCENDING)
    place = next((place for place, field in enumerate(content.fields) if name and field.name == name), None)
    if place is None:
        return rows
    numeric = content.fields[place].kind in _NUMBERS
    filled = [row for row in rows if row[1][place].strip()]
    empty = [row for row in rows if not row[1][place].strip()]
    filled.sort(key=lambda row: _key(row[1][place], numeric=numeric), reverse=descending)
    return [*filled, *empty]


def page_of(rows: Sequence[Numbered], number: int, size: int) -> int | None:
    """How many rows stand before the page, of that size, on which a row is; None where it is not among them."""
    at = next((at for at, row in enumerate(rows) if row[0] == number), None)
    return None if at is None or not size else at - at % size


def _holds(cells: Sequence[str], words: Sequence[str]) -> bool:
    text = fold("\n".join(cells))
    return all(word in text for word in words)


def _key(cell: str, *, numeric: bool) -> tuple[bool, float, str]:
    """Numbers by their size, before what is none."""
    read = number(cell) if numeric else None
    if read and not read.problem:
        return (False, float(read.value), "")
    return (True, 0.0, fold(cell))
