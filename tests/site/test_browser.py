"""The pages in a real browser: nothing wrong in the console, nothing from elsewhere, nothing that keeps anyone out."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from werkzeug.serving import make_server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PAGES = [
    "/",
    "/dataset/",
    "/dataset/?q=zzzz",
    "/dataset/open",
    "/dataset/paid",
    "/dataset/closed",
    "/organization/toyonaka",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("catalogue"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture()
def site(ckan_config: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the site, served by a thread of this process; the site knows that address as its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    monkeypatch.setitem(ckan_config, "ckan.site_url", address)
    monkeypatch.setenv("CKAN_SITE_URL", address)
    server = make_server("127.0.0.1", port, request.getfixturevalue("app").app)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield address
    server.shutdown()
    thread.join()


def visit(context: BrowserContext, address: str) -> dict[str, Any]:
    """What a visit shows: complaints of the console, requests elsewhere, width beyond the screen, barriers."""
    page = context.new_page()
    seen: dict[str, Any] = {"console": [], "elsewhere": []}
    page.on("console", lambda message: seen["console"].append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen["console"].append(str(error)))
    origin = "/".join(address.split("/")[:3])
    page.on("request", lambda asked: None if asked.url.startswith(origin) else seen["elsewhere"].append(asked.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    seen["too wide"] = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.evaluate("document.querySelectorAll('main details, .main details').forEach(part => part.open = true)")
    seen["barriers"] = [(found["id"], found["nodes"][0]["html"]) for found in Axe().run(page).response["violations"]]
    page.close()
    return seen


@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_are_whole_and_open_to_everyone(browser: Browser, site: str, language: str):
    clean = {"console": [], "elsewhere": [], "too wide": False, "barriers": []}
    faults = {}
    for width, colours in product((390, 1280), ("light", "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=colours)
        found = {(path, width, colours): visit(context, site + language + path) for path in PAGES}
        faults.update({which: seen for which, seen in found.items() if seen != clean})
        context.close()
    assert faults == {}


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
