"""The room's table: what somebody has typed into the registration form and not registered yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import ForeignKey, LargeBinary, UnicodeText, delete, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, deferred, mapped_column

from ..clock import utcnow

KEPT_PER_USER = 20


class OrdenDraft(tk.BaseModel):
    """One form that a user has begun: its values and the chosen file, for that user only and for some days."""

    __tablename__ = "orden_draft"

    id: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    user_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("user.id", ondelete="CASCADE"), index=True)
    values: Mapped[dict[str, Any]] = mapped_column(JSONB, nullable=False)
    filename: Mapped[str] = mapped_column(UnicodeText, default="")
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    updated_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)

    @classmethod
    def of(cls, draft_id: str) -> OrdenDraft | None:
        """The draft of that id, as long as it has not expired."""
        found = model.Session.get(cls, draft_id)
        return found if found and found.expires_at > utcnow() else None

    @classmethod
    def of_user(cls, user_id: str) -> list[OrdenDraft]:
        """A user's drafts, the newest first."""
        mine = select(cls).where(cls.user_id == user_id, cls.expires_at > utcnow())
        return list(model.Session.scalars(mine.order_by(cls.updated_at.desc())))

    @classmethod
    def put(cls, draft_id: str, user_id: str, values: dict[str, Any], days: int) -> OrdenDraft:
        """Stores values under that id; expired drafts and a user's oldest go. The caller commits."""
        now = utcnow()
        model.Session.execute(delete(cls).where(cls.expires_at <= now))
        draft = model.Session.get(cls, draft_id) or cls(id=draft_id, user_id=user_id)
        draft.values, draft.updated_at, draft.expires_at = values, now, now + dt.timedelta(days=days)
        model.Session.add(draft)
        model.Session.flush()
        for old in cls.of_user(user_id)[KEPT_PER_USER:]:
            model.Session.delete(old)
        return draft

    def take_file(self, filename: str, content: bytes | None) -> None:
        """Keeps this file in the place of the one before; an empty name keeps none."""
        self.filename, self.content = filename, content

    @property
    def size(self) -> int:
        """How many bytes of the file are kept."""
        return model.Session.scalar(select(func.length(OrdenDraft.content)).where(OrdenDraft.id == self.id)) or 0

    def as_dict(self) -> dict[str, Any]:
        """The draft as its owner sees it."""
        return {
            "id": self.id,
            "values": self.values,
            "filename": self.filename,
            "size": self.size if self.filename else 0,
            "updated_at": self.updated_at.isoformat(),
            "expires_at": self.expires_at.isoformat(),
        }
