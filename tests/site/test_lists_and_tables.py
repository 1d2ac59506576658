"""A clerk's lists and tables in a real browser: from the file to the result, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ckan import model
from ckanext.orden.metadata.tables.standards import standard
from ckanext.orden.tables.checking import check_dataset
from metadata.lists import NEW_ROW, table
from playwright.sync_api import Browser, Page

from .browsing import CHROMIUM, FINE, log_in, looked_at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "storage"),
]
LONG = "https://www.city.example.jp/" + "opendata/" * 12


def toilets() -> str:
    """A table by the standard with a column of the city's own and a latitude that is none."""
    found = standard("std-v3/13")
    assert found
    cells = {
        "全国地方公共団体コード": "272035",
        "ID": "1",
        "名称": "本町公園",
        "設置位置": "北側",
        "経度": "135.47",
        "緯度": "134.78",
    }
    names = [column.name for column in found.columns]
    fine = {**cells, "ID": "2", "名称": "中央公園", "緯度": "34.78"}
    rows = ([*(found.get(name, "") for name in names), "あ"] for found in (cells, fine))
    lines = ([*names, "市の独自の長い名前の列"], *rows)
    return "".join(",".join(line) + "\n" for line in lines)


def row(number: int, **cells: str) -> dict[str, str]:
    own = {
        "データセット_ID": f"{number}",
        "データセット_タイトル": f"公衆トイレ一覧{number}",
        "データセット_サブタイトル": "",
    }
    return {**NEW_ROW, **own, "ファイル_ダウンロードURL": f"{LONG}{number}.csv", **cells}


@pytest.fixture(params=[390, 1280])
def page(request: pytest.FixtureRequest, browser: Browser, site: str, clerk: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    log_in(context, site, clerk)
    yield context.new_page()
    context.close()


def hand_in(page: Page, site: str, folder: Path, *rows: dict[str, str]) -> None:
    file = folder / "list.csv"
    file.write_text(table("new", rows), encoding="utf-8")
    page.goto(f"{site}/list-upload/")
    assert looked_at(page) == FINE
    page.get_by_label("一覧ファイル").set_input_files(file)
    page.get_by_role("button", name="内容を確かめる").click()
    page.wait_for_load_state()


def test_list_is_looked_at_applied_and_handed_in_again(page: Page, site: str, tmp_path: Path):
    hand_in(page, site, tmp_path, row(1), row(2, データセット_公開日="令和8年13月1日"), row(3))
    assert looked_at(page) == FINE
    assert page.get_by_text("令和8年13月1日", exact=True).is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="直す行だけExcelで受け取る").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("button", name="2件を取り込む").click()
    page.wait_for_load_state()
    assert page.get_by_role("heading", level=1).inner_text() == "一覧ファイルの取り込み結果"
    assert looked_at(page) == FINE
    hand_in(page, site, tmp_path, row(1, データセット_概要="変えた" * 80, ファイル_説明=LONG))
    assert looked_at(page) == FINE
    assert page.locator("ins").first.is_visible()


def test_table_is_checked_without_being_registered(page: Page, site: str, tmp_path: Path):
    file = tmp_path / "272035_public_toilet.csv"
    file.write_text(toilets(), encoding="utf-8")
    page.goto(f"{site}/validate/table")
    assert looked_at(page) == FINE
    page.locator("input[type=file]").set_input_files(file)
    page.locator("form[enctype] button[value=report]").click()
    page.wait_for_load_state()
    assert page.get_by_text("134.78").first.is_visible()
    assert looked_at(page) == FINE


def test_report_and_columns_of_a_registered_table(page: Page, site: str, tmp_path: Path):
    file = tmp_path / "272035_public_toilet.csv"
    file.write_text(toilets(), encoding="utf-8")
    page.goto(f"{site}/dataset/register")
    page.get_by_label("タイトル").fill("公衆トイレ一覧")
    page.get_by_label("説明").fill("市内の公衆トイレ。")
    page.get_by_label("ファイル", exact=True).set_input_files(file)
    page.get_by_label("ライセンス").select_option("CC-BY-4.0")
    page.get_by_role("button", name="データセットを登録する").click()
    page.wait_for_load_state()
    dataset = model.Session.query(model.Package).filter_by(title="公衆トイレ一覧").one()
    check_dataset(dataset.id)
    address = f"{site}/dataset/{dataset.name}/resource/{dataset.resources[0].id}"
    page.goto(address)
    for heading in ("中身", "表の確認", "列の説明"):
        assert page.get_by_role("heading", name=heading).is_visible()
    assert looked_at(page) == FINE
    page.goto(f"{address}/table")
    assert page.get_by_text("134.78").first.is_visible()
    assert looked_at(page) == FINE
    page.goto(address)
    page.get_by_role("link", name="すべての行と地図").click()
    page.wait_for_load_state()
    page.locator("[data-canvas] .o-pin").wait_for()
    assert looked_at(page) == FINE
    page.get_by_label("次の言葉を含む行").fill("本町")
    page.get_by_role("button", name="行を検索する").click()
    page.wait_for_load_state()
    assert page.locator("tbody tr").count() == 1
    assert looked_at(page) == FINE
