"""The tables of what is searched for.

A query stands in them under a keyed hash; its text is beside it only once it has been asked often enough.
"""

from __future__ import annotations

import datetime as dt

from ckan.plugins import toolkit as tk
from sqlalchemy import Date, Integer, LargeBinary, Unicode, UnicodeText
from sqlalchemy.orm import Mapped, mapped_column


class SearchCount(tk.BaseModel):
    """How often a query was asked on a day, and what it found."""

    __tablename__ = "orden_search_count"

    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True, index=True)
    """HMAC of the query's text under the site's own key."""
    language: Mapped[str] = mapped_column(Unicode(16), primary_key=True)
    """Of the page."""
    asked: Mapped[int] = mapped_column(Integer, nullable=False)
    nothing: Mapped[int] = mapped_column(Integer, nullable=False)
    partial: Mapped[int] = mapped_column(Integer, nullable=False)
    nearest: Mapped[int] = mapped_column(Integer, nullable=False)
    clicks: Mapped[int] = mapped_column(Integer, nullable=False)


class SearchClick(tk.BaseModel):
    """How often the page of a dataset was opened from a query's hits on a day."""

    __tablename__ = "orden_search_click"

    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    package_id: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    count: Mapped[int] = mapped_column(Integer, nullable=False)


class SearchQuery(tk.BaseModel):
    """The text of a query that has been asked often enough."""

    __tablename__ = "orden_search_query"

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    q: Mapped[str] = mapped_column(UnicodeText, nullable=False)
