"""The minute hand: one job in RQ's scheduler that plants itself anew, so that no cron is needed.

A room that has something to do in time subscribes to MINUTE (`ISignal`), and queues what takes long.
"""

from __future__ import annotations

import time
from datetime import timedelta

from ckan.lib import jobs
from ckan.plugins import toolkit as tk

EVERY = timedelta(minutes=1)
TIMEOUT = 55
MINUTE = tk.signals.ckanext.signal("orden:minute")


def plant() -> None:
    """Have the jobs worker call `tick` in a minute; only once, however often this is called."""
    if not _planted():
        moment = int(time.time())
        jobs.get_queue().enqueue_in(
            EVERY, tick, job_id=f"{_prefix()}{moment}", job_timeout=TIMEOUT, description="orden schedule"
        )


def remove() -> None:
    """Take the schedule away."""
    queue = jobs.get_queue()
    for job_id in _planted():
        queue.scheduled_job_registry.remove(job_id, delete_job=True)


def tick() -> None:
    """A minute has passed."""
    plant()
    MINUTE.send()


def _planted() -> list[str]:
    """The job that waits for its minute; the one that runs is not among them."""
    registry = jobs.get_queue().scheduled_job_registry
    return [job_id for job_id in registry.get_job_ids() if job_id.startswith(_prefix())]


def _prefix() -> str:
    return f"orden-schedule-{tk.config['ckan.site_id']}-"
