"""An inquiry as each side may read it: neither sees an address that the other did not give."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ckan import model

from ...metadata.offers.inquiries import possible_steps
from ..model.inquiries import MarketInquiry, MarketMessage
from ..model.offers import MarketOffer
from .parties import Party, buyer_mail


def brief(row: MarketInquiry) -> dict[str, Any]:
    """An inquiry in a list; no address and no message is in it."""
    package, group = model.Package.get(row.package_id), model.Group.get(row.organization_id)
    offer = MarketOffer.get(row.offer_id) if row.offer_id else None
    return {
        "id": row.id,
        "dataset": {"name": package.name, "title": package.title or package.name} if package else None,
        "organization": {"name": group.name, "title": group.title or group.name} if group else None,
        "offer": {"id": offer.id, "number": offer.number, "title": offer.content.get("title", {})} if offer else None,
        "state": row.state,
        "name": row.name,
        "affiliation": row.affiliation,
        "language": row.language,
        "created": row.created.isoformat(),
        "changed": row.changed.isoformat(),
        "received": _time(row.received),
        "first_answered": _time(row.first_answered),
        "closed": _time(row.closed),
        "due": _time(row.due),
    }


def whole(row: MarketInquiry, who: Party) -> dict[str, Any]:
    """A thread as somebody reads it who stands on at least one of its sides."""
    shown = {
        **brief(row),
        "purpose": row.purpose,
        "sides": sorted(who.sides),
        "steps": list(possible_steps(row.state, who.sides)),
        "share_mail": row.share_mail,
        "messages": [_message(message) for message in MarketMessage.of(row.id)],
    }
    if "buyer" in who.sides or row.share_mail:
        shown["mail"] = buyer_mail(row)
    if row.provider_mail:
        shown["provider_mail"] = row.provider_mail
    return shown


def _message(message: MarketMessage) -> dict[str, Any]:
    return {
        "author": message.author,
        "action": message.action,
        "text": message.text,
        "at": message.at.isoformat(),
        "read": _time(message.read),
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
