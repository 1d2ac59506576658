"""Links as answers carry them: to readers those that may be followed, to the offer's people all, with their state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from ckan import model

from ...metadata.offers import Link, link_problem
from ..model.links import MarketLink
from ..model.offers import OPEN, MarketOffer
from ..registry import markets
from .judging import of_registry, refusal


def public(offer: MarketOffer, kept: Sequence[MarketLink]) -> list[dict[str, Any]]:
    """The links of an offer that may be followed, each with the `id` under which `/go/` knows it."""
    known = {link.url: link for link in kept}
    return [
        {**link, "id": known[link["url"]].id} if link["url"] in known else dict(link)
        for link in offer.content.get("links", ())
        if link_problem(Link(**link), markets()) is None and not _leads_off(known.get(link["url"]))
    ]


def stated(offer: MarketOffer, kept: Sequence[MarketLink]) -> list[dict[str, Any]]:
    """All links of an offer; those of a version that has been published with what is known of them."""
    if offer.state in OPEN:
        return list(offer.content.get("links", ()))
    return [whole(link) for link in kept]


def whole(link: MarketLink) -> dict[str, Any]:
    """A link as the people of its offer read it."""
    issue = of_registry(link)
    shown = {"id": link.id, "market": link.market, "url": link.url, "external_id": link.external_id}
    return shown | {
        "state": "refused" if issue else link.state,
        "reason": dict(issue.message if issue else link.reason),
        "status": link.status,
        "failures": link.failures,
        "since": link.since.isoformat(),
        "checked": link.checked.isoformat() if link.checked else None,
    }


def leaving(link: MarketLink, offer: MarketOffer) -> dict[str, Any]:
    """What somebody should know who is about to follow a link; `url` and `host` only where they may."""
    package = model.Package.get(offer.package_id)
    issue = refusal(link, offer)
    shown = {"id": link.id, "dataset": package.name if package else offer.package_id, "open": issue is None}
    if issue:
        return {**shown, "problem": {"code": issue.code, "message": dict(issue.message)}}
    market = markets()[link.market]
    return shown | {
        "url": link.url,
        "host": urlsplit(link.url).hostname or "",
        "market": {"code": market.code, "name": dict(market.name)},
        "offer": {"id": offer.id, "title": offer.content.get("title", {})},
    }


def _leads_off(link: MarketLink | None) -> bool:
    return link is not None and link.state == "refused"
