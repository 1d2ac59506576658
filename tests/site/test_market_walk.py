"""The market's whole way in a real browser: offer, review, publication, search, inquiry, answer; then by keyboard."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.correspondence import forms
from market.conftest import OFFER
from playwright.sync_api import Browser, Page

from .browsing import CHROMIUM, PASSWORD, fill_login, log_in, looked_at, watched

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
FINE = {"too wide": False, "barriers": []}
WORDS = {
    "ja": {
        "path": "",
        "scheme": "light",
        "write": "提供条件を書く",
        "subscription": "定額",
        "preview": "確かめて見本を表示",
        "save": "下書きを保存",
        "submit": "審査に出す",
        "edit": "編集",
        "return": "提供者に差し戻す",
        "publish": "公開する",
        "reason": "理由",
        "line": "月額 50,000円（税込）",
        "paid": "有償",
        "menu": "メニュー",
        "offers": "データの提供条件",
        "search": "検索",
        "more": "くわしい条件",
        "ask": "提供者に問い合わせる",
        "log in": "ログインしてこのフォームに戻る",
        "purpose": "データの利用目的",
        "text": "内容",
        "send": "問い合わせを送る",
        "inquiries": "問い合わせ",
        "answer": "回答を送る",
        "mine": "自分の問い合わせ",
        "answered": "回答済み",
    },
    "en": {
        "path": "/en",
        "scheme": "dark",
        "write": "Write an offer",
        "subscription": "Subscription",
        "preview": "Check and preview",
        "save": "Save draft",
        "submit": "Hand in for review",
        "edit": "Edit",
        "return": "Return to the provider",
        "publish": "Publish",
        "reason": "Reason",
        "line": "¥50,000 per month (tax included)",
        "paid": "Paid",
        "menu": "Menu",
        "offers": "Offers of data",
        "search": "Search",
        "more": "More about this offer",
        "ask": "Ask the provider",
        "log in": "log in and come back to this form",
        "purpose": "What do you want the data for?",
        "text": "Message",
        "send": "Send the inquiry",
        "inquiries": "Inquiries",
        "answer": "Send the answer",
        "mine": "My inquiries",
        "answered": "Answered",
    },
}


@dataclass
class Walk:
    """The windows of provider, reviewer and buyer, and what was wrong with what they have seen."""

    site: str
    language: str
    shots: str
    """A folder for pictures; none are taken without it."""
    provider: Page
    reviewer: Page
    buyer: Page
    faults: dict[str, Any] = field(default_factory=dict)
    taken: int = 0

    def __getitem__(self, word: str) -> str:
        return WORDS[self.language][word]

    def open(self, page: Page, path: str) -> None:
        page.goto(f"{self.site}{self['path']}{path}")

    def press(self, page: Page, word: str) -> None:
        page.get_by_role("button", name=self[word]).first.click()
        page.wait_for_load_state()

    def follow(self, page: Page, word: str) -> None:
        page.locator("main, .main, header").get_by_role("link", name=self[word]).first.click()
        page.wait_for_load_state()

    def look(self, page: Page, step: str) -> None:
        """A picture of the page, and what keeps people out there."""
        self.taken += 1
        if self.shots:
            name = f"walk-{self.language}-{self.taken:02}-{step}.png"
            page.screenshot(path=Path(self.shots) / name, full_page=True)
        if (seen := looked_at(page)) != FINE:
            self.faults[step] = seen


@pytest.fixture
def people(
    with_plugins: None, clean_db: None, clean_index: None, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A company with an editor and a paid dataset, the organization that reviews, and a buyer."""
    monkeypatch.setitem(ckan_config, "ckanext.orden.market.reviewers", "kenpo")
    monkeypatch.setattr(forms, "SHORTEST", 0)
    for name in ("provider", "reviewer", "buyer"):
        factories.User(name=name, password=PASSWORD)
    for name, title, user in (("naniwa", "なにわ研究所", "provider"), ("kenpo", "審査会", "reviewer")):
        users = [{"name": user, "capacity": "editor"}]
        factories.Organization(name=name, title=title, users=users, image_url="", orden_org_kind="private")
    made = {"name": "footfall", "title": "駅周辺の人流", "notes": "1時間ごとの人数です。", "owner_org": "naniwa"}
    tk.get_action("package_create")({"user": "provider"}, {**made, "license_id": "other-closed", "fee": "有償"})


