"""An organisation's page and the list of them, as a visitor meets them."""

from __future__ import annotations

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.search import holdings
from playwright.sync_api import Browser

from .browsing import CHROMIUM
from .conftest import HOSTILE, Look

pytestmark = pytest.mark.usefixtures("catalogue")
HEADS = ["件数と更新", "新しいデータ", "データの整備状況"]


def test_the_page_tells_what_it_is_what_it_holds_and_how_it_is_kept(look: Look):
    page = look("/organization/toyonaka")
    head = page.one("section", "o-org")
    assert [part.text for part in head.all("span", lang="ja") + head.all("span", lang="en")] == [
        "トヨナカシ",
        "Toyonaka",
    ]
    assert "国・地方公共団体" in head.text
    assert head.all("a", href="/feeds/organization/toyonaka.atom")
    assert [h2.text for h2 in page.all("h2")][:3] == HEADS
    assert page.one("div", "o-tile").text.startswith("カタログ2")
    assert "オープン 1" in page.one("div", "o-tile").text
    assert "指定緊急避難場所一覧" in page.one("section", **{"aria-labelledby": "latest"}).text


def test_criteria_lead_to_what_does_not_fulfil_them(look: Look):
    kept = look("/organization/naniwa").one("section", **{"aria-labelledby": "kept"})
    assert kept.all("progress")
    found = look("/organization/naniwa?vocab_orden_lacks=licence")
    assert found.one("a", "o-chip").text.startswith("ライセンスがはっきりしない")


@pytest.mark.parametrize("asked", ["q=避難所", "page=2", "vocab_orden_openness=open"])
def test_who_searches_has_the_datasets_before_the_figures(look: Look, asked: str):
    page = look(f"/organization/toyonaka?{asked}")
    assert page.one("h1").text == "豊中市"
    assert not page.all("dl", "o-tiles")


def test_an_organisation_without_data_has_no_figures(look: Look):
    factories.Organization(name="empty", title="能勢町")
    assert not look("/organization/empty").all("dl", "o-tiles")
    tk.get_action("organization_purge")({"ignore_auth": True}, {"id": "empty"})


def test_without_solrs_counts_the_page_stands_without_figures(look: Look, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(holdings, "_asked", lambda _today: {"broken": {"type": "none"}})
    page = look("/organization/toyonaka")
    assert page.one("h1").text == "豊中市"
    assert not page.all("dl", "o-tiles")


def test_what_providers_write_is_text(look: Look):
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    fields = {"name": "evil", "title": HOSTILE, "description": HOSTILE, "email": "a@example.jp"}
    factories.Organization(**fields, user={"name": user})
    page = look("/organization/evil")
    assert not page.all("img", src="x")
    assert not look("/organization/").all("img", src="x")
    tk.get_action("organization_purge")({"ignore_auth": True}, {"id": "evil"})


@pytest.mark.parametrize("typed", ["豊中", "とよなか", "toyonaka"])
def test_the_list_finds_names_as_they_are_read(look: Look, typed: str):
    page = look(f"/organization/?q={typed}")
    assert [part.text for part in page.one("ul", "o-orgs").all("h2")] == ["豊中市"]
    assert "2026年11月20日（令和8年） 更新" in page.one("ul", "o-orgs").text


def test_the_list_sorts_by_datasets_and_by_newest(look: Look):
    page = look("/organization/?sort=orden_updated+desc")
    assert len(page.one("ul", "o-orgs").all("h2")) == 2
    assert [option["value"] for option in page.one("select").all("option")] == [
        "title asc",
        "package_count desc",
        "orden_updated desc",
    ]


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
def test_a_phone_goes_from_the_list_to_the_datasets_without_scripts(browser: Browser, site: str):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(site + "/organization/")
    page.get_by_label("提供者の名称").fill("とよなか")
    page.get_by_role("button", name="検索").click()
    page.get_by_role("link", name="豊中市").click()
    page.get_by_role("link", name="カタログ 2 件を見る").click()
    assert page.url.endswith("#q")
    page.locator("#q").fill("避難場所")
    page.get_by_role("button", name="検索").click()
    assert page.get_by_role("heading", name="指定緊急避難場所一覧").is_visible()
    context.close()
