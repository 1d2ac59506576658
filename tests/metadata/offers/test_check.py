"""An offer is checked as people and programs write it; the report says what is wrong, where, and the way out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from ckanext.orden.metadata.offers import Link, Price, check, fields, fields_of, price_modes, values_of
from ckanext.orden.metadata.offers.problems import problem
from ckanext.orden.metadata.vocabularies.loader import rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from metadata.offers.cases import MARKETS, OFFERS, PLAIN, offer

MONTHLY = OFFERS["subscription"]
SOLD = OFFERS["one_off"]


def faults(values: dict[str, Any], *, draft: bool = False) -> list[tuple[str, str]]:
    """Codes and fields of all errors."""
    issues = check(values, MARKETS, draft=draft).report.issues
    return [(issue.code.removeprefix("offer."), issue.field) for issue in issues if issue.severity == "error"]


@pytest.mark.parametrize("name", OFFERS)
def test_offer_without_fault_is_read_and_written_alike(name: str):
    assert check(values_of(offer(name)), MARKETS).offer == offer(name)


@pytest.mark.parametrize("name", OFFERS)
def test_written_offer_holds_what_was_said(name: str):
    said = {key: value for key, value in OFFERS[name].items() if key not in {"title", "currency", "quantity"}}
    written = values_of(offer(name))
    assert {key: written[key] for key in said} == said


def test_five_price_modes_have_fixtures_with_and_without_a_price():
    found = {(offer(name).price_mode, offer(name).price is not None) for name in OFFERS}
    assert {mode for mode, _ in found} == set(price_modes())
    assert {("one_off", False), ("subscription", False), ("negotiation", True), ("negotiation", False)} <= found


def test_values_as_people_write_them_are_read():
    found = offer(
        "subscription",
        price="５０，０００",
        tax="税込",
        period="1か月",
        minimum_term="1年間",
        trial="14日",
        contract="利用許諾",
        allowed_use="商用,研究利用",
        resale="不可",
        attribution="true",
        licence="CC BY 4.0",
        regions="jp、JP-27",
        availability="99.9%",
        valid_from="令和8年4月1日",
        title="  人流データ\u200b ",
    )
    assert found.price == Price(Decimal(50000), Decimal(50000), "JPY")
    assert (found.tax, found.period, found.minimum_term, found.trial) == ("included", "P1M", "P1Y", "P14D")
    assert (found.contract, found.allowed_use) == ("license", ("commercial", "research"))
    assert (found.resale, found.attribution, found.licence) == (False, True, "CC-BY-4.0")
    assert (found.regions, found.availability, found.valid_from) == (("JP", "JP-27"), Decimal("99.9"), date(2026, 4, 1))
    assert found.title == {"ja": "人流データ"}


def test_price_without_currency_is_in_yen():
    values = {name: value for name, value in SOLD.items() if name != "currency"}
    found = check(values, MARKETS).offer
    assert found
    assert found.price == Price(Decimal(100000), Decimal(100000), "JPY")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"price": "-1"}, ("amount", "price")),
        ({"price": "五万円"}, ("amount", "price")),
        ({"price": "1,00"}, ("amount", "price")),
        ({"price": "NaN"}, ("amount", "price")),
        ({"price": float("inf")}, ("amount", "price")),
        ({"price": True}, ("amount", "price")),
        ({"price": "1" * 13}, ("amount", "price")),
        ({"price": "0.5"}, ("decimals", "price")),
        ({"price": "1.2345", "currency": "KWD"}, ("decimals", "price")),
        ({"price": "0"}, ("price_zero", "price")),
        ({"min_price": "1"}, ("price_and_range", "price")),
        ({"price": "", "min_price": "2", "max_price": "1"}, ("range_order", "min_price")),
        ({"currency": "DEM"}, ("currency_unknown", "currency")),
        ({"currency": "円"}, ("currency_unknown", "currency")),
        ({"tax": ""}, ("tax_missing", "tax")),
        ({"tax": "込み込み"}, ("term_unknown", "tax")),
        ({"quantity": 10}, ("unit_missing", "unit")),
        ({"unit": "file", "quantity": 0}, ("count", "quantity")),
        ({"unit": "file", "quantity": "1.5"}, ("count", "quantity")),
        ({"price": "", "tax": ""}, ("price_missing", "price")),
        ({"price": "", "kind": "teaser", "inquiry": "form"}, ("tax_without_price", "tax")),
        ({"kind": "teaser"}, ("inquiry_missing", "inquiry")),
        ({"kind": "teaser", "inquiry": "none"}, ("inquiry_missing", "inquiry")),
        ({"trial": "すこし"}, ("duration", "trial")),
        ({"trial": "P0D"}, ("duration", "trial")),
        ({"delivery": []}, ("missing", "delivery")),
        ({"delivery": "、"}, ("missing", "delivery")),
        ({"title": {"ja": "\u3000", "en": None}}, ("missing", "title")),
        ({"delivery": ["pigeon"]}, ("term_unknown", "delivery")),
        ({"licence": "謎"}, ("licence_unknown", "licence")),
        ({"licence_url": "javascript:alert(1)"}, ("url", "licence_url")),
        ({"licence_url": "https://a:b@x.example/"}, ("url", "licence_url")),
        ({"sample": "../etc/passwd"}, ("name", "sample")),
        ({"regions": ["JP-48"]}, ("region_unknown", "regions")),
        ({"regions": ["XX"]}, ("region_unknown", "regions")),
        ({"law": "JP-27"}, ("region_unknown", "law")),
        ({"nda": "たぶん"}, ("bool", "nda")),
        ({"availability": "101"}, ("percent", "availability")),
        ({"valid_from": "2026-04"}, ("date", "valid_from")),
        ({"valid_from": "2026-04-02", "valid_through": "2026-04-01"}, ("dates_order", "valid_through")),
        ({"allowed_use": ["commercial"], "forbidden_use": ["commercial"]}, ("use_contradicts", "forbidden_use")),
        ({"allowed_use": ["commercial", "unlimited"]}, ("use_unlimited", "allowed_use")),
        ({"buyers": "named"}, ("buyers_missing", "buyer_organizations")),
        ({"buyer_organizations": ["osaka-city"]}, ("buyers_not_named", "buyers")),
        ({"seller": "あ" * 201}, ("too_long", "seller")),
        ({"seller": {"ja": "x"}}, ("text", "seller")),
        ({"title": {"xx-unknown": "題"}}, ("language_unknown", "title")),
        ({"title": ["題"]}, ("text", "title")),
        ({"regions": ["JP"] * 51}, ("too_many", "regions")),
        ({"links": "https://market.example.jp/items/1"}, ("link_broken", "links")),
        ({"links": [{"market": "ichiba"}]}, ("link_broken", "links")),
        ({"links": [{"market": "ichiba", "url": ["x"]}]}, ("link_broken", "links")),
        ({"links": [{"market": "else", "url": "https://x.example/"}]}, ("link_market_unknown", "links")),
        ({"links": [{"market": "ichiba", "url": "javascript:alert(1)"}]}, ("link_scheme", "links")),
        ({"resell": False}, ("field_unknown", "")),
    ],
)
def test_fault_is_named_at_its_field_and_nothing_else(change: dict[str, Any], fault: tuple[str, str]):
    assert faults({**SOLD, **change}) == [fault]


@pytest.mark.parametrize("mode", price_modes())
def test_each_mode_needs_its_fields_and_refuses_those_of_others(mode: str):
    whole = {field.name: MONTHLY.get(field.name, "") for field in fields().values()}
    extra = {"price": "5", "unit": "request", "quantity": 2, "period": "P1M", "price_mode": mode}
    found = faults({**whole, **extra})
    refused = {field for code, field in found if code == "not_in_mode"}
    filled = {name for name, value in {**whole, **extra}.items() if value not in ("", [])}
    assert refused == filled - {field.name for field in fields_of(mode)}
    needed = {field.name for field in fields_of(mode) if field.needs[mode] == "need"} - {"price_mode"}
    assert {field for code, field in faults({"price_mode": mode}) if code == "missing"} == needed


def test_subscription_needs_a_period_and_usage_a_unit():
    assert ("missing", "period") in faults({**SOLD, "price_mode": "subscription"})
    assert ("missing", "unit") in faults({**SOLD, "price_mode": "usage"})


def test_offer_without_a_mode_says_what_every_mode_needs():
    everywhere = ["title", "price_mode", "delivery", "licence", "seller", "buyers"]
    assert faults({}) == [("missing", name) for name in everywhere]


def test_draft_may_have_gaps_but_no_wrong_values():
    found = check({"title": "途中", "price": "100"}, draft=True)
    assert found.report.valid
    assert found.offer
    assert found.offer.price == Price(Decimal(100), Decimal(100), "JPY")
    assert faults({"price": "たくさん", "kind": "teaser"}, draft=True) == [("amount", "price")]


def test_unstated_terms_are_a_warning_and_no_fault():
    found = check({name: value for name, value in SOLD.items() if name not in {"contract", "allowed_use"}}, MARKETS)
    assert found.offer
    assert {(issue.severity, issue.field) for issue in found.report.issues} == {
        ("warning", "contract"),
        ("warning", "allowed_use"),
    }


def test_links_are_refused_where_no_market_is_registered():
    found = check({**SOLD, "links": [{"market": "jdex", "url": "https://www.service.jdex.jp/1"}]})
    assert [(issue.code, issue.where) for issue in found.report.issues] == [("offer.link_market_unknown", "link 1")]


def test_good_link_stands_in_the_offer():
    link = {"market": "ichiba", "url": "https://market.example.jp/items/7"}
    assert offer("one_off", links=[link]).links == (Link("ichiba", "https://market.example.jp/items/7"),)


def test_offer_is_over_on_the_day_after_its_last():
    found = offer("one_off", valid_through="2027-03-31")
    assert not found.is_over(date(2027, 3, 31))
    assert found.is_over(date(2027, 4, 1))
    assert not offer("one_off").is_over(date(9999, 12, 31))


@pytest.mark.parametrize("row", rows("problems", "ckanext.orden.metadata.offers"), ids=lambda row: row["problem"])
def test_problem_says_in_both_languages_what_is_wrong_and_how_to_mend_it(row: dict[str, str]):
    words = {"ja": "語", "en": "word"}
    said = dict.fromkeys(("label", "mode", "choices", "target", "state", "action"), words)
    found = problem(row["problem"], "field", "値", **said)
    for texts in (found.message, found.hint):
        assert all(texts[language] for language in ("ja", "en"))
        assert not any("{" in text.replace("{id}", "") for text in texts.values())


def test_field_names_and_labels_are_complete():
    for field in fields().values():
        assert field.label["ja"]
        assert field.label["en"]
        assert set(field.needs.values()) <= {"need", "want", "may", "no"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=6), children, max_size=3),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*fields(), "other"]), JSON, max_size=6), st.booleans())
def test_any_json_is_judged_without_failing(values: dict[str, Any], draft: bool):
    found = check({**PLAIN, **values}, MARKETS, draft=draft)
    assert (found.offer is None) == (not found.report.valid)
    if found.offer:
        assert check(values_of(found.offer), MARKETS, draft=draft).offer == found.offer
