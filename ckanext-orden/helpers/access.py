"""How a dataset is got: a file, an interface, a request, or a purchase elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ckan.plugins import plugin_loaded
from ckan.plugins import toolkit as tk

from ..config import market_hosts
from ..metadata.offers import cheapest
from .axes import axis_values
from .languages import readers_language
from .links import orden_host, orden_safe_url

API_FORMATS = {"API", "NGSI", "SPARQL", "WMS", "WFS", "WMTS", "GTFS-RT"}


@dataclass(frozen=True)
class Access:
    """The way in: `kind` is download, api, request, paid or none."""

    kind: str
    word: str
    icon: str


def orden_access(dataset: Mapping[str, Any]) -> Access:
    """The one sentence that a result card says about getting the data."""
    marks = axis_values(dataset)
    resources = [resource for resource in dataset.get("resources") or () if orden_safe_url(resource.get("url"))]
    if "closed" in marks.get("openness", ()):
        return Access("request", tk._("Ask the provider for access"), "lock")
    if marks.get("price") == ("paid",):
        return Access("paid", _price(dataset), "yen")
    if not resources:
        return Access("none", tk._("Ask the provider for the data"), "mail")
    if all(orden_is_api(resource) for resource in resources):
        return Access("api", tk._("Use it through an API"), "api")
    return Access("download", tk._("Ready to use"), "download")


def orden_offers(dataset: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The offers of a dataset that stand; none where the market is not on."""
    return (dataset.get("orden_market") or {}).get("offers", []) if plugin_loaded("orden_market") else []


def orden_offered_price(dataset: Mapping[str, Any]) -> str:
    """What the cheapest offer of a dataset costs, and how many there are beside it."""
    offers = orden_offers(dataset)
    texts = (cheapest(offers) or {}).get("price_text") or {}
    price, others = str(texts.get(readers_language()) or texts.get("en") or ""), len(offers) - 1
    if others < 1:
        return price
    return tk.ungettext("{price}, and {n} more offer", "{price}, and {n} more offers", others).format(
        price=price, n=others
    )


def _price(dataset: Mapping[str, Any]) -> str:
    return orden_offered_price(dataset) or str(dataset.get("pricing_price_range") or tk._("Price on request"))


def orden_is_api(resource: Mapping[str, Any]) -> bool:
    """Whether a resource is an interface and no file."""
    kind = str(resource.get("caddec_resource_type") or "")
    return kind.startswith("api/") or str(resource.get("format") or "").upper() in API_FORMATS


def orden_file_url(dataset: Mapping[str, Any], resource: Mapping[str, Any]) -> str:
    """The address under which a page offers a file: CKAN's own, which sends on to the stored one, where it is counted.

    The stored address stays what answers and RDF say, and nothing here changes it.
    """
    url = orden_safe_url(resource.get("url"))
    counted = url.startswith(("https://", "http://")) and plugin_loaded("orden_use")
    if not counted or resource.get("url_type") == "upload":
        return url
    route = f"{dataset.get('type') or 'dataset'}_resource.download"
    return str(tk.url_for(route, id=dataset["name"], resource_id=resource["id"]))


def orden_market_url(dataset: Mapping[str, Any]) -> str:
    """The offer's page at a market that the operator allows, else an empty string (then it is shown as text)."""
    url = orden_safe_url(dataset.get("sales_info_url"))
    secure = url.startswith(("https://", "http://"))
    return url if secure and orden_host(url) in market_hosts() else ""


def orden_is_sample(dataset: Mapping[str, Any]) -> bool:
    """Whether the record is sample data and must be marked as such."""
    return str(dataset.get("orden_sample") or "").lower() == "true"
