"""What others see of an offer: what stands, in the dataset's answers and its axes, and nothing before or after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckanext.orden import clock
from ckanext.orden.market import indexing
from ckanext.orden.market.model.offers import MarketOffer
from ckanext.orden.market.offers import expiry

from .conftest import OFFER, Act

Make = Callable[..., str]
MODULES = ("indexing", "logic.auth.offers", "offers.expiry", "offers.showing", "offers.steps")
"""Modules of the market that ask what day it is."""


def shown(name: str = "footfall") -> dict[str, Any]:
    return tk.get_action("package_show")({"user": "stranger"}, {"id": name})


def found(**asked: Any) -> list[dict[str, Any]]:
    return tk.get_action("package_search")({"user": "stranger"}, asked)["results"]


def listed(offer_id: str) -> bool:
    row = MarketOffer.get(offer_id)
    return row is not None and row.listed


def may_see(who: str, offer_id: str, act: Act) -> bool:
    try:
        act(who, "offer_show", id=offer_id)
    except tk.NotAuthorized:
        return False
    return True


@pytest.mark.parametrize("state", ["draft", "in_review", "suspended", "withdrawn"])
def test_what_does_not_stand_is_shown_to_its_people_only(state: str, offer: Make, act: Act):
    offer_id = offer(state)
    assert "orden_market" not in shown()
    seen = {who: may_see(who, offer_id, act) for who in ("editor", "admin", "reviewer", "member", "stranger", "")}
    assert seen == {"editor": True, "admin": True, "reviewer": True, "member": False, "stranger": False, "": False}


def test_what_is_published_is_part_of_the_dataset_with_its_price_in_words(offer: Make):
    offer_id = offer("published")
    [told] = shown()["orden_market"]["offers"]
    assert (told["id"], told["price"], told["price_mode"]) == (offer_id, "50000", "subscription")
    assert told["price_text"]["ja"] == "月額 50,000円（税込）"
    [hit] = found(q="人流")
    assert hit["orden_market"]["offers"][0]["id"] == offer_id


def test_offers_are_not_taken_for_what_the_provider_writes(offer: Make):
    offer("published")
    dataset = tk.get_action("package_show")({"user": "editor"}, {"id": "footfall"})
    tk.get_action("package_update")({"user": "editor"}, dataset)
    assert len(shown()["orden_market"]["offers"]) == 1


def test_a_free_offer_beside_a_paid_one_puts_the_dataset_under_both(offer: Make):
    offer("published")
    assert shown()["orden_axes"]["price"]["values"] == ["paid"]
    offer("published", price_mode="free", price="", tax="", period="", licence="CC-BY-4.0")
    assert shown()["orden_axes"]["price"]["values"] == ["free", "paid"]
    assert [hit["name"] for hit in found(fq="vocab_orden_price:free")] == ["footfall"]


def test_a_suspended_offer_leaves_answers_and_index_at_once(offer: Make, act: Act):
    offer_id = offer("published", price_mode="free", price="", tax="", period="")
    assert found(fq="vocab_orden_price:free")
    act("admin", "offer_suspend", id=offer_id, reason="更新のため")
    assert not found(fq="vocab_orden_price:free")
    assert "orden_market" not in shown()


def test_an_offer_to_named_buyers_is_theirs_alone(offer: Make, act: Act):
    offer_id = offer("published", buyers="named", buyer_organizations=["sakai"])
    assert "orden_market" not in shown()
    assert "buyer_organizations" not in act("stranger", "offer_show", id=offer_id)
    assert not may_see("member", offer_id, act)
    assert not may_see("", offer_id, act)


def at(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in MODULES:
        monkeypatch.setattr(f"ckanext.orden.market.{module}.local_date", lambda: day)


def test_an_offer_ends_after_its_last_day_by_itself(offer: Make, act: Act, monkeypatch: pytest.MonkeyPatch):
    at(date(2027, 3, 31), monkeypatch)
    offer_id = offer("published", valid_through="2027-03-31")
    assert shown()["orden_market"]
    at(date(2027, 4, 1), monkeypatch)
    assert "orden_market" not in shown()
    assert not may_see("stranger", offer_id, act)
    expiry.each_minute(None)
    last = act("editor", "offer_history", id=offer_id)[-1]
    assert (last["action"], last["role"], last["to"], last["user"]) == ("expire", "system", "expired", None)
    assert "orden_market" not in found(q="人流")[0]


def test_an_offer_begins_with_its_first_day_by_itself(offer: Make, monkeypatch: pytest.MonkeyPatch):
    at(date(2027, 3, 31), monkeypatch)
    offer("published", valid_from="2027-04-01", price_mode="free", price="", tax="", period="")
    assert "orden_market" not in shown()
    at(date(2027, 4, 1), monkeypatch)
    expiry.each_minute(None)
    assert found(fq="vocab_orden_price:free")


def test_an_offer_that_is_over_is_not_published(offer: Make, act: Act, monkeypatch: pytest.MonkeyPatch):
    at(date(2027, 3, 31), monkeypatch)
    offer_id = offer("in_review", valid_through="2027-03-31")
    at(date(2027, 4, 1), monkeypatch)
    with pytest.raises(tk.ValidationError) as caught:
        act("reviewer", "offer_publish", id=offer_id)
    assert list(caught.value.error_dict) == ["valid_through"]


def test_the_index_learns_later_what_it_missed(offer: Make, act: Act, monkeypatch: pytest.MonkeyPatch):
    offer_id = offer("in_review")

    def away(**_: Any) -> None:
        raise indexing.search.SearchIndexError("Solr is away")

    with monkeypatch.context() as patch:
        patch.setattr(indexing.search, "rebuild", away)
        assert act("reviewer", "offer_publish", id=offer_id)["state"] == "published"
    assert not listed(offer_id)
    expiry.each_minute(None)
    assert listed(offer_id)
    assert found(q="人流")[0]["orden_market"]["offers"][0]["id"] == offer_id


def test_a_list_holds_what_one_may_work_with(offer: Make, act: Act):
    ids = {offer("draft"), offer("published")}
    assert {row["id"] for row in act("editor", "offer_list", organization="naniwa")["offers"]} == ids
    assert act("reviewer", "offer_list", state="published", limit=1)["count"] == 1
    assert act("stranger", "offer_list")["count"] == 0
    with pytest.raises(tk.NotAuthorized):
        act("member", "offer_list")


def test_today_is_the_sites_day(ckan_config: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(ckan_config, "ckan.display_timezone", "Pacific/Kiritimati")
    ahead = clock.local_date()
    monkeypatch.setitem(ckan_config, "ckan.display_timezone", "Pacific/Pago_Pago")
    assert ahead > clock.local_date()


def test_what_an_offer_would_lack_is_told_before_it_is_written(dataset: str, act: Act):
    report = act("editor", "offer_validate", offer={**OFFER, "tax": ""})
    assert [issue["code"] for issue in report["issues"] if issue["severity"] == "error"] == ["offer.tax_missing"]
    assert act("editor", "offer_list")["count"] == 0
