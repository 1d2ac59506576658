"""Feedback in a real browser: told without an account and without scripts, answered, read on the dataset's page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ckan.lib.redis import connect_to_redis
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from playwright.sync_api import Browser, BrowserContext

from .browsing import CHROMIUM, PASSWORD, log_in, seen

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]
FILLING = 4000
"""Milliseconds that a person takes for the form, at least."""
WORDS: dict[str, dict[str, str]] = {
    "ja": {
        "path": "",
        "tell": "このデータについて知らせる",
        "kind": "誤りがある",
        "send": "提供者に送る",
        "wrong": "まだ送信していません",
        "sent": "ありがとうございます",
        "show": "回答をデータセットのページに載せる",
        "show text": "送られた文章も一緒に載せる",
        "reply": "回答を送る",
        "pairs": "このデータへの質問と回答",
    },
    "en": {
        "path": "/en",
        "tell": "Tell the provider about this data",
        "kind": "Something is wrong",
        "send": "Send to the provider",
        "wrong": "It has not been sent yet",
        "sent": "Thank you",
        "show": "Show the answer on the dataset’s page",
        "show text": "Show the visitor’s text with it",
        "reply": "Send the answer",
        "pairs": "Questions and answers about this data",
    },
}


@pytest.fixture
def shelters(clean_db: None, clean_index: None) -> str:
    """A dataset of a city with an editor; `boss` runs the site."""
    store: Any = connect_to_redis()
    for key in store.scan_iter("orden:feedback:*"):
        store.delete(key)
    factories.User(name="editor", password=PASSWORD)
    factories.Sysadmin(name="boss", password=PASSWORD)
    users = [{"name": "editor", "capacity": "editor"}]
    factories.Organization(name="sakai", title="堺市", image_url="", orden_org_kind="public", users=users)
    made = {
        "name": "shelters",
        "title": "避難所一覧",
        "notes": "市の避難所です。",
        "owner_org": "sakai",
        "license_id": "CC-BY-4.0",
        "resources": [{"name": "避難所", "format": "CSV", "url": "https://sakai.example.jp/a.csv"}],
    }
    tk.get_action("package_create")({"user": "editor"}, made)
    make_connection().commit()
    return "shelters"


@pytest.fixture
def visitor(browser: Browser, shelters: str) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


@pytest.fixture
def editor(browser: Browser, site: str, shelters: str) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False)
    log_in(context, site, "editor")
    yield context
    context.close()


@pytest.mark.parametrize("language", WORDS)
def test_visitor_tells_editor_answers_and_all_read_it_without_scripts(
    language: str, site: str, visitor: BrowserContext, editor: BrowserContext, browser: Browser
):
    words, page, faults = WORDS[language], visitor.new_page(), {}
    root = f"{site}{words['path']}"
    page.goto(f"{root}/dataset/shelters")
    page.get_by_role("link", name=words["tell"]).click()
    faults |= seen(browser, page, f"feedback-{language}-form")
    page.get_by_label(words["kind"]).check()
    page.locator("#field-text").fill("3行目の緯度と経度が逆です。")
    page.locator("#field-mail").fill("nobody@nowhere")
    page.get_by_role("button", name=words["send"]).click()
    assert words["wrong"] in page.inner_text("body")
    assert page.locator("#field-text").input_value() == "3行目の緯度と経度が逆です。"
    page.locator("#field-mail").fill("")
    page.wait_for_timeout(FILLING)
    page.get_by_role("button", name=words["send"]).click()
    assert words["sent"] in page.inner_text("body")
    faults |= seen(browser, page, f"feedback-{language}-sent")
    desk = editor.new_page()
    desk.goto(f"{root}/organization/sakai/feedback")
    faults |= seen(browser, desk, f"feedback-{language}-desk")
    desk.get_by_role("link", name=words["kind"]).click()
    faults |= seen(browser, desk, f"feedback-{language}-record")
    desk.locator("#field-answer").fill("直しました。ありがとうございます。")
    desk.get_by_label(words["show"]).check()
    desk.get_by_label(words["show text"]).check()
    desk.get_by_role("button", name=words["reply"]).click()
    page.goto(f"{root}/dataset/shelters")
    text = page.inner_text("main, [role=main]")
    assert words["pairs"] in text and "逆です" in text and "直しました" in text
    faults |= seen(browser, page, f"feedback-{language}-dataset")
    assert faults == {}


def test_operators_list_has_no_barriers(site: str, shelters: str, browser: Browser):
    given = {"dataset": shelters, "kind": "question", "text": "いつ更新されますか。"}
    tk.get_action("orden_feedback_create")({"user": "editor"}, given)
    context = browser.new_context(java_script_enabled=False)
    log_in(context, site, "boss")
    page = context.new_page()
    page.goto(f"{site}/ckan-admin/orden-feedback/?days=0")
    assert "いつ更新されますか" in page.inner_text("body")
    assert seen(browser, page, "operators") == {}
    context.close()
