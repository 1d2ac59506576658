"""What tells operators that a run waits because its source's server has asked for it: a key of Redis."""

from __future__ import annotations

import logging
from math import ceil
from typing import Any

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

LONG = 30.0
"""Seconds from which on a wait is told; shorter ones are the manners of every run."""


def begin(source_id: str, seconds: float) -> None:
    """A wait of the source's run begins."""
    if seconds < LONG:
        return
    try:
        redis: Any = connect_to_redis()
        redis.set(_key(source_id), "", px=int(seconds * 1000))
    except RedisError as error:
        log.warning("A wait of %.0f s is not shown to operators: %s", seconds, error)


def left(source_id: str) -> int | None:
    """Seconds that the source's run waits yet; None where it does not."""
    try:
        redis: Any = connect_to_redis()
        milliseconds = redis.pttl(_key(source_id))
    except RedisError as error:
        log.warning("Whether a run waits is not known: %s", error)
        return None
    return ceil(milliseconds / 1000) if milliseconds > 0 else None


def _key(source_id: str) -> str:
    return f"orden:waiting:{tk.config['ckan.site_id']}:{source_id}"
