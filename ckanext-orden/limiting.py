"""How often a visitor who is not logged in may ask for what costs much."""

from __future__ import annotations

import ipaddress
import logging
import time
from typing import Any

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from flask import request
from redis.exceptions import RedisError
from werkzeug.exceptions import TooManyRequests

from . import config

log = logging.getLogger(__name__)
MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
CHECKS = ("orden_dcat_validate", "orden_table_validate")
"""Actions that cost much and are open to everybody."""


class TooOften(TooManyRequests):
    """The visitor has used up this minute, or what `message` says; `wait` seconds are left of it."""

    def __init__(self, wait: int, message: str = "") -> None:
        super().__init__(message or tk._("Too many checks in a minute. Try again in {n} seconds.").format(n=wait))
        self.wait = wait


def count_call() -> None:
    """Counts a call of the API that is a check; to be asked before each request."""
    if request.endpoint == "api.action" and (request.view_args or {}).get("logic_function") in CHECKS:
        count_check()


def count_check() -> None:
    """Counts a check that a visitor asks for; `TooOften` when the minute's are used up. Who is logged in is free."""
    most = config.checks_per_minute()
    if not most or tk.current_user.is_authenticated:
        return
    if wait := used_up(f"checks:{network()}", most, MINUTE):
        raise TooOften(wait)


def used_up(what: str, most: int, seconds: int) -> int:
    """Count one more in this span of time; how many seconds are left of it when there are too many, else 0."""
    now = int(time.time())
    key = f"orden:{what}:{tk.config['ckan.site_id']}:{now // seconds}"
    try:
        pipe: Any = connect_to_redis().pipeline()
        done, _ = pipe.incr(key).expire(key, 2 * seconds).execute()
    except RedisError as error:
        log.error("%s are not counted: %s", what.split(":", maxsplit=1)[0], error)
        return 0
    return seconds - now % seconds if done > most else 0


def used_up_today(what: str, limits: tuple[int, int]) -> int:
    """Count one more in this hour and this day, which have their limits (0 is none); seconds to wait, else 0."""
    spans = zip(limits, (HOUR, DAY), strict=True)
    return max((used_up(f"{what}:{span}", most, span) for most, span in spans if most), default=0)


def visitor() -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that a request comes from, as the declared proxies tell it; None when nobody knows."""
    proxies = config.trusted_proxies()
    hops = [hop.strip() for hop in ",".join(request.headers.getlist("X-Forwarded-For")).split(",")]
    told = hops[-proxies] if 0 < proxies <= len(hops) else request.remote_addr
    try:
        return ipaddress.ip_address(told or "")
    except ValueError:
        return None


def network() -> str:
    """Where a visitor comes from: an address, of IPv6 the network that one household has."""
    address = visitor()
    if address is None:
        return "unknown"
    return str(address if address.version == 4 else ipaddress.ip_network((address, 64), strict=False))
