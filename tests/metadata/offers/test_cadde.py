"""CADDE's keys are made of offers and read back; what they cannot hold is named."""

from __future__ import annotations

from typing import Any

import pytest
from ckanext.orden.metadata import fields
from ckanext.orden.metadata.mapping import cadde as mapping
from ckanext.orden.metadata.mapping.ckan_package import dataset
from ckanext.orden.metadata.offers import check, values_of
from ckanext.orden.metadata.offers.exchange import cadde
from ckanext.orden.metadata.offers.exchange.cadde_reading import KEYS, read
from metadata.offers.cases import MARKETS, OFFERS, offer

POLICY = "https://odpo.example.jp/offer/1/policy"
NEVER = {
    *("summary", "minimum_term", "trial", "sample", "delivery", "licence", "licence_url", "forbidden_use"),
    *("title", "resale", "derivatives", "attribution", "deletion", "exclusive", "availability", "response_time"),
    *("support", "seller", "seller_url", "buyers", "buyer_organizations", "inquiry", "valid_from", "valid_through"),
}
"""Fields of an offer that CADDE has no key for."""


@pytest.mark.parametrize("name", OFFERS)
def test_every_offer_is_read_back_as_its_keys_say_it(name: str):
    keys = cadde.write(offer(name), MARKETS).keys
    back = check(read(keys, MARKETS).values, MARKETS, draft=True)
    assert back.offer, [issue.text("en") for issue in back.report.issues]
    assert cadde.write(back.offer, MARKETS).keys == keys


@pytest.mark.parametrize("name", OFFERS)
def test_fields_that_are_not_read_back_are_named_and_no_others(name: str):
    before = values_of(offer(name))
    written = cadde.write(offer(name), MARKETS)
    after = read(written.keys, MARKETS).values
    back = check(after, MARKETS, draft=True).offer
    assert back
    same = {field for field, value in values_of(back).items() if before.get(field) == value}
    assert {issue.field for issue in written.issues} == set(before) - same
    assert set(before) - same >= NEVER & set(before)


@pytest.mark.parametrize("name", ["one_off", "one_off_per_file", "usage", "usage_from", "subscription_per_user"])
def test_stated_price_survives_with_mode_currency_unit_period_and_tax(name: str):
    before, after = values_of(offer(name)), read(cadde.write(offer(name), MARKETS).keys, MARKETS).values
    price = {"price_mode", "price", "min_price", "max_price", "currency", "tax", "unit", "quantity", "period"}
    assert {key: str(after.get(key)) for key in price} == {key: str(before.get(key)) for key in price}


@pytest.mark.parametrize("name", OFFERS)
def test_keys_are_fields_of_the_dataset_and_pass_its_mapping_unharmed(name: str):
    keys = cadde.write(offer(name), MARKETS).keys
    assert set(keys) <= fields.CADDE
    package = mapping.write({"id": "x", "title": "題", "name": "x", **keys}).package
    found = dataset({**package, "resources": [{"url": "https://x.example/a"}]}).dataset
    assert {key: found.get(key) for key in keys} == keys


def test_address_of_the_policy_stands_in_the_keys():
    assert cadde.write(offer("free"), MARKETS, policy_url=POLICY).keys["haspolicy_url"] == POLICY


def test_every_field_of_the_largest_offer_is_written_as_cadde_says():
    assert cadde.write(offer("subscription"), MARKETS).keys == {
        "fee": "有償",
        "sales_info_url": "https://www.service.jdex.jp/item/1",
        "pricing_price_range": "月額 50,000円（税込）",
        "pricing_notices_of_price": "研究機関は半額。",
        "trading_policy_contract_type": "利用許諾",
        "trading_policy_nda": "求める",
        "trading_policy_use_application": "商用利用,研究利用,その他(学会発表・論文)",
        "scope_of_disclosure": "自社",
        "terms_of_use_permissible_region": "日本,その他(JP-27)",
        "terms_of_use_notices": "再配布はできません。",
        "usage_license_period": '{"expirationPeriodType": "period", "period": '
        '{"referenceDate": "purchasedDay", "value": 1, "unit": "year"}}',
        "warranty_express_warranty": "データ主体となる個人の本人同意が得られている,"
        "第三者のデータベース著作物を提供するに際しライセンスをクリアしている,その他(欠測の補完)",
        "warranty_legal_compliance": "日本",
    }


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("月額10,000円〜50,000円", {"price_mode": "subscription", "period": "P1M", "min": "10000", "max": "50000"}),
        ("年額１２万円（税抜）", {"price_mode": "subscription", "period": "P1Y", "price": "120000", "tax": "excluded"}),
        ("10,000〜50,000円", {"price_mode": "one_off", "min": "10000", "max": "50000"}),
        ("5,000円/月", {"price_mode": "subscription", "period": "P1M", "price": "5000"}),
        ("6か月ごとに30,000円から", {"price_mode": "subscription", "period": "P6M", "min": "30000"}),
        ("100万円以下", {"price_mode": "one_off", "max": "1000000"}),
        ("￥3,000", {"price_mode": "one_off", "price": "3000"}),
        ("〜3,000円", {"price_mode": "one_off", "max": "3000"}),
        ("1件あたり10円", {"price_mode": "usage", "unit": "record", "quantity": "1", "price": "10"}),
        ("個別見積", {"price_mode": "negotiation"}),
        ("要問い合わせ", {"price_mode": "negotiation"}),
    ],
)
def test_price_as_providers_write_it_is_read(text: str, values: dict[str, str]):
    names = {"min": "min_price", "max": "max_price"}
    found = read({"fee": "有償", "pricing_price_range": text}, MARKETS)
    expected = {names.get(name, name): value for name, value in values.items()}
    if set(expected) & {"price", "min_price", "max_price"}:
        expected["currency"] = "JPY"
    assert found.values == expected
    assert found.issues == ()


