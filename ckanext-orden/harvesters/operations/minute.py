"""What the operations do in time: a heartbeat each minute, the purge once a night."""

from __future__ import annotations

import logging
import time
from datetime import datetime
from typing import Any

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError

from . import retention

log = logging.getLogger(__name__)

HOUR = 3
"""The hour of the night, in the site's time zone, from which the purge is due."""
TIMEOUT = 3600
_DAY = 24 * 3600


def each_minute(sender: Any, **_: Any) -> None:
    """Note that the schedule is alive, and queue the purge where this night's is not queued yet."""
    try:
        connect_to_redis().set(_key("beat"), int(time.time()))
        purge_when_due(datetime.now(tk.h.get_display_timezone()))
    except RedisError as error:
        log.warning("Redis does not answer (%s)", error)


def last_beat() -> float | None:
    """When the schedule last showed that it is alive, in seconds since 1970; RedisError if Redis is away."""
    value: Any = connect_to_redis().get(_key("beat"))
    return float(value) if value else None


def purge_when_due(now: datetime) -> bool:
    """Queue the purge once a night, however many workers ask."""
    if now.hour < HOUR:
        return False
    if not connect_to_redis().set(_key(f"purge:{now.date()}"), 1, nx=True, ex=2 * _DAY):
        return False
    tk.enqueue_job(retention.purge, title="Purge old harvest runs", rq_kwargs={"timeout": TIMEOUT})
    return True


def _key(name: str) -> str:
    return f"orden:harvest:{name}:{tk.config['ckan.site_id']}"
