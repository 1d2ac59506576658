"""The consumer outlives quiet times and a Redis that is away."""

from __future__ import annotations

from typing import Any

import pytest
from ckanext.harvest import queue
from ckanext.orden.harvesters import consumer, helping
from ckanext.orden.harvesters.base import Unfinished
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from sqlalchemy.exc import OperationalError


class Ended(BaseException):
    """The process is ended."""


def test_quiet_queue_and_lost_redis_do_not_end_the_consumer(monkeypatch):
    happens: Any = iter([RedisTimeoutError, RedisConnectionError, "a job", RedisTimeoutError, "another job", Ended])
    done: list[str] = []
    waits: list[float] = []

    class Consumer:
        def consume(self, queue: str) -> Any:
            for event in happens:
                if isinstance(event, str):
                    yield "method", self, event
                else:
                    raise event

    monkeypatch.setattr(queue, "get_gather_consumer", Consumer)
    monkeypatch.setattr(queue, "get_gather_queue_name", lambda: "gather")
    monkeypatch.setattr(queue, "gather_callback", lambda _consumer, _method, _header, body: done.append(body))
    with pytest.raises(Ended):
        consumer.consume(wait=waits.append)
    assert done == ["a job", "another job"]
    assert waits == [consumer.PAUSE]


def test_job_that_cannot_be_ended_does_not_end_the_consumer(monkeypatch):
    fates: Any = iter([Unfinished(1), OperationalError("", {}, Exception()), None, Ended()])
    done: list[str] = []

    class Consumer:
        def consume(self, queue: str) -> Any:
            yield from (("method", self, number) for number in range(4))

    def callback(_consumer: Any, _method: Any, _header: Any, body: Any) -> None:
        if fate := next(fates):
            raise fate
        done.append(body)

    monkeypatch.setattr(queue, "get_gather_consumer", Consumer)
    monkeypatch.setattr(queue, "gather_callback", callback)
    with pytest.raises(Ended):
        consumer.consume()
    assert done == [2]


def test_worker_without_a_job_helps_until_one_comes(monkeypatch):
    messages: Any = iter([None, None, '{"harvest_job_id": "1"}'])
    looks: list[str] = []

    class Redis:
        def blpop(self, _key: str, timeout: float) -> Any:
            looks.append("waits")
            message = next(messages, Ended)
            if message is Ended:
                raise Ended
            return ("key", message) if message else None

        def lpop(self, _key: str) -> Any:
            looks.append("looks")
            return next(messages)

        def set(self, _key: str, _value: str) -> None: ...

    done: list[str] = []
    helped = iter([True, False, False])
    monkeypatch.setattr(queue, "get_gather_consumer", lambda: queue.RedisConsumer(Redis(), "site:harvest_job_id"))
    monkeypatch.setattr(queue, "gather_callback", lambda _consumer, _method, _header, body: done.append(body))
    monkeypatch.setattr(helping.Helper, "help", lambda _helper: next(helped))
    with pytest.raises(Ended):
        consumer.consume()
    assert looks == ["waits", "looks", "waits", "waits"]
    assert done == ['{"harvest_job_id": "1"}']
