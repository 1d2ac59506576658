"""Counters in Redis, a hash a day: a page that is read writes nothing into the database.

They hold the texts of queries for the minute until a job takes them; what no job takes is forgotten after two days.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

MOST = 20_000
"""Different events of a day that wait at most: Redis must not fill up where no job takes them."""
KEPT_DAYS = 2
LOCKED = 300


class Event(NamedTuple):
    """A search and what it found (`all`, `partial`, `nearest`, `nothing`), or a `click` on a dataset among its hits."""

    q: str
    language: str
    what: str
    dataset: str = ""


def today() -> date:
    """The day in the site's time zone (`ckan.display_timezone`)."""
    return datetime.now(tk.h.get_display_timezone()).date()


def add(event: Event) -> None:
    """One more today; without Redis it is not counted."""
    key, field = _key(today()), json.dumps(event, ensure_ascii=False)
    try:
        pipe: Any = connect_to_redis().pipeline()
        count, different, _ = pipe.hincrby(key, field, 1).hlen(key).expire(key, timedelta(days=KEPT_DAYS)).execute()
        if different > MOST and count == 1:
            connect_to_redis().hdel(key, field)
    except RedisError as error:
        log.warning("A search is not counted: %s", error)


def take(day: date, keep: Callable[[Mapping[Event, int]], None]) -> None:
    """Have the counts of a day kept, and give them up when that has ended well; nothing while another process does.

    Counts are kept twice where Redis goes away between the two; RedisError where it is away at the beginning.
    """
    redis: Any = connect_to_redis()
    key = _key(day)
    away = f"{key}:taken"
    lock = redis.lock(f"{key}:lock", timeout=LOCKED)
    if not redis.exists(key, away) or not lock.acquire(blocking=False):
        return
    try:
        if not redis.exists(away):
            redis.rename(key, away)
        keep({Event(*json.loads(field)): int(count) for field, count in redis.hgetall(away).items()})
        redis.delete(away)
    finally:
        lock.release()


def waiting_days() -> list[date]:
    """The days whose counts may still be in Redis, the oldest first."""
    return [today() - timedelta(days=ago) for ago in range(KEPT_DAYS, -1, -1)]


def forget() -> None:
    """Give up what waits."""
    for day in waiting_days():
        connect_to_redis().delete(_key(day), f"{_key(day)}:taken")


def _key(day: date) -> str:
    return f"orden:searches:{tk.config['ckan.site_id']}:{day.isoformat()}"
