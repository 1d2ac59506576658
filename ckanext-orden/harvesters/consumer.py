"""The gather consumer as a service: stock's ends at the first five quiet seconds of redis-py 8."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from ckan import model
from ckanext.harvest import queue
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from sqlalchemy.exc import SQLAlchemyError

from .base import Unfinished

log = logging.getLogger(__name__)

PAUSE = 5.0
"""Seconds until Redis is asked again after it was away."""


def consume(wait: Callable[[float], None] = time.sleep) -> None:
    """Run the jobs of the gather queue until the process is ended; a message that gets lost is sent again by `tick`."""
    while True:
        try:
            _consume()
        except RedisTimeoutError:
            continue
        except RedisConnectionError as error:
            log.warning("Redis does not answer (%s); it is asked again in %g seconds", error, PAUSE)
            wait(PAUSE)


def _consume() -> None:
    consumer: Any = queue.get_gather_consumer()
    for method, header, body in consumer.consume(queue=queue.get_gather_queue_name()):
        try:
            queue.gather_callback(consumer, method, header, body)
        except (Unfinished, SQLAlchemyError) as error:
            log.warning("Job %s did not come to its end (%s); it is taken up again", body, error)
        finally:
            model.Session.remove()
