"""An operator's pages of a run in a real browser, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.clock import utcnow
from ckanext.orden.harvesters import runs, stock
from ckanext.orden.harvesters.model import HarvestRun
from fetching.server import Server
from harvesters.feeds import package, packages, search
from playwright.sync_api import Browser, Page

from .browsing import CHROMIUM, FINE, PASSWORD, log_in, looked_at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]
SEARCH = "/api/3/action/package_search"


def harvest(source_id: str, hours: float) -> HarvestRun:
    job = runs.job_for(source_id)
    start = utcnow() + timedelta(hours=hours)
    run = stock.harvester_for("orden_ckan").run(job, now=lambda: start)
    assert run is not None
    return run


@pytest.fixture
def server(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    running = Server()
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_private_hosts", [running.host])
    yield running
    running.close()


@pytest.fixture
def source(server: Server) -> str:
    """A source whose last run has errors and holds a deletion."""
    owner = factories.Organization(name="osaka", title="大阪府", image_url="")
    values = {"name": "osaka-pref", "title": "大阪府のデータ", "url": server.url("/"), "source_type": "orden_ckan"}
    site = stock.acting(stock.site_user())
    source_id = tk.get_action("harvest_source_create")(site, {**values, "owner_org": owner["id"]})["id"]
    server.answers[SEARCH] = search(packages(*range(20)))
    harvest(source_id, -50)
    broken = package(40, title="", name="")
    long = package(41, id="https://www.city.example.jp/" + "opendata/" * 20, title="長い" * 60)
    records = [*packages(*range(5)), broken, long, package(3, title="二つ目")]
    server.answers[SEARCH] = search(records)
    harvest(source_id, -25)
    long["title"] = "変わった題"
    assert harvest(source_id, 0).state == "held"
    return source_id


@pytest.fixture(params=[390, 1280])
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    factories.Sysadmin(name="operator", password=PASSWORD)
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="ja-JP")
    log_in(context, site, "operator")
    yield context.new_page()
    context.close()


def test_pages_of_a_run_fit_the_screen_and_have_no_barriers(source: str, site: str, page: Page):
    run = runs.last(source)
    assert run is not None
    addresses = ("admin/osaka-pref", f"osaka-pref/job/{run.job_id}", "records/osaka-pref", "undo/osaka-pref")
    for address in addresses:
        page.goto(f"{site}/harvest/{address}")
        assert looked_at(page) == FINE, address


def test_operator_reads_an_error_mends_it_and_tries_it_again(source: str, server: Server, site: str, page: Page):
    page.goto(f"{site}/harvest/admin/osaka-pref")
    page.get_by_role("link", name="取り込み元の全レコード").click()
    page.get_by_label("状態").select_option("error")
    page.get_by_role("button", name="表示").click()
    assert "読み取れないレコード" in page.locator(".o-issues").inner_text()
    page.goto(f"{site}/harvest/admin/osaka-pref")
    page.get_by_role("button", name="削除せずに保持").click()
    assert "15 件を削除せずに保持します" in page.locator("body").inner_text()
    server.answers[SEARCH] = search([*packages(*range(5)), package(40)])
    page.get_by_role("button", name="エラーだけ再実行").click()
    assert "開始待ち" in page.locator(".orden-harvest-run").inner_text()


def test_progress_moves_without_loading_the_page_anew(source: str, site: str, page: Page):
    job = runs.job_for(source)
    now = utcnow()
    run = model.Session.get(HarvestRun, job.id)
    assert run is not None
    run.state, run.started, run.read, run.total = "running", now - timedelta(minutes=30), 100, 1000
    run.progressed, run.counts = now - timedelta(minutes=20), {"added": 100}
    model.Session.commit()
    page.goto(f"{site}/harvest/osaka-pref/job/{job.id}")
    shown = page.locator("[data-harvest-progress]")
    assert "1,000 件中 100 件" in shown.inner_text()
    assert "20 分間" in shown.inner_text()
    assert looked_at(page) == FINE
    page.evaluate("window.same = true")
    run.read, run.progressed = 900, utcnow()
    model.Session.commit()
    page.wait_for_function("document.querySelector('[data-harvest-progress]').innerText.includes('900')")
    assert page.evaluate("window.same")
    run.state, run.finished = "finished", utcnow()
    model.Session.commit()
    page.wait_for_function("!document.querySelector('[data-harvest-progress]')")


def test_edits_of_a_harvested_dataset_fit_the_screen_and_are_given_back(source: str, site: str, page: Page):
    acting = stock.acting(stock.site_user())
    dataset = tk.get_action("package_search")({}, {"q": "避難所", "rows": 1})["results"][0]
    file = {**dataset["resources"][0], "name": "とても長い名前" * 20}
    more = {"url": "https://city.example.jp/own.csv", "name": "市の表", "format": "CSV"}
    tk.get_action("package_patch")(acting, {"id": dataset["id"], "title": "直した題", "resources": [file, more]})
    for address in (f"dataset/{dataset['name']}", f"dataset/edit/{dataset['name']}"):
        page.goto(f"{site}/{address}")
        assert looked_at(page) == FINE, address
    page.goto(f"{site}/dataset/{dataset['name']}")
    page.get_by_role("button", name="取り込み元の内容に戻す: タイトル").click()
    assert dataset["title"] in (page.locator("h1").first.text_content() or "")
