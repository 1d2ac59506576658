"""Points as bars or as a line: where each mark stands; the page draws them as SVG with a table beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 520, 240
NAMES, ROOM = 170, 60
"""Pixels left of bars for their labels, and right of them for their numbers."""
STEP = 30
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 16, 34
"""Around a line."""
LONGEST = 12
"""Signs of a label beside a bar."""


@dataclass(frozen=True)
class Bar:
    """A bar: its label, cut where it is long, its number, and where it stands."""

    label: str
    number: float
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Drawing:
    """A chart: bars from a base, or the points of a line with the numbers at its ends."""

    width: int
    height: int
    base: float
    bars: tuple[Bar, ...] = ()
    line: tuple[tuple[float, float], ...] = ()
    marks: tuple[tuple[float, float], ...] = ()
    """Numbers of the scale and their heights."""


def drawn(chart: Mapping[str, Any]) -> Drawing:
    """A chart of the points that `orden_table_row_search` gives."""
    points: Sequence[tuple[str, float]] = chart["points"]
    return _line(points) if chart["over_time"] and len(points) > 1 else _bars(points)


def _bars(points: Sequence[tuple[str, float]]) -> Drawing:
    numbers = [number for _, number in points]
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    scale = (WIDTH - NAMES - ROOM) / ((high - low) or 1.0)
    base = round(NAMES - low * scale, 1)
    bars = (
        Bar(_cut(label), number, round(min(base, base + number * scale), 1), place * STEP + 8, _width(number, scale))
        for place, (label, number) in enumerate(points)
    )
    return Drawing(WIDTH, len(points) * STEP + 12, base, tuple(bars))


def _width(number: float, scale: float) -> float:
    return round(max(abs(number) * scale, 1), 1)


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"


def _line(points: Sequence[tuple[str, float]]) -> Drawing:
    numbers = [number for _, number in points]
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    deep = HEIGHT - TOP - BOTTOM
    scale = deep / ((high - low) or 1.0)
    step = (WIDTH - LEFT - RIGHT) / (len(points) - 1)
    line = (
        (round(LEFT + place * step, 1), round(TOP + (high - number) * scale, 1)) for place, number in enumerate(numbers)
    )
    marks = ((value, round(TOP + (high - value) * scale, 1)) for value in (low, (low + high) / 2, high))
    return Drawing(WIDTH, HEIGHT, round(TOP + high * scale, 1), line=tuple(line), marks=tuple(marks))
