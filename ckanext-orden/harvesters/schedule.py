"""The minute hand: one job in RQ's scheduler that plants itself anew, so that no cron is needed."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from ckan.lib import jobs
from ckan.plugins import toolkit as tk

from .stock import SourceRow, acting, site_user

EVERY = timedelta(minutes=1)
TIMEOUT = 55
PERIODS = {
    "DAILY": timedelta(days=1),
    "WEEKLY": timedelta(weeks=1),
    "BIWEEKLY": timedelta(weeks=2),
    "MONTHLY": timedelta(days=30),
}


def plant() -> None:
    """Have the jobs worker call `tick` in a minute; only once, however often this is called."""
    if not _planted():
        moment = int(time.time())
        jobs.get_queue().enqueue_in(
            EVERY, tick, job_id=f"{_prefix()}{moment}", job_timeout=TIMEOUT, description="orden-harvest schedule"
        )


def remove() -> None:
    """Take the schedule away."""
    queue = jobs.get_queue()
    for job_id in _planted():
        queue.scheduled_job_registry.remove(job_id, delete_job=True)


def tick() -> None:
    """Start due sources, end finished jobs, take up abandoned ones."""
    plant()
    tk.get_action("harvest_jobs_run")(acting(site_user()), {})


def put_off(source: SourceRow, now: datetime) -> None:
    """A run that begins counts for the schedule, which would start a due source, such as a new one, once more."""
    period = PERIODS.get(source.frequency)
    if period and (source.next_run is None or source.next_run <= now):
        source.next_run = now + period


def _planted() -> list[str]:
    """The job that waits for its minute; the one that runs is not among them."""
    registry = jobs.get_queue().scheduled_job_registry
    return [job_id for job_id in registry.get_job_ids() if job_id.startswith(_prefix())]


def _prefix() -> str:
    return f"orden-harvest-{tk.config['ckan.site_id']}-"
