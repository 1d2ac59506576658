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
MINUTE = 60
CHECKS = ("orden_dcat_validate", "orden_table_validate")
"""Actions that cost much and are open to everybody."""


class TooOften(TooManyRequests):
    """The visitor has used up this minute; `wait` seconds are left of it."""

    def __init__(self, wait: int) -> None:
        super().__init__(tk._("Too many checks in a minute. Try again in {n} seconds.").format(n=wait))
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
    now = int(time.time())
    key = f"orden:checks:{tk.config['ckan.site_id']}:{_network()}:{now // MINUTE}"
    try:
        pipe: Any = connect_to_redis().pipeline()
        done, _ = pipe.incr(key).expire(key, 2 * MINUTE).execute()
    except RedisError as error:
        log.error("Checks are not counted: %s", error)
        return
    if done > most:
        raise TooOften(MINUTE - now % MINUTE)


def visitor() -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that a request comes from, as the declared proxies tell it; None when nobody knows."""
    proxies = config.trusted_proxies()
    hops = [hop.strip() for hop in ",".join(request.headers.getlist("X-Forwarded-For")).split(",")]
    told = hops[-proxies] if 0 < proxies <= len(hops) else request.remote_addr
    try:
        return ipaddress.ip_address(told or "")
    except ValueError:
        return None


def _network() -> str:
    """Where a visitor comes from: an address, of IPv6 the network that one household has."""
    address = visitor()
    if address is None:
        return "unknown"
    return str(address if address.version == 4 else ipaddress.ip_network((address, 64), strict=False))
