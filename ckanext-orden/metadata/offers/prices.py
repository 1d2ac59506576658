"""What an offer costs, as people read it in their language: 月額 50,000円（税込）, ¥50 per 1,000 requests."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from babel.numbers import format_currency

from .offer import Offer, Price
from .wording import counted, duration_in, has, phrase, spoken

Money = Callable[[Decimal, str], str]
"""An amount in a currency, in words."""


def money_in(locale: str) -> Money:
    """How the language writes money, with the decimals of the currency; yen in Japanese are 円, not ￥."""

    def money(amount: Decimal, currency: str) -> str:
        kind = "name" if (spoken(locale), currency) == ("ja", "JPY") else "standard"
        return format_currency(amount, currency, locale=spoken(locale), format_type=kind)

    return money


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


def price_details(offer: Offer, locale: str) -> tuple[str, ...]:
    """What else is to be known before one pays: the minimum term and the trial."""
    said = {"minimum_term": offer.minimum_term, "trial": offer.trial}
    return tuple(phrase(key, locale, duration=duration_in(locale, length)) for key, length in said.items() if length)


def _per_period(period: str, locale: str, line: str) -> str:
    key = f"period.{period}"
    return phrase(key, locale, money=line) if has(key) else _every(period, locale, line)


def _every(period: str, locale: str, line: str) -> str:
    return phrase("every", locale, duration=duration_in(locale, period), money=line)
