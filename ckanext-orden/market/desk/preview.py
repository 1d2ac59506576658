"""The box that buyers will see, while the offer is still being written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...helpers.languages import readers_language
from ...metadata.offers import Offer, check, fields, price_details, price_line, values_of
from ..registry import markets
from .words import orden_market_said

__all__ = ["orden_market_preview_terms"]

_IN_THE_HEAD = frozenset(
    {"title", "summary", "kind", "price_mode", "price", "min_price", "max_price", "currency", "tax", "unit", "quantity"}
    | {"period", "minimum_term", "trial", "price_note", "buyer_organizations"}
)
"""Fields that the box shows as title and price, or shows to nobody."""


def preview(values: Mapping[str, Any]) -> dict[str, Any]:
    """What can be read of the values, with the price in the reader's words; what is wrong is left out."""
    issues = check(values, markets(), draft=True).report.issues
    wrong = {issue.field for issue in issues if issue.severity == "error"}
    right = {name: value for name, value in values.items() if name not in wrong}
    offer = check(right, markets(), draft=True).offer
    return {**values_of(offer), **_price(offer)} if offer else {}


def orden_market_preview_terms(offer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The terms of an offer: the name of each field that is stated, and its value in words."""
    said = ((name, orden_market_said(name, offer.get(name))) for name in fields() if name not in _IN_THE_HEAD)
    return [(name, words) for name, words in said if words]


def _price(offer: Offer) -> dict[str, Any]:
    locale = readers_language()
    if not offer.price_mode:
        return {}
    return {
        "price_text": {locale: price_line(offer, locale)},
        "price_notes": {locale: list(price_details(offer, locale))},
    }
