"""The facets of offers: how and how much one pays, how the data comes, where it is sold."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ..helpers.languages import readers_language
from ..metadata.fields import OFFER_INDEX_FIELDS
from ..metadata.offers import label
from .registry import markets


def with_offers(facets: Mapping[str, Any]) -> OrderedDict[str, Any]:
    """The page's facets with those of offers before them; the axes, which another room adds, come first."""
    words = (tk._("Price mode"), tk._("Price range"), tk._("Delivery"), tk._("Market"))
    return OrderedDict({**dict(zip(OFFER_INDEX_FIELDS.values(), words, strict=True)), **facets})


def label_values(search_facets: Mapping[str, Any]) -> None:
    """Gives the values of these facets their names in the reader's language."""
    for name, field in OFFER_INDEX_FIELDS.items():
        for item in search_facets.get(field, {}).get("items", []):
            item["display_name"] = _word(name, item["name"])


def _word(name: str, value: str) -> str:
    """A value in the reader's language; a market that is no longer known by its code."""
    market = markets().get(value) if name == "market" else None
    texts = market.name if market else label(name, value)
    return texts.get(readers_language()) or texts.get("en") or value
