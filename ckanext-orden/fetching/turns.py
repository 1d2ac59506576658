"""One request at a time to each server, over all workers and machines, then a rest: one key of Redis a server.

The key stands while a request goes on and, from its end, as long as the server rests; it vanishes by itself when its
holder dies. Without Redis each visit keeps its own distance.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError

from .manners import Manners, Turn
from .messages import problem
from .places import Place, place_of

log = logging.getLogger(__name__)

LOOK = 0.5
"""Seconds between two looks at a server that others are asking."""
RELEASE = """
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
if tonumber(ARGV[2]) < 1 then return redis.call('del', KEYS[1]) end
return redis.call('pexpire', KEYS[1], ARGV[2])
"""
"""Leave the key to the server's rest, if it is still ours."""


@dataclass
class Turns(Manners):
    """Waits for a free server; `pauses` says how long each rests, `longest` how long we wait before we give up."""

    pauses: Callable[[Place], float]
    sleep: Callable[[float], None] = time.sleep
    patience: float | None = None
    longest: float | None = None
    _free: dict[str, float] = field(default_factory=dict)
    """When each server may be asked again, for the time without Redis."""

    def wait(self, seconds: float) -> None:
        self.sleep(seconds)

    @contextmanager
    def turn(self, url: str, hold: float) -> Iterator[Turn]:
        place = place_of(url)
        turn = Turn(self.pauses(place))
        name, token = str(place), secrets.token_hex(8)
        self._take(place, token, hold)
        try:
            yield turn
        finally:
            self._free[name] = time.monotonic() + turn.rest
            self._release(name, token, turn.rest)

    def _take(self, place: Place, token: str, hold: float) -> None:
        name, begun = str(place), time.monotonic()
        while (left := self._occupied(name, token, hold)) > 0:
            if self.longest is not None and time.monotonic() - begun + left > self.longest:
                raise problem("busy", host=place.host)
            self.wait(left)

    def _occupied(self, name: str, token: str, hold: float) -> float:
        """Seconds until to look again; 0 when the server is ours."""
        try:
            redis: Any = connect_to_redis()
            if redis.set(_key(name), token, nx=True, px=int(hold * 1000)):
                return 0
            return min(max(redis.pttl(_key(name)), 1) / 1000, LOOK)
        except RedisError as error:
            log.warning("Other workers' requests are not waited for: %s", error)
            return self._free.get(name, 0) - time.monotonic()

    def _release(self, name: str, token: str, rest: float) -> None:
        try:
            redis: Any = connect_to_redis()
            redis.eval(RELEASE, 1, _key(name), token, int(rest * 1000))
        except RedisError as error:
            log.warning("A server's rest is known to this worker only: %s", error)


def _key(name: str) -> str:
    return f"orden:turn:{tk.config['ckan.site_id']}:{name}"
