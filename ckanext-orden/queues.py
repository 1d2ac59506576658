"""What rooms ask of CKAN's job queues beside `enqueue_job`."""

from __future__ import annotations

from ckan.lib import jobs
from rq.exceptions import NoSuchJobError
from rq.job import Job

WAITING, STARTED = "queued", "started"


def status(name: str, queue: str) -> str:
    """What has become of the job of that name, in RQ's words; empty if it is unknown. RedisError if Redis is away."""
    try:
        return str(Job.fetch(name, connection=jobs.get_queue(queue).connection).get_status().value)
    except NoSuchJobError:
        return ""
