"""A harvest's visit to its source's servers: robots.txt, pauses, patience, and the key that belongs to one of them.

While a visit goes on, `fetch` behaves by it wherever it is called, so that no protocol can forget its manners.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError
from urllib3.util import Url

from .. import config
from ..errors import SourceError
from .client import Request, beginning_of
from .limits import Limits
from .manners import Manners, Turn
from .messages import problem
from .places import Place, place_of
from .robots import MOST, Rules, parse
from .turns import Turns

log = logging.getLogger(__name__)

PATIENCE = 900.0
"""Seconds of `Retry-After` that a run heeds."""
LONGEST_DELAY = 30.0
"""Seconds between two requests at most, whatever robots.txt asks for."""
DAY = 24 * 60 * 60
ROBOTS = Limits(read=10.0, total=30.0, wire_bytes=5 * MOST, decoded_bytes=MOST, retries=1)

_current: ContextVar[Visit | None] = ContextVar("orden_visit", default=None)


@dataclass(frozen=True)
class Key:
    """A header for one place and no other."""

    place: Place
    header: str
    value: str = field(repr=False)


@dataclass
class Visit(Manners):
    """How one run behaves; servers of the operator's own (`own`) have no robots.txt for us and need no pause."""

    turns: Turns
    patience: float | None = PATIENCE
    own: frozenset[str] = frozenset()
    permission: str = ""
    """Who has allowed what robots.txt forbids."""
    key: Key | None = None
    permitted: bool = False
    """Whether something was read on that permission."""
    _rules: dict[Place, Rules] = field(default_factory=dict)

    def wait(self, seconds: float) -> None:
        self.turns.wait(seconds)

    @contextmanager
    def turn(self, url: str, hold: float) -> Iterator[Turn]:
        if place_of(url).is_one_of(self.own):
            yield Turn()
            return
        self._admit(url)
        with self.turns.turn(url, hold) as turn:
            yield turn

    def headers_for(self, url: Url) -> Mapping[str, str]:
        """The credentials for an address: none but for the place that they were entered for."""
        return {self.key.header: self.key.value} if self.key and place_of(url) == self.key.place else {}

    def delay(self, place: Place) -> float:
        """Seconds that robots.txt asks for between two requests, as far as it was read."""
        rules = self._rules.get(place)
        return min(rules.delay or 0.0, LONGEST_DELAY) if rules else 0.0

    def _admit(self, url: str) -> None:
        """SourceError for an address that robots.txt closes and nobody has permitted."""
        place, parts = place_of(url), urlsplit(url)
        if place not in self._rules:
            self._rules[place] = parse(self._text(place))
        rule = self._rules[place].forbidding(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if rule is not None and not self.permission:
            raise problem("robots", url=url, host=place.host, rule=rule[:100])
        self.permitted = self.permitted or rule is not None

    def _text(self, place: Place) -> str:
        """The server's robots.txt, asked for once a day; empty where it has none, or keeps it from us."""
        key = f"orden:robots:{tk.config['ckan.site_id']}:{place}"
        kept = _kept(key)
        if kept is not None:
            return kept
        request = Request(
            f"{place}/robots.txt",
            ports=frozenset(config.fetching_allowed_ports()),
            user_agent=config.fetching_user_agent(),
            manners=self.turns,
        )
        try:
            text = beginning_of(request, ROBOTS, MOST).decode("utf-8-sig", "replace")
        except SourceError as error:
            if self.permission:
                return ""
            reason = {f"reason_{lang}": said for lang, said in error.texts.items()}
            raise problem("robots_unread", host=place.host, **reason) from error
        _keep(key, text)
        return text


def visit(
    *,
    pause: float = 0.0,
    permission: str = "",
    key: Key | None = None,
    sleep: Callable[[float], None],
    patience: float = PATIENCE,
    longest: float | None = None,
) -> Visit:
    """A visit by the site's options; `pause` is the source's own, `longest` ends a wait for a busy server."""
    least = max(config.fetching_pause(), pause)
    turns = Turns(lambda place: max(least, made.delay(place)), sleep, patience, longest)
    own = frozenset(config.fetching_allowed_private_hosts())
    made = Visit(turns, patience, own, permission.strip(), key)
    return made


@contextmanager
def visiting(made: Visit) -> Iterator[Visit]:
    """While it lasts, every `fetch` of this thread behaves by the visit."""
    token = _current.set(made)
    try:
        yield made
    finally:
        _current.reset(token)


def current() -> Visit | None:
    """The visit that goes on."""
    return _current.get()


def _kept(key: str) -> str | None:
    try:
        redis: Any = connect_to_redis()
        found = redis.get(key)
    except RedisError as error:
        log.warning("robots.txt is asked for again: %s", error)
        return None
    return None if found is None else found.decode()


def _keep(key: str, text: str) -> None:
    try:
        redis: Any = connect_to_redis()
        redis.set(key, text, ex=DAY)
    except RedisError as error:
        log.warning("robots.txt is not kept: %s", error)
