"""How often links are followed: a number a day, and nothing of by whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ckan import model
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from ...clock import local_date
from ..model.links import MarketClick


def add(link_id: str) -> None:
    """One more today; the caller commits."""
    row = insert(MarketClick).values(link_id=link_id, day=local_date(), count=1)
    more = {"count": MarketClick.count + 1}
    model.Session.execute(row.on_conflict_do_update(index_elements=["link_id", "day"], set_=more))


def by_day(link_ids: Iterable[str], first: date) -> dict[str, dict[str, int]]:
    """The counts of each link from that day on, by day; days without a click are left out."""
    query = select(MarketClick).where(MarketClick.link_id.in_(list(link_ids)), MarketClick.day >= first)
    counted: dict[str, dict[str, int]] = {}
    for row in model.Session.execute(query.order_by(MarketClick.day)).scalars():
        counted.setdefault(row.link_id, {})[row.day.isoformat()] = row.count
    return counted


def totals(link_ids: Iterable[str]) -> dict[str, int]:
    """How often each link was ever followed; one that never was is left out."""
    query = select(MarketClick.link_id, func.sum(MarketClick.count)).where(MarketClick.link_id.in_(list(link_ids)))
    return {link_id: int(count) for link_id, count in model.Session.execute(query.group_by(MarketClick.link_id))}
