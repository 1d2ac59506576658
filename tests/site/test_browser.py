"""A real browser without scripts, and at the first key; what pages show is in test_every_page.py."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from .browsing import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("catalogue"),
]


def test_search_and_reading_work_without_scripts(browser: Browser, site: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/")
    page.get_by_label("探したい言葉").fill("避難場所")
    page.get_by_role("button", name="検索").click()
    page.get_by_role("link", name="指定緊急避難場所一覧").click()
    assert page.get_by_role("heading", level=1).inner_text() == "指定緊急避難場所一覧"
    page.get_by_role("navigation", name="このページの内容").get_by_role("link", name="利用条件").click()
    assert page.url.endswith("#terms")
    context.close()


def test_first_tab_leads_past_the_header(browser: Browser, site: str):
    page = browser.new_page()
    page.goto(site + "/dataset/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.close()
