"""Datasets are found by how their offers are paid, delivered and sold, and by the words of their offers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckanext.orden.schedule import MINUTE

from .conftest import Act
from .test_reading import at, found

Make = Callable[..., str]
LINK = {"market": "jdex", "url": "https://www.service.jdex.jp/item/1"}
FIELDS = ["vocab_orden_price_mode", "vocab_orden_price_range", "vocab_orden_delivery", "vocab_orden_market"]
CODES = ["subscription", "to_100000", "api_pull", "jdex"]


def counted() -> dict[str, list[tuple[str, str, int]]]:
    asked = {"facet.field": FIELDS, "rows": 0}
    facets = tk.get_action("package_search")({"user": "stranger"}, asked)["search_facets"]
    return {
        name: sorted((item["name"], item["display_name"], item["count"]) for item in facet["items"])
        for name, facet in facets.items()
    }


def test_facets_count_datasets_by_all_their_offers_with_names(offer: Make):
    offer("published", links=[LINK])
    offer("published", price_mode="negotiation", price="", tax="", period="", delivery=["api_pull", "file_once"])
    assert counted() == {
        "vocab_orden_price_mode": [("negotiation", "個別見積", 1), ("subscription", "定額", 1)],
        "vocab_orden_price_range": [("to_100000", "1万円超〜10万円", 1)],
        "vocab_orden_delivery": [("api_pull", "API（取得）", 1), ("file_once", "ファイル（1回）", 1)],
        "vocab_orden_market": [("jdex", "JDEX（日本データ取引所）", 1)],
    }


@pytest.mark.parametrize("state", ["draft", "in_review", "suspended", "withdrawn"])
def test_an_offer_that_does_not_stand_is_not_counted(state: str, offer: Make):
    offer(state)
    assert counted() == {name: [] for name in FIELDS}


def test_an_offer_to_named_buyers_is_not_found(offer: Make):
    offer("published", buyers="named", buyer_organizations=["sakai"], title={"ja": "秘密の提示"})
    assert counted() == {name: [] for name in FIELDS}
    assert not found(q="秘密の提示")


def test_a_facet_begins_and_ends_with_the_days_of_its_offer_in_the_index(offer: Make, monkeypatch: pytest.MonkeyPatch):
    at(date(2027, 3, 30), monkeypatch)
    offer("published", valid_from="2027-03-31", valid_through="2027-03-31", links=[LINK])
    seen = {}
    for day in (date(2027, 3, 30), date(2027, 3, 31), date(2027, 4, 1)):
        at(day, monkeypatch)
        MINUTE.send()
        hits = {name: len(found(fq=f"{name}:{code}")) for name, code in zip(FIELDS, CODES, strict=True)}
        assert {name: len(items) for name, items in counted().items()} == hits
        seen[day.day] = set(hits.values())
    assert seen == {30: {0}, 31: {1}, 1: {0}}


def test_a_dataset_is_found_by_the_words_of_its_offers(offer: Make, act: Act):
    offer_id = offer("published", summary={"ja": "百貨店の入口も測ります。", "en": "Department stores included"})
    assert [hit["name"] for hit in found(q="百貨店")] == ["footfall"]
    assert [hit["name"] for hit in found(q="department")] == ["footfall"]
    act("admin", "offer_withdraw", id=offer_id, reason="終了")
    assert not found(q="百貨店")


@pytest.mark.parametrize("address", ["/dataset/", "/organization/naniwa"])
@pytest.mark.parametrize(
    ("language", "title", "word"), [("", "料金の形", "定額"), ("/en", "Price mode", "Subscription")]
)
def test_pages_offer_the_facets_after_the_axes(
    address: str, language: str, title: str, word: str, offer: Make, app: Any
):
    offer("published")
    page = app.get(language + address).body
    assert title in page
    assert word in page
    assert page.index("vocab_orden_price=") < page.index("vocab_orden_price_mode=") < page.index("license_id=")


def test_without_offers_there_is_no_facet_of_them(dataset: str, app: Any):
    assert "vocab_orden_price_mode" not in app.get("/dataset/").body
