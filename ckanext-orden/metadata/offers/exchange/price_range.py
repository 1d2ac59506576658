"""CADDE's price range: one free Japanese text, without a currency or a unit of its own.

CADDE 4.0, item 13120 (sipx:priceRange). We write it as people do, 月額 50,000円（税込）, with ISO 4217's code for all
currencies but the yen, and read that and what providers write alike (年額12万円(税抜), 10,000〜50,000円/月).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ...parsing.text import fold
from ..measures import amount, currencies, decimals, duration
from ..offer import Offer
from ..prices import price_line
from ..problems import Wrong
from ..terms import term_for
from ..wording import phrase

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_MONEY = rf"(¥?)({_NUMBER})(万?)(円|[a-z]{{3}})?"
_ONE = re.compile(_MONEY)
_RANGE = re.compile(rf"{_MONEY}(?:~|-|から){_MONEY}(?:まで)?")
_FROM = re.compile(rf"{_MONEY}(?:~|から|以上)")
_UP_TO = re.compile(rf"~{_MONEY}|{_MONEY}(?:まで|以下)")
_TAX = re.compile(r"(.*)\((税込み?|税別|税抜き?|非課税|内税|外税)\)")
_PERIODS = {"日額": "P1D", "週額": "P1W", "月額": "P1M", "年額": "P1Y", "毎月": "P1M", "毎年": "P1Y"}
_PERIOD = re.compile(rf"({'|'.join(_PERIODS)})(.+)")
_EVERY = re.compile(r"(\d+[^\d/]{1,3})(?:ごとに?|毎に?)(.+)")
_SLASH = re.compile(r"(.+)/(?:1?か?)(日|週|月|年)")
_SLASHES = {"日": "P1D", "週": "P1W", "月": "P1M", "年": "P1Y"}
_PER = re.compile(r"([\d,]+)([^\d,]+?)(?:あたり|につき)(.+)")
_GUIDE = re.compile(r"個別見積(?:もり)?[、,]?(?:目安)?(.+)")
_ONCE = re.compile(r"買い?切り?(.+)")
_ASK = re.compile(r"(.+)\(価格はお問い合わせください\)")
_BY_ASKING = re.compile(r"個別見積(?:もり)?|応相談|要(?:相談|見積(?:もり)?|問い?合わ?せ)")
_LONGEST = 100

Found = dict[str, Any]


def write(offer: Offer) -> str:
    """The price in one line; empty for what is free."""
    if offer.price_mode == "free":
        return ""
    line = price_line(offer, "ja", _money)
    is_plain = offer.price_mode != "one_off" or not offer.unit or not offer.price
    return line if is_plain else f"{phrase('mode.one_off', 'ja')} {line}"


def read(text: object) -> Found:
    """The values of the offer's price that the whole text states; empty where any of it is not understood."""
    plain = fold(text).replace(" ", "")
    if len(plain) > _LONGEST:
        return {}
    if _BY_ASKING.fullmatch(plain):
        return {"price_mode": "negotiation"}
    asked = _ASK.fullmatch(plain)
    if asked:
        mode = term_for("price_mode", asked[1])
        return {"price_mode": mode.code} if mode else {}
    for pattern, mode in ((_GUIDE, "negotiation"), (_ONCE, "one_off")):
        match = pattern.fullmatch(plain)
        if match:
            found = _read_line(match[1])
            return {**found, "price_mode": mode} if found and "period" not in found else {}
    return _read_line(plain)


def _read_line(plain: str) -> Found:
    found: Found = {}
    match = _TAX.fullmatch(plain)
    if match:
        plain = match[1]
        tax = term_for("tax", match[2])
        found["tax"] = tax.code if tax else ""
    plain = _take_period(plain, found)
    plain = _take_unit(plain, found)
    prices = _read_amounts(plain)
    if not prices:
        return {}
    mode = "subscription" if "period" in found else "usage" if "unit" in found else "one_off"
    return {"price_mode": mode, **found, **prices}


def _take_period(plain: str, found: Found) -> str:
    """The line without its period, which goes into `found`."""
    match = _PERIOD.fullmatch(plain)
    if match:
        found["period"] = _PERIODS[match[1]]
        return match[2]
    match = _SLASH.fullmatch(plain)
    if match:
        found["period"] = _SLASHES[match[2]]
        return match[1]
    match = _EVERY.fullmatch(plain)
    if not match:
        return plain
    try:
        found["period"] = duration(match[1])
    except Wrong:
        return plain
    return match[2]


def _take_unit(plain: str, found: Found) -> str:
    """The line without its unit, which goes into `found`."""
    match = _PER.fullmatch(plain)
    unit = term_for("unit", match[2]) if match else None
    if not match or not unit:
        return plain
    found |= {"unit": unit.code, "quantity": match[1].replace(",", "")}
    return match[3]


def _read_amounts(plain: str) -> Found:
    """The amounts with their currency: one, from, to, or both."""
    for pattern, names in ((_ONE, ("price",)), (_RANGE, ("min_price", "max_price")), (_FROM, ("min_price",))):
        match = pattern.fullmatch(plain)
        if match:
            return _amounts(match.groups(), names)
    match = _UP_TO.fullmatch(plain)
    if not match:
        return {}
    before, after = match.groups()[:4], match.groups()[4:]
    return _amounts(before if before[1] else after, ("max_price",))


def _amounts(groups: Sequence[str | None], names: tuple[str, ...]) -> Found:
    """The amounts by name, in the one currency that is stated (¥, 円, a code); nothing without one or with two."""
    parts = [groups[start : start + 4] for start in range(0, len(groups), 4)]
    stated = {_code(word) for sign, _, _, word in parts for word in (sign, word) if word}
    if len(stated) != 1 or not stated <= currencies():
        return {}
    try:
        amounts = [_number(digits or "", myriad or "") for _, digits, myriad, _ in parts]
    except Wrong:
        return {}
    return {**dict(zip(names, amounts, strict=True)), "currency": stated.pop()}


def _code(word: str) -> str:
    return "JPY" if word in {"¥", "円"} else word.upper()


def _number(digits: str, myriad: str) -> str:
    return format(amount(digits) * (10_000 if myriad else 1), "f")


def _money(value: Decimal, currency: str) -> str:
    number = f"{value:,.{decimals(currency)}f}"
    return f"{number}円" if currency == "JPY" else f"{number} {currency}"
