"""The map of a file's rows in a real browser: one with the list, by keys, under a strict policy, without scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.types import Context
from ckanext.orden.tables.checking import check_dataset
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from werkzeug.datastructures import FileStorage

from .browsing import CHROMIUM, FINE, asked, looked_at, strict, watched
from .conftest import dataset

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "storage"),
]
TILES = "ckanext.orden.table.map_tiles"
ON_TOP = """node => {
  const at = node.getPointAtLength(1), to = new DOMPoint(at.x, at.y).matrixTransform(node.getScreenCTM());
  return document.elementsFromPoint(to.x, to.y).includes(node);
}"""
"""Whether a line can be seen, and hit, where it begins; a clipped one cannot."""
Put = Callable[..., str]


def table(count: int) -> bytes:
    """Parks around the bay, some of them at one place."""
    lines = (f"{n},公園{n}<b>,{34.4 + n % 61 / 100:.4f},{135.2 + n // 61 / 100:.4f}" for n in range(1, count + 1))
    return "\n".join(["ID,名称,緯度,経度", *lines]).encode()


def shapes() -> bytes:
    ring = [[135.4, 34.6], [135.5, 34.6], [135.5, 34.7], [135.4, 34.6]]
    drawn = {
        "港": {"type": "Point", "coordinates": [135.43, 34.64]},
        "校区": {"type": "Polygon", "coordinates": [ring]},
        "路線": {"type": "LineString", "coordinates": [[135.45, 34.62], [135.55, 34.68]]},
        "不明": None,
    }
    features = [{"type": "Feature", "geometry": at, "properties": {"名称": name}} for name, at in drawn.items()]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture()
def put(site: str) -> Put:
    """Registers an uploaded file; the address of its rows."""

    def made(content: bytes, name: str, kind: str) -> str:
        user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
        context = Context(user=user, ignore_auth=True)
        owner = factories.Organization(name="toyonaka", title="豊中市", image_url="", orden_org_kind="public")
        fields = dataset(name="parks", owner_org=owner["id"], resources=[])
        found = tk.get_action("package_create")(Context(context), fields)
        upload = FileStorage(BytesIO(content), filename=name)
        file = {"package_id": found["id"], "upload": upload, "url": name, "name": "公園一覧", "format": kind}
        resource = tk.get_action("resource_create")(Context(context), file)
        check_dataset(found["id"])
        return f"{site}/dataset/parks/resource/{resource['id']}/rows"

    return made


@pytest.fixture(params=[390, 768, 1280])
def window(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": request.param, "height": 900}, reduced_motion="reduce")
    yield context
    context.close()


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.locator(".leaflet-marker-icon").first.wait_for()
    return page


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent")


def northern(page: Page, css: str) -> list[Locator]:
    """Marks on the map, the northernmost first."""
    return sorted(page.locator(css).all(), key=lambda mark: (mark.bounding_box() or {"y": 0})["y"])


def test_list_and_marker_are_one_by_keyboard(window: BrowserContext, put: Put, site: str):
    address = put(table(60), "parks.csv", "CSV")
    strict(window)
    faults, requests = watched(window), asked(window)
    page = opened(window, address)
    entry = page.locator("[data-row='7']")
    entry.focus()
    page.keyboard.press("Enter")
    marker = page.locator(".o-pin.is-chosen")
    expect(marker).to_be_focused()
    assert focused(page) == "7: 公園7<b>"
    assert marker.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    panel = page.get_by_role("group", name="選んだ場所")
    expect(panel.get_by_role("heading", name="7: 公園7<b>")).to_be_visible()
    assert looked_at(page) == FINE
    marker.focus()
    page.keyboard.press("Escape")
    expect(entry).to_be_focused()
    assert entry.get_attribute("aria-current") == "true"
    panel.get_by_role("link", name="表の行を見る").click()
    assert page.url.endswith("#row-7")
    assert faults == []
    assert [url for url in requests if not url.startswith((site, "data:"))] == []


def test_many_places_are_clustered_and_narrowed_by_the_search(window: BrowserContext, put: Put):
    address = put(table(3000), "parks.csv", "CSV")
    faults = watched(window)
    page = opened(window, address)
    assert page.locator(".o-pin").count() + page.locator(".o-cluster").count() < 150
    cluster = page.locator(".o-cluster").first
    assert "か所（拡大する）" in cluster.inner_text()
    assert looked_at(page) == FINE
    before = page.locator(".o-cluster").all_inner_texts()
    cluster.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".o-map__canvas")).to_be_focused()
    assert page.locator(".o-cluster").all_inner_texts() != before
    page.goto(f"{address}?q=公園2999")
    pins = page.locator(".o-pin")
    expect(pins).to_have_count(1)
    pins.click()
    assert page.locator(".o-map__list [aria-current]").inner_text() == "公園2999<b>"
    assert faults == []


def test_a_place_of_another_page_leads_to_its_row(window: BrowserContext, put: Put):
    address = put(table(60), "parks.csv", "CSV")
    page = opened(window, f"{address}?row=55")
    assert page.locator(".o-map__list [aria-current]").inner_text() == "公園55<b>"
    page = opened(window, address)
    while not (pins := northern(page, ".o-pin")):
        northern(page, ".o-cluster")[0].click()
    pins[0].press("Enter")
    link = page.get_by_role("link", name="表の行を見る")
    expect(link).to_be_focused()
    number = page.locator(".o-map__chosen h3").inner_text().partition(":")[0]
    assert 50 < int(number) <= 60
    link.click()
    expect(page.locator(f"#row-{number}")).to_be_visible()


def test_shapes_of_geojson_are_chosen_like_points(window: BrowserContext, put: Put):
    address = put(shapes(), "areas.geojson", "GeoJSON")
    strict(window)
    faults = watched(window)
    page = opened(window, address)
    page.locator(".o-map__canvas").scroll_into_view_if_needed()
    for path in northern(page, "path.o-shape"):
        assert path.evaluate("node => node.getBoundingClientRect().width > 20 && node.checkVisibility()")
        assert path.evaluate(ON_TOP)
    fills = page.locator("path.o-shape").evaluate_all("nodes => nodes.map(node => getComputedStyle(node).fill)")
    assert sorted(fill == "none" for fill in fills) == [False, True]
    page.get_by_role("link", name="校区").click()
    assert focused(page) == "2: 校区"
    assert page.locator("path.is-chosen").count() == 1
    page.keyboard.press("Enter")
    expect(page.locator("[data-row='2']")).to_be_focused()
    assert looked_at(page) == FINE
    assert faults == []


def test_without_scripts_the_drawing_stays(browser: Browser, put: Put):
    address = put(shapes(), "areas.geojson", "GeoJSON")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator(".o-map svg .pin").count() == 3
    assert not page.locator(".o-map__canvas").is_visible()
    page.get_by_role("link", name="校区").click()
    assert page.url.endswith("#row-2")
    context.close()


def test_where_the_places_cannot_be_had_the_drawing_stays(browser: Browser, put: Put):
    address = put(table(3), "parks.csv", "CSV")
    context = browser.new_context()
    context.route("**/*.geojson*", lambda route: route.fulfill(status=503))
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.locator(".o-map svg .pin").count() == 3
    context.close()


def test_tiles_are_asked_for_only_where_the_operator_has_chosen_them(
    browser: Browser, put: Put, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(ckan_config, TILES, "gsi-pale")
    address = put(table(3), "parks.csv", "CSV")
    context = browser.new_context()
    tiles: list[str] = []

    def answered(route: Route) -> None:
        tiles.append(route.request.url)
        route.fulfill(status=204)

    context.route("https://cyberjapandata.gsi.go.jp/**", answered)
    page = opened(context, address)
    page.wait_for_load_state("networkidle")
    assert tiles
    assert all(url.startswith("https://cyberjapandata.gsi.go.jp/xyz/pale/") for url in tiles)
    assert page.get_by_role("link", name="地理院タイル（国土地理院）").is_visible()
    context.close()
