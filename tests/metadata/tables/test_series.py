"""What of a table is drawn."""

from __future__ import annotations

import pytest
from ckanext.orden.metadata.tables import series as module
from ckanext.orden.metadata.tables.content import Content, Field
from ckanext.orden.metadata.tables.series import Series, labels, numbers, series, suggested


def table(header: dict[str, str], *rows: str) -> Content:
    fields = tuple(Field(name, "", kind) for name, kind in header.items())
    return Content(fields, tuple(tuple(row.split(",")) for row in rows), len(rows))


SHELTERS = table(
    {"施設番号": "integer", "名称": "text", "種別": "text", "電話": "text", "緯度": "latitude", "収容人数": "integer"},
    '1,甲,学校,06-1,34.7,"100"'.replace('"', ""),
    "2,乙,学校,06-2,34.7,200人",
    "3,丙,公園,06-3,34.7,不明",
    "4,丁,公園,06-4,34.7,50",
)
PEOPLE = table({"年度": "integer", "人口": "integer", "地区": "text"}, "2023,5,東", "2024,7,東", "2025,6,西")


def drawn(content: Content, label: str, value: str = "") -> Series | None:
    return series(content, content.rows, label, value)


def test_numbers_that_are_names_are_not_drawn() -> None:
    assert numbers(SHELTERS) == ["収容人数"]
    assert labels(SHELTERS) == ["名称", "種別"]
    assert (labels(PEOPLE), numbers(PEOPLE)) == (["年度", "地区"], ["人口"])


def test_rows_are_counted_by_their_label_the_most_first() -> None:
    found = drawn(table({"種別": "text"}, "公園", "学校", "学校", ""), "種別")
    assert found
    assert (found.points, found.summed, found.value) == ((("学校", 2.0), ("公園", 1.0)), True, "")


def test_a_quantity_is_drawn_in_the_order_of_the_file_and_summed_by_its_label() -> None:
    found = drawn(SHELTERS, "種別", "収容人数")
    assert found
    assert (found.points, found.summed) == ((("学校", 300.0), ("公園", 50.0)), True)
    assert drawn(SHELTERS, "名称", "収容人数") == Series(
        "名称", "収容人数", (("甲", 100.0), ("乙", 200.0), ("丁", 50.0)), over_time=False, left_out=0, summed=False
    )


def test_a_quantity_over_time_says_so() -> None:
    found = drawn(PEOPLE, "年度", "人口")
    assert found
    assert (found.over_time, [text for text, _ in found.points]) == (True, ["2023", "2024", "2025"])


@pytest.mark.parametrize(
    ("written", "ordered"),
    [
        (["2024-11-01", "2023-12-16", "2024-02-03"], ["2023-12-16", "2024-02-03", "2024-11-01"]),
        (["令和6年4月1日", "平成30年4月1日"], ["平成30年4月1日", "令和6年4月1日"]),
        (["10", "9", "11"], ["9", "10", "11"]),
    ],
)
def test_moments_stand_in_their_order(written: list[str], ordered: list[str]) -> None:
    found = drawn(table({"年月": "text", "数": "integer"}, *(f"{text},1" for text in written)), "年月", "数")
    assert found
    assert [text for text, _ in found.points] == ordered


def test_labels_beyond_the_room_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    found = drawn(SHELTERS, "名称", "収容人数")
    assert found
    assert (len(found.points), found.left_out) == (2, 1)


@pytest.mark.parametrize(
    ("label", "value"), [("ない", ""), ("名称", "ない"), ("収容人数", ""), ("名称", "施設番号"), ("緯度", "")]
)
def test_other_columns_are_not_drawn(label: str, value: str) -> None:
    assert drawn(SHELTERS, label, value) is None


def test_numbers_that_are_none_are_passed_over() -> None:
    content = table({"名": "text", "数": "number"}, "甲,1e999", "乙,-", "丙,-3")
    found = drawn(content, "名", "数")
    assert found
    assert found.points == (("丙", -3.0),)


@pytest.mark.parametrize(
    ("content", "best"),
    [
        (PEOPLE, ("年度", "人口")),
        (SHELTERS, ("名称", "収容人数")),
        (table({"種別": "text"}, *["公園", "学校"] * 4), ("種別", "")),
        (table({"名称": "text"}, *(f"場所{number}" for number in range(40))), None),
        (table({"URL": "url"}, "https://a.example.jp/", "https://b.example.jp/"), None),
    ],
)
def test_what_tells_most_is_suggested(content: Content, best: tuple[str, str] | None) -> None:
    assert suggested(content, content.rows) == best
