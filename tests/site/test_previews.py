"""What is in a file, in a real browser: under a strict policy, without scripts, with nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.types import Context
from playwright.sync_api import Browser, BrowserContext
from previews.samples import PDF, PNG
from werkzeug.datastructures import FileStorage

from .browsing import CHROMIUM, asked, looked_at, strict, watched
from .conftest import dataset

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "storage"),
]
FINE = {"too wide": False, "barriers": []}
Put = Callable[..., str]


@pytest.fixture()
def put(site: str) -> Put:
    """Registers a file in a dataset of its own; the address of its page."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    owner = factories.Organization(name="toyonaka", title="豊中市", image_url="", orden_org_kind="public")

    def made(name: str, content: bytes | None = None, **more: Any) -> str:
        fields = dataset(name=name.replace(".", "-"), owner_org=owner["id"], resources=[])
        found = tk.get_action("package_create")(Context(user=user, ignore_auth=True), fields)
        upload = {} if content is None else {"upload": FileStorage(BytesIO(content), filename=name)}
        kind = name.rpartition(".")[2].upper()
        file = {"package_id": found["id"], "url": name, "name": "公園の案内", "format": kind, **upload, **more}
        resource = tk.get_action("resource_create")(Context(user=user, ignore_auth=True), file)
        return f"{site}/dataset/{found['name']}/resource/{resource['id']}"

    return made


@pytest.fixture(params=[(390, "dark"), (1280, "light")], ids=str)
def window(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[BrowserContext]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    yield context
    context.close()


def test_previews_hold_under_a_strict_policy(window: BrowserContext, put: Put, site: str):
    files: dict[str, bytes | None] = {"map.png": PNG, "guide.pdf": PDF, "a.json": b'{"a": "' + b"x" * 9000 + b'"}'}
    addresses = [put(name, content) for name, content in files.items()]
    addresses.append(put("away.pdf", url="https://files.example.jp/away.pdf", size=2_100_000))
    strict(window)
    faults, requests = watched(window), asked(window)
    for address in addresses:
        page = window.new_page()
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.get_by_role("heading", name="中身").is_visible()
        assert looked_at(page) == FINE, address
        page.close()
    assert faults == []
    assert [url for url in requests if url.startswith("http") and not url.startswith(site)] == []


def test_an_image_is_seen_without_scripts(browser: Browser, put: Put):
    address = put("map.png", PNG)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    image = page.get_by_role("img", name="公園の案内")
    image.scroll_into_view_if_needed()
    assert image.evaluate("node => node.complete && node.naturalWidth") == 1
    context.close()
