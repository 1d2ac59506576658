"""Offers read from CADDE's trading keys, for providers who write only those."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from ....types import Issue
from ...mapping import cadde_periods
from ...mapping.draft import json_or_none, many
from ...parsing.text import clean, fold
from ...vocabularies import cadde_value
from ..markets import Markets, link_problem
from ..measures import duration, duration_or_day
from ..offer import Link
from ..problems import Wrong, problem
from ..terms import OTHER, term_for, with_remark
from ..values import WORLD, region
from . import price_range
from .losses import NAMES

UNLIMITED, JAPAN, REMARKED = "制限なし", "日本", "その他({})"
LENGTHS = {"Y": "year", "M": "month", "D": "day"}

KEYS = {
    "fee": "price_mode",
    "sales_info_url": "links",
    "pricing_price_range": "price",
    "pricing_notices_of_price": "price_note",
    "trading_policy_contract_type": "contract",
    "trading_policy_nda": "nda",
    "trading_policy_use_application": "allowed_use",
    "scope_of_disclosure": "disclosure",
    "terms_of_use_permissible_region": "regions",
    "terms_of_use_notices": "notices",
    "usage_license_period": "licence_term",
    "warranty_express_warranty": "warranty",
    "warranty_legal_compliance": "law",
}
"""CADDE's keys, each with the field of an offer that says the same."""

_REMARK = re.compile(r"その他\s*[(（](.+)[)）]", re.DOTALL)
_SINCE = re.compile(r"(?:契約|購入)(?:日|後|から|より)*")
_NONE = (None, "", [], ())


@dataclass(frozen=True)
class Read:
    """Values for `check`, which a draft of an offer begins with, and the keys that were not understood."""

    values: dict[str, Any]
    issues: tuple[Issue, ...] = ()


def read(keys: Mapping[str, Any], markets: Markets) -> Read:
    """The offer that the keys state; a key in which anything is not understood is named and left out."""
    values, unread = _price(keys)
    for key, reader in _READERS.items():
        if keys.get(key) in _NONE:
            continue
        found = reader(keys[key])
        if found in _NONE:
            unread.append(key)
        else:
            values[KEYS[key]] = found
    page = clean(keys.get("sales_info_url"))
    link = _link(page, markets)
    if link:
        values["links"] = [link]
    elif page:
        unread.append("sales_info_url")
    return Read(values, tuple(_unreadable(key, keys[key]) for key in unread))


def _price(keys: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Mode and price: 無償 needs no more, the price range says how one pays, 有償 alone says only that one does."""
    fee, text = cadde_value("fee", keys.get("fee")), clean(keys.get("pricing_price_range"))
    unread = ["fee"] if keys.get("fee") and not fee else []
    found = price_range.read(text)
    if fee == "無償":
        return {"price_mode": "free"}, unread + (["pricing_price_range"] if found else [])
    return found, unread + (["pricing_price_range"] if text and not found else [])


def _link(url: str, markets: Markets) -> dict[str, str] | None:
    """The link to the market of whose listings the address is one."""
    links = (Link(market, url) for market in markets) if url else ()
    return next(({"market": link.market, "url": url} for link in links if not link_problem(link, markets)), None)


def _text(value: Any) -> dict[str, str]:
    text = clean(value)
    return {"ja": text} if text else {}


def _term(vocabulary: str, value: Any) -> str:
    """A term by CADDE's word; その他(…) as the term of that name, else as a remark."""
    remark = _REMARK.fullmatch(clean(value))
    if not remark:
        found = term_for(vocabulary, value)
        return found.code if found else ""
    named = term_for(vocabulary, remark[1])
    return named.code if named and not named.cadde else with_remark(clean(remark[1]))


def _terms(vocabulary: str, value: Any) -> list[str]:
    found = [_term(vocabulary, item) for item in many(value)]
    return found if all(found) else []


def _one_term(vocabulary: str, value: Any) -> str:
    found = _terms(vocabulary, value)
    return found[0] if len(found) == 1 else ""


def _nda(value: Any) -> bool | None:
    return {"求める": True, "求めない": False}.get(cadde_value("trading_policy_nda", value) or "")


def _region(value: Any) -> str:
    text = clean(value)
    remark = _REMARK.fullmatch(text)
    known = cadde_value("terms_of_use_permissible_region", text)
    if known in (UNLIMITED, JAPAN):
        return WORLD if known == UNLIMITED else "JP"
    try:
        return region(remark[1] if remark else text)
    except Wrong:
        return ""


def _regions(value: Any) -> list[str]:
    found = [_region(item) for item in many(value)]
    return found if all(found) else []


def _law(value: Any) -> str:
    return OTHER if fold(value) == "その他" else _region(value)


def _licence_term(value: Any) -> str:
    text = cadde_periods.read(value)
    parsed = json_or_none(text)
    period = parsed.get("period") if isinstance(parsed, Mapping) else None
    if isinstance(period, Mapping):
        units = {name: letter for letter, name in LENGTHS.items()}
        text = f"P{period.get('value')}{units.get(fold(period.get('unit')), '')}"
    try:
        return duration_or_day(text)
    except Wrong:
        return _since_purchase(text)


def _since_purchase(text: str) -> str:
    """契約日から1年間."""
    try:
        return duration(_SINCE.sub("", fold(text), count=1))
    except Wrong:
        return ""


def _unreadable(key: str, value: Any) -> Issue:
    return problem("unreadable", KEYS[key], f"{key}: {clean(value)}", target=NAMES["cadde"])


_READERS: dict[str, Callable[[Any], Any]] = {
    "pricing_notices_of_price": _text,
    "trading_policy_contract_type": partial(_one_term, "contract"),
    "trading_policy_nda": _nda,
    "trading_policy_use_application": partial(_terms, "use"),
    "scope_of_disclosure": partial(_one_term, "disclosure"),
    "terms_of_use_permissible_region": _regions,
    "terms_of_use_notices": _text,
    "usage_license_period": _licence_term,
    "warranty_express_warranty": partial(_terms, "warranty"),
    "warranty_legal_compliance": _law,
}
