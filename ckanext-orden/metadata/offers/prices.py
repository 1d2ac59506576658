"""What an offer costs, as people read it in their language: 月額 50,000円（税込）, ¥50 per 1,000 requests."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency, get_currency_name

from .offer import Offer, Price, Values
from .wording import KEPT, counted, duration_in, has, phrase, spoken

_COIN = Decimal(1)
_ENDS = (Decimal(10_000), Decimal(100_000), Decimal(1_000_000))
_BANDS = (
    ("to_10000", Decimal(0), _ENDS[0]),
    ("to_100000", _ENDS[0], _ENDS[1]),
    ("to_1000000", _ENDS[1], _ENDS[2]),
    ("above_1000000", _ENDS[2], Decimal("Infinity")),
)
"""Bands of prices in yen: above what, and up to what."""
Money = Callable[[Decimal, str], str]
"""An amount in a currency, in words."""


def money_in(locale: str) -> Money:
    """How the language writes money, with the decimals of the currency; yen in Japanese are 円, not ￥."""

    return lambda amount, currency: _money(amount, currency, spoken(locale))


def currency_name(code: str, locale: str) -> str:
    """What a currency is called."""
    return get_currency_name(code, locale=spoken(locale))


@lru_cache(KEPT)
def _money(amount: Decimal, currency: str, locale: str) -> str:
    kind = "name" if (locale, currency) == ("ja", "JPY") else "standard"
    return format_currency(amount, currency, locale=locale, format_type=kind)


def price_line(offer: Offer, locale: str, money: Money | None = None) -> str:
    """The price in one line, with unit, period and tax; without an amount, the mode and how to ask."""
    mode = phrase(f"mode.{offer.price_mode}", locale)
    if offer.price is None:
        return mode if offer.price_mode in {"free", "negotiation"} else phrase("on_request", locale, mode=mode)
    line = amounts(offer.price, locale, money or money_in(locale))
    if offer.unit:
        line = phrase("per", locale, unit=counted(f"unit.{offer.unit}", offer.quantity, locale), money=line)
    if offer.period:
        line = _per_period(offer.period, locale, line)
    if offer.tax:
        line = phrase(f"tax.{offer.tax}", locale, money=line)
    return phrase("guide", locale, mode=mode, money=line) if offer.price_mode == "negotiation" else line


def amounts(price: Price, locale: str, money: Money) -> str:
    """One amount, or from, to, or both."""
    low = "" if price.low is None else money(price.low, price.currency)
    high = "" if price.high is None else money(price.high, price.currency)
    if price.exact:
        return low
    if low and high:
        return phrase("range", locale, low=low, high=high)
    return phrase("from", locale, low=low) if low else phrase("up_to", locale, high=high)


def price_bands(values: Values) -> list[str]:
    """The codes of `price_range` that a price in yen falls into as it is stated, for a month or for a file alike.

    A range is in all bands that it touches, “from” and “up to” in that of their amount. Nothing is said of prices in
    other currencies, and of those that are agreed with each buyer.
    """
    if values.get("price_mode") == "free":
        return ["free"]
    stated = [values[name] for name in ("price", "min_price", "max_price") if values.get(name)]
    if not stated or values.get("price_mode") == "negotiation" or values.get("currency", "JPY") != "JPY":
        return []
    least, most = min(map(Decimal, stated)), max(map(Decimal, stated))
    return [code for code, above, up_to in _BANDS if above < max(most, _COIN) and least <= up_to]


def price_details(offer: Offer, locale: str) -> tuple[str, ...]:
    """What else is to be known before one pays: the minimum term and the trial."""
    said = {"minimum_term": offer.minimum_term, "trial": offer.trial}
    return tuple(phrase(key, locale, duration=duration_in(locale, length)) for key, length in said.items() if length)


def _per_period(period: str, locale: str, line: str) -> str:
    key = f"period.{period}"
    return phrase(key, locale, money=line) if has(key) else _every(period, locale, line)


def _every(period: str, locale: str, line: str) -> str:
    return phrase("every", locale, duration=duration_in(locale, period), money=line)
