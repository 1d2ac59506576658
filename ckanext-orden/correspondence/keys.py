"""Keys of secret links, and marks by which something is known again without being kept.

A link's key is made of the site's own key and of a part that the database holds. It is stored nowhere, so that nobody
who reads the database can open a link; a new part ends the old one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from .. import config


def new_part() -> str:
    """Another part for a key."""
    return secrets.token_urlsafe(24)


def key_of(purpose: str, row_id: str, part: str) -> str:
    """The key in the link to what has this id."""
    return fingerprint(f"{purpose}:{row_id}:{part}")


def fits(key: str, given: str) -> bool:
    """Whether the key of a link is the right one."""
    return hmac.compare_digest(key.encode(), given.encode())


def fingerprint(text: str) -> str:
    """The mark of a text that only this site can make."""
    return hmac.new(config.secret_key(), text.encode(), hashlib.sha256).hexdigest()
