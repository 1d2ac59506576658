"""What visitors see of offers: the box of a dataset, the comparison, the list of all; on a phone and on a desk."""

from __future__ import annotations

import os
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from market.conftest import OFFER
from playwright.sync_api import Browser

from .browsing import CHROMIUM, CLEAN, looked_at, visit
from .conftest import HOSTILE, Look, dataset

pytestmark = [pytest.mark.usefixtures("with_plugins")]

JDEX = "https://www.service.jdex.jp/items/nm-2041"
FREE: dict[str, Any] = {
    "title": {"ja": "見本データ", "en": "Sample data"},
    "price_mode": "free",
    "delivery": ["file_once"],
    "licence": "other-closed",
    "seller": "なにわ研究所",
    "buyers": "anyone",
    "allowed_use": ["research"],
    "resale": False,
}
MONTHLY: dict[str, Any] = {
    **OFFER,
    "title": {"ja": "API 月額利用", "en": "API, monthly"},
    "summary": {"ja": "府内全域の250mメッシュ、15分ごと。", "en": "250 m mesh of the prefecture, every 15 minutes."},
    "minimum_term": "P3M",
    "nda": True,
    "forbidden_use": ["military", "identification"],
    "disclosure": "company",
    "regions": ["JP"],
    "resale": False,
    "attribution": True,
    "licence_term": "P1Y",
    "warranty": ["consent"],
    "availability": "99.5",
    "response_time": "P1D",
    "valid_through": "2099-03-31",
    "law": "JP",
    "links": [{"market": "jdex", "url": JDEX}],
}
ASK: dict[str, Any] = {
    **{name: value for name, value in OFFER.items() if name not in ("price", "tax", "period")},
    "title": {"ja": "個別のご相談", "en": "By arrangement"},
    "price_mode": "negotiation",
    "delivery": ["individual"],
    "allowed_use": ["individual"],
    "inquiry": "email",
}
SECRET = {**OFFER, "title": {"ja": "秘密の提供"}, "buyers": "named", "buyer_organizations": ["toyonaka"]}


def publish(name: str, *offers: dict[str, Any]) -> None:
    for offer in offers:
        made = tk.get_action("orden_market_offer_create")({"user": "seller"}, {"dataset": name, "offer": offer})
        tk.get_action("orden_market_offer_submit")({"user": "seller"}, {"id": made["id"]})
        tk.get_action("orden_market_offer_publish")({"user": "judge"}, {"id": made["id"]})


@pytest.fixture()
def market(built: list[str], request: pytest.FixtureRequest) -> None:
    """A dataset with four offers, one of them for a named buyer; one with a hostile offer; one without any."""
    if built:
        return
    for emptied in ("clean_db", "clean_index"):
        request.getfixturevalue(emptied)
    built.append("market")
    for name in ("seller", "judge"):
        factories.Sysadmin(name=name)
    naniwa = factories.Organization(name="naniwa", title="なにわ研究所", image_url="", orden_org_kind="private")
    factories.Organization(name="toyonaka", title="豊中市", image_url="", orden_org_kind="public")
    paid = {"fee": "有償", "license_id": "other-closed", "pricing_price_range": "昔の価格", "resources": []}
    sample = {**paid, "resources": [{"name": "見本", "format": "CSV", "url": "https://example.jp/sample.csv"}]}
    for name, title, fields in (
        ("footfall", "駅周辺の人流", sample),
        ("hostile", "わるい提供", paid),
        ("old", "提供条件のない有償データ", paid),
    ):
        data = dataset(name=name, title=title, owner_org=naniwa["id"], **fields)
        made = tk.get_action("package_create")({"user": "seller"}, data)
        if name == "footfall":
            publish(name, {**FREE, "sample": made["resources"][0]["id"]}, MONTHLY, ASK, SECRET)
    hostile = {
        "title": {"ja": HOSTILE},
        "summary": {"ja": HOSTILE},
        "seller": HOSTILE,
        "seller_url": "https://x.example/",
    }
    publish("hostile", {**MONTHLY, **hostile, "inquiry": "url", "links": []})


@pytest.fixture()
def offered(market: None) -> None:
    """The offers, for tests that only look at them."""


def test_box_shows_price_terms_and_next_step(offered: None, look: Look):
    page = look("/dataset/footfall")
    boxes = {box.one("h3").text: box for box in page.all("li", "o-offer")}
    assert list(boxes) == ["見本データ", "API 月額利用", "個別のご相談"]
    monthly = boxes["API 月額利用"]
    assert monthly.one("p", "o-price").text.startswith("月額 50,000円（税込）")
    assert "最低契約期間 3か月" in monthly.text
    assert [line.text for line in monthly.one("ul", "o-terms").all("li")] == [
        "認める利用：商用利用",
        "禁止する利用：個人の特定、軍事利用",
        "再販売できません",
        "見せてよい範囲：自社",
        "使える地域：日本",
        "使える期間：1年間",
        "出典の表示が必要です",
        "秘密保持契約が必要です",
    ]
    link = monthly.one("a", "o-btn")
    assert link["rel"] == "nofollow noopener noreferrer"
    assert JDEX in look(link["href"]).text
    assert "2099年3月31日" in monthly.text
    [question] = [link for link in monthly.all("a") if "/market/inquiry/new?offer=" in link["href"]]
    assert question.text.startswith("提供者に問い合わせる")
    assert "危機管理課" in boxes["個別のご相談"].text
    [sample] = [link for link in boxes["見本データ"].all("a") if "/resource/" in link["href"]]
    assert sample.text.startswith("サンプルを見る")


def test_box_speaks_the_readers_language(offered: None, look: Look):
    text = look("/en/dataset/footfall").one("section", **{"aria-labelledby": "offers"}).text
    for words in ("¥50,000 per month (tax included)", "May not be resold", "Allowed: Commercial use", "31 Mar 2099"):
        assert words in text


