"""The search box while somebody types: groups, keyboard, addresses, escaping, no barriers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Browser, Page, expect

from .browsing import CHROMIUM, looked_at, watched
from .conftest import HOSTILE, Look

pytestmark = pytest.mark.usefixtures("catalogue")


class TestPages:
    def test_only_a_box_that_searches_the_whole_catalogue_suggests(self, look: Look) -> None:
        for path, boxes in (("/", 1), ("/dataset/", 1), ("/organization/toyonaka", 0), ("/organization/", 0)):
            assert len(look(path).all("div", "o-suggest")) == boxes, path

    def test_without_scripts_it_is_a_search_field_without_a_list(self, look: Look) -> None:
        page = look("/dataset/")
        assert page.one("input", id="q")["role"] == ""
        assert "hidden" in page.one("div", "o-suggest").node.attrib

    def test_it_asks_in_the_readers_language(self, look: Look) -> None:
        addresses = [look(path).one("div", "o-suggest")["data-address"] for path in ("/", "/en/")]
        assert addresses == ["/api/3/action/orden_autocomplete", "/en/api/3/action/orden_autocomplete"]


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
class TestTyping:
    @pytest.fixture()
    def page(self, browser: Browser, site: str) -> Iterator[Page]:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        faults = watched(context)
        page = context.new_page()
        page.goto(site + "/")
        yield page
        context.close()
        assert faults == []

    def test_what_is_typed_is_answered_by_kind(self, page: Page) -> None:
        page.get_by_role("combobox").press_sequentially("ぼうさ")
        group = page.get_by_role("group", name="キーワード")
        expect(group.get_by_role("option")).to_contain_text("防災")
        expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("status").filter(has_text="候補")).to_contain_text("候補が1件")

    def test_the_keyboard_chooses_and_leaves(self, page: Page) -> None:
        box = page.get_by_role("combobox")
        box.press_sequentially("toyo")
        expect(page.get_by_role("option").first).to_have_text("豊中市2")
        box.press("ArrowUp")
        expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
        box.press("ArrowDown")
        expect(box).not_to_have_attribute("aria-activedescendant", "q-suggest-0")
        box.press("ArrowDown")
        expect(box).to_have_attribute("aria-activedescendant", "q-suggest-0")
        box.press("Enter")
        page.wait_for_url("**/organization/toyonaka")

    def test_escape_closes_and_enter_without_a_choice_searches(self, page: Page) -> None:
        box = page.get_by_role("combobox")
        box.press_sequentially("避難")
        expect(page.get_by_role("listbox")).to_be_visible()
        box.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(box).to_have_value("避難")
        box.press("Enter")
        page.wait_for_url("**/dataset/?q=*")

    def test_a_click_narrows_the_search(self, page: Page) -> None:
        page.get_by_role("combobox").press_sequentially("ぼうさ")
        page.get_by_role("option", name="防災").click()
        page.wait_for_url("**/dataset/?tags=*")
        expect(page.get_by_role("heading", name="指定緊急避難場所一覧")).to_be_visible()

    def test_keys_of_an_input_method_are_left_to_it(self, page: Page) -> None:
        box = page.get_by_role("combobox")
        box.press_sequentially("避難")
        expect(page.get_by_role("listbox")).to_be_visible()
        composing = "new KeyboardEvent('keydown', {key: 'ArrowDown', isComposing: true, bubbles: true})"
        box.evaluate(f"box => box.dispatchEvent({composing})")
        expect(box).not_to_have_attribute("aria-activedescendant", "q-suggest-0")

    def test_a_hostile_title_is_text(self, page: Page) -> None:
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.get_by_role("combobox").press_sequentially("</scri")
        expect(page.get_by_role("option")).to_contain_text(HOSTILE)
        assert page.locator(".o-suggest img").count() == 0

    def test_leaving_the_box_closes_the_list(self, page: Page) -> None:
        page.get_by_role("combobox").press_sequentially("避難")
        expect(page.get_by_role("listbox")).to_be_visible()
        page.get_by_role("combobox").press("Tab")
        expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
def test_an_open_list_fits_and_keeps_nobody_out(browser: Browser, site: str) -> None:
    for width, colours, language in product((390, 1280), ("light", "dark"), ("", "/en")):
        context = browser.new_context(viewport={"width": width, "height": 700}, color_scheme=colours)
        for path in ("/", "/dataset/"):
            page = context.new_page()
            page.goto(site + language + path)
            page.locator("#q").press_sequentially("t")
            page.locator("#q").press("ArrowDown")
            box = page.get_by_role("listbox").bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert looked_at(page) == {"too wide": False, "barriers": []}, (path, width, colours)
            page.close()
        context.close()
