"""Mails about inquiries: queued with what they tell of, sent after it is committed, tried again until they are sent."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import cache
from pathlib import Path

import jinja2
from ckan import model
from ckan.lib import mailer
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError
from sqlalchemy import select

from ... import config
from ...clock import utcnow
from ..model.inquiries import MarketInquiry, MarketMail
from . import keys
from .parties import BUYER, address, provider_recipients

log = logging.getLogger(__name__)

MOST_TRIES = 30
LONGEST_WAIT = timedelta(hours=6)
AT_ONCE = 50
"""So many mails are sent in one go."""


def to_buyer(row: MarketInquiry, kind: str) -> None:
    """Have who asks told; the caller commits."""
    model.Session.add(MarketMail(inquiry_id=row.id, kind=kind, recipient=BUYER))


def to_provider(row: MarketInquiry, kind: str) -> None:
    """Have the people of the provider told; the caller commits."""
    for recipient in provider_recipients(row.organization_id, row.package_id):
        model.Session.add(MarketMail(inquiry_id=row.id, kind=kind, recipient=recipient))


def ring() -> None:
    """Have a worker send what waits; without one the minute hand does."""
    try:
        tk.enqueue_job(deliver, title="Send mails about inquiries")
    except RedisError as error:
        log.warning("Mails about inquiries wait for the next minute (%s)", error)


def deliver() -> int:
    """Send the mails that are due; how many were sent."""
    sent = 0
    for _ in range(AT_ONCE):
        mail = _next()
        if mail is None:
            break
        sent += _settled(mail)
        model.Session.commit()
    model.Session.rollback()
    return sent


def _next() -> MarketMail | None:
    """A mail that nobody else is sending at the moment."""
    due = select(MarketMail).where(MarketMail.due <= utcnow(), MarketMail.tries < MOST_TRIES)
    query = due.order_by(MarketMail.due, MarketMail.id).limit(1).with_for_update(skip_locked=True)
    return model.Session.execute(query).scalars().first()


def _settled(mail: MarketMail) -> bool:
    """Send one mail, or put it off. What the server complains of may hold the address and is not logged."""
    row = MarketInquiry.get(mail.inquiry_id)
    to = address(row, mail.recipient) if row else ""
    if row is None or not to:
        model.Session.delete(mail)
        return False
    subject, body = written(row, mail.kind, mail.recipient)
    try:
        mailer.mail_recipient(to, to, subject, body)
    except (mailer.MailerException, OSError) as error:
        mail.tries += 1
        mail.due = utcnow() + min(timedelta(minutes=2**mail.tries), LONGEST_WAIT)
        log.warning("A mail about inquiry %s was not sent (%s), it is tried again", row.id, type(error).__name__)
        return False
    model.Session.delete(mail)
    return True


def written(row: MarketInquiry, kind: str, recipient: str) -> tuple[str, str]:
    """Subject and text in the language of the reader. Nothing in it was written by the other side."""
    language = row.language if recipient == BUYER else _language(str(tk.config["ckan.locale_default"]))
    package = model.Package.get(row.package_id)
    said = {
        "site": _line(tk.config["ckan.site_title"]),
        "dataset": _line(package.title or package.name) if package else "",
        "link": link(row, recipient, language),
        "days": config.market_reminder_days(),
        "hours": _hours(),
    }
    subject, _, body = _templates().get_template(f"{kind}.{language}.txt").render(said).partition("\n")
    return _line(subject), body.lstrip("\n")


def link(row: MarketInquiry, recipient: str, language: str) -> str:
    """The address of the thread for a recipient; who has no account gets the key with it."""
    prefix = "" if language == tk.config["ckan.locale_default"] else f"/{language}"
    key = f"?key={keys.key_of(row)}" if recipient == BUYER and row.user_id is None else ""
    return f"{config.site_url()}{prefix}/market/inquiry/{row.id}{key}"


def _hours() -> int:
    return int(UNCONFIRMED.total_seconds() // 3600)


UNCONFIRMED = timedelta(hours=72)
"""How long an inquiry waits for its confirmation; then it is forgotten."""


def _line(text: str) -> str:
    """A text as a header may hold it."""
    return " ".join(str(text).split())


def _language(locale: str) -> str:
    return "ja" if locale.startswith("ja") else "en"


@cache
def _templates() -> jinja2.Environment:
    folder = jinja2.FileSystemLoader(Path(__file__).parent / "mails")
    return jinja2.Environment(loader=folder, undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701 - plain text
