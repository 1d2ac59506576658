"""Points as bars and lines of a fixed size."""

from __future__ import annotations

from typing import Any

import pytest
from ckanext.orden.helpers.charts import NAMES, ROOM, WIDTH, columns, drawn


def chart(*numbers: float, over_time: bool = False) -> dict[str, Any]:
    return {"points": [(f"項目{place}", number) for place, number in enumerate(numbers)], "over_time": over_time}


def test_the_longest_bar_takes_the_room_and_others_their_share() -> None:
    first, second = drawn(chart(10, 5)).bars
    assert (first.x, first.width) == (NAMES, WIDTH - NAMES - ROOM)
    assert second.width == pytest.approx(first.width / 2, abs=0.1)
    assert second.y > first.y


def test_bars_below_nothing_stand_left_of_the_base() -> None:
    found = drawn(chart(-5, 5))
    left, right = found.bars
    assert left.x + left.width == pytest.approx(found.base, abs=0.2)
    assert right.x == pytest.approx(found.base, abs=0.2)


@pytest.mark.parametrize("numbers", [(0,), (0, 0), (1e12, 1), (-1,)])
def test_any_numbers_can_be_drawn(numbers: tuple[float, ...]) -> None:
    assert all(bar.width >= 1 and bar.x >= NAMES - 1 for bar in drawn(chart(*numbers)).bars)


def test_a_line_of_nothing_lies_on_the_ground() -> None:
    found = drawn(chart(0, 0, over_time=True))
    assert {y for _, y in found.line} == {found.base} == {dict(found.marks)[0.0]}


def test_a_line_begins_left_ends_right_and_has_a_scale() -> None:
    found = drawn(chart(1, 3, 2, over_time=True))
    assert [x for x, _ in found.line] == [70, 285, 500]
    heights = [y for _, y in found.line]
    assert heights[1] < heights[2] < heights[0]
    assert [number for number, _ in found.marks] == [0, 1.5, 3]


def test_one_moment_is_a_bar() -> None:
    assert len(drawn(chart(4, over_time=True)).bars) == 1


def test_a_long_label_is_cut_beside_its_bar() -> None:
    [bar] = drawn({"points": [("とても長い名前の施設の名称です", 1)], "over_time": False}).bars
    assert bar.label == "とても長い名前の施設の…"


def test_columns_stand_beside_what_was_planned() -> None:
    found = columns([("令和7", 50, 100), ("令和8", None, 200)])
    first, second = found.columns
    assert found.base - first.top == pytest.approx((found.base - first.goal_top) / 2, abs=0.2)
    assert second.number is None and second.goal_top < first.goal_top
    assert first.x + found.wide < first.goal_x < first.goal_x + found.wide < second.x


@pytest.mark.parametrize("points", [[("a", 0, 0)], [("a", None, 0)], [("a", 10**9, 1)]])
def test_any_columns_can_be_drawn(points: list[tuple[str, float | None, float]]) -> None:
    assert columns(points).marks[-1][0] > 0


def test_the_middle_of_a_scale_of_whole_numbers_is_whole() -> None:
    assert [mark for mark, _ in drawn(chart(0, 55, over_time=True)).marks] == [0, 28, 55]
