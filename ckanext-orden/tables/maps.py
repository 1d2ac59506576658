"""Places as marks on a plain map: positions only, drawn without scripts and without anybody's tiles."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

WIDTH, HEIGHT, MARGIN = 520, 340, 24
SMALLEST = 0.002
"""Degrees: a single place is not blown up to the whole map."""
MOST_DOTS = 2_000


@dataclass(frozen=True)
class Mark:
    """A place on the map: the row it stands for, its name, and where it is drawn."""

    row: int
    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawn:
    """A map: those that the list beside it shows, with their numbers, and the others as dots."""

    pins: tuple[Mark, ...]
    dots: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT


def drawn(places: Sequence[Mapping[str, Any]], shown: Collection[int]) -> Drawn:
    """A map of places; north is up, and a degree east is as long as it is at their latitude."""
    if not places:
        return Drawn((), ())
    wide = cos(radians(sum(place["latitude"] for place in places) / len(places)))
    east = [place["longitude"] * wide for place in places]
    north = [place["latitude"] for place in places]
    span = max((max(east) - min(east)) / (WIDTH - 2 * MARGIN), (max(north) - min(north)) / (HEIGHT - 2 * MARGIN))
    scale = 1 / max(span, SMALLEST / WIDTH)
    middle = ((max(east) + min(east)) / 2, (max(north) + min(north)) / 2)
    marks = [
        Mark(
            place["row"],
            place["name"],
            round(WIDTH / 2 + (x - middle[0]) * scale, 1),
            round(HEIGHT / 2 - (y - middle[1]) * scale, 1),
        )
        for place, x, y in zip(places, east, north, strict=True)
    ]
    others = [mark for mark in marks if mark.row not in shown]
    return Drawn(tuple(mark for mark in marks if mark.row in shown), tuple(others[:MOST_DOTS]))
