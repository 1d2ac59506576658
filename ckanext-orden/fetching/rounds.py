"""Many addresses asked whether they open: each server's one after the other, robots.txt obeyed, none hurried."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from ..errors import SourceError
from . import Limits, fetch
from .asking import Verdict
from .robots import Rules, parse

ROBOTS = Limits(total=10.0, read=5.0, wire_bytes=500_000, decoded_bytes=500_000, retries=0)
FORBIDDEN = Verdict(
    "uncheckable",
    reason={"ja": "robots.txt が確認を認めていません。", "en": "The server’s robots.txt does not allow it."},
)
Link = TypeVar("Link", bound=Any)
"""What has a `url`."""


@dataclass(frozen=True)
class Asked(Generic[Link]):
    """A link, how it answered, and the links whose server wants to be left alone: they were not asked."""

    link: Link
    verdict: Verdict
    put_off: tuple[Link, ...] = ()


class _Host(Generic[Link]):
    """A server: what is to be asked of it, when it may be asked next, and what it lets programs ask."""

    def __init__(self, origin: str) -> None:
        self.links: deque[Link] = deque()
        self.next = 0.0
        self._origin = origin
        self._rules: Rules | None = None

    def allows(self, url: str) -> bool:
        """Whether its robots.txt lets us ask; a server without one does."""
        if self._rules is None:
            self._rules = parse(_robots_of(self._origin))
        parts = urlsplit(url)
        return self._rules.forbidding(f"{parts.path}?{parts.query}" if parts.query else parts.path) is None


def asked(
    links: Iterable[Link], ask: Callable[[Link], Verdict], *, seconds: float, pause: float
) -> Iterator[Asked[Link]]:
    """Ask for so many seconds, with a pause between two requests to one server."""
    end = time.monotonic() + seconds
    waiting = _by_host(links)
    while waiting and time.monotonic() < end:
        host = min(waiting, key=lambda one: one.next)
        time.sleep(max(0.0, min(host.next, end) - time.monotonic()))
        if time.monotonic() >= end:
            break
        link = host.links.popleft()
        verdict = ask(link) if host.allows(link.url) else FORBIDDEN
        host.next = time.monotonic() + pause
        put_off = tuple(host.links) if verdict.wait else ()
        if verdict.wait:
            host.links.clear()
        yield Asked(link, verdict, put_off)
        waiting = [one for one in waiting if one.links]


def _by_host(links: Iterable[Link]) -> list[_Host[Link]]:
    hosts: dict[str, _Host[Link]] = {}
    for link in links:
        parts = urlsplit(link.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        hosts.setdefault(origin, _Host(origin)).links.append(link)
    return list(hosts.values())


def _robots_of(origin: str) -> str:
    try:
        return fetch(f"{origin}/robots.txt", limits=ROBOTS).body.decode("utf-8-sig", "replace")
    except SourceError:
        return ""
