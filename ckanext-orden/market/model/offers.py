"""Offers of datasets, one row a version, and every step of their lives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from ckan import model
from ckan.model.types import make_uuid
from ckan.plugins import toolkit as tk
from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Identity, UnicodeText, and_, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ...clock import utcnow
from ...metadata.offers import Role, State

OPEN: tuple[State, ...] = ("draft", "in_review")
"""States of a version that is not published yet; a series has one such version at most."""
LIVE: tuple[State, ...] = ("published", "suspended")
"""States of the version that stands; a series has one such version at most."""


class MarketOffer(tk.BaseModel):
    """One version of an offer. The database lets nobody change the content of one that has left its draft."""

    __tablename__ = "orden_market_offer"

    id: Mapped[str] = mapped_column(UnicodeText, primary_key=True, default=make_uuid)
    series_id: Mapped[str] = mapped_column(UnicodeText)
    """The id of the first version: what the versions of one offer share."""
    number: Mapped[int] = mapped_column(default=1)
    package_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"))
    state: Mapped[State] = mapped_column(UnicodeText, default="draft")
    revision: Mapped[int] = mapped_column(default=1)
    """Counts the steps, so that nobody decides on what has changed since they looked at it."""
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Flat values (`metadata.offers.values_of`)."""
    valid_from: Mapped[date | None]
    valid_through: Mapped[date | None]
    created: Mapped[datetime] = mapped_column(default=utcnow)
    changed: Mapped[datetime] = mapped_column(default=utcnow)
    published: Mapped[datetime | None]
    submitted_by: Mapped[str | None] = mapped_column(UnicodeText)
    """The id of the user who handed it in."""
    suspended_by: Mapped[Role | None] = mapped_column(UnicodeText)
    """In which role it was suspended."""

    listed: Mapped[bool] = mapped_column(default=False)
    """Whether the search index tells of it; `indexing.catch_up` makes that follow what stands."""

    @classmethod
    def stands(cls, today: date) -> ColumnElement[bool]:
        """The condition that a version is offered on that day."""
        begun = or_(cls.valid_from.is_(None), cls.valid_from <= today)
        lasts = or_(cls.valid_through.is_(None), cls.valid_through >= today)
        return and_(cls.state == "published", begun, lasts)

    def stands_on(self, day: date) -> bool:
        """Whether this version is offered on that day."""
        begun = self.valid_from is None or self.valid_from <= day
        return self.state == "published" and begun and (self.valid_through is None or self.valid_through >= day)

    @classmethod
    def get(cls, offer_id: str) -> MarketOffer | None:
        """A version by its id."""
        return model.Session.get(cls, offer_id)

    @classmethod
    def locked(cls, offer_id: str) -> MarketOffer | None:
        """A version as it is now; nobody else takes a step with its series before this transaction ends."""
        series = select(cls.series_id).where(cls.id == offer_id).scalar_subquery()
        rows = select(cls).where(cls.series_id == series).order_by(cls.number).with_for_update()
        versions = model.Session.execute(rows, execution_options={"populate_existing": True}).scalars()
        return next((version for version in versions if version.id == offer_id), None)

    @classmethod
    def of_series(cls, series_id: str, states: Sequence[State]) -> MarketOffer | None:
        """The version of a series that is in one of these states."""
        query = select(cls).where(cls.series_id == series_id, cls.state.in_(states))
        return model.Session.execute(query).scalars().first()


class MarketStep(tk.BaseModel):
    """One step of an offer's life: who took it, in which role, from where to where, and why. Never changed."""

    __tablename__ = "orden_market_step"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    offer_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("orden_market_offer.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(default=utcnow)
    user_id: Mapped[str | None] = mapped_column(UnicodeText)
    role: Mapped[Role] = mapped_column(UnicodeText)
    action: Mapped[str] = mapped_column(UnicodeText)
    """`create`, `revise`, or a step of `metadata.offers.TRANSITIONS`."""
    source: Mapped[State | None] = mapped_column(UnicodeText)
    target: Mapped[State] = mapped_column(UnicodeText)
    reason: Mapped[str] = mapped_column(UnicodeText, default="")
    fields: Mapped[list[str]] = mapped_column(JSONB, default=list)
    """The names of the fields that an edit changed."""

    @classmethod
    def of(cls, offer_id: str) -> list[MarketStep]:
        """The steps of a version in their order."""
        return list(model.Session.execute(select(cls).where(cls.offer_id == offer_id).order_by(cls.id)).scalars())
