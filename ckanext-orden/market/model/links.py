"""Markets, links that lead there, and how often they were followed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ckan.plugins import toolkit as tk
from sqlalchemy import ForeignKey, UnicodeText
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ...clock import utcnow
from ...types import Text

LinkState = Literal["unchecked", "ok", "broken", "refused"]
"""`broken`: it failed twice, a day apart; `refused`: the registry does not allow it, or it leads off the market."""


class MarketMarket(tk.BaseModel):
    """An entry of the registry of markets; one with the code of a preset takes its place."""

    __tablename__ = "orden_market_market"

    code: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    name: Mapped[Text] = mapped_column(JSONB)
    hosts: Mapped[list[str]] = mapped_column(JSONB)
    patterns: Mapped[list[str]] = mapped_column(JSONB, default=list)
    home: Mapped[str] = mapped_column(UnicodeText, default="")
    enabled: Mapped[bool] = mapped_column(default=True)
    changed: Mapped[datetime] = mapped_column(default=utcnow, onupdate=utcnow)


class MarketLink(tk.BaseModel):
    """A published offer's page at a market; it keeps its id as long as a version of the offer names the address."""

    __tablename__ = "orden_market_link"

    id: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    offer_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("orden_market_offer.id", ondelete="CASCADE"))
    """The last published version that names the address."""
    position: Mapped[int]
    market: Mapped[str] = mapped_column(UnicodeText)
    url: Mapped[str] = mapped_column(UnicodeText)
    external_id: Mapped[str] = mapped_column(UnicodeText, default="")
    state: Mapped[LinkState] = mapped_column(UnicodeText, default="unchecked")
    status: Mapped[int | None]
    """The last answer's."""
    reason: Mapped[Text] = mapped_column(JSONB, default=dict)
    failures: Mapped[int] = mapped_column(default=0)
    """In a row."""
    since: Mapped[datetime] = mapped_column(default=utcnow)
    """Of the state, or of the first of these failures."""
    checked: Mapped[datetime | None]
    next_at: Mapped[datetime] = mapped_column(default=utcnow)
    told: Mapped[datetime | None]
    """When its provider was told that it is broken or refused."""


class MarketClick(tk.BaseModel):
    """How often a link was followed on a day, and nothing of by whom."""

    __tablename__ = "orden_market_click"

    link_id: Mapped[str] = mapped_column(
        UnicodeText, ForeignKey("orden_market_link.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
