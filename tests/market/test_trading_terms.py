"""CADDE's keys of a dataset: said by its offers, never in the place of what its provider has stated."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.orden.logic import writing
from ckanext.orden.schemas.registration import copying

from .conftest import OFFER, Act
from .test_reading import found, shown

Make = Callable[..., str]
STATED = {
    "fee": "有償",
    "pricing_price_range": "応相談の上で決定",
    "usage_license_period": "契約による",
    "trading_policy_contract_type": "共同利用",
}


@pytest.fixture
def stated(dataset: str) -> dict[str, str]:
    """The dataset with terms that its provider has written."""
    tk.get_action("package_patch")({"user": "editor"}, {"id": dataset, **STATED})
    return STATED


def stored(keys: dict[str, str]) -> dict[str, str | None]:
    """What the database holds of these keys."""
    model.Session.expire_all()
    package = model.Package.get("footfall")
    assert package
    return {key: package.extras.get(key) for key in keys}


def test_an_offer_speaks_in_cadde_s_keys_in_answer_and_search(offer: Make):
    offer("published")
    said = {
        "fee": "有償",
        "pricing_price_range": "月額 50,000円（税込）",
        "trading_policy_contract_type": "利用許諾",
        "trading_policy_use_application": "商用利用",
    }
    [hit] = found(q="人流")
    for dataset in (shown(), hit):
        assert {key: dataset[key] for key in said} == said
        assert dataset["sales_info_url"].endswith("/dataset/footfall")


def test_with_two_offers_all_prices_are_told_and_no_term_in_which_they_differ(stated: Any, offer: Make):
    offer("published")
    offer("published", price="80000", period="P1Y", contract="譲渡")
    dataset = shown()
    assert dataset["fee"] == "有償"
    assert dataset["pricing_price_range"] == "月額 50,000円（税込）／年額 80,000円（税込）"
    assert "trading_policy_contract_type" not in dataset
    assert dataset["usage_license_period"] == "契約による"


def test_a_shown_dataset_sent_back_leaves_what_the_provider_has_stated(stated: dict[str, str], offer: Make):
    offer("published")
    dataset = tk.get_action("package_show")({"user": "editor"}, {"id": "footfall"})
    assert dataset["pricing_price_range"] == "月額 50,000円（税込）"
    tk.get_action("package_update")({"user": "editor"}, dataset)
    assert stored(stated) == stated
    assert shown()["pricing_price_range"] == "月額 50,000円（税込）"


def test_a_shown_dataset_is_judged_by_what_its_provider_has_stated(stated: dict[str, str], offer: Make):
    judged = tk.get_action("orden_schema_dataset_validate")
    said = judged({"user": "editor"}, shown())
    assert said["valid"]
    offer("published", price_mode="free", price="", tax="", period="", licence="CC-BY-4.0")
    dataset = tk.get_action("package_show")({"user": "editor"}, {"id": "footfall"})
    assert (dataset["fee"], dataset["pricing_price_range"]) == ("無償", stated["pricing_price_range"])
    assert judged({"user": "editor"}, dataset) == said
    assert judged({"user": "editor"}, {**dataset, "orden_market": None})["issues"] != said["issues"]
    tk.get_action("package_update")({"user": "editor"}, dataset)
    assert stored(stated) == stated


def test_what_is_changed_in_a_shown_dataset_is_stated(stated: dict[str, str], offer: Make):
    offer("published")
    dataset = tk.get_action("package_show")({"user": "editor"}, {"id": "footfall"})
    tk.get_action("package_update")({"user": "editor"}, {**dataset, "pricing_price_range": "年額 1円"})
    assert stored(stated) == {**stated, "pricing_price_range": "年額 1円"}


def test_a_patch_and_a_changed_file_leave_what_is_stated(stated: dict[str, str], offer: Make):
    offer("published")
    tk.get_action("package_patch")({"user": "editor"}, {"id": "footfall", "notes": "30分ごとの人数です。"})
    made = {"package_id": "footfall", "url": "https://data.example.jp/a.csv", "name": "a", "format": "CSV"}
    tk.get_action("resource_create")({"user": "editor"}, made)
    assert stored(stated) == stated


def test_harvests_and_lists_compare_with_what_is_stated(stated: dict[str, str], offer: Make):
    offer("published")
    dataset = writing.stored("footfall", {"user": "editor"})
    assert {key: dataset.get(key) for key in stated} == stated
    assert "sales_info_url" not in dataset
    assert "orden_market" not in dataset


def test_a_copy_begins_with_what_is_stated(stated: dict[str, str], offer: Make):
    offer("published")
    assert copying.copied(shown())["pricing_price_range"] == stated["pricing_price_range"]


def test_the_form_shows_what_is_stated(stated: dict[str, str], offer: Make, app: Any):
    offer("published")
    token = tk.get_action("api_token_create")({"user": "editor"}, {"user": "editor", "name": "form"})["token"]
    page = app.get("/dataset/edit/footfall", headers={"Authorization": token}).body
    assert "応相談の上で決定" in page
    assert "月額 50,000円（税込）" not in page


def test_when_the_offer_ends_the_provider_s_words_are_back(stated: dict[str, str], offer: Make, act: Act):
    act("admin", "offer_withdraw", id=offer("published"), reason="終了")
    [hit] = found(q="人流")
    for dataset in (shown(), hit):
        assert {key: dataset[key] for key in stated} == stated


def test_a_dataset_without_the_schema_says_the_same(stated: Any, offer: Make):
    offer("published")
    asked = {"id": "footfall", "use_default_schema": True}
    plain = tk.get_action("package_show")({"user": "stranger"}, asked)
    said = {**plain, **{extra["key"]: extra["value"] for extra in plain.get("extras", ())}}
    assert (said.get("fee"), said.get("pricing_price_range")) == ("有償", "月額 50,000円（税込）")


@pytest.mark.parametrize("told", ["x", [], {"generated": [], "stated": 1}, {"generated": {"title": "駅周辺の人流"}}])
def test_a_made_up_key_of_offers_changes_nothing(stated: dict[str, str], told: Any):
    dataset = tk.get_action("package_show")({"user": "editor"}, {"id": "footfall"})
    tk.get_action("package_update")({"user": "editor"}, {**dataset, "orden_market": told})
    assert stored(stated) == stated
    assert shown()["title"] == "駅周辺の人流"


def test_stated_terms_are_read_as_the_fields_of_an_offer(stated: Any, act: Act):
    changed = {"pricing_price_range": "月額 50,000円（税込）", "usage_license_period": "契約日から1年間"}
    tk.get_action("package_patch")({"user": "editor"}, {"id": "footfall", **changed})
    read = act("editor", "offer_read", dataset="footfall")
    assert read["offer"] == {
        "title": {"ja": "駅周辺の人流"},
        "licence": "other-closed",
        "seller": "なにわ研究所",
        "price_mode": "subscription",
        "price": "50000",
        "currency": "JPY",
        "tax": "included",
        "period": "P1M",
        "contract": "joint_use",
        "licence_term": "P1Y",
    }
    assert read["issues"] == []
    act("editor", "offer_create", dataset="footfall", offer=read["offer"])


def test_what_is_not_understood_is_told_and_offers_are_not_read_as_stated(stated: Any, offer: Make, act: Act):
    offer("published")
    read = act("editor", "offer_read", dataset="footfall")
    assert {issue["field"] for issue in read["issues"]} == {"price", "licence_term"}
    assert "price" not in read["offer"]


@pytest.mark.parametrize("who", ["member", "stranger", "reviewer", ""])
def test_only_those_who_may_change_the_dataset_read_its_terms(who: str, dataset: str, act: Act):
    with pytest.raises(tk.NotAuthorized):
        act(who, "offer_read", dataset=dataset)


def test_every_field_of_a_published_offer_survives_the_keys_as_far_as_they_go(offer: Make, act: Act):
    offer("published", licence_term="P1Y", nda=True, disclosure="自社", regions=["JP"], law="JP", warranty=["none"])
    keys = {key: shown()[key] for key in shown()["orden_market"]["generated"] if key != "sales_info_url"}
    copied = {
        "name": "copy",
        "title": "写し",
        "notes": "写しです。",
        "owner_org": "naniwa",
        "license_id": "other-closed",
    }
    tk.get_action("package_create")({"user": "editor"}, {**copied, "license_id": "other-closed", **keys})
    read = act("editor", "offer_read", dataset="copy")
    assert read["issues"] == []
    assert {name: read["offer"][name] for name in ("price", "period", "tax", "allowed_use")} == {
        name: OFFER[name] for name in ("price", "period", "tax", "allowed_use")
    }
    assert read["offer"]["licence_term"] == "P1Y"
    assert read["offer"]["nda"] is True
    json.dumps(read)
