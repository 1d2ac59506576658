"""Mails about feedback: whom they reach and what they say. Nothing in them was written by a visitor."""

from __future__ import annotations

from pathlib import Path

from ckan import model
from ckan.plugins import toolkit as tk

from .. import config
from ..correspondence import letters, outbox
from ..correspondence.letters import Letter
from ..correspondence.people import provider_address, provider_recipients, user_mail
from ..metadata.messages import is_mail
from ..metadata.parsing.text import one_line
from .model import Feedback, FeedbackContact, FeedbackMail
from .parties import key_of

ASKER = "asker"
"""The recipient of mails that is not the provider."""
TEXTS = Path(__file__).parent / "mails"


def to_asker(row: Feedback, kind: str) -> None:
    """Have the visitor told who wants to be; the caller commits."""
    if FeedbackContact.get(row.id):
        model.Session.add(FeedbackMail(feedback_id=row.id, kind=kind, recipient=ASKER))


def to_provider(row: Feedback, kind: str) -> None:
    """Have the people of the provider told; the caller commits."""
    package = model.Package.get(row.package_id)
    for recipient in provider_recipients(str(package.owner_org), row.package_id) if package else ():
        model.Session.add(FeedbackMail(feedback_id=row.id, kind=kind, recipient=recipient))


def ring() -> None:
    """Have a worker send what waits; without one the minute hand does."""
    outbox.ring(deliver, "Send mails about feedback")


def deliver() -> int:
    """Send the mails that are due; how many were sent."""
    return outbox.deliver(FeedbackMail, _letter)


def _letter(mail: FeedbackMail) -> Letter | None:
    row = Feedback.get(mail.feedback_id)
    package = model.Package.get(row.package_id) if row else None
    if row is None or package is None or package.state != "active":
        return None
    if mail.recipient == ASKER:
        to, language, key = _asker_mail(row.id), row.language, _key(row)
    else:
        to = provider_address(mail.recipient, str(package.owner_org), package.id)
        language, key = letters.site_language(), ""
    said = {
        "site": one_line(tk.config["ckan.site_title"]),
        "dataset": one_line(package.title or package.name),
        "link": f"{letters.root(language)}/feedback/{row.id}{key}",
        "days": config.feedback_overdue_days(),
        "kept": config.feedback_address_days(),
    }
    return Letter(to, *letters.written(TEXTS, f"{mail.kind}.{language}.txt", said)) if is_mail(to) else None


def _asker_mail(feedback_id: str) -> str:
    contact = FeedbackContact.get(feedback_id)
    return (user_mail(contact.user_id) or contact.mail) if contact else ""


def _key(row: Feedback) -> str:
    """Who has an account logs in; who has none gets the key with the link."""
    contact = FeedbackContact.get(row.id)
    return "" if contact and contact.user_id else f"?key={key_of(row)}"
