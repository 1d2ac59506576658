"""Which of several offers costs least, for lists that have room for one price."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from .offer import Values

_AMOUNTS = ("price", "min_price", "max_price")


def cheapest(offers: Iterable[Values]) -> Values | None:
    """The offer with the least stated amount, yen before other currencies, and without an amount last."""
    return min(offers, key=_rank, default=None)


def _rank(offer: Values) -> tuple[bool, bool, Decimal]:
    if offer.get("price_mode") == "free":
        return (False, False, Decimal(0))
    amount = next((offer[name] for name in _AMOUNTS if offer.get(name)), None)
    if amount is None or offer.get("price_mode") == "negotiation":
        return (True, False, Decimal(0))
    return (False, offer.get("currency", "JPY") != "JPY", Decimal(amount))
