"""Places as marks on a map of a fixed size."""

from __future__ import annotations

from typing import Any

import pytest
from ckanext.orden.tables.maps import HEIGHT, MARGIN, MOST_DOTS, WIDTH, drawn


def place(row: int, latitude: float, longitude: float) -> dict[str, Any]:
    return {"row": row, "name": f"場所{row}", "latitude": latitude, "longitude": longitude}


def test_north_is_up_and_east_is_right() -> None:
    found = drawn([place(1, 34.70, 135.50), place(2, 34.80, 135.50), place(3, 34.75, 135.60)], {1, 2, 3})
    south, north, east = found.pins
    assert south.y > north.y
    assert east.x > north.x
    assert south.x == north.x


def test_all_marks_stand_inside() -> None:
    found = drawn([place(row, 26 + row % 19, 127 + row % 18) for row in range(300)], {5})
    assert all(
        MARGIN - 1 <= mark.x <= WIDTH - MARGIN + 1 and MARGIN - 1 <= mark.y <= HEIGHT - MARGIN + 1
        for mark in (*found.pins, *found.dots)
    )
    assert [mark.row for mark in found.pins] == [5]


def test_a_degree_east_is_as_long_as_at_its_latitude() -> None:
    west, east, south = drawn([place(1, 60, 10), place(2, 60, 11), place(3, 59.5, 10)], {1, 2, 3}).pins
    assert east.x - west.x == pytest.approx(south.y - west.y, rel=0.02)


def test_one_place_stands_in_the_middle() -> None:
    [pin] = drawn([place(1, 34.7, 135.5)], {1}).pins
    assert (pin.x, pin.y) == (WIDTH / 2, HEIGHT / 2)


def test_no_place_is_no_mark_and_many_are_cut() -> None:
    assert drawn([], set()).pins == ()
    assert len(drawn([place(row, 34 + row / 1e4, 135) for row in range(MOST_DOTS + 5)], set()).dots) == MOST_DOTS
