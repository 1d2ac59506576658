"""How many inquiries come from one place or to one provider, and how many were refused and why."""

from __future__ import annotations

import logging
from typing import Any

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from flask import request
from redis.exceptions import RedisError

from ... import config
from ...clock import local_date
from ...correspondence.keys import fingerprint
from ...limiting import DAY, TooOften, network, used_up_today
from ...metadata.offers.problems import problem
from ...types import Issue
from ..errors import Refused

log = logging.getLogger(__name__)

PAGES = frozenset({"orden_market_inquiry.send", "orden_market_inquiry.ask", "orden_market_inquiry.link_send"})
CALLS = frozenset({"orden_market_inquiry_create", "orden_market_inquiry_ask", "orden_market_inquiry_link_create"})
"""Where buyers write."""


def at_the_door() -> None:
    """Counts what buyers send, by the network it comes from, before anything is looked up; raises TooOften."""
    call = request.endpoint == "api.action" and (request.view_args or {}).get("logic_function") in CALLS
    if request.method == "POST" and (call or request.endpoint in PAGES):
        wait = used_up_today(f"inquiries:network:{network()}", config.market_inquiry_limits())
        if wait:
            issue = _refused(wait)
            raise TooOften(wait, issue.text(str(tk.h.lang())))


def of_sender(user_id: str | None, mail: str) -> None:
    """Counts what an account, or a mail address without one, sends; raises Refused."""
    _count("sender", user_id or fingerprint(mail.lower()), config.market_inquiry_limits())


def of_provider(organization_id: str) -> None:
    """Counts what a provider receives; raises Refused."""
    _count("provider", organization_id, config.market_provider_limits())


def note_refused(reason: str) -> None:
    """Counts an inquiry that was not taken."""
    try:
        store: Any = connect_to_redis()
        store.hincrby(_refused_key(), reason, 1)
        store.expire(_refused_key(), 8 * DAY)
    except RedisError as error:
        log.error("Refused inquiries are not counted: %s", error)


def refused_today() -> dict[str, int]:
    """How many inquiries were not taken today, by reason."""
    try:
        found: Any = connect_to_redis().hgetall(_refused_key())
    except RedisError as error:
        log.error("Refused inquiries are not known: %s", error)
        return {}
    return {name.decode(): int(count) for name, count in sorted(found.items())}


def _count(what: str, who: str, limits: tuple[int, int]) -> None:
    if wait := used_up_today(f"inquiries:{what}:{who}", limits):
        raise Refused(_refused(wait))


def _refused(wait: int) -> Issue:
    note_refused("limit")
    return problem("inquiry_limit", "limit", str(-(-wait // 60)))


def _refused_key() -> str:
    return f"orden:inquiries:refused:{tk.config['ckan.site_id']}:{local_date()}"
