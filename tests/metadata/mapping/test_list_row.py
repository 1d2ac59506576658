"""Rows that are written are read as the dataset they were written from; what they cannot hold is named."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from ckanext.orden.metadata.mapping.list_row import read_back, rows
from ckanext.orden.metadata.mapping.open_data_list import datasets
from ckanext.orden.metadata.parsing.list_columns import NEW_COLUMNS, Generation
from ckanext.orden.metadata.parsing.open_data_list import read
from metadata.lists import NEW_ROW, OLD_ROW, ROWS, table

EU = "http://publications.europa.eu/resource/authority"
DATASET: dict[str, Any] = {
    "title": "公衆トイレ一覧①",
    "orden_subtitle": "令和6年度版",
    "notes": '一行目\n二行目、"引用"',
    "tags": [{"name": "トイレ", "id": "x"}, {"name": "観光"}],
    "theme": [f"{EU}/data-theme/ECON", f"{EU}/data-theme/OP_DATPRO"],
    "orden_universal_menu": "観光情報;観光名所",
    "issued": "2024",
    "modified": "2026-04-01T09:00:00+09:00",
    "version": "1.0",
    "language": [f"{EU}/language/JPN", f"{EU}/language/ZHO"],
    "url": "https://www.city.example.jp/toilet/",
    "frequency": f"{EU}/frequency/ANNUAL",
    "conforms_to": ["自治体標準オープンデータセット"],
    "documentation": ["https://www.city.example.jp/a.pdf", "https://www.city.example.jp/b.pdf"],
    "provenance": "現地調査による。",
    "spatial_coverage": [{"text": "豊中市"}, {"text": "池田市"}],
    "temporal_coverage": [{"start": "2025-04", "end": "2026-03-31"}],
    "creator": [{"name": "環境課"}],
    "publisher": [{"name": "豊中市"}],
    "contact": [{"name": "環境課", "email": "a@example.jp", "url": "https://www.city.example.jp/form/"}],
    "orden_contact_phone": "06-0000-0000",
    "orden_contact_extension": "12",
    "orden_contact_remarks": "平日のみ",
    "orden_remarks": "備考。",
    "orden_municipality": "272035",
    "identifier": "urn:orden:list:272035:100",
    "license_id": "PDL-1.0",
    "resources": [
        {
            "url": "https://www.city.example.jp/toilet.csv",
            "access_url": "https://www.city.example.jp/toilet/",
            "orden_file_id": "1",
            "name": "CSV",
            "description": "説明\n改行",
            "format": "CSV",
            "mimetype": "text/csv",
            "status": "http://publications.europa.eu/resource/authority/distribution-status/DEPRECATED",
            "size": 10,
            "issued": "2024-04-01",
            "modified": "2024-04",
            "orden_terms": "規約",
            "documentation": ["https://www.city.example.jp/c.pdf"],
            "language": [f"{EU}/language/ENG"],
            "conforms_to": ["標準"],
            "orden_api": "no",
            "rights": "© 豊中市",
        },
        {
            "url": "https://www.city.example.jp/page/",
            "access_url": "https://www.city.example.jp/page/",
            "name": "ページ",
            "format": "HTML",
            "mimetype": "text/html",
            "orden_api": "yes",
        },
    ],
}


def test_dataset_comes_back_as_it_was():
    written = rows(DATASET)
    assert written.issues == ()
    assert all(tuple(row) == NEW_COLUMNS for row in written.rows)
    expected = {**DATASET, "tags": [{"name": tag["name"]} for tag in DATASET["tags"]]}
    assert read_back(written.rows) == expected


@pytest.mark.parametrize("generation", ["new", "old"])
def test_list_comes_back_as_it_was_read(generation: Generation):
    (first,) = datasets(read(table(generation, [ROWS[generation]]).encode()))
    written = rows(first.dataset)
    (again,) = datasets(read(table("new", written.rows).encode("cp932")))
    assert (written.issues, again.guid, again.dataset) == ((), first.guid, first.dataset)


@pytest.mark.parametrize("row", [NEW_ROW, {**NEW_ROW, "データセット_分類": "労働・賃金;防災"}])
def test_row_is_written_in_the_words_of_its_provider(row: dict[str, str]):
    (found,) = datasets(read(table("new", [row]).encode()))
    (written,) = rows(found.dataset).rows
    for column in (
        "データセット_ID",
        "データセット_分類",
        "データセット_更新頻度",
        "ファイル_ライセンス",
        "ファイル_ステータス",
    ):
        assert written[column] == row[column]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"access_rights": f"{EU}/access-right/PUBLIC"}, "access_rights"),
        ({"contact": [{**DATASET["contact"][0], "uri": "https://x.example/1"}]}, "contact.uri"),
        ({"temporal_coverage": [*DATASET["temporal_coverage"], {"start": "2030"}]}, "temporal_coverage.start"),
        ({"conforms_to": ["一、二"]}, "conforms_to"),
        ({"extras": [{"key": "独自", "value": "値"}]}, "extras.独自"),
        ({"identifier": "plain"}, "identifier"),
        ({"orden_municipality": "270008"}, "orden_municipality"),
        ({"notes": "なし"}, "notes"),
    ],
)
def test_what_a_row_cannot_hold_is_named(changes: dict[str, Any], field: str):
    found = rows({**DATASET, **changes}).issues
    assert field in {issue.field for issue in found}
    assert {(issue.code, issue.severity) for issue in found} == {("lossy.list", "info")}
    assert all(issue.value and issue.message["ja"] and issue.message["en"] for issue in found)


def test_loss_in_a_file_says_which_file():
    files = [DATASET["resources"][0], {**DATASET["resources"][1], "explain_url": "https://x.example/"}]
    (issue,) = rows({**DATASET, "resources": files}).issues
    assert (issue.field, issue.where, issue.value) == ("explain_url", "resource 2", "https://x.example/")


@pytest.mark.parametrize(
    ("licence", "text", "cell"),
    [
        ("CC-BY-4.0", "", "CC BY 4.0"),
        ("CC-BY-4.0", "CC BY", "CC BY"),
        ("OTHER", "市の利用規約", "市の利用規約"),
        ("OTHER", "", "その他"),
        ("other-closed", "", "その他(個別契約)"),
    ],
)
def test_licence_is_written_so_that_it_is_read_again(licence: str, text: str, cell: str):
    written = rows({**DATASET, "license_id": licence, "orden_license_text": text})
    assert written.rows[0]["ファイル_ライセンス"] == cell
    assert written.issues == ()


def test_dataset_of_the_site_without_files_has_one_row():
    shown = {
        "name": "toilet",
        "title": "公衆トイレ",
        "organization": {"title": "豊中市"},
        "orden_municipality": "272035",
        "resources": [],
    }
    written = rows(shown)
    (row,) = written.rows
    assert (row["データセット_ID"], row["地方公共団体名"], row["ファイル_ダウンロードURL"]) == ("toilet", "豊中市", "")
    assert written.issues == ()


@pytest.mark.parametrize("value", [None, "", [], {}, 0, "x", [None], [{}], ["x"]])
@pytest.mark.parametrize("name", sorted(DATASET))
def test_odd_value_never_fails(name: str, value: Any):
    assert len(rows({**DATASET, name: value}).rows) >= 1


def test_old_row_has_its_place_in_the_new_form():
    (found,) = datasets(read(table("old", [{**OLD_ROW, "備考": "備考あり"}]).encode()))
    (row,) = rows(found.dataset).rows
    assert (row["データセット_備考"], row["データセット_公開日"], row["ファイル_API対応有無"]) == (
        "備考あり",
        "2017-07-01",
        "無",
    )


def test_rows_are_csv_as_the_standard_wants_it():
    text = table("new", rows(DATASET).rows)
    assert next(csv.reader(text.splitlines())) == list(NEW_COLUMNS)
