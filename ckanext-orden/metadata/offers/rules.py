"""Rules between the fields of an offer: prices and taxes, uses, buyers, dates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from ...types import Issue
from .measures import decimals
from .problems import problem

Found = Mapping[str, Any]
"""The fields that are there, as `Offer` holds them, with price, lowest and highest price apart."""

_PRICES = ("price", "min_price", "max_price")
_WITH_A_PRICE = frozenset({"one_off", "subscription", "usage"})


def rules(found: Found, broken: Collection[str] = (), *, draft: bool = False) -> Iterator[Issue]:
    """What does not go together; a draft may lack what its other fields call for.

    `broken` fields are there but could not be read: nothing is said to lack because of them.
    """
    yield from _prices(found)
    yield from _uses(found)
    if found.get("buyer_organizations") and found.get("buyers", "named") != "named":
        yield problem("buyers_not_named", "buyers")
    if "valid_from" in found and "valid_through" in found and found["valid_from"] > found["valid_through"]:
        yield problem("dates_order", "valid_through", found["valid_through"].isoformat())
    if not draft:
        yield from _gaps(found, {*found, *broken})


def _stated(found: Found) -> dict[str, Decimal]:
    return {name: found[name] for name in _PRICES if name in found}


def _prices(found: Found) -> Iterator[Issue]:
    stated, currency = _stated(found), found.get("currency", "JPY")
    for name, amount in stated.items():
        if -int(amount.normalize().as_tuple().exponent) > decimals(currency):
            yield problem("decimals", name, currency)
    if "price" in stated and len(stated) > 1:
        yield problem("price_and_range", "price")
    if "min_price" in stated and "max_price" in stated and stated["min_price"] > stated["max_price"]:
        yield problem("range_order", "min_price", str(stated["min_price"]))
    for name in ("price", "max_price"):
        if stated.get(name) == 0 and found.get("price_mode") != "free":
            yield problem("price_zero", name, "0")


def _gaps(found: Found, there: Collection[str]) -> Iterator[Issue]:
    """What the kind of listing and the fields that are there call for."""
    priced, teaser = any(name in there for name in _PRICES), found.get("kind") == "teaser"
    if not priced and not teaser and found.get("price_mode") in _WITH_A_PRICE:
        yield problem("price_missing", "price")
    elif not priced and "tax" in there:
        yield problem("tax_without_price", "tax")
    if priced and "tax" not in there:
        yield problem("tax_missing", "tax")
    if "quantity" in there and "unit" not in there:
        yield problem("unit_missing", "unit")
    if teaser and ("inquiry" not in there or found.get("inquiry") == "none"):
        yield problem("inquiry_missing", "inquiry")
    if found.get("buyers") == "named" and "buyer_organizations" not in there:
        yield problem("buyers_missing", "buyer_organizations")


def _uses(found: Found) -> Iterator[Issue]:
    allowed, forbidden = found.get("allowed_use", ()), found.get("forbidden_use", ())
    for use in allowed:
        if use in forbidden:
            yield problem("use_contradicts", "forbidden_use", use)
    if "unlimited" in allowed and len(allowed) > 1:
        yield problem("use_unlimited", "allowed_use")
