"""The box beside the form is the box of the dataset's page, and shows the gaps of a draft as gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp
from ckanext.orden.metadata.offers import check, fields
from lxml import html
from metadata.offers.cases import OFFERS

from ..conftest import ROADS, Act
from .test_views import FULL, Visitor, form_of, visitor

Visit = Callable[[str], Visitor]
FIXTURES = (visitor,)
TODAY = {"links": [], "valid_from": "", "valid_through": "2099-03-31", "buyers": "anyone", "buyer_organizations": []}
CASES: dict[str, dict[str, Any]] = {
    **{
        mode: {**OFFERS[mode], **TODAY} for mode in ("free", "usage_from", "negotiation_with_guide", "teaser_of_a_sale")
    },
    "with everything": {**FULL, "valid_through": "2099-03-31"},
}


def box(page: html.HtmlElement) -> str:
    """The box of an offer, without the ids and addresses that only a stored one has."""
    [found] = page.xpath("//li[contains(concat(' ', @class, ' '), ' o-offer ')]")
    for row in found.xpath(".//dl/div[dd/a[contains(@href, '.jsonld')]]"):
        row.getparent().remove(row)
    drawn = re.sub(r"\s+", " ", str(html.tostring(found, encoding="unicode", with_tail=False)))
    return re.sub(r'id="offer-[^"]*"|(/ja)?/go/\w+|https://www\.service\.jdex\.jp/[^"<]*|\?offer=[^"]*', "", drawn)


def in_the_form(editor: Visitor, typed: Mapping[str, Any]) -> html.HtmlElement:
    return editor.post("/ja/dataset/footfall/offers/preview", typed)


@pytest.mark.parametrize("case", CASES)
def test_preview_is_the_box_of_the_datasets_page(case: str, visitor: Visit, app: CKANTestApp, act: Act):
    resource = {"package_id": "footfall", "url": "https://example.jp/sample.csv", "name": "見本"}
    sample = tk.get_action("resource_create")({"user": "editor"}, resource)["id"]
    offer = {**CASES[case], **({"sample": sample} if "sample" in CASES[case] else {})}
    offer_id = act("editor", "offer_create", dataset="footfall", offer=offer)["id"]
    editor = visitor("editor")
    previewed = box(in_the_form(editor, form_of(editor.get(f"/ja/market/offer/{offer_id}/edit"))))
    on_the_desk = box(editor.get(f"/ja/market/offer/{offer_id}"))
    for who, step, data in ROADS["published"]:
        act(who, f"offer_{step}", id=offer_id, **data)
    published = box(html.fromstring(app.get("/ja/dataset/footfall").get_data(as_text=True)))
    assert previewed == published
    assert on_the_desk == published
    assert "未記入" not in published


def test_each_gap_of_a_draft_is_shown_as_one(visitor: Visit):
    typed = {"price_mode": "subscription", "seller": "なにわ研究所"}
    shown = in_the_form(visitor("editor"), typed)
    assert shown.xpath("string(//h3)") == "（タイトルなし）"
    assert shown.xpath("string(//p[@class='o-price'])") == "未記入"
    gaps = {re.split(": ?|：", line)[0] for line in shown.xpath("//li/span/text()") if line.endswith("未記入")}
    lacking = {i.field for i in check(typed).report.issues if i.code in ("offer.missing", "offer.tax_missing")}
    assert gaps == {fields()[name].label["ja"] for name in lacking - {"title", "price", "price_mode"}}
    assert "未記入" not in shown.xpath("string(//dl)")


def test_draft_that_says_one_thing_only_has_a_box(visitor: Visit):
    editor = visitor("editor")
    for name in fields():
        in_the_form(editor, {name: "1", f"{name}-ja": "あ"})
        in_the_form(editor, {name: "たぶん", "price_mode": "usage"})