@pytest.mark.parametrize(
    "text",
    [
        "月額5万円程度",
        "会員は無料、非会員は5,000円",
        "10〜20",
        "5万",
        "100 XXX",
        "100 USD〜20,000円",
        "¥100 USD",
        "10,000円／月額 500円",
        "1,00円",
        "50円" * 100,
    ],
)
def test_price_that_says_more_or_less_than_is_understood_is_named_and_not_guessed(text: str):
    found = read({"fee": "有償", "pricing_price_range": text}, MARKETS)
    assert found.values == {}
    assert [(issue.code, issue.field) for issue in found.issues] == [("offer.unreadable", "price")]
    assert text[:50] in found.issues[0].message["ja"]


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [
        ("fee", "たぶん有償", "price_mode"),
        ("sales_info_url", "https://unknown.example/1", "links"),
        ("trading_policy_contract_type", "贈与", "contract"),
        ("trading_policy_use_application", "商用利用,転売", "allowed_use"),
        ("scope_of_disclosure", "自社,グループ会社", "disclosure"),
        ("terms_of_use_permissible_region", "その他", "regions"),
        ("usage_license_period", "別途協議", "licence_term"),
        ("trading_policy_nda", "応相談", "nda"),
    ],
)
def test_key_that_is_not_understood_is_named(key: str, value: str, field: str):
    found = read({key: value}, MARKETS)
    assert found.values == {}
    assert [(issue.code, issue.field) for issue in found.issues] == [("offer.unreadable", field)]


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("契約日から1年間", "P1Y"),
        ("購入後6か月", "P6M"),
        ("2027-03-31", "2027-03-31"),
        ('{"expirationPeriodType": "endDate", "endDate": "2027-03-31", }', "2027-03-31"),
        (
            '{"expirationPeriodType": "period", "period": {"referenceDate": "purchasedDay" "value": 30 "unit": "day"}}',
            "P30D",
        ),
    ],
)
def test_licence_period_in_cadde_s_ways_is_read(value: str, term: str):
    assert read({"usage_license_period": value}, MARKETS).values == {"licence_term": term}


def test_several_offers_keep_what_they_agree_on_and_name_the_rest():
    page = "https://odpo.example.jp/dataset/x"
    both = [offer("free", contract="license"), offer("one_off", nda=True)]
    written = cadde.write_all(both, MARKETS, page)
    assert written.keys == {
        "fee": "有償",
        "sales_info_url": page,
        "pricing_price_range": "100,000円（税込）",
        "trading_policy_contract_type": "利用許諾",
    }
    differing = {issue.field for issue in written.issues if issue.code == "offer.differs"}
    assert differing == {"nda", "allowed_use", "regions"}


def test_several_prices_stand_side_by_side():
    written = cadde.write_all([offer("one_off"), offer("subscription")], MARKETS, "https://odpo.example.jp/d")
    assert written.keys["pricing_price_range"] == "100,000円（税込）／月額 50,000円（税込）"


def test_one_offer_of_a_dataset_has_its_own_keys():
    page = "https://odpo.example.jp/d"
    assert cadde.write_all([offer("usage")], MARKETS, page) == cadde.write(offer("usage"), MARKETS, page=page)


def test_each_key_belongs_to_a_field_of_an_offer():
    assert set(KEYS) < fields.CADDE
    values: dict[str, Any] = OFFERS["subscription"]
    assert set(KEYS.values()) <= set(values)
