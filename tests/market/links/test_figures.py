"""What providers see of clicks: on the page of their organization's offers, each link with its figures and state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from ckanext.orden.clock import local_date
from ckanext.orden.market.model.links import MarketClick, MarketLink
from lxml import html

from ..conftest import Act

Make = Callable[..., str]
URLS = [f"https://www.service.jdex.jp/items/{number}" for number in (1, 2)]


@pytest.fixture
def followed(offer: Make) -> str:
    """An offer with two links: one followed today, a month and a year ago, the other broken and never followed."""
    offer_id = offer("published", links=[{"market": "jdex", "url": url} for url in URLS])
    first, second = model.Session.query(MarketLink).order_by(MarketLink.position)
    for days, count in ((0, 1), (29, 10), (30, 100), (365, 1000)):
        model.Session.add(MarketClick(link_id=first.id, day=local_date() - timedelta(days=days), count=count))
    second.state, second.reason = "broken", {"ja": "404 でした。", "en": "It was a 404."}
    model.Session.commit()
    return offer_id


def table(app: CKANTestApp, path: str, who: str) -> list[list[str]]:
    headers = {"Authorization": factories.APIToken(user=who)["token"]}
    page = html.fromstring(app.get(path, headers=headers).get_data(as_text=True))
    rows = page.xpath("//div[@aria-labelledby='links']//tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in rows]


def test_organizations_page_tells_clicks_and_state_of_each_link(followed: str, app: CKANTestApp):
    assert table(app, "/ja/organization/naniwa/offers", "editor") == [
        ["提供条件", "クリック数（30日間）", "クリック数（累計）", "リンクの状態", "市場のページ"],
        ["駅周辺の人流（月額）", "11", "1,111", "未確認", f"JDEX（日本データ取引所）: {URLS[0]}"],
        ["駅周辺の人流（月額）", "0", "0", "開けません 404 でした。", f"JDEX（日本データ取引所）: {URLS[1]}"],
    ]
    english = table(app, "/en/organization/naniwa/offers", "reviewer")
    assert english[0] == ["Offer", "Clicks in 30 days", "Clicks in all", "State of the link", "Page at the market"]
    assert english[2][3] == "Does not open It was a 404."


def test_only_links_of_the_offers_on_the_page_are_told(followed: str, app: CKANTestApp, offer: Make):
    offer("draft", links=[{"market": "jdex", "url": URLS[0]}])
    assert table(app, "/organization/naniwa/offers?state=draft", "editor") == []
    assert len(table(app, "/organization/naniwa/offers?state=published", "editor")) == 3


def test_figures_are_asked_for_several_offers_at_once(followed: str, offer: Make, act: Act):
    other = offer("published", links=[{"market": "jdex", "url": "https://www.service.jdex.jp/items/3"}])
    offer("published", links=[{"market": "jdex", "url": "https://www.service.jdex.jp/items/4"}])
    told = act("editor", "link_list", offer=[followed, other])["links"]
    assert [(link["offer"], link["clicks"], link["total"]) for link in told] == [
        (other, 0, 0),
        (followed, 11, 1111),
        (followed, 0, 0),
    ]
    assert told[1]["title"]["en"] == "Footfall around stations, monthly"
    assert act("editor", "link_list", offer=[])["links"] == []
    for odd in ({"a": "b"}, [1]):
        with pytest.raises(tk.ValidationError):
            act("editor", "link_list", offer=odd)
