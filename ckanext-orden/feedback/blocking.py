"""Spam that was deleted is not taken again for a while: its marks are kept, not its words and not its sender."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

from ckan import model
from sqlalchemy import delete, select

from .. import config
from ..clock import utcnow
from ..correspondence.keys import fingerprint
from .model import FeedbackBlock

SHORTEST = 10
"""Letters that a text must have to be known again: a shorter one may be anybody's."""


def block(text: str, mail: str) -> None:
    """Take this text, and what this address sends, for spam for some days. The caller commits."""
    until = utcnow() + timedelta(days=config.feedback_block_days())
    for mark in _marks(text, mail):
        model.Session.merge(FeedbackBlock(mark=mark, until=until))


def is_blocked(text: str, mail: str) -> bool:
    """Whether the like of this was deleted as spam not long ago."""
    known = select(FeedbackBlock.mark).where(FeedbackBlock.mark.in_(_marks(text, mail)), FeedbackBlock.until > utcnow())
    return model.Session.execute(known.limit(1)).first() is not None


def forget() -> None:
    """Delete the marks whose days are over; the caller commits."""
    model.Session.execute(delete(FeedbackBlock).where(FeedbackBlock.until <= utcnow()))


def _marks(text: str, mail: str) -> list[str]:
    """A text is the same in other widths, cases, spaces, signs and numbers."""
    letters = "".join(filter(str.isalpha, unicodedata.normalize("NFKC", text).casefold()))
    found = [f"feedback text:{letters}"] if len(letters) >= SHORTEST else []
    return [fingerprint(each) for each in (*found, *([f"feedback mail:{mail.lower()}"] if mail else []))]
