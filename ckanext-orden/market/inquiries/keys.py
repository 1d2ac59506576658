"""Secret links to threads of people without an account, and the stamp of a form that a person fills in.

The link's key is made of the site's own key and of `key_part`. It is stored nowhere, so that nobody who reads the
database can open a thread; a new `key_part` ends the old link.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer

from ... import config
from ...clock import utcnow
from ..model.inquiries import MarketInquiry

KEPT = timedelta(days=90)
"""How long a link opens a closed thread."""
SHORTEST, LONGEST = 3, 24 * 3600
"""Seconds between the form and its answer."""


def new_part() -> str:
    """Another part for a key."""
    return secrets.token_urlsafe(24)


def key_of(row: MarketInquiry) -> str:
    """The key in the link to a thread."""
    return hmac.new(config.secret_key(), f"inquiry:{row.id}:{row.key_part}".encode(), hashlib.sha256).hexdigest()


def opens(row: MarketInquiry, key: str) -> bool:
    """Whether a key opens a thread: only one of somebody without an account, and not for ever."""
    over = row.closed is not None and row.closed + KEPT < utcnow()
    fits = hmac.compare_digest(key_of(row).encode(), key.encode())
    return fits and row.user_id is None and not over


def stamp() -> str:
    """What a form carries to tell when it was opened."""
    return _stamps().dumps(secrets.token_urlsafe(8))


def by_a_person(stamped: str) -> bool:
    """Whether a form is ours and has been open for a while, but not since yesterday."""
    try:
        _, opened = _stamps().loads(stamped, max_age=LONGEST, return_timestamp=True)
    except BadSignature:
        return False
    return opened.replace(tzinfo=None) + timedelta(seconds=SHORTEST) <= utcnow()


def _stamps() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(config.secret_key(), salt="orden-inquiry")
