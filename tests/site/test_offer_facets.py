"""The facets of offers in a real browser: seen, followed and taken away again, on a phone and on a desk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from market.conftest import act, dataset, offer, people
from playwright.sync_api import Browser

from .browsing import CHROMIUM, CLEAN, looked_at

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
FIXTURES = (act, dataset, offer, people)
"""Of the market's tests."""
SIZES = {"phone": 390, "desk": 1280}
LINK = {"market": "jdex", "url": "https://www.service.jdex.jp/item/1"}
WORDS = {
    "": ("定額", "API（取得）", "JDEX（日本データ取引所）"),
    "/en": ("Subscription", "API to ask", "JDEX (Japan Data Exchange)"),
}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_facets_of_offers_lead_to_their_datasets(
    language: str,
    scheme: Any,
    browser: Browser,
    request: pytest.FixtureRequest,
    site: str,
    tmp_path: Path,
):
    request.getfixturevalue("offer")("published", links=[LINK])
    tk.get_action("package_create")(
        {"user": "editor"}, {"name": "other", "title": "別", "notes": "別", "owner_org": "naniwa"}
    )
    model.Session.commit()
    shots = Path(os.environ.get("ORDEN_SHOTS", tmp_path))
    for size, width in SIZES.items():
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=True
        )
        page = context.new_page()
        for path in ("/dataset/", "/organization/naniwa"):
            page.goto(site + language + path)
            page.locator("details.o-facets").evaluate("part => part.open = true")
            for word in WORDS[language]:
                assert page.locator(".o-facet a").filter(has_text=word).is_visible()
            page.screenshot(path=shots / f"facets-{language[1:]}-{scheme}-{size}-{path.count('o')}.png", full_page=True)
            assert looked_at(page) == {name: CLEAN[name] for name in ("too wide", "barriers")}
        page.goto(site + language + "/dataset/")
        page.locator("details.o-facets").evaluate("part => part.open = true")
        page.locator(".o-facet a").filter(has_text=WORDS[language][0]).click()
        page.wait_for_load_state()
        assert "vocab_orden_price_mode=subscription" in page.url
        assert page.get_by_role("link", name="駅周辺の人流").is_visible()
        assert not page.get_by_role("link", name="別", exact=True).count()
        page.screenshot(path=shots / f"chosen-{language[1:]}-{scheme}-{size}.png", full_page=True)
        page.goto(site + language + "/dataset/footfall")
        page.screenshot(path=shots / f"dataset-{language[1:]}-{scheme}-{size}.png", full_page=True)
        context.close()
