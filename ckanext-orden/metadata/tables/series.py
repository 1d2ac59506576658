"""What of a table can be drawn: a number by a label, or how many rows each label has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from . import cells
from .content import Content, Field

MOST = 20
"""Bars of one chart."""
LONGEST_LINE = 400
_NUMBERS = frozenset({"integer", "number"})
_NO_LABELS = frozenset({"email", "geometry", "json", "kana", "latitude", "longitude", "phone", "postal", "url"})
_NAMES_ONE = re.compile(
    r"(?:ID|No\.?|番号|コード|メッシュ|電話|FAX|ＦＡＸ|郵便|緯度|経度|内線|時間帯|曜日|順)", re.IGNORECASE
)
"""Columns whose numbers are names: nobody wants their sum."""
_TIME = re.compile(r"(?:年|年度|年月|年月日|月|日|日付|時点)$")
_FEW, _MANY = 2, 12


@dataclass(frozen=True)
class Series:
    """Points to draw: each a label with its number; `value` is empty where rows were counted."""

    label: str
    value: str
    points: tuple[tuple[str, float], ...]
    over_time: bool
    left_out: int
    """Labels for which there was no room."""
    summed: bool
    """Whether several rows had one label."""


def labels(content: Content) -> list[str]:
    """The columns by which one may draw."""
    return [field.name for field in content.fields if field.name and _is_label(field)]


def numbers(content: Content) -> list[str]:
    """The columns that hold quantities."""
    return [field.name for field in content.fields if field.name and _is_number(field)]


def series(content: Content, rows: Sequence[Sequence[str]], label: str, value: str) -> Series | None:
    """The points of a chart; None where the columns are none to draw, or hold nothing."""
    if label not in labels(content) or (value and value not in numbers(content)):
        return None
    field, by = _field(content, label)
    of = _field(content, value)[1] if value else None
    summed: dict[str, float] = {}
    seen = 0
    for row in rows:
        text, number = row[by].strip(), 1.0 if of is None else _number(row[of])
        if text and number is not None:
            summed[text] = summed.get(text, 0.0) + number
            seen += 1
    if not summed:
        return None
    over_time = _is_time(field)
    points = list(summed.items())
    if over_time:
        points.sort(key=lambda point: _moment(point[0]))
    elif of is None:
        points.sort(key=lambda point: -point[1])
    room = LONGEST_LINE if over_time else MOST
    return Series(label, value, tuple(points[:room]), over_time, max(0, len(points) - room), seen > len(summed))


def suggested(content: Content, rows: Sequence[Sequence[str]]) -> tuple[str, str] | None:
    """The columns that tell most: a quantity over time, a quantity of few things, or how many rows of few kinds."""
    quantities = numbers(content)
    for field, values in _columns(content, rows):
        distinct = set(values)
        if quantities and len(values) == len(distinct) >= _FEW and (_is_time(field) or len(values) <= MOST):
            return field.name, quantities[0]
    for field, values in _columns(content, rows):
        if not _is_time(field) and _FEW <= len(set(values)) <= _MANY and len(values) >= 2 * len(set(values)):
            return field.name, ""
    return None


def _columns(content: Content, rows: Sequence[Sequence[str]]) -> Iterator[tuple[Field, list[str]]]:
    """The columns by which one may draw, those of time first, with their values."""
    found = [(field, place) for place, field in enumerate(content.fields) if field.name and _is_label(field)]
    for field, place in sorted(found, key=lambda column: not _is_time(column[0])):
        yield field, [text for row in rows if (text := row[place].strip())]


def _field(content: Content, name: str) -> tuple[Field, int]:
    return next((field, place) for place, field in enumerate(content.fields) if field.name == name)


def _is_number(field: Field) -> bool:
    return field.kind in _NUMBERS and not _NAMES_ONE.search(field.name) and not _TIME.search(field.name)


def _is_time(field: Field) -> bool:
    return field.kind == "date" or bool(_TIME.search(field.name))


def _is_label(field: Field) -> bool:
    return field.kind not in _NO_LABELS and not _NAMES_ONE.search(field.name) and not _is_number(field)


def _moment(text: str) -> tuple[str, float]:
    """What moments are ordered by: days as days, years and months by their number."""
    day = cells.day(text)
    return (day.value, 0.0) if not day.problem else ("", _number(text) or 0.0)


def _number(text: str) -> float | None:
    read = cells.number(text) if text.strip() else None
    if read is None or read.problem:
        return None
    number = float(read.value)
    return number if isfinite(number) else None
