"""What the harvests do each minute, and when a source is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ckan.plugins import toolkit as tk

from .stock import SourceRow, acting, site_user

PERIODS = {
    "DAILY": timedelta(days=1),
    "WEEKLY": timedelta(weeks=1),
    "BIWEEKLY": timedelta(weeks=2),
    "MONTHLY": timedelta(days=30),
}


def each_minute(sender: Any, **_: Any) -> None:
    """Start due sources, end finished jobs, take up abandoned ones."""
    tk.get_action("harvest_jobs_run")(acting(site_user()), {})


def put_off(source: SourceRow, now: datetime) -> None:
    """A run that begins counts for the schedule, which would start a due source, such as a new one, once more."""
    period = PERIODS.get(source.frequency)
    if period and (source.next_run is None or source.next_run <= now):
        source.next_run = now + period
