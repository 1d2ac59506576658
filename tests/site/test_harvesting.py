"""The operator's way in a real browser: from an address to a nightly run, an error mended, a deletion released."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.clock import utcnow
from ckanext.orden.harvesters import stock
from ckanext.orden.harvesters.model import HarvestRun
from fetching.server import Server, reply
from harvesters.feeds import package, packages, search
from playwright.sync_api import Browser, Page

from .browsing import CHROMIUM, PASSWORD, log_in, looked_at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]
SEARCH = "/api/3/action/package_search"
RECORDS = 15
SIZES = {"phone": 390, "desktop": 1280}


@pytest.fixture
def server(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The catalogue of a city: its records, the third of them without a title."""
    running = Server()
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_private_hosts", [running.host])
    records = packages(*range(1, RECORDS + 1))
    records[2] = package(3, title="", name="")
    running.answers[SEARCH] = search(records)
    home = "<!doctype html><title>豊中市オープンデータ</title><p>ようこそ</p>".encode()
    running.answers["/"] = reply(home, Content_Type="text/html; charset=utf-8")
    yield running
    running.close()


@dataclass
class Way:
    """The clerk's and the administrator's windows, and what was wrong with the pages they have seen."""

    site: str
    clerk: Page
    chief: Page
    server: Server
    shots: Path
    faults: dict[str, Any] = field(default_factory=dict)
    taken: int = 0

    def look(self, page: Page, step: str) -> None:
        """A picture of the page on a phone and on a desk, and what keeps people out there."""
        self.taken += 1
        for size, width in SIZES.items():
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=self.shots / f"{self.taken:02}-{step}-{size}.png", full_page=True)
            seen = looked_at(page)
            if seen["too wide"] or seen["barriers"]:
                self.faults[f"{step} ({size})"] = seen

    def open(self, page: Page, path: str) -> None:
        page.goto(self.site + path)

    def work(self, hours: float = 0, watching: Page | None = None) -> HarvestRun:
        """What a worker does with the job that waits; `watching` is loaded again after the first page of the source."""
        source = model.Package.get("toyonaka")
        assert source
        job = stock.open_job(source.id)
        assert job

        def say(run: HarvestRun) -> None:
            if watching and run.state == "running" and run.read == 5:
                watching.reload()
                assert watching.locator(".orden-harvest-run").get_by_text("実行中").is_visible()
                told = watching.locator("[data-harvest-progress]").inner_text()
                assert f"{RECORDS} 件中 5 件" in told
                assert "残り" in told
                self.look(watching, "running")

        done = stock.harvester_for("orden_ckan").run(job, now=lambda: utcnow() + timedelta(hours=hours), say=say)
        model.Session.commit()
        return done


@pytest.fixture
def way(browser: Browser, site: str, server: Server, clerk: str, tmp_path: Path) -> Iterator[Way]:
    chief = factories.Sysadmin(name="chief", password=PASSWORD)["name"]
    contexts = {name: browser.new_context() for name in (clerk, chief)}
    for name, context in contexts.items():
        log_in(context, site, name)
    shots = Path(os.environ.get("ORDEN_SHOTS", tmp_path))
    yield Way(site, contexts[clerk].new_page(), contexts[chief].new_page(), server, shots)
    for context in contexts.values():
        context.close()


def add(way: Way) -> None:
    page = way.clerk
    way.open(page, "/harvest/new")
    way.look(page, "new")
    page.get_by_label("取り込み元のアドレス").fill(way.server.url("/"))
    page.get_by_role("button", name="取り込み元の種類を調べる").click()
    page.wait_for_load_state()
    assert page.get_by_text("API の応答が CKAN のデータセットの形をしています。").is_visible()
    assert page.locator("input[value=orden_ckan]").is_checked()
    assert page.get_by_label("タイトル").input_value() == "豊中市オープンデータ"
    way.look(page, "detected")
    page.get_by_label("ページのアドレスに使う名前").fill("toyonaka")
    page.get_by_role("textbox", name="設定").fill('{"rows": 5}')
    page.get_by_role("button", name="保存").click()
    page.wait_for_load_state()
    assert page.get_by_text("承認待ち").is_visible()
    way.look(page, "added")


