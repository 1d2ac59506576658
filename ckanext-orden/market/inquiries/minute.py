"""What inquiries do in time: mails are sent, providers are reminded, what nobody confirmed is forgotten."""

from __future__ import annotations

from typing import Any

from ckan import model
from sqlalchemy import delete, select

from ...clock import utcnow
from ..model.inquiries import MarketInquiry
from . import mails


def each_minute(sender: Any, **_: Any) -> None:
    """Remind, forget, and send what waits."""
    remind()
    forget()
    mails.deliver()


def remind() -> int:
    """Queue a reminder for each inquiry that waits too long, once; how many."""
    waiting = select(MarketInquiry).where(MarketInquiry.due <= utcnow())
    rows = list(model.Session.execute(waiting.with_for_update(skip_locked=True)).scalars())
    for row in rows:
        row.due = None
        mails.to_provider(row, "reminder")
    model.Session.commit()
    return len(rows)


def forget() -> None:
    """Delete what was not confirmed in time."""
    over = (MarketInquiry.state == "unconfirmed", MarketInquiry.created < utcnow() - mails.UNCONFIRMED)
    model.Session.execute(delete(MarketInquiry).where(*over))
    model.Session.commit()
