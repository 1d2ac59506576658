"""What rooms ask of CKAN's job queues beside `enqueue_job`."""

from __future__ import annotations

import logging
from collections.abc import Callable

from ckan.lib import jobs
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError
from rq.exceptions import NoSuchJobError
from rq.job import Job

log = logging.getLogger(__name__)

WAITING, STARTED = "queued", "started"


def status(name: str, queue: str) -> str:
    """What has become of the job of that name, in RQ's words; empty if it is unknown. RedisError if Redis is away."""
    try:
        return str(Job.fetch(name, connection=jobs.get_queue(queue).connection).get_status().value)
    except NoSuchJobError:
        return ""


def ask_for(job: Callable[[], None], name: str, *, queue: str, timeout: int) -> bool:
    """Ask a worker for a job, unless it is asked for already; false if Redis does not take it."""
    try:
        if status(name, queue) not in (WAITING, STARTED):
            tk.enqueue_job(job, title=job.__doc__ or "", queue=queue, rq_kwargs={"timeout": timeout, "job_id": name})
    except RedisError as error:
        log.error("Not queued: %s (%s). The next minute tries again.", job.__doc__, error)
        return False
    return True
