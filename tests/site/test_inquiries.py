"""Direct dealing in a real browser: form, confirmation, thread, desk; without scripts, on a phone and on a desk."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ckan.lib import mailer
from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.correspondence import forms
from ckanext.orden.market.inquiries import mails
from playwright.sync_api import Browser, BrowserContext, Page

from .browsing import CHROMIUM, FINE, PASSWORD, log_in, looked_at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]
SIZES = {"phone": 390, "desktop": 1280}
WORDS: dict[str, dict[str, str]] = {
    "ja": {
        "name": "お名前",
        "mail": "メールアドレス",
        "purpose": "データの利用目的",
        "text": "内容",
        "go": "メールアドレスの確認に進む",
        "confirm": "確認して問い合わせを送る",
        "answer": "回答を送る",
        "ask": "送信する",
        "close": "終了する",
        "closed": "終了",
        "closing": "問い合わせを終了する",
        "reason": "理由",
        "path": "",
    },
    "en": {
        "name": "Your name",
        "mail": "E-mail address",
        "purpose": "What do you want the data for?",
        "text": "Message",
        "go": "Go on to confirm the address",
        "confirm": "Confirm and send the inquiry",
        "answer": "Send the answer",
        "ask": "Send the message",
        "close": "Close",
        "closed": "Closed",
        "closing": "Close the inquiry",
        "reason": "Reason",
        "path": "/en",
    },
}


@pytest.fixture
def paid() -> str:
    """A paid dataset of a company with one editor."""
    store: Any = connect_to_redis()
    for key in store.scan_iter("orden:inquiries:*"):
        store.delete(key)
    factories.User(name="editor", password=PASSWORD, email="editor@naniwa.example.jp")
    seller = [{"name": "editor", "capacity": "admin"}]
    factories.Organization(name="naniwa", title="なにわ研究所", users=seller, orden_org_kind="private", image_url="")
    made = {
        "name": "footfall",
        "title": "駅周辺の人流",
        "notes": "1時間ごとの人数です。",
        "owner_org": "naniwa",
        "license_id": "other-closed",
        "fee": "有償",
    }
    tk.get_action("package_create")({"user": "editor"}, made)
    return "footfall"


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The mails of the site: (address, text)."""
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(mailer, "mail_recipient", lambda name, to, subject, body, **_: sent.append((to, body)))
    return sent


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for the three seconds of the form."""
    monkeypatch.setattr(forms, "SHORTEST", 0)


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


@pytest.fixture
def clerk(browser: Browser, site: str, paid: str) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False)
    log_in(context, site, "editor")
    yield context
    context.close()


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("ORDEN_SHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.usefixtures("patient")
def test_inquiry_goes_from_a_stranger_to_the_provider_and_back(
    *,
    language: str,
    site: str,
    paid: str,
    visitor: BrowserContext,
    clerk: BrowserContext,
    browser: Browser,
    post: list[tuple[str, str]],
    shots: Path,
):
    words, faults = WORDS[language], {}

    def look(page: Page, step: str) -> None:
        """The page as it is on a phone and on a desk; axe is a script and has a window of its own."""
        for size, width in SIZES.items():
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=shots / f"inquiry-{language}-{step}-{size}.png", full_page=True)
            context = browser.new_context(
                viewport={"width": width, "height": 900}, storage_state=page.context.storage_state()
            )
            other = context.new_page()
            other.goto(page.url)
            if (seen := looked_at(other)) != FINE:
                faults[step, size] = seen
            context.close()

    page, desk = visitor.new_page(), clerk.new_page()
    page.goto(f"{site}{words['path']}/market/inquiry/new?dataset={paid}")
    look(page, "1-form")
    page.get_by_label(words["name"]).fill("山田花子")
    page.get_by_label(words["mail"]).first.fill("hanako@buyer.example.jp")
    page.get_by_label(words["purpose"]).fill("出店計画の検討")
    page.get_by_label(words["text"]).fill("見積もりをお願いします。\n\n<b>一年分</b>です。")
    page.get_by_role("button", name=words["go"]).click()
    look(page, "2-thanks")
    mails.deliver()
    [(address, body)] = post
    assert address == "hanako@buyer.example.jp"
    link = re.search(r"https?://\S+key=\w+", body)
    assert link
    page.goto(link.group())
    look(page, "3-confirm")
    page.get_by_role("button", name=words["confirm"]).click()
    assert "<b>一年分</b>" in page.locator("main, .main").first.inner_text()

    desk.goto(f"{site}{words['path']}/organization/naniwa/inquiries")
    look(desk, "4-desk")
    desk.get_by_role("link", name="駅周辺の人流").first.click()
    assert "hanako@buyer.example.jp" not in desk.content()
    desk.locator("#field-answer").fill("お見積もりをお送りします。")
    look(desk, "5-provider")
    desk.get_by_role("button", name=words["answer"]).click()

    page.reload()
    assert "お見積もりをお送りします。" in page.content()
    assert "editor@naniwa.example.jp" not in page.content()
    look(page, "6-buyer")
    page.locator("#field-ask").fill("ありがとうございます。")
    page.get_by_role("button", name=words["ask"]).click()
    page.get_by_text(words["closing"]).click()
    page.locator("#field-close").fill("予算が付きませんでした。")
    page.get_by_role("button", name=words["close"], exact=True).click()
    assert page.locator(".o-pagehead .o-mark").inner_text() == words["closed"]
    desk.goto(f"{site}{words['path']}/organization/naniwa/inquiries?state=closed")
    look(desk, "7-desk-closed")
    assert faults == {}


def test_form_that_came_too_soon_keeps_what_was_written(site: str, paid: str, visitor: BrowserContext):
    page = visitor.new_page()
    page.goto(f"{site}/market/inquiry/new?dataset={paid}")
    page.get_by_label("お名前").fill("山田花子")
    page.get_by_label("メールアドレス").first.fill("hanako@buyer.example.jp")
    page.get_by_label("データの利用目的").fill("出店計画の検討")
    page.get_by_label("内容").fill("見積もりをお願いします。")
    page.get_by_role("button", name="メールアドレスの確認に進む").click()
    assert page.get_by_role("alert").first.inner_text().startswith("送信を確かめられませんでした")
    assert page.get_by_label("内容").input_value() == "見積もりをお願いします。"


def test_thread_is_found_by_nobody_without_key_or_part(site: str, paid: str, visitor: BrowserContext):
    page = visitor.new_page()
    for path in ("market/inquiry/none", "market/inquiry/none?key=x", "market/inquiry/new?dataset=none"):
        answer = page.goto(f"{site}/{path}")
        assert answer and answer.status == 404
    answer = page.goto(f"{site}/organization/naniwa/inquiries")
    assert answer and answer.status in {403, 200} and "駅周辺" not in page.content()


def test_step_by_get_or_without_token_changes_nothing(app: Any, paid: str):
    for step in ("confirm", "ask", "answer", "agree", "close"):
        assert app.get(f"/market/inquiry/none/{step}", status=None).status_code in {404, 405}
