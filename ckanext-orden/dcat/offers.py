"""The offers of a shown dataset, and what they are called in RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ..metadata.offers import Market, Markets, Offer, check, fields
from ..metadata.offers.exchange.names import Names
from ..metadata.offers.stating import MARKET
from ..types import Text

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Shown:
    """An offer with its id and with its price in words, by language; `markets` are those to which it links."""

    id: str
    offer: Offer
    price: Text
    markets: Markets

    def names(self, dataset: str, namespace: str) -> Names:
        """The IRIs of the offer and its seller, which belong to the dataset's."""
        offer = f"{dataset}#offer-{self.id}"
        return Names(offer, dataset, f"{offer}-seller", namespace)


def shown(dataset: Record) -> Iterator[Shown]:
    """The offers that the dataset tells of; what is no offer is left out."""
    told = dataset.get(MARKET)
    rows = told.get("offers") if isinstance(told, Mapping) else None
    for row in rows if isinstance(rows, list) else ():
        found = as_shown(row)
        if found:
            yield found


def as_shown(row: Record) -> Shown | None:
    """The offer that the market tells of in this way; nothing where it is none."""
    values = {name: value for name, value in row.items() if name in fields()}
    markets = _markets(row.get("links") or ())
    offer = check(values, markets, draft=True).offer
    return Shown(str(row["id"]), offer, row.get("price_text") or {}, markets) if offer else None


def _markets(links: Iterable[Record]) -> Markets:
    """The links' own hosts: the market has let nothing else in."""
    hosts: dict[str, tuple[str, ...]] = {}
    for link in links:
        hosts[link["market"]] = (*hosts.get(link["market"], ()), urlsplit(link["url"]).hostname or "")
    return {code: Market(code, {}, names) for code, names in hosts.items()}
