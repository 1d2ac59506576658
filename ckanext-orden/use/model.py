"""The table of how datasets are used."""

from __future__ import annotations

from datetime import date

from ckan.plugins import toolkit as tk
from sqlalchemy import ForeignKey, UnicodeText
from sqlalchemy.orm import Mapped, mapped_column


class UseCount(tk.BaseModel):
    """How often a dataset's page was read and its files were taken on a day, and nothing of by whom.

    Days that are old are added up on the first of their month.
    """

    __tablename__ = "orden_use_count"

    package_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    views: Mapped[int] = mapped_column(default=0)
    downloads: Mapped[int] = mapped_column(default=0)
