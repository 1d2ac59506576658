"""The places that a table lists: rows with coordinates, each with the name that stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .cells import latitude, longitude
from .content import Content

NAMES = ("名称", "場所名称", "施設名", "イベント名", "name", "title")
"""Columns that name a place, the surest first."""


@dataclass(frozen=True)
class Place:
    """A row that is somewhere: its number among the rows, its name, degrees north and east (WGS 84 or JGD2011)."""

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
    if "latitude" not in at or "longitude" not in at:
        return None
    named = _named(content)
    found: list[Place] = []
    for number, row in rows:
        north, east = latitude(row[at["latitude"]]), longitude(row[at["longitude"]])
        if north.value and east.value and not (north.problem or east.problem):
            name = row[named].strip() if named is not None else ""
            found.append(Place(number, name, float(north.value), float(east.value)))
    return Places(tuple(found), len(rows) - len(found))


def _named(content: Content) -> int | None:
    """The column that names a place: of the standard, else the first of text."""
    keys = [(field.column or field.name).casefold() for field in content.fields]
    known = next((keys.index(name) for name in NAMES if name in keys), None)
    if known is not None:
        return known
    return next((place for place, field in enumerate(content.fields) if field.kind == "text"), None)
