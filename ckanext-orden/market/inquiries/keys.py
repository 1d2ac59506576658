"""Secret links to threads of people without an account, and the stamp of the form."""

from __future__ import annotations

from datetime import timedelta

from ...clock import utcnow
from ...correspondence import forms, keys
from ..model.inquiries import MarketInquiry

KEPT = timedelta(days=90)
"""How long a link opens a closed thread."""
_PURPOSE = "inquiry"


def key_of(row: MarketInquiry) -> str:
    """The key in the link to a thread."""
    return keys.key_of(_PURPOSE, row.id, row.key_part)


def opens(row: MarketInquiry, key: str) -> bool:
    """Whether a key opens a thread: only one of somebody without an account, and not for ever."""
    over = row.closed is not None and row.closed + KEPT < utcnow()
    return keys.fits(key_of(row), key) and row.user_id is None and not over


def stamp() -> str:
    """What a form carries to tell when it was opened."""
    return forms.stamp(_PURPOSE)


def by_a_person(stamped: str) -> bool:
    """Whether a person has filled in a form."""
    return forms.by_a_person(_PURPOSE, stamped)
