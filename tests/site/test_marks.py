"""The cards of a search in a real browser: marks that can be seen, and a reason."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Browser

from .browsing import CHROMIUM, CLEAN, visit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("catalogue"),
]
QUERIES = ["shelter", "災害のとき逃げるところ"]


def test_marked_pages_are_whole_and_open_to_everyone(browser: Browser, site: str):
    faults = {}
    for width, colours in product((390, 1280), ("light", "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=colours)
        found = {(q, width, colours): visit(context, f"{site}/dataset/?q={q}") for q in QUERIES}
        faults.update({which: seen for which, seen in found.items() if seen != CLEAN})
        context.close()
    assert faults == {}


def test_a_mark_is_told_by_more_than_its_colour(browser: Browser, site: str):
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(f"{site}/dataset/?q=避難場所")
    mark = page.locator(".o-card h3 mark").first
    assert mark.inner_text() == "避難場所"
    assert page.locator(".o-card").first.locator(".o-card__why").count() == 0
    look = mark.evaluate("mark => [getComputedStyle(mark).fontWeight, getComputedStyle(mark).boxShadow]")
    assert look[0] == "700"
    assert "inset" in look[1]
    page.close()


@pytest.mark.parametrize(
    ("language", "q", "line"),
    [
        ("", "shelter", "「shelter」に当たる言葉：避難場所"),
        ("/en", "shelter", "For “shelter”: 避難場所"),
        ("", "ひなんばしょ", "「ひなんばしょ」と読む言葉：避難場所"),
        ("/en", "hinanbasho", "Read as “hinanbasho”: 避難場所"),
    ],
)
def test_a_card_says_what_stands_for_the_word(browser: Browser, site: str, language: str, q: str, line: str):
    page = browser.new_page()
    page.goto(f"{site}{language}/dataset/?q={q}")
    assert page.locator(".o-card__why").first.inner_text() == line
    page.close()


def test_hostile_titles_stay_text_among_marks(browser: Browser, site: str):
    page = browser.new_page()
    raised: list[str] = []
    page.on("dialog", lambda dialog: raised.append(dialog.message))
    page.goto(f"{site}/dataset/?q=alert script 災害")
    assert "<img src=x onerror=alert(1)>" in page.locator(".o-results").inner_text()
    assert page.locator(".o-results img").count() == 0
    assert page.locator(".o-card h3 mark").count() > 0
    assert raised == []
    page.close()
