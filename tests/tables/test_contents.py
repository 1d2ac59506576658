"""Rows as they are stored, and those that somebody looks for."""

from __future__ import annotations

import pytest
from ckanext.orden.metadata.tables.content import Content, Field
from ckanext.orden.tables import contents

FIELDS = (Field("名", "", "text"), Field("数", "", "integer"))
ROWS = (("ＡＥＤ　一覧", "10"), ("図書館\n分館", "9"), ("aed 設置", ""), ("図書館", "1,200"), ("駅", "多数"))
CONTENT = Content(FIELDS, ROWS, 7)


def numbers(q: str = "", sort: str = "") -> list[int]:
    return [number for number, _ in contents.found(CONTENT, q, sort)]


def test_what_is_stored_comes_back() -> None:
    assert contents.unpacked(contents.packed(CONTENT)) == (CONTENT, 5)


@pytest.mark.parametrize("most", [0, 1, 4, 5, 9])
def test_the_first_rows_are_had_without_the_others(most: int) -> None:
    found, kept = contents.unpacked(contents.packed(CONTENT), most)
    assert (found.rows, found.total, kept) == (ROWS[:most], 7, 5)


def test_the_first_rows_of_a_long_table_cost_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    long = Content(FIELDS, tuple((f"行{number}" * 20, str(number)) for number in range(5000)), 5000)
    found, kept = contents.unpacked(contents.packed(long), 3)
    assert (found.rows, kept) == (long.rows[:3], 5000)


@pytest.mark.parametrize(
    ("q", "rows"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("AED", [1, 3]),
        ("aed 一覧", [1]),
        ("図書館", [2, 4]),
        ("　", [1, 2, 3, 4, 5]),
        ("無", []),
    ],
)
def test_rows_hold_all_the_words_in_any_width_and_case(q: str, rows: list[int]) -> None:
    assert numbers(q) == rows


def test_numbers_are_sorted_by_size_and_what_is_empty_is_last() -> None:
    assert numbers(sort="数") == [2, 1, 4, 5, 3]
    assert numbers(sort="数 desc") == [5, 4, 1, 2, 3]


def test_words_are_sorted_as_they_are_written() -> None:
    assert numbers(sort="名")[:2] == [1, 3]


@pytest.mark.parametrize(
    ("sort", "known"), [("", True), ("数", True), ("数 desc", True), ("量", False), ("量 desc", False)]
)
def test_an_order_is_that_of_a_column(sort: str, known: bool) -> None:
    assert contents.is_order(CONTENT, sort) is known
