"""The places that a table lists: rows with coordinates or a geometry, each with the name that stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .cells import latitude, longitude
from .content import Content, Field
from .geometries import GEOMETRY, from_cell, middle

NAMES = ("名称", "場所名称", "施設名", "イベント名", "name", "title")
"""Columns that name a place, the surest first."""


@dataclass(frozen=True)
class Place:
    """A row that is somewhere: its number among the rows, its name, degrees north and east (WGS 84 or JGD2011).

    A line or an area is where its middle is.
    """

    row: int
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Places:
    """The places of a table, and how many rows have no coordinates that can be used."""

    places: tuple[Place, ...]
    without: int


def places(content: Content, rows: Sequence[tuple[int, Sequence[str]]]) -> Places | None:
    """The places among some rows of a table; None where it has no columns of coordinates."""
    at = {field.kind: place for place, field in reversed(list(enumerate(content.fields)))}
    if GEOMETRY not in at and not {"latitude", "longitude"} <= at.keys():
        return None
    named = _named(content.fields)
    found: list[Place] = []
    for number, row in rows:
        position = _middle(row[at[GEOMETRY]]) if GEOMETRY in at else _read(row[at["latitude"]], row[at["longitude"]])
        if position:
            name = row[named].strip() if named is not None else ""
            found.append(Place(number, name, *position))
    return Places(tuple(found), len(rows) - len(found))


def name_of(fields: Iterable[Field]) -> str:
    """How the column that names a place is called in the file; empty where there is none."""
    known = tuple(fields)
    place = _named(known)
    return "" if place is None else known[place].name


def _middle(cell: str) -> tuple[float, float] | None:
    found = from_cell(cell)
    return middle(found) if found else None


def _read(north: str, east: str) -> tuple[float, float] | None:
    """The two degrees, where both can be read and used."""
    up, right = latitude(north), longitude(east)
    if not (up.value and right.value) or up.problem or right.problem:
        return None
    return float(up.value), float(right.value)


def _named(fields: Sequence[Field]) -> int | None:
    """The column that names a place: of the standard, else the first of text."""
    keys = [(field.column or field.name).casefold() for field in fields]
    known = next((keys.index(name) for name in NAMES if name in keys), None)
    if known is not None:
        return known
    return next((place for place, field in enumerate(fields) if field.kind == "text"), None)
