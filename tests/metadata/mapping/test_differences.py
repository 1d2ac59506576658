"""What a list changes, what it leaves alone, and that the same list again changes nothing."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from ckanext.orden.metadata import fields
from ckanext.orden.metadata.mapping import list_row
from ckanext.orden.metadata.mapping.differences import Taking, changes, merged
from ckanext.orden.metadata.mapping.open_data_list import datasets, listed
from ckanext.orden.metadata.parsing.list_columns import NEW_COLUMNS
from ckanext.orden.metadata.parsing.open_data_list import read
from metadata.lists import NEW_ROW, ROWS, table

FEEDS = Path(__file__).parents[3].parent / "shared" / "feeds" / "open_data_list"
LISTS = ("shirasagi_seed_45col.csv", "takamatsu_open_data_list_0099.csv", "takamatsu_open_data_list_0099.xlsx")
SITE = "https://odpo.example.jp"
HOW = Taking(SITE)
Dataset = dict[str, Any]


def stored(dataset: Dataset) -> Dataset:
    """A mapped dataset as the catalogue has it: with ids, numbers as numbers, lists in another order."""
    files = [{**file, "id": f"id{number}"} for number, file in enumerate(dataset.get("resources") or [])]
    shuffled = {name: list(reversed(value)) for name, value in dataset.items() if name in fields.LISTS | {"tags"}}
    return {**dataset, **shuffled, "resources": files, "name": "stable", "state": "active"}


def said(wanted: Dataset, known: Dataset, how: Taking = HOW) -> list[tuple[str, str, Any, Any]]:
    found = changes(known, merged(wanted, known, how), how.site)
    return [(change.field, change.file, change.before, change.after) for change in found]


def mapped(**cells: str) -> Dataset:
    (found,) = datasets(read(table("new", [{**NEW_ROW, **cells}]).encode()))
    return found.dataset


@pytest.mark.parametrize("generation", ["old", "new"])
def test_the_same_list_again_changes_nothing(generation: Any):
    for found in datasets(read(table(generation, [ROWS[generation]]).encode())):
        assert said(found.dataset, stored(found.dataset)) == []


@pytest.mark.skipif(not FEEDS.is_dir(), reason="the captures are not beside this checkout")
@pytest.mark.parametrize("name", LISTS)
def test_a_captured_list_again_changes_nothing(name: str):
    found = listed(read((FEEDS / name).read_bytes()))
    assert found
    for one in found:
        known = stored(one.mapped.dataset)
        assert said(one.mapped.dataset, known) == []
        assert merged(one.mapped.dataset, known, HOW) == known


@pytest.mark.skipif(not FEEDS.is_dir(), reason="the captures are not beside this checkout")
@pytest.mark.parametrize("name", LISTS)
def test_a_captured_list_written_and_read_again_changes_nothing(name: str):
    for found in datasets(read((FEEDS / name).read_bytes())):
        again = list_row.read_back(list_row.rows(found.dataset).rows)
        assert said(dict(again), stored(found.dataset)) == [], found.guid


@pytest.mark.parametrize("seed", range(60))
def test_whatever_a_list_says_is_said_once(seed: int):
    """Any cells over any stored dataset: what is merged is stable, and a second time nothing is left to change."""
    chance = random.Random(seed)  # noqa: S311
    texts = (
        "",
        "なし",
        "2024/2/1",
        "令和6年",
        "CC BY",
        "CC BY 4.0",
        "独自",
        "防災;観光",
        "毎月",
        "随時",
        "https://a.jp/x.csv",
        "配信中",
        "1,024",
    )
    rows = [
        {column: chance.choice((NEW_ROW.get(column, ""), chance.choice(texts))) for column in NEW_COLUMNS}
        | {"データセット_ID": "1", "全国地方公共団体コード": "271403", "データセット_タイトル": chance.choice("甲乙")}
        for _ in range(4)
    ]
    one, other = (
        found.mapped.dataset for part in (rows[:2], rows[2:]) for found in listed(read(table("new", part).encode()))
    )
    known = stored(one)
    for how in (HOW, Taking(SITE, frozenset({"url", "contact", "provenance"}), frozenset({"rights"}))):
        after = merged(other, known, how)
        with_ids = {**after, "resources": [{"id": f"n{n}", **file} for n, file in enumerate(after["resources"])]}
        assert said(other, with_ids, how) == []


def test_cells_that_mean_the_same_are_no_change():
    known = stored(mapped())
    for cells in (
        {"データセット_公開日": "令和6年2月1日"},
        {"データセット_キーワード": "観光;トイレ;バリアフリー"},
        {"ファイル_形式": "ｃｓｖ"},
        {"ファイル_サイズ": "4315"},
        {"ファイル_ライセンス": "cc-by-40-intl"},
    ):
        assert said(mapped(**cells), known) == [], cells


def test_line_ends_and_the_sites_own_host_are_no_change():
    wanted = mapped(データセット_概要="一行目\n二行目", データセット_URL=f"{SITE}/pages/toilet")
    known = {**stored(wanted), "notes": "一行目\r\n二行目", "url": "site:/pages/toilet"}
    assert said(wanted, known) == []


def test_what_the_list_does_not_say_stays():
    known = {
        **stored(mapped()),
        "fee": "有償",
        "access_rights": "x",
        "contact": [*mapped()["contact"], {"name": "別の課"}],
    }
    after = merged(mapped(データセット_連絡先名称="新しい課"), known, HOW)
    assert (after["fee"], after["access_rights"]) == ("有償", "x")
    assert [contact["name"] for contact in after["contact"]] == ["新しい課", "別の課"]


def test_outline_of_a_place_stays_with_its_name_and_goes_with_another():
    known = {**stored(mapped()), "spatial_coverage": [{"text": "堺市", "geom": "{}"}]}
    assert merged(mapped(), known, HOW)["spatial_coverage"] == [{"text": "堺市", "geom": "{}"}]
    assert merged(mapped(データセット_対象地域="大阪市"), known, HOW)["spatial_coverage"] == [{"text": "大阪市"}]


def test_licence_takes_its_wording_with_it():
    known = stored(mapped(ファイル_ライセンス="CC BY 4.0（一部を除く）"))
    assert known["orden_license_text"] == "CC BY 4.0（一部を除く）"
    after = merged(mapped(), known, HOW)
    assert (after["license_id"], after["orden_license_text"]) == ("CC-BY-4.0", "")


def test_one_licence_for_all_files_replaces_those_of_the_files():
    known = stored(mapped())
    known["resources"][0]["license"] = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert merged(mapped(), known, HOW)["resources"][0]["license"] == ""


def test_identifier_that_is_registered_stays():
    known = {**stored(mapped()), "identifier": "T-100"}
    assert said(mapped(), known) == []


def test_files_come_go_and_change_by_name():
    known = stored(mapped())
    two = {
        **NEW_ROW,
        "ファイル_ダウンロードURL": "https://a.jp/b.pdf",
        "ファイル_形式": "PDF",
        "ファイル_タイトル": "図",
        "ファイル_ID": "9",
    }
    (both,) = datasets(read(table("new", [NEW_ROW, two]).encode()))
    assert said(both.dataset, known) == [("resources", "図", None, "PDF https://a.jp/b.pdf")]
    other = stored(both.dataset)
    assert said(mapped(), other) == [("resources", "図", "PDF https://a.jp/b.pdf", None)]
    assert said(mapped(), other, Taking(SITE, removes_files=False)) == []


def test_uploaded_file_is_never_taken_away():
    known = stored(mapped())
    known["resources"].append({"id": "up", "url": "site:/x.csv", "url_type": "upload", "name": "登録したファイル"})
    assert said(mapped(), known) == []
    assert [file["id"] for file in merged(mapped(), known, HOW)["resources"]] == ["id0", "up"]


def test_list_without_any_file_says_nothing_about_files():
    known = stored(mapped())
    assert said(mapped(ファイル_ダウンロードURL=""), known) == []


def test_empty_cells_empty_only_what_they_were_told_to():
    known = stored(mapped())
    wanted = mapped(データセット_URL="", ファイル_著作権表記="")
    assert said(wanted, known) == []
    how = Taking(SITE, frozenset({"url"}), frozenset({"rights"}))
    assert [(field, after) for field, _, _, after in said(wanted, known, how)] == [("url", ""), ("rights", "")]
