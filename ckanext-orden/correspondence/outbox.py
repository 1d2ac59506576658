"""Mails that wait in a room's table: queued with what they tell of, sent after it is committed, tried until sent."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from ckan import model
from ckan.lib import mailer
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError
from sqlalchemy import BigInteger, Identity, UnicodeText, select
from sqlalchemy.orm import Mapped, mapped_column

from ..clock import utcnow
from .letters import Letter

log = logging.getLogger(__name__)

MOST_TRIES = 30
LONGEST_WAIT = timedelta(hours=6)
AT_ONCE = 50
"""So many mails are sent in one go."""


class WaitingMail:
    """The columns of a waiting mail: written in the transaction that it tells of, gone once it is sent."""

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    kind: Mapped[str] = mapped_column(UnicodeText)
    recipient: Mapped[str] = mapped_column(UnicodeText)
    """Who, not where: the address itself is looked up when the mail is sent."""
    tries: Mapped[int] = mapped_column(default=0)
    due: Mapped[datetime] = mapped_column(default=utcnow)


Mail = TypeVar("Mail", bound=WaitingMail)


def ring(deliver: Callable[[], int], title: str) -> None:
    """Have a worker send what waits; without one the minute hand does."""
    try:
        tk.enqueue_job(deliver, title=title)
    except RedisError as error:
        log.warning("Mails wait for the next minute: %s (%s)", title, error)


def deliver(table: type[Mail], write: Callable[[Mail], Letter | None]) -> int:
    """Send the mails that are due; how many were sent. What nobody is to get any more is dropped."""
    sent = 0
    for _ in range(AT_ONCE):
        mail = _next(table)
        if mail is None:
            break
        sent += _settled(mail, write(mail))
        model.Session.commit()
    model.Session.rollback()
    return sent


def _next(table: type[Mail]) -> Mail | None:
    """A mail that nobody else is sending at the moment."""
    due = select(table).where(table.due <= utcnow(), table.tries < MOST_TRIES)
    query = due.order_by(table.due, table.id).limit(1).with_for_update(skip_locked=True)
    return model.Session.execute(query).scalars().first()


def _settled(mail: WaitingMail, letter: Letter | None) -> bool:
    """Send one mail, or put it off. What the server complains of may hold the address and is not logged."""
    if letter is None:
        model.Session.delete(mail)
        return False
    try:
        mailer.mail_recipient(letter.to, letter.to, letter.subject, letter.body)
    except (mailer.MailerException, OSError) as error:
        mail.tries += 1
        mail.due = utcnow() + min(timedelta(minutes=2**mail.tries), LONGEST_WAIT)
        log.warning("Mail %s (%s) was not sent (%s), it is tried again", mail.id, mail.kind, type(error).__name__)
        return False
    model.Session.delete(mail)
    return True
