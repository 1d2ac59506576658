"""Queries with their counts, as the operator reads them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from ckan import model
from sqlalchemy import ColumnElement, Select, func, select

from .keeping import COUNTS, frequent
from .model import SearchClick, SearchCount, SearchQuery

KINDS = ("all", "no_hits", "nearest", "no_clicks")
SORTS = ("asked", "nothing", "partial", "nearest", "clicks", "last", "q")


@dataclass(frozen=True)
class Asked:
    """Which queries: of which days (both included), of which kind and language, in which order."""

    first: date
    last: date
    kind: str = "all"
    language: str = ""
    sort: str = "asked"
    limit: int = 50
    offset: int = 0


def listed(asked: Asked) -> dict[str, Any]:
    """The queries, how many there are, and the sums of all searches with those whose text is not known."""
    query = _queries(asked)
    total = model.Session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = model.Session.execute(query.order_by(*_order(asked.sort)).limit(asked.limit).offset(asked.offset)).all()
    clicked = _clicked(asked, [row.key for row in rows])
    queries = [
        {
            "q": row.q,
            **{name: int(getattr(row, name)) for name in COUNTS},
            "last": row.last.isoformat(),
            "datasets": clicked.get(row.key, []),
        }
        for row in rows
    ]
    return {"count": total, "totals": _totals(asked), "queries": queries}


def by_month(first: date, last: date) -> dict[str, int]:
    """How often was searched in each month (2026-11) of the days; months without a search are left out."""
    month = func.to_char(SearchCount.day, "YYYY-MM")
    query = select(month.label("month"), func.sum(SearchCount.asked).label("asked")).group_by(month)
    query = query.where(SearchCount.day >= first, SearchCount.day <= last)
    return {row.month: int(row.asked) for row in model.Session.execute(query)}


def _queries(asked: Asked) -> Select[Any]:
    sums = [func.sum(getattr(SearchCount, name)).label(name) for name in COUNTS]
    query = select(SearchQuery.key, SearchQuery.q, *sums, func.max(SearchCount.day).label("last"))
    query = query.join(SearchCount, SearchCount.key == SearchQuery.key).where(*_chosen(asked))
    query = query.where(SearchQuery.key.in_(frequent())).group_by(SearchQuery.key, SearchQuery.q)
    return query.having(*_of_kind(asked.kind))


def _of_kind(kind: str) -> list[ColumnElement[bool]]:
    of = {name: func.sum(getattr(SearchCount, name)) for name in COUNTS}
    conditions = {
        "no_hits": [of["nothing"] > 0],
        "nearest": [of["nearest"] > 0],
        "no_clicks": [of["asked"] > of["nothing"] + of["nearest"], of["clicks"] == 0],
    }
    return conditions.get(kind, [of["asked"] > 0])


def _order(sort: str) -> list[ColumnElement[Any]]:
    if sort == "q":
        return [SearchQuery.q.asc()]
    chosen = func.max(SearchCount.day) if sort == "last" else func.sum(getattr(SearchCount, sort))
    return [chosen.desc(), func.sum(SearchCount.asked).desc(), SearchQuery.q.asc()]


def _totals(asked: Asked) -> dict[str, int]:
    """Sums of all searches; `rare` is how many of them asked what is not shown."""
    sums = [func.coalesce(func.sum(getattr(SearchCount, name)), 0).label(name) for name in COUNTS]
    whole = model.Session.execute(select(*sums).where(*_chosen(asked))).one()
    known = select(SearchQuery.key).where(SearchQuery.key.in_(frequent()))
    shown = select(func.sum(SearchCount.asked)).where(*_chosen(asked), SearchCount.key.in_(known))
    rare = int(whole.asked) - int(model.Session.scalar(shown) or 0)
    return {**{name: int(getattr(whole, name)) for name in COUNTS}, "rare": rare}


def _clicked(asked: Asked, keys: Collection[bytes]) -> dict[bytes, list[dict[str, Any]]]:
    """The public datasets that were opened from each query, the most opened first; in all languages."""
    package = model.Package
    count = func.sum(SearchClick.count)
    query = select(SearchClick.key, package.name, package.title, count.label("clicks"))
    query = query.join(package, package.id == SearchClick.package_id)
    query = query.where(package.private.is_(False), package.state == "active", SearchClick.key.in_(list(keys)))
    query = query.where(SearchClick.day >= asked.first, SearchClick.day <= asked.last)
    query = query.group_by(SearchClick.key, package.name, package.title).order_by(count.desc(), package.name)
    found: dict[bytes, list[dict[str, Any]]] = {}
    for row in model.Session.execute(query):
        shown = {"name": row.name, "title": row.title or row.name, "clicks": int(row.clicks)}
        found.setdefault(row.key, []).append(shown)
    return found


def _chosen(asked: Asked) -> list[ColumnElement[bool]]:
    days = [SearchCount.day >= asked.first, SearchCount.day <= asked.last]
    return [*days, SearchCount.language == asked.language] if asked.language else days
