"""Whom mails to a provider reach; all of it comes from our data, nothing from a form."""

from __future__ import annotations

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import select

from ..metadata.messages import is_mail

CONTACT = "contact"
"""The recipient of mails that is no account: the dataset's contact."""
WRITERS = ("editor", "admin")


def provider_recipients(organization_id: str, package_id: str) -> list[str]:
    """Whom mails to a provider go to: its editors and admins with an address, else the dataset's contact."""
    found = [user.id for user in members(organization_id) if is_mail(user.email or "")]
    return found or ([CONTACT] if contact_mail(package_id) else [])


def provider_address(recipient: str, organization_id: str, package_id: str) -> str:
    """The present address of such a recipient; empty for who has left the provider."""
    if recipient == CONTACT:
        return contact_mail(package_id)
    return next((user.email or "" for user in members(organization_id) if user.id == recipient), "")


def members(organization_id: str) -> list[model.User]:
    """The active editors and admins of an organisation."""
    joined = (model.Member.table_id == model.User.id) & (model.Member.table_name == "user")
    query = (
        select(model.User)
        .join(model.Member, joined)
        .where(model.Member.group_id == organization_id, model.Member.capacity.in_(WRITERS))
        .where(model.Member.state == "active", model.User.state == "active")
        .order_by(model.User.name)
    )
    return list(model.Session.execute(query).scalars())


def user_mail(user_id: str | None) -> str:
    """The address of an account that is still active."""
    user = model.User.get(user_id) if user_id else None
    return (user.email or "") if user and user.is_active else ""


def contact_mail(package_id: str) -> str:
    """The address of a dataset's first contact that has one."""
    dataset = tk.get_action("package_show")({"ignore_auth": True, "user": ""}, {"id": package_id})
    mails = (str(contact.get("email") or "").removeprefix("mailto:") for contact in dataset.get("contact") or ())
    return next(filter(is_mail, mails), "")
