"""What the DCAT room does in time: scores, the dump of the catalogue, whether addresses open."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from ckan.plugins import toolkit as tk

from ..queues import ask_for
from .catalogue import data_json, dump
from .links import checking
from .quality import keeping

log = logging.getLogger(__name__)

QUEUE = "orden_dcat"
"""A queue of its own, which a worker takes after the default one."""
TIMEOUT = 3600
SLICE = 25.0
"""Seconds that scores are made or addresses are asked at a time: other jobs wait no longer."""


def each_minute(sender: Any, **_: Any) -> None:
    """Have done what is due: first the scores, which make the parts that the dump is made of."""
    if keeping.is_due():
        queue(make_scores)
    if dump.is_due():
        queue(write_dump)
    elif data_json.is_missing():
        queue(write_data_json)
    if checking.is_due():
        queue(check_links)


def queue(job: Callable[[], None]) -> bool:
    """Ask a worker for a job, unless it is asked for already; false if Redis does not take it."""
    name = f"orden-dcat-{job.__name__}-{tk.config['ckan.site_id']}"
    return ask_for(job, name, queue=QUEUE, timeout=TIMEOUT)


def make_scores() -> None:
    """Make the scores that are out of date"""
    log.info("%s scores are made", keeping.refresh(seconds=SLICE))


def write_dump() -> None:
    """Write the dump of the catalogue"""
    made = dump.build()
    log.info("The dump of the catalogue: %s datasets, %s triples", made.datasets, made.triples)
    write_data_json()


def write_data_json() -> None:
    """Write data.json"""
    log.info("data.json: %s datasets", data_json.build())


def check_links() -> None:
    """Ask whether addresses of resources open"""
    log.info("%s addresses were asked", checking.check(SLICE))
