"""A small catalogue with one dataset of each sort, and ways to look at its pages."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from ckanext.orden.logic.action import figures
from ckanext.orden.use import statistics
from lxml import html
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from .browsing import CHROMIUM, PASSWORD

EU = "http://publications.europa.eu/resource/authority/"
HOSTILE = "</script><img src=x onerror=alert(1)>"
Look = Callable[..., "Page"]


class Impatient(WSGIRequestHandler):
    """Closes a connection that a browser has opened in advance and does not use: the server takes one at a time."""

    timeout = 0.3


class Page:
    """A parsed page, or a part of one."""

    def __init__(self, node: html.HtmlElement) -> None:
        self.node = node

    def all(self, name: str, css: str = "", **attributes: str) -> list[Page]:
        """Every element of that name, class and attributes below this one."""
        wanted = [f'contains(concat(" ", @class, " "), " {css} ")'] if css else []
        wanted += [f'@{key}="{value}"' for key, value in attributes.items()]
        condition = f"[{' and '.join(wanted)}]" if wanted else ""
        return [Page(node) for node in self.node.xpath(f".//{name}{condition}")]

    def one(self, name: str, css: str = "", **attributes: str) -> Page:
        """The first such element, which must be there."""
        found = self.all(name, css, **attributes)
        assert found, (name, css, attributes)
        return found[0]

    def __getitem__(self, attribute: str) -> str:
        return self.node.get(attribute, "")

    @property
    def text(self) -> str:
        return " ".join(self.node.text_content().split())


def dataset(**fields: Any) -> dict[str, Any]:
    """A complete open dataset; `fields` say what is different."""
    return {
        "title": "指定緊急避難場所一覧",
        "notes": "災害種別ごとの**一覧**です。",
        "license_id": "CC-BY-4.0",
        "frequency": EU + "frequency/MONTHLY",
        "access_rights": EU + "access-right/PUBLIC",
        "privacy_policy_contains_personal_data": "非個人情報",
        "fee": "無償",
        "theme": [EU + "data-theme/JUST"],
        "orden_municipality": "272035",
        "modified": "2026-11-20",
        "contact": [{"name": "危機管理課", "email": "kikikanri@example.jp"}],
        "tags": [{"name": "防災"}],
        "resources": [{"name": "避難場所", "format": "CSV", "url": "https://example.jp/a.csv", "size": "18432"}],
        **fields,
    }


@pytest.fixture(scope="module")
def built() -> list[str]:
    """What a module's tests have built already: they only look at it."""
    return []


@pytest.fixture()
def catalogue(with_plugins: None, built: list[str], request: pytest.FixtureRequest) -> None:
    """An open, a paid, a closed and a hostile dataset of a city and a company."""
    if built:
        return
    for emptied in ("clean_db", "clean_index"):
        request.getfixturevalue(emptied)
    built.append("catalogue")
    figures._figures.cache_clear()
    statistics.forget()
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    public = {"orden_org_kind": "public", "orden_municipality": "272035"}
    city = factories.Organization(name="toyonaka", title="豊中市", image_url="", **public)
    company = factories.Organization(name="naniwa", title="なにわ研究所", image_url="", orden_org_kind="private")
    closed = {"access_rights": EU + "access-right/NON_PUBLIC", "license_id": "other-closed", "resources": []}
    paid = {
        "fee": "有償",
        "license_id": "other-closed",
        "pricing_price_range": "月額 55,000円から",
        "trading_policy_contract_type": "利用許諾",
        "trading_policy_nda": "求める",
        "sales_info_url": "https://market.example.jp/item/1",
        "privacy_policy_contains_personal_data": "匿名加工情報",
        "resources": [],
    }
    for name, owner, fields in (
        ("open", city, {"orden_sample": "true"}),
        ("paid", company, {"title": "駅周辺の人流", **paid}),
        ("closed", city, {"title": "要支援者の地区別集計", "terms_of_use_notices": "個人が推測されます。", **closed}),
        ("hostile", company, {"title": HOSTILE, "notes": HOSTILE + " [x](javascript:alert(1))"}),
    ):
        data = dataset(name=name, owner_org=owner["id"], **fields)
        tk.get_action("package_create")({"user": user, "ignore_auth": True}, data)


@pytest.fixture()
def look(app: CKANTestApp) -> Look:
    """Fetches a page as an anonymous visitor and parses it."""

    def fetch(path: str, status: int = 200, **headers: str) -> Page:
        return Page(html.fromstring(app.get(path, status=status, headers=headers).get_data(as_text=True)))

    return fetch


@pytest.fixture()
def storage(ckan_config: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder for uploaded files."""
    monkeypatch.setitem(ckan_config, "ckan.storage_path", str(tmp_path))


@pytest.fixture()
def clerk(clean_db: None) -> str:
    """The name of a new user who may register datasets of one city."""
    user = factories.User(name="clerk", password=PASSWORD)
    member = [{"name": user["name"], "capacity": "editor"}]
    public = {"orden_org_kind": "public", "orden_municipality": "272035", "email": "opendata@toyonaka.example.jp"}
    factories.Organization(name="toyonaka", title="豊中市", image_url="", users=member, **public)
    return user["name"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture()
def served(app: CKANTestApp) -> Callable[..., Any]:
    """The application that `site` serves."""
    return app.app


@pytest.fixture()
def site(ckan_config: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the site, served by a thread of this process; the site knows that address as its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    monkeypatch.setitem(ckan_config, "ckan.site_url", address)
    monkeypatch.setenv("CKAN_SITE_URL", address)
    server = make_server("127.0.0.1", port, request.getfixturevalue("served"), request_handler=Impatient)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield address
    server.shutdown()
    thread.join()
