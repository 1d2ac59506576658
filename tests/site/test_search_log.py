"""What visitors search for, in a real browser: they search and open, the operator reads, in both languages."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from ckan.lib.search.common import make_connection
from ckan.tests import factories
from ckanext.orden.search_log import counters, keeping
from ckanext.orden.search_log.counters import Event
from playwright.sync_api import Browser, BrowserContext, Page

from .browsing import CHROMIUM, PASSWORD, log_in, looked_at, watched

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("with_plugins", "datasets"),
]
VISITOR = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
HOSTILE = "<script>alert(1)</script> ひなんじょ"
PAGE = "ckan-admin/orden-search/"


@pytest.fixture
def datasets(clean_db: None, clean_index: None) -> Iterator[None]:
    """Two datasets on evacuation sites, and an operator."""
    counters.forget()
    factories.Sysadmin(name="chief", password=PASSWORD)
    organization = factories.Organization(name="toyonaka", title="豊中市", orden_org_kind="public")
    for name, title in (("shelters", "指定緊急避難場所一覧"), ("stocks", "避難所の備蓄品")):
        factories.Dataset(name=name, title=title, notes="一覧です。", owner_org=organization["id"])
    make_connection().commit()
    yield
    counters.forget()


@pytest.fixture
def searches(datasets: None) -> None:
    """Two weeks of searches, yesterday's and those before."""
    for ago in range(14):
        day = counters.today() - timedelta(days=ago)
        counted = {
            Event("避難所", "ja", "all"): 120 + ago,
            Event("避難所", "ja", "click", "shelters"): 60,
            Event("避難所", "ja", "click", "stocks"): 7,
            Event("市民プールの混雑状況をリアルタイムで知りたい", "ja", "nothing"): 4,
            Event(HOSTILE.casefold(), "ja", "nothing"): 2,
            Event("water supply points after an earthquake", "en", "nearest"): 3,
            Event("公園 遊具", "ja", "partial"): 9,
        }
        keeping.keep(day, counted)
    keeping.keep(counters.today(), {Event("山田太郎", "ja", "all"): 2})


@pytest.fixture
def operator(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """The window of a system administrator."""
    context = browser.new_context()
    log_in(context, site, "chief")
    yield context
    context.close()


def counts() -> dict[tuple[str, str], int]:
    """What waits in Redis, by query and kind of event."""
    found: dict[tuple[str, str], int] = {}
    counters.take(
        counters.today(),
        lambda counted: found.update({(event.q, event.what + event.dataset): n for event, n in counted.items()}),
    )
    return found


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.ckan_config("ckanext.orden.search.partial_below", 0)
def test_what_a_visitor_does_is_counted_by_what_browsers_send(browser: Browser, site: str, scripts: bool):
    context = browser.new_context(java_script_enabled=scripts, user_agent=VISITOR)
    page = context.new_page()
    page.goto(site + "/")
    page.get_by_label("探したい言葉").fill("避難場所")
    page.get_by_role("button", name="検索").click()
    page.get_by_role("link", name="指定緊急避難場所一覧").click()
    page.wait_for_load_state()
    page.goto(site + "/dataset/?q=避難所")
    page.goto(site + "/dataset/?q=避難所&sort=title_string+asc", referer=page.url)
    page.locator("#q").fill("水族館")
    page.locator("#q").press("Enter")
    page.wait_for_load_state()
    context.close()
    assert counts() == {
        ("避難場所", "all"): 1,
        ("避難場所", "clickshelters"): 1,
        ("避難所", "all"): 1,
        ("水族館", "nothing"): 1,
    }


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_the_page_is_whole_and_open_to_everyone(
    operator: BrowserContext, site: str, searches: None, tmp_path: Path, locale: str
):
    shots, faults = Path(os.environ.get("ORDEN_SHOTS", tmp_path)), {}
    complaints = watched(operator)
    page = operator.new_page()
    for kind, width, scheme in product(("no_hits", "all"), (390, 1280), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{site}/{locale}/{PAGE}?kind={kind}")
        page.screenshot(path=shots / f"searches-{locale}-{kind}-{width}-{scheme}.png", full_page=True)
        seen = looked_at(page)
        if seen["too wide"] or seen["barriers"]:
            faults[kind, width, scheme] = seen
    assert faults == {}
    assert complaints == []


def rows(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(".o-table tbody th").all_inner_texts()]


def test_an_operator_finds_what_is_missing_and_takes_it_away(operator: BrowserContext, site: str, searches: None):
    page = operator.new_page()
    page.goto(f"{site}/ckan-admin/")
    page.get_by_role("link", name="検索の状況").click()
    page.wait_for_load_state()
    assert rows(page) == ["市民プールの混雑状況をリアルタイムで知りたい", HOSTILE.casefold()]
    page.get_by_role("link", name="クリックなし").click()
    page.wait_for_load_state()
    assert rows(page) == ["公園 遊具"]
    page.get_by_role("link", name="近いものだけ").click()
    page.wait_for_load_state()
    assert rows(page) == ["water supply points after an earthquake"]
    page.get_by_role("link", name="検索の多い順").click()
    page.wait_for_load_state()
    assert rows(page)[0] == "避難所"
    assert "山田太郎" not in page.content()
    with page.expect_download() as waited:
        page.get_by_role("link", name="この一覧をCSVで取得").click()
    content = Path(waited.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "避難所,1771" in content.decode("utf-8-sig")
    assert "shelters stocks" in content.decode("utf-8-sig")
    assert "山田" not in content.decode("utf-8-sig")
    with page.expect_download() as waited:
        page.get_by_role("link", name="テスト候補を取得（JSON）").click()
    made: dict[str, Any] = json.loads(Path(waited.value.path()).read_text())
    assert {query["q"]: query["relevant"] for query in made["queries"]}["避難所"] == {"shelters": 2, "stocks": 2}
    page.get_by_role("link", name="避難所", exact=True).click()
    assert page.url.endswith("/dataset/?q=%E9%81%BF%E9%9B%A3%E6%89%80")
    assert counts() == {}


def test_a_wrong_period_is_named_and_a_right_one_narrows(operator: BrowserContext, site: str, searches: None):
    page = operator.new_page()
    answer = page.goto(f"{site}/{PAGE}?from=2026-99-01&kind=all")
    assert answer
    assert answer.status == 400
    assert page.locator("#said-from").is_visible()
    page.locator("#log-from").fill(counters.today().isoformat())
    page.locator("#log-to").fill(counters.today().isoformat())
    page.get_by_role("button", name="表示").click()
    page.wait_for_load_state()
    assert "120" in page.locator(".o-table tbody tr").first.inner_text()
    page.locator("#log-from").fill("2020-01-01")
    page.locator("#log-to").fill("2020-01-31")
    page.get_by_role("button", name="表示").click()
    page.wait_for_load_state()
    assert page.get_by_text("この期間に、該当する検索はありません。").is_visible()
