"""What is in the link that ends a person's mails: who it is, signed by the site; it opens nothing else."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeSerializer

from .. import config

SALT = "orden-saved-search-unsubscribe"


def token(user_id: str) -> str:
    """The token for a person's mails."""
    return _signer().dumps(user_id)


def reader(signed: str) -> str | None:
    """The id of the person whom a token is for; None for what the site has not signed."""
    try:
        return str(_signer().loads(signed))
    except BadSignature:
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(config.secret_key(), salt=SALT)
