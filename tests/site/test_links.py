"""Out of the site and into the registry in a real browser, on a phone and a desk, in both languages, light and dark."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.market.model.links import MarketClick
from market.conftest import OFFER
from playwright.sync_api import Browser, Page

from .browsing import CHROMIUM, PASSWORD, log_in, looked_at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]
HOST = "market.example"
"""A name that leads nowhere: nobody goes to a market in a test."""
URL = f"https://{HOST}/catalogue/items/2026/footfall-around-stations-monthly?lang=ja"
Look = Callable[[Page, str], None]


@pytest.fixture
def link(ckan_config: Any) -> str:
    """The id of the link of a published offer."""
    chief = factories.Sysadmin(name="chief", password=PASSWORD)["name"]
    seller = factories.User(name="seller")["name"]
    users = [{"name": seller, "capacity": "editor"}]
    factories.Organization(name="naniwa", title="なにわ研究所", users=users, orden_org_kind="private")
    fields = {"name": "footfall", "title": "駅周辺の人流", "notes": "1時間ごとの人数です。", "owner_org": "naniwa"}
    tk.get_action("package_create")({"user": seller}, {**fields, "license_id": "other-closed", "fee": "有償"})

    def act(who: str, action: str, **data: Any) -> Any:
        return tk.get_action(f"orden_market_offer_{action}")({"user": who}, data)

    market = {"code": "jdex", "name": {"ja": "JDEX（日本データ取引所）"}, "hosts": [HOST], "home": ""}
    tk.get_action("orden_market_market_update")({"user": chief}, market)
    offer = {**OFFER, "links": [{"market": "jdex", "url": URL}]}
    offer_id = act(seller, "create", dataset="footfall", offer=offer)["id"]
    act(seller, "submit", id=offer_id)
    return act(chief, "publish", id=offer_id)["links"][0]["id"]


@pytest.fixture
def faults() -> dict[str, Any]:
    """What keeps people out of the pages that were seen."""
    return {}


@pytest.fixture
def look(tmp_path: Path, faults: dict[str, Any]) -> Look:
    """A picture of a page on a phone and on a desk, light and dark."""
    shots = Path(os.environ.get("ORDEN_SHOTS", tmp_path))

    def seen(page: Page, step: str) -> None:
        for size, width in {"phone": 390, "desktop": 1280}.items():
            for scheme in ("light", "dark"):
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=shots / f"{step}-{size}-{scheme}.png", full_page=True)
                found = looked_at(page)
                if found["too wide"] or found["barriers"]:
                    faults[f"{step} {size} {scheme}"] = found

    return seen


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_a_reader_without_scripts_is_told_and_led_to_the_market(
    browser: Browser, site: str, link: str, look: Look, faults: dict[str, Any], locale: str
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/{locale}/go/{link}")
    assert page.locator("code").inner_text() == URL
    with page.expect_response(lambda answer: answer.request.method == "POST") as waited:
        page.get_by_role("button", name={"ja": "へ進む", "en": "Go to"}[locale]).click(no_wait_after=True)
    answer = waited.value
    assert (answer.status, answer.headers["location"]) == (303, URL)
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert model.Session.query(MarketClick).one().count == 1
    context.close()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/{locale}/go/{link}")
    look(page, f"go-{locale}")
    tk.get_action("orden_market_market_update")({"user": "chief"}, {"code": "jdex", "enabled": False})
    answer = page.goto(f"{site}/{locale}/go/{link}")
    assert answer
    assert answer.status == 410
    look(page, f"closed-{locale}")
    context.close()
    assert faults == {}


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_a_sysadmin_registers_a_market_and_switches_it_off(
    browser: Browser, site: str, link: str, look: Look, faults: dict[str, Any], locale: str
):
    context = browser.new_context()
    log_in(context, site, "chief")
    page = context.new_page()
    page.goto(f"{site}/{locale}/ckan-admin/markets/")
    look(page, f"markets-{locale}")
    page.goto(f"{site}/{locale}/ckan-admin/markets/new")
    page.locator("#market-code").fill("osaka")
    page.locator("#market-name_ja").fill("大阪データ市場")
    page.locator("#market-hosts").fill("market.example.jp:8443")
    page.locator("form.o-panel button[type=submit]").click()
    page.wait_for_load_state()
    look(page, f"market-wrong-{locale}")
    assert page.locator("#market-hosts").input_value() == "market.example.jp:8443"
    assert page.locator("#market-hosts-said").is_visible()
    page.locator("#market-hosts").fill("market.example.jp\nshop.example.jp")
    page.locator("form.o-panel button[type=submit]").click()
    page.wait_for_load_state()
    look(page, f"markets-two-{locale}")
    page.get_by_role("link", name="大阪データ市場").click()
    page.locator("input[name=enabled]").uncheck()
    page.locator("form.o-panel button[type=submit]").first.click()
    page.wait_for_load_state()
    shown = {market["code"]: market for market in tk.get_action("orden_market_market_list")({}, {})}
    assert shown["osaka"]["hosts"] == ["market.example.jp", "shop.example.jp"]
    assert not shown["osaka"]["enabled"]
    page.goto(f"{site}/{locale}/ckan-admin/markets/osaka")
    look(page, f"market-{locale}")
    page.locator("form[action$=delete] button").click()
    page.wait_for_load_state()
    assert [market["code"] for market in tk.get_action("orden_market_market_list")({}, {})] == ["jdex"]
    context.close()
    assert faults == {}
