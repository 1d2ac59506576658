"""What a form carries so that its contents can be kept when the session is gone: whose it is and which draft."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from ckan.plugins import toolkit as tk
from itsdangerous import BadSignature, URLSafeTimedSerializer

from ... import config


@dataclass(frozen=True)
class Ticket:
    """A form that this site has shown to a user; it lets that user's draft be kept, and nothing else."""

    draft: str
    user: str

    def signed(self) -> str:
        return _serializer().dumps([self.draft, self.user])


def issue(user_id: str, draft_id: str = "") -> Ticket:
    """The ticket of a form that is shown now; a new form gets a new draft's id, nothing is stored."""
    return Ticket(draft_id or str(uuid.uuid4()), user_id)


def read(text: str) -> Ticket | None:
    """The ticket that a form brings back; None for a forged or an old one."""
    try:
        draft, user = _serializer().loads(text, max_age=config.schema_draft_days() * 86400)
    except (BadSignature, ValueError):
        return None
    return Ticket(draft, user)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(tk.config["SECRET_KEY"], salt="orden.draft")
