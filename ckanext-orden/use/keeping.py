"""What the job of each minute does: counters go into the table, and days that are old are added up by month."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from ckan import model
from redis.exceptions import RedisError
from sqlalchemy import or_, select, text
from sqlalchemy.dialects.postgresql import insert

from .. import config, counting
from ..clock import local_date
from .model import UseCount
from .reading import PUBLIC
from .visits import DOWNLOAD, SUBJECT, VIEW

log = logging.getLogger(__name__)

TIDIED_EVERY = timedelta(days=1)
AT_ONCE = 1000
ADDED_UP = text("""
    WITH old AS (
        DELETE FROM orden_use_count WHERE day < :first AND extract(day FROM day) > 1 RETURNING *
    )
    INSERT INTO orden_use_count (package_id, day, views, downloads)
    SELECT package_id, date_trunc('month', day)::date, sum(views), sum(downloads) FROM old GROUP BY 1, 2
    ON CONFLICT (package_id, day) DO UPDATE SET
        views = orden_use_count.views + excluded.views, downloads = orden_use_count.downloads + excluded.downloads
""")


def each_minute(sender: Any, **_: Any) -> None:
    """Keep what was counted; once a day, add up what is old."""
    try:
        collect()
        due = counting.tidying_is_due(SUBJECT, TIDIED_EVERY)
    except RedisError as error:
        log.warning("Views and downloads wait to be kept: %s", error)
        return
    if due:
        tidy()


def collect() -> None:
    """Bring the counters from Redis into the table."""
    for day in counting.waiting_days():
        counting.take(SUBJECT, day, lambda counted, day=day: keep(day, counted))


def keep(day: date, counted: Mapping[str, int]) -> None:
    """Add the counts of a day to those kept; of public datasets only."""
    found: dict[str, Counter[str]] = {VIEW: Counter(), DOWNLOAD: Counter()}
    for field, count in counted.items():
        what, _, identifier = field.partition(" ")
        found[what][identifier] += count
    views = _by_dataset(found[VIEW], _datasets(found[VIEW]))
    downloads = _by_dataset(found[DOWNLOAD], _of_files(found[DOWNLOAD]))
    rows = [
        {"package_id": package_id, "day": day, "views": views[package_id], "downloads": downloads[package_id]}
        for package_id in sorted(views | downloads)
    ]
    for start in range(0, len(rows), AT_ONCE):
        _add(rows[start : start + AT_ONCE])
    model.Session.commit()


def tidy() -> None:
    """Add up the whole months that are older than the days that are kept."""
    first = (local_date() - timedelta(days=config.use_days())).replace(day=1)
    model.Session.execute(ADDED_UP, {"first": first})
    model.Session.commit()


def _datasets(names: Collection[str]) -> dict[str, str]:
    """The ids of the public datasets among some names and ids."""
    package = model.Package
    query = select(package.id, package.name).where(or_(package.name.in_(names), package.id.in_(names)), PUBLIC)
    rows = model.Session.execute(query).all()
    return {row.name: row.id for row in rows} | {row.id: row.id for row in rows}


def _of_files(ids: Collection[str]) -> dict[str, str]:
    """The ids of the public datasets that some files are of."""
    query = select(model.Resource.id, model.Package.id.label("package_id"))
    query = query.join(model.Package, model.Package.id == model.Resource.package_id)
    rows = model.Session.execute(query.where(model.Resource.id.in_(ids), PUBLIC))
    return {row.id: row.package_id for row in rows}


def _by_dataset(counts: Mapping[str, int], ids: Mapping[str, str]) -> Counter[str]:
    added: Counter[str] = Counter()
    for name, count in counts.items():
        if name in ids:
            added[ids[name]] += count
    return added


def _add(rows: list[dict[str, Any]]) -> None:
    statement = insert(UseCount).values(rows)
    more = {name: getattr(UseCount, name) + statement.excluded[name] for name in ("views", "downloads")}
    model.Session.execute(statement.on_conflict_do_update(index_elements=["package_id", "day"], set_=more))
