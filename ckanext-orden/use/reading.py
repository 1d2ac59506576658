"""Views and downloads as everybody may read them: of datasets that are public now."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from ckan import model
from sqlalchemy import ColumnElement, Select, and_, func, select

from .model import UseCount

COUNTS = ("views", "downloads")
PERIODS = {"day": "YYYY-MM-DD", "month": "YYYY-MM"}
SECONDS_KEPT = 600
RANKED = 300
"""Of the most used datasets, how many are looked at: some may be hidden since they were ranked."""
PUBLIC = and_(model.Package.state == "active", model.Package.private.is_(False), model.Package.type == "dataset")


@dataclass(frozen=True)
class Asked:
    """Of which days (both included), and of which dataset or organisation, by its id; of all where both are empty."""

    first: date
    last: date
    dataset: str = ""
    organization: str = ""


def totals(asked: Asked) -> dict[str, int]:
    """All views and downloads."""
    sums = [func.coalesce(func.sum(getattr(UseCount, name)), 0).label(name) for name in COUNTS]
    row = model.Session.execute(_chosen(select(*sums), asked)).one()
    return {name: int(getattr(row, name)) for name in COUNTS}


def series(asked: Asked, by: str) -> list[dict[str, Any]]:
    """Views and downloads of each day or month that has any, the oldest first."""
    period = func.to_char(UseCount.day, PERIODS[by])
    sums = [func.sum(getattr(UseCount, name)).label(name) for name in COUNTS]
    query = _chosen(select(period.label("period"), *sums), asked).group_by(period).order_by(period)
    return [
        {"period": row.period, **{name: int(getattr(row, name)) for name in COUNTS}}
        for row in model.Session.execute(query)
    ]


def most_used(asked: Asked, order: str, limit: int) -> list[dict[str, Any]]:
    """The public datasets that were viewed or downloaded most; the numbers are at most ten minutes old."""
    ranked = {row[0]: row[1:] for row in _ranked(asked, order, int(time.monotonic() // SECONDS_KEPT))}
    package, organization = model.Package, model.Group
    query = select(package.id, package.name, package.title, organization.title.label("organization_title"))
    query = query.outerjoin(organization, organization.id == package.owner_org).where(package.id.in_(ranked), PUBLIC)
    known = {row.id: row for row in model.Session.execute(query)}
    return [
        {
            "id": package_id,
            "name": known[package_id].name,
            "title": known[package_id].title or known[package_id].name,
            "organization_title": known[package_id].organization_title or "",
            "views": views,
            "downloads": downloads,
        }
        for package_id, (views, downloads) in ranked.items()
        if package_id in known
    ][:limit]


def forget_ranks() -> None:
    """Rank anew."""
    _ranked.cache_clear()


@lru_cache(maxsize=16)
def _ranked(asked: Asked, order: str, _moment: int) -> tuple[tuple[str, int, int], ...]:
    """Ids with views and downloads: to rank reads all counts of the period."""
    sums = {name: func.sum(getattr(UseCount, name)) for name in COUNTS}
    other = next(name for name in COUNTS if name != order)
    query = _chosen(select(UseCount.package_id, *sums.values()), asked).group_by(UseCount.package_id)
    query = query.having(sums[order] > 0).order_by(sums[order].desc(), sums[other].desc(), UseCount.package_id)
    rows = model.Session.execute(query.limit(RANKED))
    return tuple((package_id, int(views), int(downloads)) for package_id, views, downloads in rows)


def _chosen(query: Select[Any], asked: Asked) -> Select[Any]:
    days: list[ColumnElement[bool]] = [UseCount.day >= asked.first, UseCount.day <= asked.last]
    query = query.join(model.Package, model.Package.id == UseCount.package_id).where(*days, PUBLIC)
    if asked.organization:
        query = query.where(model.Package.owner_org == asked.organization)
    return query.where(UseCount.package_id == asked.dataset) if asked.dataset else query
