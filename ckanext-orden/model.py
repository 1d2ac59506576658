"""The front door's tables."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import DateTime, ForeignKey, Integer, Unicode, UnicodeText
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from .types import Report


class OrdenReport(tk.BaseModel):
    """The latest report on a dataset: one row each."""

    __tablename__ = "orden_report"

    package_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"), primary_key=True)
    made_at: Mapped[dt.datetime] = mapped_column(DateTime, nullable=False)
    level: Mapped[str] = mapped_column(Unicode(32), nullable=False)
    errors: Mapped[int] = mapped_column(Integer, nullable=False)
    warnings: Mapped[int] = mapped_column(Integer, nullable=False)
    infos: Mapped[int] = mapped_column(Integer, nullable=False)
    report: Mapped[dict[str, Any]] = mapped_column(JSONB, nullable=False)

    @classmethod
    def of(cls, package_id: str) -> OrdenReport | None:
        """The report on a dataset."""
        return model.Session.get(cls, package_id)

    @classmethod
    def put(cls, package_id: str, report: Report) -> None:
        """Stores a report in the place of the one before; the caller commits."""
        content = report.as_dict()
        row: dict[str, Any] = {
            "made_at": dt.datetime.now(dt.timezone.utc).replace(tzinfo=None),
            "level": report.level,
            "errors": content["errors"],
            "warnings": content["warnings"],
            "infos": content["infos"],
            "report": content,
        }
        statement = insert(cls).values(package_id=package_id, **row)
        model.Session.execute(statement.on_conflict_do_update(index_elements=["package_id"], set_=row))
