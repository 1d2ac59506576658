"""What a table holds, as a page shows it: its first rows whole, and what each column is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ..parsing.list_columns import column_key
from ..parsing.text import fold
from . import cells
from .standards import Column, spellings

MAX_ROWS = 10_000
MAX_CHARACTERS = 2_000_000
"""Together in all cells: what is kept beside the report stays small."""
_LOOKED_AT = 500
_MOST, _ENOUGH = 0.9, 0.5
"""Shares of the filled cells that are of a kind where a column without a standard is; where it is also named so."""
_GUESSED = ("integer", "number", "date", "url")


@dataclass(frozen=True)
class Field:
    """A column: its name in the file, the standard's name for it (empty where there is none), and its kind."""

    name: str
    column: str
    kind: str


@dataclass(frozen=True)
class Content:
    """The first rows of a table as they are written, and how many it has."""

    fields: tuple[Field, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


class Kept:
    """Collects the first rows of a pass, until there are enough."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, ...]] = []
        self._room = MAX_CHARACTERS

    def add(self, row: Sequence[str]) -> None:
        """Keep a row while there is room; after the first that finds none nothing is kept."""
        self._room -= sum(map(len, row))
        if self._room >= 0 and len(self.rows) < MAX_ROWS:
            self.rows.append(tuple(row))
        else:
            self._room = -1


def content(
    header: Sequence[str], columns: Sequence[Column | None], rows: Sequence[tuple[str, ...]], total: int
) -> Content:
    """What is kept of a table, with what its columns are: by the standard, else by their names and values."""
    named = [*columns, *(None for _ in header[len(columns) :])]
    fields = (
        Field(name.strip(), column.name if column else "", column.kind if column else _kind(name, _values(rows, place)))
        for place, (name, column) in enumerate(zip(header, named, strict=True))
    )
    return Content(tuple(fields), tuple(rows), total)


def _values(rows: Sequence[tuple[str, ...]], place: int) -> list[str]:
    return [row[place] for row in rows[:_LOOKED_AT] if row[place].strip()]


def _kind(name: str, values: Sequence[str]) -> str:
    """What a column without a standard holds."""
    place = _places().get(column_key(name))
    if place and _are(place, values, _ENOUGH):
        return place
    return next((kind for kind in _GUESSED if _are(kind, values)), "text")


def _are(kind: str, values: Iterable[str], share: float = _MOST) -> bool:
    found = [_reads(kind, value) for value in values if fold(value) not in cells.PLACEHOLDERS]
    return bool(found) and found.count(True) >= share * len(found)


def _reads(kind: str, value: str) -> bool:
    return not cells.READERS[kind](value).problem


@cache
def _places() -> dict[str, str]:
    """How columns of coordinates are called."""
    return {
        column_key(name): kind
        for kind, own in (("latitude", "緯度"), ("longitude", "経度"))
        for name in (own, *spellings().get(own, ()))
    }
