"""Template functions of the market: what an offer says, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ckan.plugins import toolkit as tk

from ..helpers.languages import orden_text, readers_language
from ..helpers.links import orden_host
from ..metadata.offers import (
    Compared,
    Line,
    Link,
    compared,
    currency_name,
    label_of,
    link_problem,
    terms,
    terms_told,
    told,
)
from ..metadata.offers.markets import refusal
from .desk import helpers as desk_helpers
from .desk.helpers import *  # noqa: F403 - those that its __all__ names
from .registry import markets

__all__ = [
    "orden_market_choices",
    "orden_market_compared",
    "orden_market_currencies",
    "orden_market_inquiry_url",
    "orden_market_label",
    "orden_market_links",
    "orden_market_names",
    "orden_market_notes",
    "orden_market_price",
    "orden_market_sample",
    "orden_market_terms",
    "orden_market_told",
    "orden_market_url",
]
__all__ += desk_helpers.__all__

Offer = Mapping[str, Any]


@dataclass(frozen=True)
class MarketPage:
    """A page of a market that sells an offer."""

    name: str
    url: str
    host: str


def orden_market_price(offer: Offer) -> str:
    """The price of an offer in one line, in the reader's language."""
    return _in_language(offer.get("price_text"), "")


def orden_market_notes(offer: Offer) -> list[str]:
    """What else is to be known before one pays: minimum term, trial, and the seller's own words."""
    own = orden_text(offer.get("price_note"))
    return [*_in_language(offer.get("price_notes"), []), *([own] if own else [])]


def orden_market_label(name: str) -> str:
    """What a field of an offer is called."""
    return label_of(name, readers_language())


def orden_market_told(offer: Offer, name: str) -> str:
    """What an offer says in a field, in words; an empty text where it says nothing."""
    return told(offer, name, readers_language())


def orden_market_terms(offer: Offer) -> Sequence[Line]:
    """What an offer allows, forbids and asks for, each in a sentence."""
    return terms_told(offer, readers_language())


def orden_market_compared(offers: Sequence[Offer]) -> list[Compared]:
    """The rows of a comparison: the price, and each field of which any of the offers says something."""
    prices = Compared(label_of("price", readers_language()), tuple(map(orden_market_price, offers)))
    return [prices, *compared(offers, readers_language())]


def orden_market_links(offer: Offer) -> list[MarketPage]:
    """The pages at markets of the registry where an offer is sold; none that the registry does not allow now."""
    registry = markets()
    pages = []
    for said in offer.get("links") or ():
        link = Link(said["market"], said["url"], said.get("external_id", ""))
        if said.get("state") != "refused" and not link_problem(link, registry):
            name = orden_text(registry[link.market].name)
            pages.append(MarketPage(name, _way(said), orden_host(link.url)))
    return pages


@tk.chained_helper
def orden_market_url(next_helper: Callable[..., str], dataset: Mapping[str, Any]) -> str:
    """The page that a dataset names as its offer's, where the option or a market of the registry allows its host."""
    url = next_helper(dataset)
    if url:
        return url
    said = str(dataset.get("sales_info_url") or "")
    return said if any(market.enabled and not refusal(said, market) for market in markets().values()) else ""


def orden_market_inquiry_url(offer: Offer) -> str:
    """Where to ask about an offer; an empty text where it takes no questions by form."""
    return tk.h.url_for("orden_market_inquiry.new", offer=offer.get("id")) if offer.get("inquiry") == "form" else ""


def orden_market_sample(offer: Offer, dataset: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The resource of the dataset that an offer names as its sample."""
    resources = dataset.get("resources") or ()
    return next((resource for resource in resources if resource.get("id") == offer.get("sample")), None)


def orden_market_choices(vocabulary: str) -> list[tuple[str, str]]:
    """The values of a vocabulary of offers, each with its word."""
    return [(term.code, orden_text(term.label)) for term in terms(vocabulary)]


def orden_market_currencies(found: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The currencies of a search for offers, each with its name and the number of its offers."""
    locale = readers_language()
    counted = ((each["code"], tk.h.orden_number(each["count"])) for each in found)
    return [(code, f"{currency_name(code, locale)} {code} ({count})") for code, count in counted]


def orden_market_names() -> list[tuple[str, str]]:
    """The markets of the registry that are open, each with its name."""
    return [(market.code, orden_text(market.name)) for market in markets().values() if market.enabled]


def _way(link: Mapping[str, Any]) -> str:
    """The notice before leaving; a link that is not kept yet leads straight to its market."""
    return str(tk.h.url_for("orden_market_go.notice", link=link["id"]) if "id" in link else link["url"])


def _in_language(texts: Any, nothing: Any) -> Any:
    said = texts or {}
    return said.get(readers_language()) or said.get("en") or next(iter(said.values()), nothing)
