"""Saved searches in a real browser: from the search page to the list and out; without scripts, on every screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ckan import model
from ckan.tests import factories
from ckanext.orden.saved_searches import tokens
from playwright.sync_api import Browser, BrowserContext

from .browsing import CHROMIUM, PASSWORD, log_in, seen

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]
WORDS: dict[str, dict[str, str]] = {
    "ja": {
        "path": "",
        "open": "この検索を保存",
        "name": "検索の名前",
        "often": "メールでのお知らせ",
        "weekly": "毎週月曜日",
        "save": "保存",
        "saved": "として保存しました",
        "change": "変更・削除",
        "keep": "変更を保存",
        "kept": "変更を保存しました",
        "delete": "この検索を削除",
        "none": "保存した検索はまだありません",
        "stop": "メールを停止する",
        "stopped": "停止しました",
        "feed": "この検索のAtomフィード",
    },
    "en": {
        "path": "/en",
        "open": "Save this search",
        "name": "Name of the search",
        "often": "How often to be told by mail",
        "weekly": "Each Monday",
        "save": "Save",
        "saved": "Saved as",
        "change": "Change or delete",
        "keep": "Save the changes",
        "kept": "The changes are saved",
        "delete": "Delete this search",
        "none": "You have not saved any search yet",
        "stop": "Stop the mails",
        "stopped": "You will get no more mails",
        "feed": "Atom feed of this search",
    },
}


@pytest.fixture
def reader(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """Somebody with an account on a site with a mail server and one city."""
    monkeypatch.setitem(ckan_config, "smtp.server", "mail.example.jp")
    factories.User(name="hanako", password=PASSWORD, email="hanako@reader.example.jp")
    factories.Organization(name="sakai", title="堺市", image_url="", orden_org_kind="public")
    return "hanako"


@pytest.fixture
def window(browser: Browser, site: str, reader: str) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False)
    log_in(context, site, reader)
    yield context
    context.close()


@pytest.mark.parametrize("language", WORDS)
def test_search_is_saved_changed_stopped_and_deleted_without_scripts(
    language: str, site: str, window: BrowserContext, browser: Browser
):
    words, page, faults = WORDS[language], window.new_page(), {}
    page.goto(f"{site}{words['path']}/dataset/?q=避難所&organization=sakai")
    faults |= seen(browser, page, f"saved-{language}-search")
    page.get_by_text(words["open"]).click()
    page.get_by_label(words["name"]).fill("避難の新着")
    page.get_by_label(words["often"]).select_option(label=words["weekly"])
    page.get_by_role("button", name=words["save"], exact=True).click()
    assert words["saved"] in page.inner_text("body")
    assert "organization=sakai" in page.url
    page.goto(f"{site}{words['path']}/user/saved-searches")
    faults |= seen(browser, page, f"saved-{language}-list")
    page.get_by_text(words["change"]).click()
    page.get_by_label(words["name"]).fill("避難")
    page.get_by_role("button", name=words["keep"]).click()
    assert words["kept"] in page.inner_text("body")
    user = model.User.get("hanako")
    assert user
    page.goto(f"{site}{words['path']}/user/saved-searches/unsubscribe/{tokens.token(user.id)}")
    faults |= seen(browser, page, f"saved-{language}-stop")
    page.get_by_role("button", name=words["stop"]).click()
    assert words["stopped"] in page.inner_text("body")
    page.goto(f"{site}{words['path']}/user/saved-searches")
    page.get_by_text(words["change"]).click()
    page.get_by_role("button", name=words["delete"]).click()
    assert words["none"] in page.inner_text("body")
    faults |= seen(browser, page, f"saved-{language}-empty")
    assert faults == {}


@pytest.mark.parametrize("language", WORDS)
def test_who_has_no_account_finds_the_atom_feed(language: str, site: str, reader: str, browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page, words = context.new_page(), WORDS[language]
    page.goto(f"{site}{words['path']}/dataset/?q=避難所&organization=sakai")
    page.get_by_role("link", name=words["open"]).click()
    feed = page.get_by_role("link", name=words["feed"]).get_attribute("href")
    assert feed
    assert feed.endswith("organization=sakai")
    assert seen(browser, page, f"saved-{language}-stranger") == {}
    context.close()
