"""Who stands on which side of an inquiry, and whom a mail about it reaches. Both come from our data alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import select

from ...metadata.offers.inquiries import Side
from ...metadata.offers.inquiry_texts import is_mail
from ..model.inquiries import MarketInquiry
from ..offers.people import person
from . import keys

BUYER, CONTACT = "buyer", "contact"
"""Recipients of mails beside the accounts of the provider."""
_WRITERS = ("editor", "admin")


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
    if user_id and row.state != "unconfirmed" and person(user_name, row.organization_id).roles & set(_WRITERS):
        sides.add("provider")
    return Party(user_id, frozenset(sides))


def provider_recipients(organization_id: str, package_id: str) -> list[str]:
    """Whom mails to a provider go to: its editors and admins with an address, else the dataset's contact."""
    found = [user.id for user in members(organization_id) if is_mail(user.email or "")]
    return found or ([CONTACT] if contact_mail(package_id) else [])


def members(organization_id: str) -> list[model.User]:
    """The active editors and admins of an organisation."""
    joined = (model.Member.table_id == model.User.id) & (model.Member.table_name == "user")
    query = (
        select(model.User)
        .join(model.Member, joined)
        .where(model.Member.group_id == organization_id, model.Member.capacity.in_(_WRITERS))
        .where(model.Member.state == "active", model.User.state == "active")
        .order_by(model.User.name)
    )
    return list(model.Session.execute(query).scalars())


def address(row: MarketInquiry, recipient: str) -> str:
    """The present address of a recipient; empty where there is none any more."""
    found = "".join(_addresses(row, recipient))
    return found if is_mail(found) else ""


def buyer_mail(row: MarketInquiry) -> str:
    """The address of who asks."""
    return user_mail(row.user_id) if row.user_id else row.mail


def user_mail(user_id: str | None) -> str:
    """The address of an account that is still active."""
    user = model.User.get(user_id) if user_id else None
    return (user.email or "") if user and user.is_active else ""


def contact_mail(package_id: str) -> str:
    """The address of a dataset's first contact that has one."""
    dataset = tk.get_action("package_show")({"ignore_auth": True, "user": ""}, {"id": package_id})
    mails = (str(contact.get("email") or "").removeprefix("mailto:") for contact in dataset.get("contact") or ())
    return next(filter(is_mail, mails), "")


def _addresses(row: MarketInquiry, recipient: str) -> Iterator[str]:
    if recipient == BUYER:
        yield buyer_mail(row)
    elif recipient == CONTACT:
        yield contact_mail(row.package_id)
    else:
        yield from (user.email or "" for user in members(row.organization_id) if user.id == recipient)
