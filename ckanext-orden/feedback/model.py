"""What visitors told of datasets and what was answered; whom to tell, apart from it; mails; and what is blocked."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ckan import model
from ckan.model.types import make_uuid
from ckan.plugins import toolkit as tk
from sqlalchemy import ForeignKey, UnicodeText, select
from sqlalchemy.orm import Mapped, mapped_column

from ..clock import utcnow
from ..correspondence.outbox import WaitingMail

Kind = Literal["error", "outdated", "unavailable", "question", "request"]
KINDS: tuple[Kind, ...] = ("error", "outdated", "unavailable", "question", "request")
State = Literal["open", "answered", "closed"]
STATES: tuple[State, ...] = ("open", "answered", "closed")


class Feedback(tk.BaseModel):
    """What one visitor told; nothing here says who it was."""

    __tablename__ = "orden_feedback"

    id: Mapped[str] = mapped_column(UnicodeText, primary_key=True, default=make_uuid)
    package_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"))
    resource_id: Mapped[str | None] = mapped_column(UnicodeText)
    kind: Mapped[Kind] = mapped_column(UnicodeText)
    text: Mapped[str] = mapped_column(UnicodeText)
    language: Mapped[str] = mapped_column(UnicodeText)
    """Of the mails to the visitor: ja or en."""
    state: Mapped[State] = mapped_column(UnicodeText, default="open")
    key_part: Mapped[str] = mapped_column(UnicodeText)
    """What the visitor's link is made of, together with the site's own key; empty when the link has ended."""
    answer: Mapped[str] = mapped_column(UnicodeText, default="")
    reason: Mapped[str] = mapped_column(UnicodeText, default="")
    """Why it was closed."""
    published: Mapped[bool] = mapped_column(default=False)
    """Whether the answer stands on the dataset's page."""
    show_text: Mapped[bool] = mapped_column(default=False)
    """Whether what the visitor wrote stands there with it."""
    created: Mapped[datetime] = mapped_column(default=utcnow)
    changed: Mapped[datetime] = mapped_column(default=utcnow)
    answered: Mapped[datetime | None]
    closed: Mapped[datetime | None]
    due: Mapped[datetime | None]
    """When the provider is reminded; None once that is done or nothing waits for an answer."""

    @classmethod
    def get(cls, feedback_id: str) -> Feedback | None:
        """One by its id."""
        return model.Session.get(cls, feedback_id)

    @classmethod
    def locked(cls, feedback_id: str) -> Feedback | None:
        """One as it is now; nobody else changes it before this transaction ends."""
        query = select(cls).where(cls.id == feedback_id).with_for_update()
        return model.Session.execute(query, execution_options={"populate_existing": True}).scalars().first()


class FeedbackContact(tk.BaseModel):
    """Whom to tell of the answer: an account, or an address; it is deleted long before what was told."""

    __tablename__ = "orden_feedback_contact"

    feedback_id: Mapped[str] = mapped_column(
        UnicodeText, ForeignKey("orden_feedback.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[str | None] = mapped_column(UnicodeText)
    mail: Mapped[str] = mapped_column(UnicodeText, default="")
    """Of somebody without an account."""

    @classmethod
    def get(cls, feedback_id: str) -> FeedbackContact | None:
        """Whom to tell, as long as it is kept."""
        return model.Session.get(cls, feedback_id)


class FeedbackMail(tk.BaseModel, WaitingMail):
    """A mail about feedback; its `recipient` is a user's id of the provider, `contact` or `asker`."""

    __tablename__ = "orden_feedback_mail"

    feedback_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("orden_feedback.id", ondelete="CASCADE"))


class FeedbackBlock(tk.BaseModel):
    """The mark of a text or an address that is not taken again before a moment."""

    __tablename__ = "orden_feedback_block"

    mark: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    until: Mapped[datetime]