def preview(way: Way) -> None:
    page = way.clerk
    way.open(page, "/harvest/admin/toyonaka")
    assert page.get_by_role("button", name="今すぐ取り込む").count() == 0
    way.look(page, "waiting")
    page.get_by_role("button", name="試し読み").click()
    page.wait_for_load_state()
    assert page.locator(".o-issue").count() == RECORDS
    assert page.locator(".o-issue.is-error").count() == 1
    way.look(page, "preview")


def approve(way: Way) -> None:
    page = way.chief
    way.open(page, "/harvest/admin/toyonaka")
    page.get_by_role("button", name="この取り込み元を承認する").click()
    page.wait_for_load_state()
    assert page.get_by_text("取り込み元を承認しました").is_visible()
    way.look(page, "approved")


def schedule(way: Way) -> None:
    page = way.clerk
    way.open(page, "/harvest/admin/toyonaka")
    page.get_by_role("link", name="運用").click()
    page.get_by_label("スケジュール（cron）").fill("毎晩3時")
    page.get_by_role("button", name="保存").click()
    page.wait_for_load_state()
    assert page.locator("#field-cron-said").is_visible()
    way.look(page, "schedule-wrong")
    page.get_by_label("スケジュール（cron）").fill("0 3 * * *")
    page.get_by_label("自動実行してよい時間帯").fill("22:00〜5:30")
    page.get_by_label("メールアドレス").fill("opendata@toyonaka.example.jp")
    page.get_by_role("button", name="保存").click()
    page.wait_for_load_state()
    assert page.get_by_text("次回は").is_visible()
    assert page.get_by_label("自動実行してよい時間帯").input_value() == "22:00-05:30"
    way.look(page, "schedule")


def run(way: Way) -> None:
    page = way.clerk
    way.open(page, "/harvest/admin/toyonaka")
    page.get_by_role("button", name="今すぐ取り込む").click()
    page.wait_for_load_state()
    assert way.work(watching=page).state == "errors"


def read_the_error(way: Way) -> None:
    page = way.clerk
    way.open(page, "/harvest/admin/toyonaka")
    way.look(page, "ended")
    page.locator(".nav-tabs a[href$='/job']").click()
    way.look(page, "jobs")
    page.locator(".orden-harvest-jobs a").first.click()
    page.wait_for_load_state()
    page.get_by_role("link", name="このジョブのレコード").click()
    page.wait_for_load_state()
    assert page.get_by_text(package(3)["id"]).first.is_visible()
    way.look(page, "error")


def mend_and_retry(way: Way) -> None:
    way.server.answers[SEARCH] = search(packages(*range(1, RECORDS + 1)))
    page = way.clerk
    way.open(page, "/harvest/admin/toyonaka")
    page.get_by_role("button", name="エラーだけ再実行").click()
    page.wait_for_load_state()
    done = way.work(hours=1)
    assert (done.kind, done.state, done.counts["added"]) == ("retry", "finished", 1)
    page.reload()
    way.look(page, "mended")


def hold_a_deletion(way: Way) -> None:
    way.server.answers[SEARCH] = search(packages(1, 2, 3))
    page = way.clerk
    for hours in (2, 27):
        way.open(page, "/harvest/admin/toyonaka")
        page.get_by_role("button", name="今すぐ取り込む").click()
        page.wait_for_load_state()
        done = way.work(hours=hours)
    assert (done.state, done.counts["held"]) == ("held", RECORDS - 3)
    page.reload()
    way.look(page, "held")


def release_it(way: Way) -> None:
    page = way.clerk
    page.get_by_role("button", name=f"{RECORDS - 3} 件のデータセットを削除する").click()
    page.wait_for_load_state()
    way.look(page, "released")
    assert tk.get_action("package_search")({}, {"rows": 0})["count"] == 3


def test_operator_goes_from_an_address_to_a_nightly_run_and_through_its_troubles(way: Way):
    for step in (add, preview, approve, schedule, run, read_the_error, mend_and_retry, hold_a_deletion, release_it):
        step(way)
    assert way.faults == {}
