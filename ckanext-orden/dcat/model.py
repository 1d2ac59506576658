"""The tables of the DCAT room."""

from __future__ import annotations

import datetime as dt

from ckan.plugins import toolkit as tk
from sqlalchemy import ForeignKey, Index, UnicodeText
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column


class DcatFragment(tk.BaseModel):
    """A dataset's part of the catalogue in a syntax; a copy that is made again whenever `key` is another."""

    __tablename__ = "orden_dcat_fragment"

    package_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"), primary_key=True)
    syntax: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    key: Mapped[str] = mapped_column(UnicodeText)
    """Which version of the dataset, the profile and the options it was made of."""
    own: Mapped[str] = mapped_column(UnicodeText)
    """What is said of the dataset and its parts."""
    shared: Mapped[str] = mapped_column(UnicodeText)
    """What is said of nodes that other datasets may describe too (publishers, licences, themes), as N-Triples."""
    triples: Mapped[int]
    """How many `own` holds."""


class DcatScore(tk.BaseModel):
    """The quality of a dataset's description when it was last looked at."""

    __tablename__ = "orden_dcat_score"
    __table_args__ = (Index("idx_orden_dcat_score_links", "links", postgresql_using="gin"),)

    package_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int]
    """Of the method."""
    modified: Mapped[dt.datetime]
    """Of the dataset."""
    day: Mapped[dt.date]
    points: Mapped[int]
    japan: Mapped[int | None]
    found: Mapped[dict[str, bool | None]] = mapped_column(JSONB)
    """By the code of the metric."""
    checked: Mapped[str] = mapped_column(UnicodeText)
    """The version of the triples that SHACL has looked at."""
    links: Mapped[list[str]] = mapped_column(ARRAY(UnicodeText), server_default="{}")
    """Ids of the addresses that it depends on."""


class DcatScoreDay(tk.BaseModel):
    """The average of a day, for the trend; the scope is an organisation's id, empty for the whole catalogue."""

    __tablename__ = "orden_dcat_score_day"

    scope: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    datasets: Mapped[int]
    points: Mapped[float]
    japan: Mapped[float | None]


class DcatLink(tk.BaseModel):
    """How an address of a resource answered when it was last asked."""

    __tablename__ = "orden_dcat_link"
    __table_args__ = (Index("idx_orden_dcat_link_next", "next_at"),)

    id: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    """SHA-256 of the address: addresses may be longer than an index takes."""
    url: Mapped[str] = mapped_column(UnicodeText)
    state: Mapped[str] = mapped_column(UnicodeText)
    """`new`, `ok`, `failing` (once, which may pass), `broken`, or `uncheckable` (programs are not let in)."""
    status: Mapped[int | None]
    reason: Mapped[dict[str, str]] = mapped_column(JSONB)
    """In Japanese and English."""
    checked_at: Mapped[dt.datetime | None]
    next_at: Mapped[dt.datetime]
    failures: Mapped[int]
    """How many times in a row it did not answer."""
    seen_on: Mapped[dt.date]
    """When a public dataset was last seen to name it."""
