"""What answers on a dataset tell of its offers, and how the index finds them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ckan.plugins import plugin_loaded

from .. import config
from ..metadata.fields import OFFER_INDEX_FIELDS
from ..metadata.offers import check, fields, price_bands
from ..metadata.offers.exchange import cadde
from ..metadata.offers.stating import MARKET, POLICY, state, withdraw
from .offers import showing
from .registry import markets

DATASET = "dataset"
WORDS = "extras_orden_offers"
"""Field of the index: titles and summaries of offers, which one finds like the dataset's own text."""
_TEXTS = ("title", "summary")


def show(dataset: dict[str, Any], *, editing: bool) -> None:
    """Let the dataset tell of its offers, but give its provider back what they have stated themselves."""
    withdraw(dataset)
    if dataset.get("type") == DATASET and not editing:
        _add(dataset)


def indexed(document: dict[str, Any]) -> dict[str, Any]:
    """The index document with what one narrows offers down by, and their words."""
    shown = json.loads(document.get("validated_data_dict") or "{}")
    offers = shown.get(MARKET, {}).get("offers", [])
    found = {field: _distinct(offers, name) for name, field in OFFER_INDEX_FIELDS.items()}
    words = [text for offer in offers for name in _TEXTS for text in offer.get(name, {}).values()]
    return {**document, **found, **({WORDS: "\n".join(dict.fromkeys(words))} if words else {})}


def _add(dataset: dict[str, Any]) -> None:
    """Those for named buyers stand in no answer that others get."""
    rows = [row for row in showing.standing(dataset["id"]) if row.content.get("buyers") != "named"]
    if rows:
        shown = showing.public(rows)
        dataset[MARKET] = {"offers": shown}
        _state(dataset, shown)


def _state(dataset: dict[str, Any], shown: Sequence[Mapping[str, Any]]) -> None:
    """CADDE's keys, which Japanese cross search reads; without a market the dataset's page is where it is sold."""
    known = markets()
    contents = [{name: value for name, value in offer.items() if name in fields()} for offer in shown]
    offers = [found for content in contents if (found := check(content, known, draft=True).offer)]
    if not offers:
        return
    page = f"{config.site_url()}/dataset/{dataset['name']}"
    keys, differing = cadde.keys_of_all(offers, page)
    state(dataset, {**keys, **_policy(dataset, shown)}, differing)


def _policy(dataset: Mapping[str, Any], shown: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Where the policy stands; those of several offers stand together in the dataset's own document."""
    if not plugin_loaded("orden_dcat"):
        return {}
    place = f"market/offer/{shown[0]['series']}" if len(shown) == 1 else f"dataset/{dataset['name']}"
    return {POLICY: f"{config.site_url()}/{place}.jsonld"}


def _distinct(offers: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    """The values of a field in all offers, each once; of links the markets, of prices their bands."""
    if name == "price_range":
        found = [band for offer in offers for band in price_bands(offer)]
    elif name == "market":
        found = [link["market"] for offer in offers for link in offer.get("links", ())]
    else:
        values = [offer.get(name) or [] for offer in offers]
        found = [each for value in values for each in ([value] if isinstance(value, str) else value)]
    return list(dict.fromkeys(found))
