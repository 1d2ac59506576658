"""A clerk registers a dataset in a real browser, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from playwright.sync_api import Browser, BrowserContext, Page

from .browsing import CHROMIUM, CLEAN, fill_login, log_in, looked_at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "storage"),
]


@pytest.fixture()
def table(tmp_path: Path) -> Path:
    """A small table with a Japanese name."""
    path = tmp_path / "公園一覧.csv"
    path.write_text("名称,緯度,経度\n中央公園,34.78,135.47\n", encoding="utf-8")
    return path


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def context(request: pytest.FixtureRequest, browser: Browser, site: str, clerk: str) -> Iterator[BrowserContext]:
    """The clerk's browser, logged in, with and without JavaScript."""
    made = browser.new_context(java_script_enabled=request.param)
    log_in(made, site, clerk)
    yield made
    made.close()


@pytest.fixture()
def scripted(browser: Browser, site: str, clerk: str) -> Iterator[BrowserContext]:
    """The clerk's browser, logged in."""
    made = browser.new_context()
    log_in(made, site, clerk)
    yield made
    made.close()


def opened(context: BrowserContext, site: str, path: str = "/dataset/register") -> Page:
    page = context.new_page()
    page.goto(site + path)
    return page


def register(page: Page) -> None:
    page.get_by_role("button", name="データセットを登録する").click()
    page.wait_for_load_state()


def said(page: Page, name: str) -> str:
    """The messages beside a field."""
    return page.locator(f"#field-{name}-said").inner_text().strip()


def test_new_user_registers_a_dataset_with_at_most_six_inputs(context: BrowserContext, site: str, table: Path):
    page = opened(context, site, "/")
    page.locator(".o-account summary").click()
    page.get_by_role("link", name="データを登録する").first.click()
    inputs = [
        page.get_by_label("タイトル").fill("豊中市 公園一覧"),
        page.get_by_label("説明").fill("市内の公園の場所。"),
        page.get_by_label("ファイル", exact=True).set_input_files(table),
        page.get_by_label("ライセンス").select_option("CC-BY-4.0"),
    ]
    register(page)
    assert len(inputs) <= 6
    assert page.get_by_role("heading", level=1).inner_text() == "豊中市 公園一覧"
    assert page.get_by_text("データセットを登録しました。").is_visible()
    (dataset,) = tk.get_action("package_search")({"ignore_auth": True}, {})["results"]
    assert dataset["resources"][0]["format"] == "CSV"
    assert dataset["contact"] == [{"name": "豊中市", "email": "opendata@toyonaka.example.jp"}]


def test_each_mistake_is_shown_beside_its_field_after_sending(context: BrowserContext, site: str):
    page = opened(context, site)
    page.get_by_label("問い合わせ先").fill("公園課 koen@")
    register(page)
    for name, word in (("title", "タイトル"), ("notes", "説明"), ("upload", "ファイル"), ("license_id", "ライセンス")):
        assert word in said(page, name), name
    assert "koen@" in said(page, "contact")
    page.locator("#errors").get_by_role("link", name="問い合わせ先").click()
    assert page.url.endswith("#field-contact")


def test_mistake_is_said_and_unsaid_while_somebody_types(scripted: BrowserContext, site: str):
    page = opened(scripted, site)
    page.get_by_label("問い合わせ先").fill("公園課 koen@")
    page.get_by_label("問い合わせ先").press("Tab")
    page.locator("#field-contact-said .o-err").wait_for()
    assert said(page, "title") == ""
    page.get_by_label("問い合わせ先").fill("公園課 koen@example.jp")
    page.get_by_label("問い合わせ先").press("Tab")
    page.locator("#field-contact-said .o-err").wait_for(state="detached")
    page.get_by_label("ライセンス").select_option("CC-BY-4.0")
    page.locator("[data-orden-axes]").get_by_text("オープンライセンスで、誰でも無償で使えます。").wait_for()


def test_full_form_says_a_contradiction_while_somebody_types(scripted: BrowserContext, site: str):
    page = opened(scripted, site, "/dataset/new")
    page.get_by_label("ライセンス", exact=True).select_option("CC-BY-4.0")
    page.get_by_label("有償・無償").select_option("有償")
    page.locator("#field-fee-said .o-err").wait_for()
    page.get_by_label("有償・無償").select_option("無償")
    page.locator("#field-fee-said .o-err").wait_for(state="detached")


def test_what_was_typed_survives_a_closed_browser(browser: Browser, scripted: BrowserContext, site: str, table: Path):
    page = opened(scripted, site)
    page.get_by_label("タイトル").fill("豊中市 公園一覧")
    page.get_by_label("ファイル", exact=True).set_input_files(table)
    page.get_by_text("自動保存しました").wait_for()
    scripted.close()
    later = browser.new_context()
    log_in(later, site, "clerk")
    page = opened(later, site)
    page.get_by_role("link", name="豊中市 公園一覧").click()
    assert page.get_by_label("タイトル").input_value() == "豊中市 公園一覧"
    assert page.get_by_text("公園一覧.csv は保存してあります").is_visible()
    later.close()


def test_what_was_typed_survives_a_lost_session(context: BrowserContext, site: str, clerk: str, table: Path):
    page = opened(context, site)
    page.get_by_label("タイトル").fill("豊中市 公園一覧")
    page.get_by_label("説明").fill("市内の公園の場所。")
    page.get_by_label("ファイル", exact=True).set_input_files(table)
    page.get_by_label("ライセンス").select_option("CC-BY-4.0")
    context.clear_cookies()
    register(page)
    fill_login(page, clerk)
    assert page.get_by_text("公園一覧.csv は保存してあります").is_visible()
    register(page)
    assert page.get_by_role("heading", level=1).inner_text() == "豊中市 公園一覧"


def test_form_of_an_older_session_is_kept_and_sent_again(context: BrowserContext, site: str, clerk: str):
    page = opened(context, site)
    page.get_by_label("タイトル").fill("豊中市 公園一覧")
    context.clear_cookies()
    log_in(context, site, clerk)
    register(page)
    assert page.get_by_text("もう一度送ってください").is_visible()
    assert page.get_by_label("タイトル").input_value() == "豊中市 公園一覧"


@pytest.mark.parametrize("path", ["/dataset/register", "/dataset/new", "/dataset/edit/park", "/en/dataset/register"])
def test_forms_keep_nobody_out(scripted: BrowserContext, site: str, path: str):
    factories.Dataset(name="park", owner_org="toyonaka", user={"name": "clerk"})
    faults = {}
    page = scripted.new_page()
    for width, colours, wrong in product((390, 1280), ("light", "dark"), (False, True)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=colours)
        page.goto(site + path)
        if wrong:
            page.locator("[name=title]").fill("")
            page.locator("form [type=submit][name=save]").last.click()
        page.wait_for_load_state("networkidle")
        seen = looked_at(page)
        if seen != {name: CLEAN[name] for name in seen}:
            faults[width, colours, wrong] = seen
    assert faults == {}
