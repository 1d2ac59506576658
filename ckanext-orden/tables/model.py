"""The latest report on each file that is a table."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import ForeignKey, Index, UnicodeText, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from ..clock import utcnow
from ..metadata.tables.standards import standard


class TableReport(tk.BaseModel):
    """One resource's file as it was when it was last read, and what was found in it."""

    __tablename__ = "orden_table_report"
    __table_args__ = (Index("idx_orden_table_report_package", "package_id"),)

    resource_id: Mapped[str] = mapped_column(
        UnicodeText, ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True
    )
    package_id: Mapped[str] = mapped_column(UnicodeText)
    made_at: Mapped[dt.datetime]
    version: Mapped[int]
    """Of the checks; an older report is made anew although its file is the same."""
    url: Mapped[str] = mapped_column(UnicodeText)
    mark: Mapped[str] = mapped_column(UnicodeText)
    """What the file was known by: its hash, or size and time of an upload."""
    etag: Mapped[str | None] = mapped_column(UnicodeText)
    modified: Mapped[str | None] = mapped_column(UnicodeText)
    standard: Mapped[str] = mapped_column(UnicodeText)
    certain: Mapped[bool]
    conforms: Mapped[bool]
    rows: Mapped[int]
    errors: Mapped[int]
    warnings: Mapped[int]
    infos: Mapped[int]
    personal: Mapped[int]
    """How many columns look like personal data."""
    report: Mapped[dict[str, Any]] = mapped_column(JSONB, deferred=True)
    """The whole, which only its own page needs."""
    content: Mapped[bytes | None] = mapped_column(deferred=True)
    """The first rows of the file, as `contents` packs them; none where it holds no table."""

    @classmethod
    def of(cls, resource_id: str) -> TableReport | None:
        """The report on a resource."""
        return model.Session.get(cls, resource_id)

    @classmethod
    def of_package(cls, package_id: str) -> list[TableReport]:
        """The reports on the resources of a dataset."""
        return list(model.Session.execute(select(cls).where(cls.package_id == package_id)).scalars())

    @classmethod
    def put(cls, resource_id: str, **values: Any) -> None:
        """Store a report in the place of the one before; the caller commits."""
        values["made_at"] = utcnow()
        statement = insert(cls).values(resource_id=resource_id, **values)
        model.Session.execute(statement.on_conflict_do_update(index_elements=["resource_id"], set_=values))
        model.Session.expire_all()

    def summary(self) -> dict[str, Any]:
        """What every answer on the dataset carries of it."""
        found = standard(self.standard)
        return {
            "made_at": self.made_at.isoformat(),
            "standard": self.standard,
            "title": dict(found.title) if found else {},
            "certain": self.certain,
            "conforms": self.conforms,
            "rows": self.rows,
            "errors": self.errors,
            "warnings": self.warnings,
            "infos": self.infos,
            "personal": self.personal,
        }