@pytest.fixture(params=WORDS)
def walk(request: pytest.FixtureRequest, browser: Browser, site: str, people: None) -> Iterator[Walk]:
    scheme = WORDS[request.param]["scheme"]
    contexts = [browser.new_context(viewport=size, color_scheme=scheme) for size in (DESK, DESK, PHONE)]  # pyright: ignore[reportArgumentType]
    for name, context in zip(("provider", "reviewer"), contexts, strict=False):
        log_in(context, site, name)
    complaints = [watched(context) for context in contexts]
    shots = os.environ.get("ORDEN_SHOTS", "")
    provider, reviewer, buyer = (context.new_page() for context in contexts)
    yield Walk(site, request.param, shots, provider, reviewer, buyer)
    for context in contexts:
        context.close()
    assert complaints == [[], [], []]


def write(walk: Walk) -> None:
    page = walk.provider
    walk.open(page, "/dataset/footfall/offers")
    walk.follow(page, "write")
    page.get_by_role("radio", name=walk["subscription"]).check()
    page.locator("#field-title-ja").fill("駅周辺の人流（月額）")
    page.locator("#field-title-en").fill("Footfall, monthly")
    page.locator("#field-price").fill("50000")
    page.locator("#field-tax").select_option("included")
    page.locator("[name=period]").fill("1")
    page.locator("input[name=delivery][value=api_pull]").check()
    page.locator("#field-contract").select_option("license")
    page.locator("#field-inquiry").select_option("form")
    page.locator("input[name=allowed_use][value=commercial]").check()
    page.locator("[data-orden-box]").get_by_text(walk["line"]).wait_for()
    walk.press(page, "preview")
    assert page.locator("[data-orden-box]").get_by_text(walk["line"]).is_visible()
    walk.look(page, "preview")
    walk.press(page, "save")
    walk.press(page, "submit")
    walk.look(page, "in-review")


def send_back(walk: Walk) -> None:
    page = walk.reviewer
    walk.open(page, "/market/review")
    walk.look(page, "queue")
    walk.follow(page, "return")
    page.get_by_label(walk["reason"]).fill("利用許諾の期間を書いてください。")
    walk.look(page, "return")
    walk.press(page, "return")


def mend(walk: Walk) -> None:
    page = walk.provider
    page.reload()
    assert page.get_by_text("利用許諾の期間を書いてください。").first.is_visible()
    walk.look(page, "returned")
    walk.follow(page, "edit")
    page.locator("details:has(#field-licence_term) > summary").click()
    page.locator("#field-licence_term").fill("P1Y")
    page.locator(".o-actions button[value=submit]").click()
    page.wait_for_load_state()


def publish(walk: Walk) -> None:
    walk.open(walk.reviewer, "/market/review")
    walk.press(walk.reviewer, "publish")
    walk.look(walk.reviewer, "published")


def find(walk: Walk) -> None:
    page = walk.buyer
    walk.open(page, "/dataset/")
    page.locator("details.o-facets > summary").click()
    page.locator(".o-facet a").filter(has_text=walk["paid"]).first.click()
    page.wait_for_load_state()
    assert page.locator("article.o-card").get_by_text(walk["line"]).is_visible()
    walk.look(page, "found")
    page.locator("details.o-menu > summary").click()
    walk.follow(page, "offers")
    page.locator("#words").fill("人流")
    walk.press(page, "search")
    walk.look(page, "offers")
    page.locator("article.o-card h2 a").click()
    page.wait_for_load_state()


def ask(walk: Walk) -> None:
    page = walk.buyer
    box = page.locator(".o-offer")
    assert walk["line"] in box.inner_text().replace("\n", "")
    box.get_by_text(walk["more"]).click()
    assert box.get_by_text("なにわ研究所").first.is_visible()
    walk.look(page, "dataset")
    walk.follow(page, "ask")
    form = page.url
    walk.look(page, "form-of-a-stranger")
    walk.follow(page, "log in")
    fill_login(page, "buyer")
    assert page.url == form
    page.get_by_label(walk["purpose"]).fill("出店計画の検討")
    page.get_by_label(walk["text"]).fill("見積もりをお願いします。")
    walk.look(page, "form")
    walk.press(page, "send")
    walk.look(page, "sent")


