"""What an offer is: a price if one is stated, what is handed over, and what may be done with it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ...types import Text

Values = Mapping[str, Any]
"""An offer as JSON, forms and CSV write it: flat, with the names of `data/fields.csv`."""


@dataclass(frozen=True)
class Price:
    """From `low` to `high` in one currency (ISO 4217): equal for one price, one of them None for “from” and “up to”."""

    low: Decimal | None
    high: Decimal | None
    currency: str

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high


@dataclass(frozen=True)
class Link:
    """Where a market sells it: the market's code, the address there, and the market's own number."""

    market: str
    url: str
    external_id: str = ""


@dataclass(frozen=True)
class Offer:
    """One offer of a dataset, immutable: a change makes a new one.

    Codes are those of `data/terms.csv`; open vocabularies also hold `other:<words>`. Durations are ISO 8601
    (`P1M`), countries and regions ISO 3166 or `001` (UN M49) for the world, `licence` an id of the site's list,
    `availability` a percentage. None, empty texts and empty tuples mean that nothing is said.
    """

    price_mode: str
    title: Text = field(default_factory=dict)
    summary: Text = field(default_factory=dict)
    kind: str = "listing"
    price: Price | None = None
    tax: str = ""
    unit: str = ""
    quantity: int = 1
    period: str = ""
    minimum_term: str = ""
    trial: str = ""
    price_note: Text = field(default_factory=dict)
    sample: str = ""
    delivery: tuple[str, ...] = ()
    contract: str = ""
    nda: bool | None = None
    licence: str = ""
    licence_url: str = ""
    allowed_use: tuple[str, ...] = ()
    forbidden_use: tuple[str, ...] = ()
    disclosure: str = ""
    regions: tuple[str, ...] = ()
    resale: bool | None = None
    derivatives: bool | None = None
    attribution: bool | None = None
    deletion: bool | None = None
    exclusive: bool | None = None
    licence_term: str = ""
    law: str = ""
    warranty: tuple[str, ...] = ()
    notices: Text = field(default_factory=dict)
    availability: Decimal | None = None
    response_time: str = ""
    support: Text = field(default_factory=dict)
    seller: str = ""
    seller_url: str = ""
    buyers: str = ""
    buyer_organizations: tuple[str, ...] = ()
    inquiry: str = ""
    valid_from: date | None = None
    valid_through: date | None = None
    links: tuple[Link, ...] = ()

    def is_over(self, today: date) -> bool:
        """Whether the last day of the offer has passed."""
        return self.valid_through is not None and self.valid_through < today


def values_of(offer: Offer) -> dict[str, Any]:
    """The offer as flat JSON-like values, nothing that is empty among them; `check` reads them again."""
    stated = {item.name: _plain(getattr(offer, item.name)) for item in dataclasses.fields(offer)}
    stated |= _price(offer.price) if offer.price else {"price": None}
    if not offer.unit:
        stated.pop("quantity")
    return {name: value for name, value in stated.items() if value not in (None, "", [], {})}


def _price(price: Price) -> dict[str, str | None]:
    if price.exact:
        return {"price": _plain(price.low), "currency": price.currency}
    return {
        "price": None,
        "min_price": _plain(price.low),
        "max_price": _plain(price.high),
        "currency": price.currency,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Link):
        return {name: text for name, text in dataclasses.asdict(value).items() if text}
    return dict(value) if isinstance(value, Mapping) else value
