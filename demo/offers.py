"""What the companies' products are offered for: in all price modes, with and without a price, one or several."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ckanapi import RemoteCKAN

from .content import companies, private_kinds, read
from .terms import MODES

Offer = dict[str, Any]
SHARED = {
    "contract": "license",
    "allowed_use": ["commercial", "research"],
    "forbidden_use": ["identification"],
    "resale": False,
    "licence_term": "P1Y",
    "buyers": "anyone",
    "inquiry": "form",
    "price_note": {"ja": "デモ用の架空の価格です。", "en": "An invented price."},
}
"""What an offer says unless its own line says something else."""


@lru_cache(maxsize=1)
def offers() -> dict[str, list[Offer]]:
    """The offers of each dataset, by the dataset's name."""
    return {name: [_offer(line, mode, seller) for line in lines] for name, mode, seller, lines in _products()}


def _products() -> Iterator[tuple[str, str, str, list[Offer]]]:
    lines = read("offers")
    for kind, given in private_kinds().values():
        owner = companies()[given["owner"]]
        for product, *_, mode, _price, _personal in given["products"]:
            if product in lines[kind.name]:
                name = f"{owner.name}-{kind.name}-{product}".replace("_", "-")
                yield name, mode, owner.title, lines[kind.name][product]


def _offer(line: Offer, mode: str, seller: str) -> Offer:
    return {**SHARED, "licence": MODES[mode].license, "seller": seller, **line}


def publish(provider: RemoteCKAN, reviewer: RemoteCKAN, dataset: str) -> int:
    """As the provider, hand in the offers that a dataset lacks, and as a reviewer publish them; how many."""
    known = provider.action.orden_market_offer_list(dataset=dataset, limit=1000)["offers"]
    titles = {offer["title"]["ja"] for offer in known}
    missing = [offer for offer in offers().get(dataset, []) if offer["title"]["ja"] not in titles]
    for offer in missing:
        made = provider.action.orden_market_offer_create(dataset=dataset, offer=offer)
        provider.action.orden_market_offer_submit(id=made["id"])
        reviewer.action.orden_market_offer_publish(id=made["id"])
    return len(missing)
