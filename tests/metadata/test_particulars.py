"""What tells the datasets of a series apart."""

from __future__ import annotations

import pytest
from ckanext.orden.metadata.particulars import contradict, particulars


@pytest.mark.parametrize(
    ("title", "series", "numbers", "places"),
    [
        ("指定避難所一覧", "指定避難所一覧", (), set()),
        ("豊中市の人口（年齢各歳別）平成30年10月1日", "人口年齢各歳別", ("2018", "10", "1"), {"豊中市"}),
        ("R5年度 避難所一覧（大阪市北区）", "避難所一覧", ("2023",), {"大阪市", "北区"}),
        ("令和元年度決算", "決算", ("2019",), set()),
        ("第一回 会議録", "会議録", ("第一",), set()),
        ("東部地域の計画", "地域の計画", ("東部",), set()),
        ("四日市市・市川市の統計", "統計", (), {"四日市市", "市川市"}),
        ("2024", "2024", ("2024",), set()),
        ("", "", (), set()),
    ],
)
def test_a_title_is_taken_apart(title: str, series: str, numbers: tuple[str, ...], places: set[str]) -> None:
    found = particulars(title)
    assert (found.series, found.numbers, found.places) == (series, numbers, places)


def test_calendars_and_widths_are_one() -> None:
    titles = ["AED設置箇所（2023年度）", "ＡＥＤ設置箇所（令和５年度）", "AED設置箇所 R5年度"]
    assert len({particulars(title) for title in titles}) == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("人口 令和5年度", "人口 令和6年度", True),
        ("人口 4月1日", "人口 1月4日", True),
        ("豊中市の人口", "吹田市の人口", True),
        ("大阪市北区の公園", "大阪市の公園", True),
        ("人口 2023年", "人口 令和5年", False),
        ("人口", "豊中市の人口 令和5年", False),
    ],
)
def test_only_what_both_name_may_contradict(one: str, other: str, expected: bool) -> None:
    assert contradict(particulars(one), particulars(other)) is expected