def answer(walk: Walk) -> None:
    page = walk.provider
    walk.open(page, "/organization/naniwa")
    walk.look(page, "organization")
    walk.follow(page, "inquiries")
    walk.look(page, "inquiries")
    page.get_by_role("link", name="駅周辺の人流").first.click()
    page.locator("#field-answer").fill("お見積もりをお送りします。")
    walk.look(page, "answer")
    walk.press(page, "answer")


def read(walk: Walk) -> None:
    page = walk.buyer
    page.locator("details.o-account > summary").click()
    walk.follow(page, "mine")
    assert page.locator(".o-table .o-mark").inner_text() == walk["answered"]
    walk.look(page, "mine")
    page.get_by_role("link", name="駅周辺の人流").click()
    page.wait_for_load_state()
    assert page.get_by_text("お見積もりをお送りします。").is_visible()
    walk.look(page, "answered")


def test_offer_goes_from_its_provider_to_a_buyer_and_the_answer_comes_back(walk: Walk):
    for step in (write, send_back, mend, publish, find, ask, answer, read):
        step(walk)
    assert walk.faults == {}


SEEN = """() => {
    const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
    const ring = [at, at.parentElement, at.closest('.o-search')].filter(Boolean).map((part) => getComputedStyle(part))
        .some((part) => part.outlineStyle !== 'none' && parseFloat(part.outlineWidth) >= 2);
    return {what: at.tagName + '#' + at.id + ' ' + at.className + ' ' + (at.textContent || '').trim().slice(0, 40),
            end: at === document.body, seen: ring && box.width > 1 && box.height > 1 && style.visibility === 'visible'};
}"""


def unseen(page: Page) -> list[str]:
    """Every stop of the tabulator that shows no ring, or nothing at all."""
    page.wait_for_load_state()
    hidden, stops = [], 0
    while stops < 200:
        page.keyboard.press("Tab")
        stop = page.evaluate(SEEN)
        if stop["end"]:
            break
        stops += 1
        if not stop["seen"]:
            hidden.append(stop["what"])
    assert 20 < stops < 200
    return hidden


@pytest.mark.usefixtures("people")
def test_market_is_used_by_keyboard_and_shows_where_one_is(browser: Browser, site: str):
    def act(who: str, action: str, **data: Any) -> Any:
        return tk.get_action(f"orden_market_offer_{action}")({"user": who}, data)

    offer = act("provider", "create", dataset="footfall", offer=OFFER)["id"]
    act("provider", "submit", id=offer)
    act("reviewer", "publish", id=offer)
    context = browser.new_context(viewport=PHONE)  # pyright: ignore[reportArgumentType]
    log_in(context, site, "provider")
    page = context.new_page()
    paths = ("/dataset/", "/market/offers", "/dataset/footfall", f"/market/inquiry/new?offer={offer}")
    for path in (*paths, "/organization/naniwa/offers", f"/market/offer/{offer}", "/dataset/footfall/offers/new"):
        page.goto(site + path)
        assert (path, unseen(page)) == (path, [])
    page.locator("input[name=price_mode][value=free]").focus()
    page.keyboard.press("Space")
    assert page.locator("#field-price").is_hidden()
    page.keyboard.press("ArrowDown")
    assert page.locator("input[name=price_mode][value=one_off]").is_checked()
    assert page.locator("#field-price").is_visible()
    page.goto(f"{site}/dataset/")
    page.locator("details.o-facets > summary").focus()
    page.keyboard.press("Enter")
    page.locator(".o-facet a").filter(has_text="定額").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**vocab_orden_price_mode=subscription**")
    page.goto(f"{site}/dataset/footfall")
    page.locator(".o-offer summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".o-offer details dl").is_visible()
    page.locator(".o-offer__acts a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/market/inquiry/new**")
    context.close()
