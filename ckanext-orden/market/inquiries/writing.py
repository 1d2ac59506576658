"""How an inquiry begins and goes on: each step under a lock, with its message and its mails in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import func, select, update

from ... import config
from ...clock import utcnow
from ...correspondence.keys import new_part
from ...correspondence.people import provider_recipients, user_mail
from ...metadata.offers.inquiries import INQUIRY_STEPS, Side, move_inquiry
from ...metadata.offers.problems import problem
from ...types import Issue
from ..errors import Refused
from ..model.inquiries import MarketInquiry, MarketMessage
from . import limits, mails
from .parties import Party

AGAIN = timedelta(days=1)
"""How long the same text to the same provider is not taken twice."""
_NEWS = {"confirm": "new", "answer": "answered", "ask": "asked", "agree": "agreed", "close": "closed"}


@dataclass(frozen=True)
class Asked:
    """What somebody asks about which offer; `user_id` is empty for somebody without an account."""

    package_id: str
    organization_id: str
    offer_id: str | None
    user_id: str | None
    name: str
    mail: str
    affiliation: str
    purpose: str
    text: str
    share_mail: bool
    language: str


def create(asked: Asked) -> MarketInquiry:
    """A new inquiry; without an account it waits for its confirmation. The caller commits."""
    if not provider_recipients(asked.organization_id, asked.package_id):
        raise Refused(problem("inquiry_nobody", "offer"))
    limits.of_sender(asked.user_id, asked.mail)
    limits.of_provider(asked.organization_id)
    _require_new(asked)
    known = asked.user_id is not None
    row = MarketInquiry(
        state="received" if known else "unconfirmed",
        key_part=new_part(),
        mail="" if known else asked.mail,
        **{name: getattr(asked, name) for name in _KEPT},
    )
    model.Session.add(row)
    model.Session.flush()
    _say(row, "buyer", "ask", asked.text, asked.user_id)
    if known:
        _receive(row)
    mails.to_buyer(row, "receipt" if known else "confirm")
    if known:
        mails.to_provider(row, "new")
    return row


def take(inquiry_id: str, action: str, who: Party, text: str = "", share_mail: bool = False) -> MarketInquiry:
    """Take a step with an inquiry as it is now; the caller commits. Refused says why it is not possible."""
    row = MarketInquiry.locked(inquiry_id)
    if row is None:
        raise tk.ObjectNotFound(tk._("Inquiry not found"))
    target = move_inquiry(row.state, action, who.sides, text)
    if isinstance(target, Issue):
        raise Refused(target)
    side = _side(action, who)
    if action == "ask":
        limits.of_sender(row.user_id, row.mail)
    _keep_times(row, action)
    row.state = target
    if action == "answer" and share_mail:
        row.provider_mail = user_mail(who.user_id)
    _read(row, side)
    if text.strip():
        _say(row, side, action, text, who.user_id)
    (mails.to_buyer if side == "provider" else mails.to_provider)(row, _NEWS[action])
    model.Session.flush()
    return row


def renew_link(row: MarketInquiry) -> None:
    """Send somebody without an account a new link, which ends the old one; the caller commits."""
    row.key_part = new_part()
    mails.to_buyer(row, "confirm" if row.state == "unconfirmed" else "link")
    model.Session.flush()


_KEPT = (
    "package_id",
    "organization_id",
    "offer_id",
    "user_id",
    "name",
    "affiliation",
    "purpose",
    "share_mail",
    "language",
)


def _require_new(asked: Asked) -> None:
    """Of one form sent twice at the same moment, the second waits here for the first."""
    model.Session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"inquiry:{asked.organization_id}"))))
    same = (
        select(MarketInquiry.id)
        .join(MarketMessage, MarketMessage.inquiry_id == MarketInquiry.id)
        .where(MarketInquiry.package_id == asked.package_id, MarketInquiry.created > utcnow() - AGAIN)
        .where(MarketMessage.text == asked.text, MarketInquiry.user_id.is_not_distinct_from(asked.user_id))
        .where(MarketInquiry.mail == ("" if asked.user_id else asked.mail))
    )
    if model.Session.execute(same).first():
        raise Refused(problem("inquiry_twice", "text"))


def _keep_times(row: MarketInquiry, action: str) -> None:
    now = row.changed = utcnow()
    if action in ("confirm", "ask"):
        _receive(row)
        return
    row.due = None
    if action == "answer":
        row.first_answered = row.first_answered or now
    if action == "close":
        row.closed = now


def _receive(row: MarketInquiry) -> None:
    row.received = row.received or utcnow()
    row.due = _due(utcnow())


def _due(now: datetime) -> datetime | None:
    days = config.market_reminder_days()
    return now + timedelta(days=days) if days else None


def _side(action: str, who: Party) -> Side:
    """Who takes part on both sides acts for the first that the step knows."""
    return next(side for step in INQUIRY_STEPS if step.action == action for side in step.sides if side in who.sides)


def _read(row: MarketInquiry, side: Side) -> None:
    """What the other side wrote has been read."""
    unread = (MarketMessage.inquiry_id == row.id, MarketMessage.author != side, MarketMessage.read.is_(None))
    model.Session.execute(update(MarketMessage).where(*unread).values(read=utcnow()))


def _say(row: MarketInquiry, author: Side, action: str, text: str, user_id: str | None) -> None:
    said = text.strip()
    model.Session.add(
        MarketMessage(inquiry_id=row.id, author=author, action=action, text=said, user_id=user_id, at=utcnow())
    )
