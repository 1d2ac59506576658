"""An offer's way in a real browser: written with a gap, mended, handed in, returned with a reason, published."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from playwright.sync_api import Browser, Page

from .browsing import CHROMIUM, PASSWORD, log_in, looked_at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]
SIZES = {"phone": 390, "desktop": 1280}
WORDS = {
    "ja": {
        "write": "提供条件を書く",
        "mode": "定額",
        "fields": "この料金の形の項目を表示",
        "price": "価格",
        "tax": "消費税",
        "included": "税込",
        "licence": "ライセンス",
        "api": "API（取得）",
        "save": "下書きを保存",
        "preview": "確かめて見本を表示",
        "submit": "審査に出す",
        "edit": "編集",
        "missing": "下書きを保存しました。",
        "handed in": "審査に出しました。",
        "return": "提供者に差し戻す",
        "reason": "理由",
        "returned": "審査担当者がこの提供条件を差し戻しました",
        "publish": "公開する",
        "published": "提供条件を公開しました。",
        "no amount": "「価格」が金額ではありません。",
        "line": "月額 50,000円（税込）",
    },
    "en": {
        "write": "Write an offer",
        "mode": "Subscription",
        "fields": "Show the fields for this",
        "price": "Price",
        "tax": "Tax",
        "included": "Tax included",
        "licence": "Licence",
        "api": "API to ask",
        "save": "Save draft",
        "preview": "Check and preview",
        "submit": "Hand in for review",
        "edit": "Edit",
        "missing": "The draft is saved.",
        "handed in": "The offer was handed in.",
        "return": "Return to the provider",
        "reason": "Reason",
        "returned": "A reviewer has returned this offer",
        "publish": "Publish",
        "published": "The offer is published.",
        "no amount": "“Price” is no amount.",
        "line": "¥50,000 per month (tax included)",
    },
}


@dataclass
class Way:
    """The provider's and the reviewer's windows, and what was wrong with the pages they have seen."""

    site: str
    language: str
    scripts: bool
    seller: Page
    reviewer: Page
    shots: Path
    faults: dict[str, Any] = field(default_factory=dict)
    taken: int = 0

    def __getitem__(self, word: str) -> str:
        return WORDS[self.language][word]

    def open(self, page: Page, path: str) -> None:
        page.goto(f"{self.site}{'/en' if self.language == 'en' else ''}{path}")

    def press(self, page: Page, word: str) -> None:
        page.get_by_role("button", name=self[word], exact=False).first.click()
        page.wait_for_load_state()

    def look(self, page: Page, step: str) -> None:
        """A picture of the page on a phone and on a desk, and what keeps people out there."""
        self.taken += 1
        for size, width in SIZES.items():
            page.set_viewport_size({"width": width, "height": 900})
            name = f"{self.language}{'' if self.scripts else '-plain'}-{self.taken:02}-{step}-{size}.png"
            page.screenshot(path=self.shots / name, full_page=True)
            if not self.scripts:
                continue
            seen = looked_at(page)
            if seen["too wide"] or seen["barriers"]:
                self.faults[f"{step} ({size})"] = seen


@pytest.fixture
def company(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A company with an editor and a paid dataset, and the organization that reviews."""
    monkeypatch.setitem(ckan_config, "ckanext.orden.market.reviewers", "kenpo")
    for name in ("seller", "reviewer"):
        factories.User(name=name, password=PASSWORD)
    people = [{"name": "seller", "capacity": "editor"}]
    factories.Organization(name="naniwa", title="なにわ研究所", users=people, orden_org_kind="private")
    factories.Organization(name="kenpo", title="審査会", users=[{"name": "reviewer", "capacity": "editor"}])
    made = {
        "name": "footfall",
        "title": "駅周辺の人流",
        "notes": "1時間ごとの人数です。",
        "owner_org": "naniwa",
        "license_id": "other-closed",
        "fee": "有償",
    }
    tk.get_action("package_create")({"user": "seller"}, made)


@pytest.fixture(params=[("en", True), ("ja", False)], ids=["en", "ja-without-scripts"])
def way(request: pytest.FixtureRequest, browser: Browser, site: str, company: None, tmp_path: Path) -> Iterator[Way]:
    language, scripts = request.param
    contexts = [browser.new_context(java_script_enabled=scripts) for _ in range(2)]
    for name, context in zip(("seller", "reviewer"), contexts, strict=True):
        log_in(context, site, name)
    shots = Path(os.environ.get("ORDEN_SHOTS", tmp_path))
    yield Way(site, language, scripts, contexts[0].new_page(), contexts[1].new_page(), shots)
    for context in contexts:
        context.close()


def write(way: Way) -> None:
    page = way.seller
    way.open(page, "/dataset/footfall")
    page.locator("a[href$='/dataset/footfall/offers']").first.click()
    page.wait_for_load_state()
    way.look(page, "no-offers")
    page.get_by_role("link", name=way["write"]).click()
    page.wait_for_load_state()
    assert page.locator("#field-period").is_hidden()
    page.get_by_role("radio", name=way["mode"]).check()
    if not way.scripts:
        way.press(page, "fields")
    assert page.locator("#field-period").is_visible()
    page.locator("#field-title-ja").fill("駅周辺の人流（月額）")
    page.locator("#field-title-en").fill("Footfall, monthly")
    page.locator("#field-price").fill("五万円ぐらい")
    page.locator("[name=period]").fill("1")
    way.press(page, "save")
    assert page.get_by_text(way["no amount"]).first.is_visible()
    assert page.locator("#field-price").input_value() == "五万円ぐらい"
    assert page.locator("#field-title-ja").input_value() == "駅周辺の人流（月額）"
    way.look(page, "wrong")


