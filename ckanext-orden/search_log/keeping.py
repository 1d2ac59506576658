"""What the job of each minute does: counters go into the tables, old days and rare texts go out of them."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from ckan import model
from redis.exceptions import RedisError
from sqlalchemy import Select, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from .. import config, counting
from . import counters
from .counters import Event
from .model import SearchClick, SearchCount, SearchQuery

log = logging.getLogger(__name__)

TIDIED_EVERY = timedelta(hours=1)
COUNTS = ("asked", "nothing", "partial", "nearest", "clicks")


def each_minute(sender: Any, **_: Any) -> None:
    """Keep what was counted; once an hour, forget what has become old or rare."""
    try:
        collect()
        due = counting.tidying_is_due(counters.SUBJECT, TIDIED_EVERY)
    except RedisError as error:
        log.warning("Searches wait to be kept: %s", error)
        return
    if due:
        tidy()


def collect() -> None:
    """Bring the counters from Redis into the tables."""
    for day in counting.waiting_days():
        counters.take(day, lambda counted, day=day: keep(day, counted))


def keep(day: date, counted: Mapping[Event, int]) -> None:
    """Add the counts of a day to those kept, and the texts of queries that have been asked often enough by now."""
    rows, clicks = _rows(day, counted), _clicks(day, counted)
    for table, values in ((SearchCount, rows), (SearchClick, clicks)):
        for value in values:
            _add(table, value)
    texts = {key(event.q): event.q for event in counted}
    model.Session.flush()
    for often in model.Session.execute(frequent(texts)).scalars():
        model.Session.execute(insert(SearchQuery).values(key=often, q=texts[often]).on_conflict_do_nothing())
    model.Session.commit()


def tidy() -> None:
    """Forget days that have been kept long enough, and texts of queries that are not, or no longer, asked often."""
    first = counters.today() - timedelta(days=config.search_log_days())
    for table in (SearchCount, SearchClick):
        model.Session.execute(delete(table).where(table.day < first))
    model.Session.execute(delete(SearchQuery).where(SearchQuery.key.not_in(frequent())))
    model.Session.commit()


def forget(query: str | None = None) -> None:
    """Delete all that is kept, or what is kept of one query (a normal text)."""
    if query is None:
        counters.forget()
    for table in (SearchCount, SearchClick, SearchQuery):
        chosen = delete(table)
        model.Session.execute(chosen if query is None else chosen.where(table.key == key(query)))
    model.Session.commit()


def key(query: str) -> bytes:
    """Under which a query is counted: without the site's own key nobody can try out which text it is."""
    return hmac.digest(config.secret_key(), f"search\n{query}".encode(), hashlib.sha256)


def frequent(keys: Collection[bytes] | None = None) -> Select[tuple[bytes]]:
    """The queries whose text may be known: asked on enough occasions, never all of them on one day.

    One person who tries again and again must not make his query one that many ask.
    """
    least = config.search_log_least()
    daily = select(SearchCount.key, func.least(func.sum(SearchCount.asked), max(1, least - 1)).label("asked"))
    if keys is not None:
        daily = daily.where(SearchCount.key.in_(list(keys)))
    days = daily.group_by(SearchCount.key, SearchCount.day).subquery()
    return select(days.c.key).group_by(days.c.key).having(func.sum(days.c.asked) >= least)


def _rows(day: date, counted: Mapping[Event, int]) -> list[dict[str, Any]]:
    """The counts by query and language."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for event, count in counted.items():
        row = found.setdefault((event.q, event.language), Counter())
        row["clicks" if event.what == "click" else "asked"] += count
        if event.what in ("nothing", "partial", "nearest"):
            row[event.what] += count
    return [
        {"day": day, "key": key(q), "language": language, **{name: row[name] for name in COUNTS}}
        for (q, language), row in sorted(found.items())
    ]


def _clicks(day: date, counted: Mapping[Event, int]) -> list[dict[str, Any]]:
    """The clicks by query and dataset; of public datasets only."""
    names = {event.dataset for event in counted if event.dataset}
    package = model.Package
    public = select(package.name, package.id).where(package.name.in_(names), package.private.is_(False))
    ids = {row.name: row.id for row in model.Session.execute(public.where(package.state == "active"))}
    found: Counter[tuple[str, str]] = Counter()
    for event, count in counted.items():
        if event.dataset in ids:
            found[event.q, ids[event.dataset]] += count
    return [
        {"day": day, "key": key(q), "package_id": package_id, "count": count}
        for (q, package_id), count in sorted(found.items())
    ]


def _add(table: type[SearchCount] | type[SearchClick], row: Mapping[str, Any]) -> None:
    """Add a row's counts to those of the same day and query."""
    statement = insert(table).values(**row)
    counts = [name for name in row if name in (*COUNTS, "count")]
    more = {name: getattr(table, name) + statement.excluded[name] for name in counts}
    keys = [column.name for column in table.__table__.primary_key]
    model.Session.execute(statement.on_conflict_do_update(index_elements=keys, set_=more))
