"""How many datasets, files and organisations there were at the end of each month, by when they were created here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import ColumnElement, and_, func, select

from .reading import PUBLIC

COUNTED = ("datasets", "resources", "organizations")


def by_month(last: date) -> list[dict[str, Any]]:
    """What is there now, by the months since the first of it was created; all of it in the last one."""
    created = {"datasets": _datasets(), "resources": _resources(), "organizations": _organizations()}
    known = sorted(month for months in created.values() for month in months)
    months = list(each_month(known[0], last)) if known else []
    sums = [list(accumulate(created[name].get(month, 0) for month in months)) for name in COUNTED]
    return [dict(zip(("month", *COUNTED), row, strict=True)) for row in zip(months, *sums, strict=True)]


def _datasets() -> dict[str, int]:
    month = _month(model.Package.metadata_created)
    return _counted(select(month, func.count()).where(PUBLIC).group_by(month))


def _resources() -> dict[str, int]:
    month = _month(func.coalesce(model.Resource.created, model.Package.metadata_created))
    attached = and_(model.Resource.package_id == model.Package.id, model.Resource.state == "active")
    return _counted(select(month, func.count()).join(model.Package, attached).where(PUBLIC).group_by(month))


def _organizations() -> dict[str, int]:
    month, group = _month(model.Group.created), model.Group
    active = and_(group.is_organization.is_(True), group.state == "active")
    return _counted(select(month, func.count()).where(active).group_by(month))


def _month(moment: Any) -> ColumnElement[str]:
    """The month of a moment in UTC, in the site's time zone."""
    local = func.timezone(str(tk.h.get_display_timezone()), func.timezone("UTC", moment))
    return func.to_char(local, "YYYY-MM")


def _counted(query: Any) -> dict[str, int]:
    return {month: int(count) for month, count in model.Session.execute(query) if month}


def each_month(first: str, last: date) -> Iterator[str]:
    """The months (2026-11) from one to that of a day."""
    year, month = map(int, first.split("-"))
    while (year, month) <= (last.year, last.month):
        yield f"{year:04}-{month:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
