"""Searches and clicks as they wait in Redis: with the texts of queries, for the minute until a job takes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from .. import counting
from ..clock import local_date

SUBJECT = "searches"
MOST = 20_000
"""Different events of a day that wait at most: Redis must not fill up where no job takes them."""


class Event(NamedTuple):
    """A search and what it found (`all`, `partial`, `nearest`, `nothing`), or a `click` on a dataset among its hits."""

    q: str
    language: str
    what: str
    dataset: str = ""


def today() -> date:
    """The day in the site's time zone (`ckan.display_timezone`)."""
    return local_date()


def add(event: Event) -> None:
    """One more today; without Redis it is not counted."""
    counting.add(SUBJECT, json.dumps(event, ensure_ascii=False), MOST)


def take(day: date, keep: Callable[[Mapping[Event, int]], None]) -> None:
    """Have the counts of a day kept (`counting.take`)."""
    counting.take(SUBJECT, day, lambda counted: keep({Event(*json.loads(at)): n for at, n in counted.items()}))


def forget() -> None:
    """Give up what waits."""
    counting.forget(SUBJECT)
