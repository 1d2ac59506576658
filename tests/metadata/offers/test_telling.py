"""Offers in words: each field, the terms as sentences, several side by side, the cheapest."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from ckanext.orden.metadata.offers import LOCALES, cheapest, compared, fields, label_of, terms_told, told
from ckanext.orden.metadata.offers.offer import Offer
from ckanext.orden.metadata.offers.telling import COMPARED
from ckanext.orden.metadata.vocabularies.loader import rows

SAID: dict[str, tuple[Any, str, str]] = {
    "delivery": (["file_once", "api_pull"], "ファイル（1回）、API（取得）", "One file, API to ask"),
    "nda": (True, "はい", "Yes"),
    "licence": ("CC-BY-4.0", "クリエイティブ・コモンズ", "Creative Commons"),
    "forbidden_use": (["military", "other:転載"], "軍事利用、転載", "Military use, 転載"),
    "regions": (["JP", "JP-27"], "日本、大阪府", "Japan, Osaka"),
    "licence_term": ("P1Y", "1年間", "1 year"),
    "valid_through": ("2028-03-31", "2028年3月31日", "31 Mar 2028"),
    "availability": ("99.5", "99.5%", "99.5%"),
    "law": ("JP", "日本", "Japan"),
    "support": ({"ja": "平日のみ", "en": "Weekdays"}, "平日のみ", "Weekdays"),
}


@pytest.mark.parametrize("name", SAID)
def test_field_is_told_in_the_readers_words(name: str):
    value, japanese, english = SAID[name]
    assert told({name: value}, name, "ja").startswith(japanese)
    assert told({name: value}, name, "en").startswith(english)


def test_last_day_of_a_licence_is_told_as_one():
    values = {"licence_term": "2028-03-31"}
    assert [told(values, "licence_term", locale) for locale in ("ja", "en")] == [
        "2028年3月31日まで",
        "until 31 Mar 2028",
    ]


def test_field_without_a_value_says_nothing():
    assert {told({}, name, "ja") for name in COMPARED} == {""}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_compared_field_has_a_label_and_words_in_every_language(locale: str):
    values = {name: SAID[name][0] for name in SAID}
    assert all(label_of(name, locale) for name in COMPARED)
    assert all(told(values, name, locale) for name in SAID)


def test_terms_say_what_is_allowed_forbidden_and_asked_for():
    values = {"allowed_use": ["commercial"], "resale": False, "attribution": True, "disclosure": "company"}
    assert [(line.kind, line.text) for line in terms_told(values, "ja")] == [
        ("yes", "認める利用：商用利用"),
        ("no", "再販売できません"),
        ("must", "見せてよい範囲：自社"),
        ("must", "出典の表示が必要です"),
    ]


def test_what_has_no_limit_is_said_as_freedom():
    values = {"disclosure": "unlimited", "regions": ["001"]}
    assert [line.kind for line in terms_told(values, "en")] == ["yes", "yes"]
    assert [line.kind for line in terms_told({"regions": ["001", "JP"]}, "en")] == ["must"]


def test_sentences_stand_for_fields_of_an_offer_in_both_languages():
    for row in rows("sentences", "ckanext.orden.metadata.offers"):
        assert row["field"] in fields()
        assert row["kind"] in {"yes", "no", "must"}
        assert row["ja"]
        assert row["en"]


def test_comparison_holds_what_any_offer_states_and_marks_differences():
    found = compared([{"nda": True, "law": "JP"}, {"nda": False, "law": "JP"}, {"law": "JP", "resale": True}], "en")
    told_rows = {row.label: (row.cells, row.differs) for row in found}
    assert told_rows == {
        "Non-disclosure agreement required": (("Yes", "No", ""), True),
        "Resale allowed": (("", "", "Yes"), True),
        "Governing law": (("Japan", "Japan", "Japan"), False),
    }


def test_compared_fields_are_fields_of_an_offer():
    assert set(COMPARED) <= {item.name for item in dataclasses.fields(Offer)}


FREE = {"price_mode": "free"}
MONTHLY = {"price_mode": "subscription", "price": "50000", "currency": "JPY"}
RANGE = {"price_mode": "one_off", "min_price": "9000", "currency": "JPY"}
DOLLARS = {"price_mode": "one_off", "price": "1", "currency": "USD"}
GUIDE = {"price_mode": "negotiation", "price": "1", "currency": "JPY"}


@pytest.mark.parametrize(
    ("offers", "least"),
    [
        ([MONTHLY, FREE], FREE),
        ([MONTHLY, RANGE], RANGE),
        ([DOLLARS, MONTHLY], MONTHLY),
        ([GUIDE, DOLLARS], DOLLARS),
        ([GUIDE], GUIDE),
        ([], None),
    ],
)
def test_cheapest_offer_is_the_least_stated_amount(offers: list[dict[str, str]], least: dict[str, str] | None):
    assert cheapest(offers) == least
