"""The stamp of a form, which tells whether a person has filled it in."""

from __future__ import annotations

import secrets
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer

from .. import config
from ..clock import utcnow

SHORTEST, LONGEST = 3, 24 * 3600
"""Seconds between the form and its answer."""


def stamp(purpose: str) -> str:
    """What a form carries to tell when it was opened."""
    return _stamps(purpose).dumps(secrets.token_urlsafe(8))


def by_a_person(purpose: str, stamped: str) -> bool:
    """Whether a form is ours and has been open for a while, but not since yesterday."""
    try:
        _, opened = _stamps(purpose).loads(stamped, max_age=LONGEST, return_timestamp=True)
    except BadSignature:
        return False
    return opened.replace(tzinfo=None) + timedelta(seconds=SHORTEST) <= utcnow()


def _stamps(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(config.secret_key(), salt=f"orden-{purpose}")
