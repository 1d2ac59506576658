"""What tells runs that a worker has nothing to do and would help: a key of Redis that is soon gone again."""

from __future__ import annotations

from typing import Any

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk

STAYS = 10
"""Seconds; a helper says it again after each batch, which takes less."""


def say() -> None:
    """This worker would help; raises RedisError."""
    redis: Any = connect_to_redis()
    redis.set(_key(), "", ex=STAYS)


def is_anybody() -> bool:
    """Whether some worker of this site would help; raises RedisError."""
    redis: Any = connect_to_redis()
    return bool(redis.exists(_key()))


def _key() -> str:
    return f"orden:idle:{tk.config['ckan.site_id']}"
