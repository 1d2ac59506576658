"""Who deals with feedback: the visitor who sent it, and those who may change the dataset."""

from __future__ import annotations

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ..correspondence import keys
from .model import Feedback, FeedbackContact

PURPOSE = "feedback"


def key_of(row: Feedback) -> str:
    """The key in the visitor's link."""
    return keys.key_of(PURPOSE, row.id, row.key_part)


def is_asker(row: Feedback, user_name: str | None, key: str) -> bool:
    """Whether somebody sent it: by the key of the link, or by the account as long as that is kept."""
    if key and row.key_part:
        return keys.fits(key_of(row), key)
    user = model.User.get(user_name) if user_name else None
    contact = FeedbackContact.get(row.id) if user and user.is_active else None
    return bool(user and contact and contact.user_id == user.id)


def is_provider(row: Feedback, context: Context) -> bool:
    """Whether somebody may change the dataset: editors and admins of its organisation as it is now."""
    try:
        tk.check_access("package_update", {"user": context.get("user") or ""}, {"id": row.package_id})
    except tk.NotAuthorized:
        return False
    return True
