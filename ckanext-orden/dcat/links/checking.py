"""The due addresses, asked host by host in turn, none of them hurried."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from ckan import model
from sqlalchemy import update

from ... import config
from ...errors import SourceError
from ...fetching import Limits, fetch
from ...fetching.robots import Rules, parse
from ..model import DcatLink, DcatScore
from . import store
from .asking import Verdict, ask

BATCH = 500
ROBOTS = Limits(total=10.0, read=5.0, wire_bytes=500_000, decoded_bytes=500_000, retries=0)
OUT_OF_DATE = 0
"""The version of a score that is to be made again."""
FORBIDDEN = Verdict(
    "uncheckable",
    reason={"ja": "robots.txt が確認を認めていません。", "en": "The server’s robots.txt does not allow it."},
)
Say = Callable[[DcatLink, Verdict], object]


class Host:
    """A server: what is to be asked of it, when it may be asked next, and what it lets programs ask."""

    def __init__(self, origin: str) -> None:
        self.links: deque[DcatLink] = deque()
        self.next = 0.0
        self._origin = origin
        self._rules: Rules | None = None

    def allows(self, url: str) -> bool:
        """Whether its robots.txt lets us ask; a server without one does."""
        if self._rules is None:
            self._rules = parse(_robots_of(self._origin))
        parts = urlsplit(url)
        return self._rules.forbidding(f"{parts.path}?{parts.query}" if parts.query else parts.path) is None


def check(seconds: float, *, everything: bool = False, say: Say = lambda link, verdict: None) -> int:
    """Asks due addresses for so many seconds; how many were asked."""
    end, asked, changed = time.monotonic() + seconds, 0, set[str]()
    waiting = _by_host(store.due(BATCH, everything=everything))
    while waiting and time.monotonic() < end:
        host = min(waiting, key=lambda one: one.next)
        time.sleep(max(0.0, min(host.next, end) - time.monotonic()))
        if time.monotonic() >= end:
            break
        link = host.links.popleft()
        verdict = ask(link.url, link.failures) if host.allows(link.url) else FORBIDDEN
        host.next = time.monotonic() + 1 / config.dcat_links_per_second()
        changed.update([link.id] if verdict.state != link.state else [])
        _note(link, verdict)
        if verdict.wait:
            store.put_off(host.links, store.utcnow() + verdict.wait)
            host.links.clear()
        model.Session.commit()
        say(link, verdict)
        asked += 1
        waiting = [one for one in waiting if one.links]
    _measure_again(changed)
    return asked


def is_due() -> bool:
    """Whether an address waits to be asked."""
    return config.dcat_links_per_second() > 0 and bool(store.due(1))


def _by_host(links: Iterable[DcatLink]) -> list[Host]:
    hosts: dict[str, Host] = {}
    for link in links:
        parts = urlsplit(link.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        hosts.setdefault(origin, Host(origin)).links.append(link)
    return list(hosts.values())


def _robots_of(origin: str) -> str:
    try:
        return fetch(f"{origin}/robots.txt", limits=ROBOTS).body.decode("utf-8-sig", "replace")
    except SourceError:
        return ""


def _note(link: DcatLink, verdict: Verdict) -> None:
    now = store.utcnow()
    link.state, link.status, link.reason = verdict.state, verdict.status, dict(verdict.reason)
    link.failures, link.checked_at, link.next_at = verdict.failures, now, now + verdict.again


def _measure_again(ids: set[str]) -> None:
    """Have the scores made again that depend on addresses that answer differently; forget those that nobody names."""
    if ids:
        model.Session.execute(update(DcatScore).where(DcatScore.links.overlap(sorted(ids))).values(version=OUT_OF_DATE))
    store.forget(store.utcnow().date() - timedelta(days=10 * store.NAMED_DAYS))
    model.Session.commit()
