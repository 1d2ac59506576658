"""What the harvests do each minute: start what is due, once, and go on with what waited for its hours.

`next_run` of stock's table says when a source is due. It is kept ahead of the clock for every source, so that stock,
which starts whatever is behind it, has nothing to start.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast

from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestSource
from sqlalchemy import or_, select

from .. import jobs, stock
from ..model import HarvestPlan, HarvestRun
from ..stock import SourceRow, acting, site_user
from . import plans

log = logging.getLogger(__name__)

UNAPPROVED = timedelta(days=1)
"""How far ahead a source is kept that waits for approval."""


RETRY = timedelta(minutes=1)
"""Until a source is looked at again that is being checked, or tried again, while it is due."""


def each_minute(sender: Any, **_: Any) -> None:
    """Start due sources, end finished jobs, take up abandoned ones."""
    tk.get_action("harvest_jobs_run")(acting(site_user()), {})


def start_due(now: datetime) -> None:
    """Put a job of each due source into the queue; what was missed meanwhile is made up for by one run."""
    frequency, active = HarvestSource.__table__.c.frequency, HarvestSource.__table__.c.active
    query = (
        select(HarvestSource)
        .outerjoin(HarvestPlan, HarvestPlan.source_id == HarvestSource.id)
        .where(active, or_(frequency != "MANUAL", HarvestPlan.cron != ""))
    )
    sources = cast("Iterable[SourceRow]", model.Session.execute(query).scalars())
    waiting = [source.id for source in sources if _judged(source, now) != (source.next_run, False)]
    model.Session.commit()
    for source_id in waiting:
        _consider(source_id, now)


def _consider(source_id: str, now: datetime) -> None:
    """Look again at the source with its row locked: only one scheduler starts it, and moves its next run on.

    The other waits, for what is due when it has passed here is started by stock as well.
    """
    source = stock.locked_source(source_id)
    if source is None:
        model.Session.rollback()
        return
    source.next_run, starts = _judged(source, now)
    job = jobs.order(source, now, scheduled=True) if starts else None
    if starts and job is None and jobs.is_partial(source_id):
        source.next_run = now + RETRY
    model.Session.commit()
    if job:
        log.info("Source %s is due: job %s", source_id, job.id)
        jobs.send(job.id)


def _judged(source: SourceRow, now: datetime) -> tuple[datetime | None, bool]:
    """When the source's next run is to be, and whether one begins at this moment."""
    if not plans.is_approved(source.id):
        ahead = source.next_run is not None and source.next_run > now + UNAPPROVED / 2
        return (source.next_run if ahead else now + UNAPPROVED), False
    table = plans.timetable(source)
    due = table.due(source.next_run, now)
    if due is None or due > now:
        return due, False
    opens = table.opening(now)
    return (opens, False) if opens > now else (table.next(now), True)


def wake(now: datetime) -> None:
    """Go on with runs that waited for their hours, and end those whose source is gone."""
    waiting = select(HarvestRun).where(HarvestRun.state.in_(("paused", "queued")))
    for run in list(model.Session.execute(waiting).scalars()):
        source = stock.source(run.source_id)
        if source is None or not source.active:
            jobs.withdraw(run, now)
        elif run.state == "paused" and plans.is_closed(run.source_id, now):
            jobs.keep(run)
        elif run.state == "paused":
            jobs.resume(run)
