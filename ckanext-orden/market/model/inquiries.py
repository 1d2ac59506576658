"""Inquiries of buyers, what both sides wrote, and the mails that are still to be sent."""

from __future__ import annotations

from datetime import datetime

from ckan import model
from ckan.model.types import make_uuid
from ckan.plugins import toolkit as tk
from sqlalchemy import BigInteger, ForeignKey, Identity, UnicodeText, select
from sqlalchemy.orm import Mapped, mapped_column

from ...clock import utcnow
from ...correspondence.outbox import WaitingMail
from ...metadata.offers.inquiries import InquiryState, Side


class MarketInquiry(tk.BaseModel):
    """One inquiry, by somebody with an account (`user_id`) or without one (`name` and `mail`)."""

    __tablename__ = "orden_market_inquiry"

    id: Mapped[str] = mapped_column(UnicodeText, primary_key=True, default=make_uuid)
    package_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"))
    offer_id: Mapped[str | None] = mapped_column(UnicodeText, ForeignKey("orden_market_offer.id", ondelete="SET NULL"))
    """The version of the offer that was asked about."""
    organization_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("group.id", ondelete="CASCADE"))
    user_id: Mapped[str | None] = mapped_column(UnicodeText)
    name: Mapped[str] = mapped_column(UnicodeText)
    mail: Mapped[str] = mapped_column(UnicodeText)
    """Of somebody without an account; that of an account is looked up when it is needed."""
    affiliation: Mapped[str] = mapped_column(UnicodeText)
    purpose: Mapped[str] = mapped_column(UnicodeText)
    share_mail: Mapped[bool]
    """Whether the provider may read the buyer's address."""
    provider_mail: Mapped[str] = mapped_column(UnicodeText, default="")
    """The address that the provider gave with an answer."""
    language: Mapped[str] = mapped_column(UnicodeText)
    state: Mapped[InquiryState] = mapped_column(UnicodeText)
    key_part: Mapped[str] = mapped_column(UnicodeText)
    """What the secret link is made of, together with the site's own key; it opens nothing by itself."""
    created: Mapped[datetime] = mapped_column(default=utcnow)
    changed: Mapped[datetime] = mapped_column(default=utcnow)
    received: Mapped[datetime | None]
    first_answered: Mapped[datetime | None]
    closed: Mapped[datetime | None]
    due: Mapped[datetime | None]
    """When the provider is reminded; None once that is done or nothing waits for an answer."""

    @classmethod
    def get(cls, inquiry_id: str) -> MarketInquiry | None:
        """An inquiry by its id."""
        return model.Session.get(cls, inquiry_id)

    @classmethod
    def locked(cls, inquiry_id: str) -> MarketInquiry | None:
        """An inquiry as it is now; nobody else takes a step with it before this transaction ends."""
        query = select(cls).where(cls.id == inquiry_id).with_for_update()
        return model.Session.execute(query, execution_options={"populate_existing": True}).scalars().first()


class MarketMessage(tk.BaseModel):
    """What one side wrote to the other."""

    __tablename__ = "orden_market_message"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    inquiry_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("orden_market_inquiry.id", ondelete="CASCADE"))
    author: Mapped[Side] = mapped_column(UnicodeText)
    user_id: Mapped[str | None] = mapped_column(UnicodeText)
    action: Mapped[str] = mapped_column(UnicodeText)
    """The step that it came with."""
    text: Mapped[str] = mapped_column(UnicodeText)
    at: Mapped[datetime] = mapped_column(default=utcnow)
    read: Mapped[datetime | None]
    """When the other side next did something in the thread."""

    @classmethod
    def of(cls, inquiry_id: str) -> list[MarketMessage]:
        """The messages of a thread in their order."""
        return list(model.Session.execute(select(cls).where(cls.inquiry_id == inquiry_id).order_by(cls.id)).scalars())


class MarketMail(tk.BaseModel, WaitingMail):
    """A mail about an inquiry; its `recipient` is a user's id, `buyer` or `contact`."""

    __tablename__ = "orden_market_mail"

    inquiry_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("orden_market_inquiry.id", ondelete="CASCADE"))
