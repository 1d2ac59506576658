"""The rows of links: made when an offer is published, found by their ids."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection

from ckan import model
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from ...clock import utcnow
from ..model.links import MarketLink
from ..model.offers import MarketOffer

_LENGTH = 13
_ID = re.compile(f"[a-z2-7]{{{_LENGTH}}}")


def link_id(series_id: str, url: str) -> str:
    """The short id of an address in all versions of an offer."""
    digest = hashlib.sha256(f"{series_id}\n{url}".encode()).digest()
    return base64.b32encode(digest).decode()[:_LENGTH].lower()


def keep(offer: MarketOffer) -> None:
    """Let the links of a version that is published now be followed; the caller commits."""
    for position, said in enumerate(offer.content.get("links", ()), 1):
        known = {"offer_id": offer.id, "position": position, "market": said["market"]}
        known["external_id"] = said.get("external_id", "")
        now = utcnow()
        new = {"state": "unchecked", "reason": {}, "failures": 0, "since": now, "next_at": now}
        row = insert(MarketLink).values(id=link_id(offer.series_id, said["url"]), url=said["url"], **known, **new)
        model.Session.execute(row.on_conflict_do_update(index_elements=["id"], set_=known))


def found(link: str) -> tuple[MarketLink, MarketOffer] | None:
    """A link and the version that names it; None for what is no id of a link."""
    if not _ID.fullmatch(link):
        return None
    query = select(MarketLink, MarketOffer).join(MarketOffer, MarketOffer.id == MarketLink.offer_id)
    row = model.Session.execute(query.where(MarketLink.id == link)).first()
    return (row[0], row[1]) if row else None


def of(offer_ids: Collection[str]) -> dict[str, list[MarketLink]]:
    """The links of versions, each version's in their order."""
    kept: dict[str, list[MarketLink]] = {offer_id: [] for offer_id in offer_ids}
    query = select(MarketLink).where(MarketLink.offer_id.in_(kept)).order_by(MarketLink.position)
    for link in model.Session.execute(query).scalars() if kept else ():
        kept[link.offer_id].append(link)
    return kept
