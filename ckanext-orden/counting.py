"""Counters in Redis, a hash a subject and day: a page that is read writes nothing into the database.

What no job takes is forgotten after two days.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError

from .clock import local_date

log = logging.getLogger(__name__)

KEPT_DAYS = 2
LOCKED = 300


def add(subject: str, field: str, most: int) -> None:
    """One more today; beyond so many different fields, or without Redis, it is not counted."""
    name = key(subject, local_date())
    try:
        pipe: Any = connect_to_redis().pipeline()
        count, different, _ = pipe.hincrby(name, field, 1).hlen(name).expire(name, timedelta(days=KEPT_DAYS)).execute()
        if different > most and count == 1:
            connect_to_redis().hdel(name, field)
    except RedisError as error:
        log.warning("Not counted (%s): %s", subject, error)


def take(subject: str, day: date, keep: Callable[[Mapping[str, int]], None]) -> None:
    """Have the counts of a day kept, and give them up when that has ended well; nothing while another process does.

    Counts are kept twice where Redis goes away between the two; RedisError where it is away at the beginning.
    """
    redis: Any = connect_to_redis()
    name = key(subject, day)
    away = f"{name}:taken"
    lock = redis.lock(f"{name}:lock", timeout=LOCKED)
    if not redis.exists(name, away) or not lock.acquire(blocking=False):
        return
    try:
        if not redis.exists(away):
            redis.rename(name, away)
        keep({field.decode(): int(count) for field, count in redis.hgetall(away).items()})
        redis.delete(away)
    finally:
        lock.release()


def waiting_days() -> list[date]:
    """The days whose counts may still be in Redis, the oldest first."""
    return [local_date() - timedelta(days=ago) for ago in range(KEPT_DAYS, -1, -1)]


def forget(subject: str) -> None:
    """Give up what waits."""
    for day in waiting_days():
        connect_to_redis().delete(key(subject, day), f"{key(subject, day)}:taken")


def tidying_is_due(subject: str, every: timedelta) -> bool:
    """Whether so much time has passed since this was last true."""
    name = f"orden:{subject}:{tk.config['ckan.site_id']}:tidied"
    return bool(connect_to_redis().set(name, 1, nx=True, ex=every))


def key(subject: str, day: date) -> str:
    """Where in Redis the counts of a day wait."""
    return f"orden:{subject}:{tk.config['ckan.site_id']}:{day.isoformat()}"
