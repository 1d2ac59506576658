"""Prices are written as each of the ten languages writes them, with tax, unit and period."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from ckanext.orden.metadata.offers import (
    LOCALES,
    Offer,
    Price,
    currency_name,
    duration_in,
    price_bands,
    price_details,
    price_line,
)
from ckanext.orden.metadata.offers.measures import currencies, decimals
from ckanext.orden.metadata.offers.terms import terms
from ckanext.orden.metadata.vocabularies.loader import rows

MONTHLY = Offer("subscription", price=Price(Decimal(50000), Decimal(50000), "JPY"), tax="included", period="P1M")
REQUESTS = Offer(
    "usage", price=Price(Decimal("0.5"), Decimal("0.5"), "USD"), tax="excluded", unit="request", quantity=1000
)
RANGE = Offer("one_off", price=Price(Decimal("1234.5"), Decimal(9000), "EUR"), tax="exempt")

LINES: dict[str, tuple[str, str, str]] = {
    "ja": (
        "月額 50,000円（税込）",
        "1,000リクエストあたり $0.50（税別）",
        "€1,234.50〜€9,000.00（非課税）",
    ),
    "en": (
        "¥50,000 per month (tax included)",
        "$0.50 per 1,000 requests (tax not included)",
        "€1,234.50 to €9,000.00 (tax-exempt)",
    ),
    "zh_Hans_CN": (
        "每月 JP¥50,000（含税）",
        "每 1,000 次请求 US$0.50（不含税）",
        "€1,234.50 至 €9,000.00（免税）",
    ),
    "zh_Hant_TW": (
        "每月 ¥50,000（含稅）",
        "每 1,000 次請求 US$0.50（不含稅）",
        "€1,234.50 至 €9,000.00（免稅）",
    ),
    "ko_KR": (
        "월 JP¥50,000(세금 포함)",
        "요청 1,000건당 US$0.50(세금 별도)",
        "€1,234.50~€9,000.00(비과세)",
    ),
    "es": (
        "50.000 JPY al mes (impuestos incluidos)",
        "0,50 US$ por 1.000 solicitudes (impuestos no incluidos)",
        "de 1.234,50 € a 9.000,00 € (exento de impuestos)",
    ),
    "pt_BR": (
        "JP¥ 50.000 por mês (impostos incluídos)",
        "US$ 0,50 por 1.000 requisições (impostos não incluídos)",
        "de € 1.234,50 a € 9.000,00 (isento de impostos)",
    ),
    "fil": (
        "¥50,000 bawat buwan (kasama ang buwis)",
        "$0.50 bawat 1,000 request (hindi kasama ang buwis)",
        "€1,234.50 hanggang €9,000.00 (walang buwis)",
    ),
    "th": (
        "¥50,000 ต่อเดือน (รวมภาษี)",
        "US$0.50 ต่อ 1,000 คำขอ (ไม่รวมภาษี)",
        "€1,234.50 ถึง €9,000.00 (ยกเว้นภาษี)",
    ),
    "vi": (
        "50.000 ¥ mỗi tháng (đã gồm thuế)",
        "0,50 US$ cho mỗi 1.000 yêu cầu (chưa gồm thuế)",
        "1.234,50 € đến 9.000,00 € (miễn thuế)",
    ),
}


def plain(line: str) -> str:
    return line.replace("\u00a0", " ")


@pytest.mark.parametrize("locale", LOCALES)
def test_price_is_written_as_the_language_writes_it(locale: str):
    assert tuple(plain(price_line(offer, locale)) for offer in (MONTHLY, REQUESTS, RANGE)) == LINES[locale]


@pytest.mark.parametrize("locale", LOCALES)
def test_offer_without_a_price_says_its_mode_and_how_to_ask(locale: str):
    modes = ("free", "one_off", "subscription", "usage", "negotiation")
    lines = [price_line(Offer(mode), locale) for mode in modes]
    assert len(set(lines)) == 5
    assert not any(re.search(r"\d", line) for line in lines)
    if locale == "ja":
        assert lines[0] == "無償"
        assert lines[2] == "定額（価格はお問い合わせください）"
        assert lines[4] == "個別見積"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("unit", [term.code for term in terms("unit")])
def test_each_unit_shows_its_quantity_in_each_language(locale: str, unit: str):
    many = Offer("usage", price=Price(Decimal(7), Decimal(7), "JPY"), unit=unit, quantity=25)
    one = Offer("usage", price=Price(Decimal(7), Decimal(7), "JPY"), unit=unit)
    assert "25" in price_line(many, locale)
    assert "7" in price_line(one, locale)
    assert "25" not in price_line(one, locale)


@pytest.mark.parametrize(
    ("low", "high", "ja", "en"),
    [
        ("10000", None, "月額 10,000円から", "from ¥10,000 per month"),
        (None, "10000", "月額 10,000円まで", "up to ¥10,000 per month"),
        ("0", "10000", "月額 0円〜10,000円", "¥0 to ¥10,000 per month"),
    ],
)
def test_open_range_says_its_one_end(low: str | None, high: str | None, ja: str, en: str):
    price = Price(Decimal(low) if low else None, Decimal(high) if high else None, "JPY")
    offer = Offer("subscription", price=price, period="P1M")
    assert (price_line(offer, "ja"), price_line(offer, "en")) == (ja, en)


@pytest.mark.parametrize(
    ("currency", "amount", "ja", "en"),
    [
        ("JPY", "1", "1円", "¥1"),
        ("KWD", "1.5", "KWD1.500", "KWD1.500"),
        ("VND", "1000000", "₫1,000,000", "₫1,000,000"),
        ("USD", "1", "$1.00", "$1.00"),
    ],
)
def test_currency_shows_its_own_decimals(currency: str, amount: str, ja: str, en: str):
    offer = Offer("one_off", price=Price(Decimal(amount), Decimal(amount), currency))
    assert (plain(price_line(offer, "ja")), plain(price_line(offer, "en"))) == (ja, en)


def test_guide_price_of_a_negotiation_is_no_fixed_price():
    offer = Offer("negotiation", price=Price(Decimal(100000), None, "JPY"))
    assert price_line(offer, "ja") == "個別見積、目安 100,000円から"
    assert price_line(offer, "en") == "Price by negotiation, guide price from ¥100,000"


def test_period_without_a_word_of_its_own_is_counted():
    offer = Offer("subscription", price=Price(Decimal(9), Decimal(9), "JPY"), period="P3M")
    assert price_line(offer, "ja") == "3か月ごとに 9円"
    assert price_line(offer, "pt_BR").replace("\u00a0", " ") == "JP¥ 9 a cada 3 meses"


def test_details_tell_the_minimum_term_and_the_trial():
    offer = Offer("subscription", minimum_term="P1Y", trial="P14D")
    assert price_details(offer, "ja") == ("最低契約期間 1年間", "14日間無料で試用できます")
    assert price_details(offer, "en") == ("Minimum term: 1 year", "Free trial for 14 days")
    assert price_details(Offer("free"), "en") == ()


@pytest.mark.parametrize(
    ("duration", "en"), [("P1D", "1 day"), ("PT4H", "4 hours"), ("PT1M", "1 minute"), ("P2W", "2 weeks"), ("?", "?")]
)
def test_length_of_time_is_said_in_words(duration: str, en: str):
    assert duration_in("en", duration) == en


def test_language_that_is_not_spoken_gets_english():
    assert price_line(MONTHLY, "fr") == LINES["en"][0]


@pytest.mark.parametrize("row", rows("phrases", "ckanext.orden.metadata.offers"), ids=lambda row: row["key"])
def test_phrase_exists_in_all_languages_with_the_same_gaps(row: dict[str, Any]):
    assert set(row) == {"key", *LOCALES}
    gaps = {locale: set(re.findall(r"{\w+}", row[locale])) for locale in LOCALES}
    one = row["key"].startswith("unit.") and row["key"].endswith(".one")
    assert all(gaps[locale] == gaps["ja"] or (one and not gaps[locale]) for locale in LOCALES)
    assert all(row[locale].strip() for locale in LOCALES)


def test_currencies_are_those_in_use_and_know_their_decimals():
    assert {"JPY", "USD", "EUR", "KRW", "VND", "KWD"} <= currencies()
    assert currencies().isdisjoint({"DEM", "XXX", "XTS"})
    assert [decimals(code) for code in ("JPY", "USD", "KWD")] == [0, 2, 3]


@pytest.mark.parametrize(
    ("said", "bands"),
    [
        ({"price_mode": "free"}, ["free"]),
        ({"price": "0"}, ["to_10000"]),
        ({"price": "10000"}, ["to_10000"]),
        ({"price": "10001"}, ["to_100000"]),
        ({"price": "1000000", "currency": "JPY"}, ["to_1000000"]),
        ({"price": "1000001"}, ["above_1000000"]),
        ({"min_price": "5000", "max_price": "200000"}, ["to_10000", "to_100000", "to_1000000"]),
        ({"min_price": "10000", "max_price": "10001"}, ["to_10000", "to_100000"]),
        ({"min_price": "300"}, ["to_10000"]),
        ({"max_price": "2000000"}, ["above_1000000"]),
        ({"price": "100", "currency": "USD"}, []),
        ({"price_mode": "negotiation", "price": "100"}, []),
        ({}, []),
    ],
)
def test_price_in_yen_falls_into_bands_as_it_is_stated(said: dict[str, str], bands: list[str]):
    assert price_bands({"price_mode": "subscription", **said}) == bands
    assert set(bands) <= {term.code for term in terms("price_range")}


@pytest.mark.parametrize("locale", LOCALES)
def test_currency_has_a_name_in_each_language(locale: str):
    assert currency_name("JPY", locale) not in ("", "JPY")
