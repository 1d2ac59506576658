"""What the DCAT room does in time: the dump of the catalogue."""

from __future__ import annotations

import logging
from typing import Any

from ckan.lib import jobs as queues
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError
from rq.exceptions import NoSuchJobError
from rq.job import Job

from .catalogue import dump

log = logging.getLogger(__name__)

QUEUE = "orden_dcat"
"""A queue of its own, which a worker takes after the default one."""
TIMEOUT = 3600
WAITING = ("queued", "started")


def each_minute(sender: Any, **_: Any) -> None:
    """Have the dump written if it is due."""
    if dump.is_due():
        queue_dump()


def queue_dump() -> bool:
    """Ask a worker for the dump, unless one is asked for already; false if Redis does not take it."""
    name = f"orden-dcat-dump-{tk.config['ckan.site_id']}"
    try:
        if _status(name) not in WAITING:
            tk.enqueue_job(
                write_dump,
                title="write the dump of the catalogue",
                queue=QUEUE,
                rq_kwargs={"timeout": TIMEOUT, "job_id": name},
            )
    except RedisError as error:
        log.error("The dump of the catalogue is not queued (%s). ckan orden-dcat dump writes it now.", error)
        return False
    return True


def write_dump() -> None:
    """The job."""
    made = dump.build()
    log.info("The dump of the catalogue: %s datasets, %s triples", made.datasets, made.triples)


def _status(name: str) -> str:
    """What has become of the job of that name, empty if it is unknown."""
    try:
        return str(Job.fetch(name, connection=queues.get_queue(QUEUE).connection).get_status().value)
    except NoSuchJobError:
        return ""
