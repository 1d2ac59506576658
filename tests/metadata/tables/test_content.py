"""What is kept of a table, what its columns are, and which places it lists."""

from __future__ import annotations

import pytest
from ckanext.orden.metadata.parsing.sheets import open_table
from ckanext.orden.metadata.tables import content as module
from ckanext.orden.metadata.tables.check import check
from ckanext.orden.metadata.tables.content import Content
from ckanext.orden.metadata.tables.places import Places, places
from ckanext.orden.metadata.tables.recognise import recognise
from ckanext.orden.metadata.tables.standards import standard


def content(text: str) -> Content:
    table = open_table(text.encode())
    return check(table, recognise(table.rows())).content


def located(text: str) -> Places | None:
    found = content(text)
    return places(found, list(enumerate(found.rows, start=1)))


FIGURES = '年月,人口,増減率,担当,ページ,備考\n2024-04-01,"401,558",0.1,市民課,https://a.example.jp/1,\n2024-05-01,401600,-0.2,統計課,https://a.example.jp/2,\n'


def test_columns_are_what_their_values_are() -> None:
    fields = content(FIGURES).fields
    assert [(field.name, field.kind) for field in fields] == [
        ("年月", "date"),
        ("人口", "integer"),
        ("増減率", "number"),
        ("担当", "text"),
        ("ページ", "url"),
        ("備考", "text"),
    ]


def test_columns_of_a_standard_are_what_it_says() -> None:
    found = standard("std-v3/13")
    assert found
    fields = content(",".join(column.name for column in found.columns) + "\n1,2\n").fields
    assert [(field.column, field.kind) for field in fields] == [(column.name, column.kind) for column in found.columns]


def test_rows_are_kept_as_they_are_written() -> None:
    found = content(FIGURES)
    assert (found.total, found.rows[0][1]) == (2, "401,558")


@pytest.mark.parametrize(("limit", "value", "kept"), [("MAX_ROWS", 3, 3), ("MAX_CHARACTERS", 21, 5)])
def test_of_a_long_table_the_first_rows_are_kept(
    limit: str, value: int, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, limit, value)
    found = content("甲,乙\n" + "12,34\n" * 10)
    assert (found.total, len(found.rows)) == (10, kept)


def test_a_row_for_which_there_is_no_room_ends_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CHARACTERS", 10)
    assert content("甲,乙\n1,2\n" + f"1,{'長' * 20}\n" + "3,4\n").rows == (("1", "2"),)


def test_places_are_rows_with_coordinates_and_a_name() -> None:
    found = located("施設名,lat,lng\n公園,34.78,135.47\n図書館,北緯34度46分48秒,135.5\n不明,,\n逆,135.4,34.7\n遠,0,0\n")
    assert found
    assert [(place.row, place.name, place.latitude) for place in found.places] == [
        (1, "公園", 34.78),
        (2, "図書館", 34.78),
    ]
    assert found.without == 3


def test_a_table_without_coordinates_lists_no_places() -> None:
    assert located(FIGURES) is None


def test_a_place_is_named_by_the_first_text_where_no_column_is_called_so() -> None:
    found = located("番号,避難場所,緯度,経度\n1,本町小学校,34.78,135.47\n")
    assert found
    assert found.places[0].name == "本町小学校"