def save_with_gaps(way: Way) -> None:
    page = way.seller
    page.locator("#field-price").fill("50000")
    page.locator("#field-tax").select_option("included")
    if way.scripts:
        page.locator("[data-orden-box]").get_by_text(way["line"]).wait_for()
        page.locator("[data-orden-box] .o-offer a").first.click()
        assert page.locator("#field-price").input_value() == "50000", "no button of the box leads away"
    way.press(page, "preview")
    assert page.locator("[data-orden-box]").get_by_text(way["line"]).is_visible()
    way.look(page, "preview")
    way.press(page, "save")
    assert page.get_by_text(way["missing"]).is_visible()
    assert page.get_by_role("button", name=way["submit"]).count() == 0
    way.look(page, "gaps")


def mend_and_hand_in(way: Way) -> None:
    page = way.seller
    page.get_by_role("link", name=way["edit"]).first.click()
    page.wait_for_load_state()
    way.look(page, "edit")
    page.locator("input[name=delivery][value=api_pull]").check()
    page.locator("#field-contract").select_option("license")
    page.locator("input[name=allowed_use][value=commercial]").check()
    page.locator("[name='allowed_use-other']").fill("大阪・関西の防災計画")
    way.press(page, "save")
    way.press(page, "submit")
    assert page.get_by_text(way["handed in"]).is_visible()
    way.look(page, "in-review")


def send_back(way: Way) -> None:
    page = way.reviewer
    way.open(page, "/market/review")
    way.look(page, "queue")
    page.get_by_role("link", name=way["return"]).click()
    page.wait_for_load_state()
    way.press(page, "return")
    assert page.locator("#field-reason-said").is_visible()
    way.look(page, "no-reason")
    page.get_by_label(way["reason"]).fill("利用許諾の期間を書いてください。")
    way.press(page, "return")


def hand_in_again(way: Way) -> None:
    page = way.seller
    page.reload()
    assert page.get_by_text(way["returned"]).is_visible()
    assert page.get_by_text("利用許諾の期間を書いてください。").first.is_visible()
    way.look(page, "returned")
    page.get_by_role("link", name=way["edit"]).first.click()
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    page.locator("#field-licence_term").fill("P1Y")
    page.locator("[name=links-url]").first.fill("https://www.service.jdex.jp/items/1")
    page.locator(".o-actions button[value=submit]").click()
    page.wait_for_load_state()
    assert page.get_by_text(way["handed in"]).is_visible()


def publish(way: Way) -> None:
    page = way.reviewer
    way.open(page, "/market/review")
    stale = page.context.new_page()
    way.open(stale, "/market/review")
    way.press(page, "publish")
    assert page.get_by_text(way["published"]).is_visible()
    way.look(page, "published")
    way.press(stale, "publish")
    assert stale.get_by_role("alert").or_(stale.locator(".alert-danger")).get_by_text("reviewer").first.is_visible()
    way.look(stale, "too-late")
    way.open(way.seller, "/organization/naniwa/offers")
    assert way.seller.locator("[aria-labelledby=links] tbody tr").count() == 1
    way.look(way.seller, "organization")


def use_the_table(way: Way) -> None:
    page = way.seller
    way.open(page, "/organization/naniwa/offers")
    with page.expect_download() as download:
        page.locator("a[href$='offers.csv']").click()
    taken_out = download.value.path().read_text(encoding="utf-8-sig")
    changed = taken_out.replace("50000", "60000") + "footfall,,,時間帯別,,,,,高い\n"
    upload = {"name": "offers.csv", "mimeType": "text/csv", "buffer": changed.encode("cp932")}
    page.locator("#upload").set_input_files([upload])  # pyright: ignore[reportArgumentType]
    page.locator("form[enctype] button").click()
    page.wait_for_load_state()
    assert page.locator(".o-table code").all_inner_texts() == ["price_mode"]
    way.look(page, "table")
    page.locator("form:has(input[name=table]) button").click()
    page.wait_for_load_state()
    way.look(page, "table-applied")
    page.locator("main a[href*='/market/offer/'], .primary a[href*='/market/offer/']").first.click()
    page.wait_for_load_state()
    assert page.locator("ins").first.inner_text() == "60000"
    way.look(page, "next-version")


def test_offer_is_written_returned_mended_and_published(way: Way):
    for step in (write, save_with_gaps, mend_and_hand_in, send_back, hand_in_again, publish, use_the_table):
        step(way)
    offers = tk.get_action("package_show")({}, {"id": "footfall"})["orden_market"]["offers"]
    assert [(offer["price"], offer["allowed_use"], offer["licence_term"]) for offer in offers] == [
        ("50000", ["commercial", "other:大阪・関西の防災計画"], "P1Y")
    ]
    assert way.faults == {}
