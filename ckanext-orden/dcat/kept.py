"""Results of checks, kept a day for whoever has their link. They are copies: Redis may lose them."""

from __future__ import annotations

import gzip
import json
import logging
import re
import secrets
import time
from typing import Any

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
DAY = 24 * 60 * 60
MOST = 2000
"""Results that are kept at a time; the oldest make room."""
KEY = re.compile(r"[\w-]{22}")


def keep(report: dict[str, Any], shacl: str) -> str:
    """Keeps a result; the key of its link, which nobody can guess. Empty where Redis does not take it."""
    key, now = secrets.token_urlsafe(16), time.time()
    body = gzip.compress(json.dumps({"report": report, "shacl": shacl}).encode(), 6)
    try:
        store: Any = connect_to_redis()
        store.set(_name(key), body, ex=DAY)
        store.zadd(_name("all"), {key: now})
        old = store.zrange(_name("all"), 0, -MOST - 1) + store.zrangebyscore(_name("all"), 0, now - DAY)
        if old:
            store.delete(*(_name(name.decode()) for name in old))
            store.zrem(_name("all"), *old)
    except RedisError as error:
        log.error("The result of a check is not kept: %s", error)
        return ""
    return key


def kept(key: str) -> dict[str, Any] | None:
    """What was kept: `report` and `shacl`."""
    if not KEY.fullmatch(key):
        return None
    try:
        store: Any = connect_to_redis()
        body = store.get(_name(key))
    except RedisError as error:
        log.error("The result of a check cannot be looked up: %s", error)
        return None
    return json.loads(gzip.decompress(body)) if body else None


def _name(key: str) -> str:
    return f"orden:dcat:check:{tk.config['ckan.site_id']}:{key}"
