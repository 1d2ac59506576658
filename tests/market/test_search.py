"""The search for offers: what it finds, and what it keeps from whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp
from lxml import html

from .conftest import Act, counted

Make = Callable[..., str]
LINKED = [{"market": "jdex", "url": "https://www.service.jdex.jp/items/1"}]
ONE_OFF = {"price_mode": "one_off", "period": None}
FREE = {"price_mode": "free", "price": None, "tax": None, "period": None}
ASK = {"price_mode": "negotiation", "price": None, "tax": None, "period": None}


def found(who: str = "", **asked: Any) -> list[str]:
    answer = tk.get_action("orden_market_offer_search")({"user": who}, asked)
    assert answer["count"] == len(answer["offers"])
    return [offer["id"] for offer in answer["offers"]]


@pytest.mark.parametrize("state", ["draft", "in_review", "suspended", "withdrawn"])
def test_only_what_stands_is_found_even_by_its_people(state: str, offer: Make):
    offer(state)
    assert [found(who) for who in ("", "editor", "reviewer", "sysadmin")] == [[], [], [], []]


def test_offer_not_begun_or_over_is_not_found(offer: Make):
    offer("published", valid_from="2099-01-01")
    assert found() == []


def test_answer_tells_offer_dataset_and_seller(offer: Make):
    offer_id = offer("published")
    [told] = tk.get_action("orden_market_offer_search")({"user": ""}, {})["offers"]
    assert (told["id"], told["price_text"]["en"]) == (offer_id, "¥50,000 per month (tax included)")
    assert (told["dataset"]["name"], told["dataset"]["title"]) == ("footfall", "駅周辺の人流")
    assert told["organization"] == {"name": "naniwa", "title": "なにわ研究所"}


@pytest.mark.parametrize(
    "words",
    ["人流", "FOOTFALL", "なにわ　研究所", "月額 footfall", "１時間", "stations monthly", "駅周辺\x00"],
)
def test_words_are_found_in_offer_dataset_and_seller(words: str, offer: Make):
    offer_id = offer("published")
    assert found(q=words) == [offer_id]


@pytest.mark.parametrize("words", ["桜", "人流 桜", "100%", "_", "en ja title"])
def test_words_that_stand_nowhere_find_nothing(words: str, offer: Make):
    offer("published")
    assert found(q=words) == []


def test_conditions_narrow_what_is_found(offer: Make):
    monthly = offer("published", links=LINKED)
    file = offer("published", **ONE_OFF, price="300", delivery=["file_once", "stream"])
    assert found(price_mode="one_off") == [file]
    assert found(delivery="stream") == [file]
    assert found(market="jdex") == [monthly]
    assert set(found(organization="naniwa")) == {monthly, file}
    assert found(organization="sakai") == []
    assert found(price_mode="one_off", market="jdex") == []


def test_least_price_comes_first_and_unstated_ones_last(offer: Make):
    ask = offer("published", **ASK)
    dollars = offer("published", **ONE_OFF, price="1.50", currency="USD")
    dear = offer("published")
    range_ = offer("published", **ONE_OFF, price=None, min_price="300", max_price="900")
    free = offer("published", **FREE)
    assert found(sort="price") == [free, range_, dear, dollars, ask]
    assert found()[0] == free


def test_pages_follow_each_other_and_the_count_is_of_all(offer: Make):
    made = [offer("published") for _ in range(3)]
    pages = [tk.get_action("orden_market_offer_search")({"user": ""}, {"limit": 2, "offset": n}) for n in (0, 2, 10**9)]
    assert [len(page["offers"]) for page in pages] == [2, 1, 0]
    assert {page["count"] for page in pages} == {3}
    assert {told["id"] for page in pages for told in page["offers"]} == set(made)


@pytest.mark.parametrize("asked", [{"price_mode": "x"}, {"delivery": "x"}, {"sort": "id"}, {"limit": 101}])
def test_condition_that_does_not_exist_is_refused(asked: dict[str, Any], people: None):
    with pytest.raises(tk.ValidationError):
        tk.get_action("orden_market_offer_search")({"user": ""}, asked)


def test_offers_of_private_datasets_are_for_their_organisation(offer: Make):
    offer_id = offer("published")
    tk.get_action("package_patch")({"user": "editor"}, {"id": "footfall", "private": True})
    assert found() == []
    assert found("stranger") == []
    assert tk.get_action("orden_market_offer_search")({"user": ""}, {})["organizations"] == []
    assert {who: found(who) for who in ("member", "editor", "sysadmin")} == {
        "member": [offer_id],
        "editor": [offer_id],
        "sysadmin": [offer_id],
    }


def test_offers_of_deleted_datasets_are_gone(offer: Make):
    offer("published")
    tk.get_action("package_delete")({"user": "editor"}, {"id": "footfall"})
    assert found("sysadmin") == []


def test_offer_to_named_buyers_is_found_by_them_its_seller_and_reviewers_only(offer: Make, act: Act):
    offer_id = offer("published", buyers="named", buyer_organizations=["sakai"])
    seen = {who: bool(found(who)) for who in ("", "member", "stranger", "editor", "reviewer", "sysadmin")}
    assert seen == {
        "": False,
        "member": False,
        "stranger": True,
        "editor": True,
        "reviewer": True,
        "sysadmin": True,
    }
    [told] = tk.get_action("orden_market_offer_search")({"user": "stranger"}, {})["offers"]
    assert told["id"] == offer_id
    assert "buyer_organizations" not in told


def test_number_of_queries_does_not_grow_with_the_offers(offer: Make, app: CKANTestApp):
    with app.flask_app.test_request_context():
        offer("published", links=LINKED)
        with counted() as one:
            found()
        for _ in range(4):
            offer("published", links=LINKED)
        with counted() as five:
            found()
    assert len(one) == len(five)


@pytest.fixture
def priced(offer: Make) -> dict[str, str]:
    """Offers at prices of each kind, by their names."""
    made = {
        "free": FREE,
        "yen": {"price": "10000"},
        "range": {**ONE_OFF, "price": None, "min_price": "5000", "max_price": "20000"},
        "from": {**ONE_OFF, "price": None, "min_price": "30000"},
        "up to": {**ONE_OFF, "price": None, "max_price": "900"},
        "dollars": {**ONE_OFF, "price": "10000.00", "currency": "USD"},
        "guide": {**ASK, "price": "10000", "tax": "included"},
        "teaser": {"kind": "teaser", "price": None, "tax": None},
    }
    return {offer("published", **fields): name for name, fields in made.items()}


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"max_price": "10000"}, "free yen range up_to"),
        ({"max_price": "9,999"}, "free range up_to"),
        ({"min_price": "10000"}, "yen range from"),
        ({"min_price": "１５０００", "max_price": "20000"}, "range"),
        ({"min_price": "20001", "max_price": "29999.5"}, ""),
        ({"min_price": "1000000"}, "from"),
        ({"min_price": "0", "max_price": "0"}, "free up_to"),
        ({"max_price": "10000", "currency": "usd"}, "free dollars"),
        ({"min_price": "10000", "currency": "USD"}, "dollars"),
        ({"currency": "JPY"}, "free yen range from up_to"),
        ({"min_price": "", "max_price": "", "currency": ""}, "free yen range from up_to dollars guide teaser"),
    ],
)
def test_price_is_compared_within_its_currency_and_what_has_none_is_left_out(
    asked: dict[str, str], names: str, priced: dict[str, str]
):
    assert {priced[offer_id] for offer_id in found(**asked)} == {name.replace("_", " ") for name in names.split()}


def test_currencies_are_those_of_prices_with_yen_first(priced: dict[str, str]):
    answer = tk.get_action("orden_market_offer_search")({"user": ""}, {"price_mode": "free"})
    assert answer["currencies"] == [{"code": "JPY", "count": 4}, {"code": "USD", "count": 1}]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"min_price": "一万円ぐらい"}, "min_price"),
        ({"max_price": "-1"}, "max_price"),
        ({"min_price": "1e9"}, "min_price"),
        ({"min_price": "9" * 30}, "min_price"),
        ({"min_price": "2", "max_price": "1"}, "min_price"),
        ({"currency": "円"}, "currency"),
    ],
)
def test_price_that_is_none_is_refused_at_its_field(asked: dict[str, str], field: str, people: None):
    with pytest.raises(tk.ValidationError) as refused:
        tk.get_action("orden_market_offer_search")({"user": ""}, asked)
    assert list(refused.value.error_dict) == [field]


def test_page_says_beside_the_field_what_is_wrong_and_keeps_what_was_typed(offer: Make, app: CKANTestApp):
    offer("published")
    query = {"min_price": "高い", "max_price": "60000", "q": "人流"}
    answer = app.get("/ja/market/offers", query_string=query, status=400)
    page = html.fromstring(answer.get_data(as_text=True))
    typed = page.get_element_by_id("filter-min_price")
    assert (typed.get("value"), typed.get("aria-invalid")) == ("高い", "true")
    said = page.get_element_by_id(typed.get("aria-describedby").split()[0])
    assert "金額ではありません" in said.text_content()
    assert page.get_element_by_id("filter-max_price").get("value") == "60000"
    assert "駅周辺の人流（月額）" in page.text_content()


def test_page_finds_by_price_and_leaves_it_in_the_address(offer: Make, app: CKANTestApp):
    offer("published")
    paths = [f"/ja/market/offers?currency=JPY&max_price={most}" for most in (49999, 50000)]
    shown = [app.get(path).get_data(as_text=True) for path in paths]
    assert ["駅周辺の人流（月額）" in page for page in shown] == [False, True]
    assert 'value="49999"' in shown[0]
    assert '<option value="JPY" selected>日本円 JPY (1)</option>' in shown[0]
