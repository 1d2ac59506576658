"""Mails about inquiries: whom they reach and what they say."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from ckan import model
from ckan.plugins import toolkit as tk

from ... import config
from ...correspondence import letters, outbox
from ...correspondence.letters import Letter
from ...correspondence.people import provider_recipients
from ...metadata.parsing.text import one_line
from ..model.inquiries import MarketInquiry, MarketMail
from . import keys
from .parties import BUYER, address

TEXTS = Path(__file__).parent / "mails"
UNCONFIRMED = timedelta(hours=72)
"""How long an inquiry waits for its confirmation; then it is forgotten."""


def to_buyer(row: MarketInquiry, kind: str) -> None:
    """Have who asks told; the caller commits."""
    model.Session.add(MarketMail(inquiry_id=row.id, kind=kind, recipient=BUYER))


def to_provider(row: MarketInquiry, kind: str) -> None:
    """Have the people of the provider told; the caller commits."""
    for recipient in provider_recipients(row.organization_id, row.package_id):
        model.Session.add(MarketMail(inquiry_id=row.id, kind=kind, recipient=recipient))


def ring() -> None:
    """Have a worker send what waits; without one the minute hand does."""
    outbox.ring(deliver, "Send mails about inquiries")


def deliver() -> int:
    """Send the mails that are due; how many were sent."""
    return outbox.deliver(MarketMail, _letter)


def _letter(mail: MarketMail) -> Letter | None:
    row = MarketInquiry.get(mail.inquiry_id)
    to = address(row, mail.recipient) if row else ""
    return Letter(to, *written(row, mail.kind, mail.recipient)) if row and to else None


def written(row: MarketInquiry, kind: str, recipient: str) -> tuple[str, str]:
    """Subject and text in the language of the reader. Nothing in it was written by the other side."""
    language = row.language if recipient == BUYER else letters.site_language()
    package = model.Package.get(row.package_id)
    said = {
        "site": one_line(tk.config["ckan.site_title"]),
        "dataset": one_line(package.title or package.name) if package else "",
        "link": link(row, recipient, language),
        "days": config.market_reminder_days(),
        "hours": int(UNCONFIRMED.total_seconds() // 3600),
    }
    return letters.written(TEXTS, f"{kind}.{language}.txt", said)


def link(row: MarketInquiry, recipient: str, language: str) -> str:
    """The address of the thread for a recipient; who has no account gets the key with it."""
    key = f"?key={keys.key_of(row)}" if recipient == BUYER and row.user_id is None else ""
    return f"{letters.root(language)}/market/inquiry/{row.id}{key}"
