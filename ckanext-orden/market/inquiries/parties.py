"""Who stands on which side of an inquiry, and whom a mail about it reaches. Both come from our data alone."""

from __future__ import annotations

from dataclasses import dataclass

from ckan import model

from ...correspondence.people import WRITERS, provider_address, user_mail
from ...metadata.messages import is_mail
from ...metadata.offers.inquiries import Side
from ..model.inquiries import MarketInquiry
from ..offers.people import person
from . import keys

BUYER = "buyer"
"""The recipient of mails that is not the provider."""


@dataclass(frozen=True)
class Party:
    """Somebody who deals with an inquiry: their account, if any, and the sides they stand on."""

    user_id: str | None
    sides: frozenset[Side]


def party(row: MarketInquiry, user_name: str | None, key: str = "") -> Party:
    """What a user, or somebody with the key of the link, is to an inquiry. Nothing unconfirmed is the provider's."""
    user = model.User.get(user_name) if user_name else None
    user_id = user.id if user and user.is_active else None
    sides: set[Side] = set()
    if (user_id and user_id == row.user_id) or (key and keys.opens(row, key)):
        sides.add("buyer")
    if user_id and row.state != "unconfirmed" and person(user_name, row.organization_id).roles & set(WRITERS):
        sides.add("provider")
    return Party(user_id, frozenset(sides))


def address(row: MarketInquiry, recipient: str) -> str:
    """The present address of a recipient; empty where there is none any more."""
    found = buyer_mail(row) if recipient == BUYER else provider_address(recipient, row.organization_id, row.package_id)
    return found if is_mail(found) else ""


def buyer_mail(row: MarketInquiry) -> str:
    """The address of who asks."""
    return user_mail(row.user_id) if row.user_id else row.mail
