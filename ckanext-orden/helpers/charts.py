"""Points as bars, a line or columns: where each mark stands; a snippet draws them as SVG with a table beside it."""

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
COLUMN = 0.36
"""Of the room of a label, how much each of its two columns takes."""
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
class Column:
    """What there is, if it is known, and beside it what was planned: where they stand and how high they reach."""

    label: str
    number: float | None
    x: float
    top: float
    goal_x: float
    goal_top: float


@dataclass(frozen=True)
class Drawing:
    """A chart: bars from a base, columns, or the points of a line with the labels of its ends."""

    width: int
    height: int
    base: float
    bars: tuple[Bar, ...] = ()
    line: tuple[tuple[float, float], ...] = ()
    ends: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    wide: float = 0
    """Of each column."""
    marks: tuple[tuple[float, float], ...] = ()
    """Numbers of the scale and their heights."""


def drawn(chart: Mapping[str, Any], width: int = WIDTH) -> Drawing:
    """A chart of `points` (label and number), as a line where they are `over_time`, else as bars."""
    points: Sequence[tuple[str, float]] = chart["points"]
    return _line(points, width) if chart["over_time"] and len(points) > 1 else _bars(points, width)


def columns(points: Sequence[tuple[str, float | None, float]], width: int = WIDTH) -> Drawing:
    """A chart of labels, what there is (None: not known yet) and what was planned."""
    high = max([goal for *_, goal in points] + [number or 0.0 for _, number, _ in points]) or 1.0
    base = HEIGHT - BOTTOM
    scale = (base - 2 * TOP) / high
    step = (width - LEFT - RIGHT) / len(points)
    wide = round(step * COLUMN, 1)
    drawn_columns = []
    for place, (label, number, goal) in enumerate(points):
        middle = LEFT + (place + 0.5) * step
        left, right = round(middle - wide - 1, 1), round(middle + 1, 1)
        tops = (round(base - (number or 0.0) * scale, 1), round(base - goal * scale, 1))
        drawn_columns.append(Column(label, number, left, tops[0], right, tops[1]))
    marks = tuple((value, round(base - value * scale, 1)) for value in _scale(0.0, high))
    return Drawing(width, HEIGHT, base, columns=tuple(drawn_columns), wide=wide, marks=marks)


def _bars(points: Sequence[tuple[str, float]], width: int) -> Drawing:
    numbers = [number for _, number in points]
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    scale = (width - NAMES - ROOM) / ((high - low) or 1.0)
    base = round(NAMES - low * scale, 1)
    bars = (
        Bar(_cut(label), number, round(min(base, base + number * scale), 1), place * STEP + 8, _width(number, scale))
        for place, (label, number) in enumerate(points)
    )
    return Drawing(width, len(points) * STEP + 12, base, tuple(bars))


def _width(number: float, scale: float) -> float:
    return round(max(abs(number) * scale, 1), 1)


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"


def _scale(low: float, high: float) -> tuple[float, float, float]:
    """The ends of a scale and its middle, which is whole where the ends are and there is room."""
    middle = (low + high) / 2
    return low, round(middle) if low == int(low) and high == int(high) and high - low > 9 else middle, high


def _line(points: Sequence[tuple[str, float]], width: int) -> Drawing:
    numbers = [number for _, number in points]
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    high = high if high > low else 1.0
    scale = (HEIGHT - TOP - BOTTOM) / (high - low)
    step = (width - LEFT - RIGHT) / (len(points) - 1)
    line = (
        (round(LEFT + place * step, 1), round(TOP + (high - number) * scale, 1)) for place, number in enumerate(numbers)
    )
    marks = ((value, round(TOP + (high - value) * scale, 1)) for value in _scale(low, high))
    ends = (points[0][0], points[-1][0])
    return Drawing(width, HEIGHT, round(TOP + high * scale, 1), line=tuple(line), ends=ends, marks=tuple(marks))
