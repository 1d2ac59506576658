"""The gather consumer as a service: stock's ends at the first five quiet seconds of redis-py 8.

While it waits for a job, it helps the runs of other workers.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from ckan import model
from ckanext.harvest import queue
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from sqlalchemy.exc import SQLAlchemyError

from .base import Unfinished
from .helping import Helper

log = logging.getLogger(__name__)

PAUSE = 5.0
"""Seconds until Redis is asked again after it was away."""
QUIET = 1
"""Seconds without a job after which the worker looks whether a run would share its work."""


def consume(wait: Callable[[float], None] = time.sleep) -> None:
    """Run the jobs of the gather queue until the process is ended; a message that gets lost is sent again by `tick`."""
    helper = Helper()
    while True:
        try:
            _consume(helper.help)
        except RedisTimeoutError:
            continue
        except RedisConnectionError as error:
            log.warning("Redis does not answer (%s); it is asked again in %g seconds", error, PAUSE)
            wait(PAUSE)


def _consume(help_others: Callable[[], bool]) -> None:
    consumer: Any = queue.get_gather_consumer()
    for method, header, body in _messages(consumer, help_others):
        try:
            queue.gather_callback(consumer, method, header, body)
        except (Unfinished, SQLAlchemyError) as error:
            log.warning("Job %s did not come to its end (%s); it is taken up again", body, error)
        finally:
            model.Session.remove()


def _messages(consumer: Any, help_others: Callable[[], bool]) -> Iterator[tuple[Any, Any, Any]]:
    """What stock's consumer gives; where the queue is Redis, quiet times are spent helping others."""
    if not isinstance(consumer, queue.RedisConsumer):
        yield from consumer.consume(queue=queue.get_gather_queue_name())
        return
    helped = False
    while True:
        body = _next(consumer, wait=not helped)
        if body is None:
            helped = help_others()
            continue
        consumer.redis.set(consumer.persistance_key(body), str(datetime.now()))
        yield queue.FakeMethod(body), consumer, body


def _next(consumer: Any, *, wait: bool) -> str | None:
    """The next message, if there is one before the queue has been quiet for a moment."""
    if not wait:
        return consumer.redis.lpop(consumer.routing_key)
    found = consumer.redis.blpop(consumer.routing_key, timeout=QUIET)
    return found[1] if found else None
