"""Amounts, currencies, counts, lengths of time and dates of an offer, as people and machines write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from babel.core import get_global
from babel.numbers import get_currency_precision

from ..parsing.dates import iso_date
from ..parsing.text import fold
from .problems import Wrong

_AMOUNT = re.compile(r"(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,6})?")
_COUNT = re.compile(r"[1-9]\d{0,8}|1000000000")
_PERCENT = re.compile(r"\d{1,2}(?:\.\d{1,6})?|100(?:\.0{1,6})?")
_ISO_DURATION = re.compile(r"P[1-9]\d{0,3}[YMWD]|PT[1-9]\d{0,3}[HM]")
_WORDS_DURATION = re.compile(r"([1-9]\d{0,3})(年|[かカヶヵケ箇]月|週|日|時間|分)間?")
_UNITS = {"年": "P{}Y", "週": "P{}W", "日": "P{}D", "時間": "PT{}H", "分": "PT{}M"}


@cache
def currencies() -> frozenset[str]:
    """The ISO 4217 codes of all currencies that are legal tender in some country now, by CLDR."""
    uses = get_global("territory_currencies").values()
    return frozenset(code for territory in uses for code, _, until, tender in territory if tender and until is None)


def decimals(currency: str) -> int:
    """How many digits of a currency stand after the point: 0 for JPY, 2 for USD, 3 for KWD.

    CLDR's number, which for a few currencies without small coins in use (such as IQD) is below ISO 4217's.
    """
    return get_currency_precision(currency)


def duration(text: object) -> str:
    """A length of time in one unit as ISO 8601: P1M, 12か月, 14日間."""
    plain = _plain(text).replace(" ", "")
    if _ISO_DURATION.fullmatch(plain.upper()):
        return plain.upper()
    match = _WORDS_DURATION.fullmatch(plain)
    if not match:
        raise Wrong("duration", text)
    return _UNITS.get(match[2], "P{}M").format(int(match[1]))


def amount(text: object) -> Decimal:
    """An amount of 0 or more: 50000, 50,000, ５００００, 12.50."""
    plain = _plain(text)
    if not _AMOUNT.fullmatch(plain):
        raise Wrong("amount", text)
    return Decimal(plain.replace(",", ""))


def currency(value: Any) -> str:
    """The code of a currency in use."""
    plain = fold(value).upper()
    if plain not in currencies():
        raise Wrong("currency_unknown", value)
    return plain


def count(value: Any) -> int:
    """A whole number of 1 or more."""
    plain = _plain(value).replace(",", "")
    if not _COUNT.fullmatch(plain):
        raise Wrong("count", value)
    return int(plain)


def percent(value: Any) -> Decimal:
    """A number from 0 to 100."""
    plain = _plain(value).removesuffix("%").strip()
    if not _PERCENT.fullmatch(plain):
        raise Wrong("percent", value)
    return Decimal(plain)


def day(value: Any) -> date:
    """A whole date."""
    found = iso_date(value) or ""
    if len(found) != len("2027-03-31"):
        raise Wrong("date", value)
    return date.fromisoformat(found)


def duration_or_day(value: Any) -> str:
    """A length of time, or the last day, in ISO 8601."""
    try:
        return duration(value)
    except Wrong:
        return day(value).isoformat()


def _plain(value: Any) -> str:
    return "" if isinstance(value, bool) else fold(value)