def test_offers_take_the_place_of_the_old_price(offered: None, look: Look):
    assert "昔の価格" not in look("/dataset/footfall").one("section", **{"aria-labelledby": "offers"}).text
    assert not look("/dataset/footfall").all("section", "o-access")
    assert "昔の価格" in look("/dataset/old").one("section", "o-access").text


def test_comparison_marks_what_differs_and_leaves_out_what_nobody_states(offered: None, look: Look):
    body = look("/dataset/footfall").one("table", "o-compare").one("tbody")
    rows = {row.one("th").text: row for row in body.all("tr")}
    assert "is-different" in rows["価格 違いあり"]["class"]
    assert "is-different" not in rows["提供者"]["class"]
    assert "独占的な提供" not in {name.replace(" 違いあり", "") for name in rows}
    assert not look("/dataset/hostile").all("table", "o-compare")


def test_what_providers_write_is_text(offered: None, look: Look):
    for path in ("/dataset/hostile", "/market/offers"):
        page = look(path)
        assert not page.all("img", onerror="alert(1)")
        assert HOSTILE in page.text
    assert not look("/dataset/hostile").all("a", href="https://x.example/")


@pytest.mark.parametrize("path", ["/dataset/footfall", "/market/offers", "/dataset/", "/market/offers?q=秘密"])
def test_offer_to_a_named_buyer_is_on_no_page_of_others(path: str, offered: None, look: Look):
    assert "秘密の提供" not in look(path).text


def test_result_card_tells_the_cheapest_offer(offered: None, look: Look):
    cards = {card.one("a").text: card for card in look("/dataset/").all("article", "o-card")}
    assert "無償 ほか2件" in cards["駅周辺の人流"].text
    assert "昔の価格" in cards["提供条件のない有償データ"].text
    assert "月額 50,000円（税込）" in cards["わるい提供"].text


def test_home_footer_and_menu_lead_to_the_offers(offered: None, look: Look):
    page = look("/")
    for place in (page.one("header"), page.one("section", "o-gates"), page.one("footer")):
        assert place.all("a", href="/market/offers")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=メッシュ", {"API 月額利用"}),
        ("price_mode=negotiation", {"個別のご相談"}),
        ("delivery=file_once", {"見本データ"}),
        ("market=jdex", {"API 月額利用"}),
        ("organization=naniwa&q=見本", {"見本データ"}),
        ("organization=toyonaka", set()),
        ("max_price=49999", {"見本データ"}),
        ("min_price=50000&price_mode=subscription&q=メッシュ", {"API 月額利用"}),
    ],
)
def test_list_is_narrowed_by_words_and_conditions(query: str, titles: set[str], offered: None, look: Look):
    found = {card.one("h2").text for card in look(f"/market/offers?{query}").all("article", "o-card")}
    assert found == titles


def test_list_keeps_what_was_chosen_and_refuses_what_is_no_choice(offered: None, look: Look):
    page = look("/market/offers?price_mode=usage&q=a%22b")
    assert page.one("option", value="usage", selected="selected").text == "従量"
    assert page.one("input", id="words")["value"] == 'a"b'
    assert "提供条件が見つかりませんでした" in page.text
    look("/market/offers?price_mode=x", status=400)
    look("/market/offers?page=99999999999999999999")


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_of_offers_are_whole_and_open_to_everyone(
    browser: Browser, offered: None, site: str, language: str, tmp_path: Path
):
    shots = Path(os.environ.get("ORDEN_SHOTS") or tmp_path)
    paths = ("/dataset/footfall", "/dataset/hostile", "/market/offers", "/market/offers?q=zzz", "/dataset/", "/")
    faults = {}
    for width, colours in product((390, 1280), ("light", "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=colours)
        found = {(path, width, colours): visit(context, site + language + path) for path in paths}
        faults.update({which: seen for which, seen in found.items() if seen != CLEAN})
        page = context.new_page()
        page.goto(f"{site}{language}/market/offers?min_price=cheap&max_price=1")
        page.screenshot(path=shots / f"wrong-price-{language[1:]}-{width}-{colours}.png", full_page=True)
        assert page.locator(".o-field--error [aria-invalid=true]").input_value() == "cheap"
        assert looked_at(page) == {name: CLEAN[name] for name in ("too wide", "barriers")}
        context.close()
    assert faults == {}


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
@pytest.mark.parametrize("width", [390, 1280])
def test_offer_is_found_and_read_without_scripts(
    browser: Browser, offered: None, site: str, width: int, tmp_path: Path
):
    shots = Path(os.environ.get("ORDEN_SHOTS") or tmp_path)
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/market/offers")
    page.screenshot(path=shots / f"offers-{width}.png", full_page=True)
    page.get_by_label("料金の形").select_option("subscription")
    page.locator("#words").fill("人流")
    page.get_by_role("button", name="検索").click()
    page.get_by_role("link", name="API 月額利用").click()
    assert page.get_by_role("heading", level=1).inner_text() == "駅周辺の人流"
    assert page.get_by_text("月額 50,000円（税込）").first.is_visible()
    page.screenshot(path=shots / f"dataset-{width}.png", full_page=True)
    foot = page.locator("footer").last.evaluate("node => node.getBoundingClientRect().bottom + scrollY")
    assert page.evaluate("document.documentElement.scrollHeight") <= foot + 1
    assert page.locator(".o-compare__of").first.is_visible() == (width == 390)
    others = {"en": "/en/dataset/footfall", "search": "/dataset/", "home": "/", "en-offers": "/en/market/offers"}
    for name, path in others.items():
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.screenshot(path=shots / f"{name}-{width}.png", full_page=True)
    context.close()
