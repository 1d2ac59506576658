"""How feedback begins and goes on: each step under a lock, with its mails in one transaction; the caller commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import func, select

from .. import config
from ..clock import utcnow
from ..correspondence.keys import new_part
from . import blocking, limits, mails
from .model import Feedback, FeedbackContact, Kind

AGAIN = timedelta(days=1)
"""How long the same text about the same dataset is not taken twice."""


@dataclass(frozen=True)
class Told:
    """What somebody tells of a dataset; `user_id` is empty for somebody without an account."""

    package_id: str
    resource_id: str | None
    kind: Kind
    text: str
    mail: str
    user_id: str | None
    language: str


def create(told: Told) -> Feedback:
    """New feedback, of which its provider is told; raises ValidationError."""
    limits.of_sender(told.user_id)
    _require_new(told)
    limits.of_dataset(told.package_id)
    days = config.feedback_overdue_days()
    kept = {name: getattr(told, name) for name in ("package_id", "resource_id", "kind", "text", "language")}
    row = Feedback(key_part=new_part(), due=utcnow() + timedelta(days=days) if days else None, **kept)
    model.Session.add(row)
    model.Session.flush()
    if told.user_id or told.mail:
        model.Session.add(FeedbackContact(feedback_id=row.id, user_id=told.user_id, mail=told.mail))
    mails.to_provider(row, "new")
    return row


def answer(row: Feedback, text: str, *, published: bool, show_text: bool) -> None:
    """Answer, or write the answer anew, and have the visitor told."""
    _require_open(row)
    if text != row.answer:
        row.answer, row.answered, row.state, row.due = text, utcnow(), "answered", None
        mails.to_asker(row, "answered")
    publish(row, published=published, show_text=show_text)


def close(row: Feedback, reason: str) -> None:
    """End it, and have the visitor told."""
    _require_open(row)
    row.reason, row.closed, row.state, row.due = reason, utcnow(), "closed", None
    row.changed = utcnow()
    mails.to_asker(row, "closed")


def publish(row: Feedback, *, published: bool, show_text: bool) -> None:
    """Choose what of it stands on the dataset's page."""
    if published and not row.answer:
        raise tk.ValidationError({"published": [tk._("Only what has been answered can stand on the dataset’s page.")]})
    row.published, row.show_text, row.changed = published, published and show_text, utcnow()


def remove_spam(row: Feedback) -> None:
    """Delete it, and take the like of it no more for some days."""
    contact = FeedbackContact.get(row.id)
    blocking.block(row.text, contact.mail if contact else "")
    model.Session.delete(row)


def _require_new(told: Told) -> None:
    """Of one form sent twice at the same moment, the second waits here for the first."""
    if blocking.is_blocked(told.text, told.mail):
        raise tk.ValidationError({"form": [tk._("This looks like an advertisement and was not taken.")]})
    model.Session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"feedback:{told.package_id}"))))
    same = select(Feedback.id).where(Feedback.package_id == told.package_id, Feedback.text == told.text)
    if model.Session.execute(same.where(Feedback.created > utcnow() - AGAIN)).first():
        raise tk.ValidationError({"text": [tk._("The provider has received the same text already.")]})


def _require_open(row: Feedback) -> None:
    if row.state == "closed":
        raise tk.ValidationError({"state": [tk._("This is closed already.")]})
