"""A job's beginning and its end, which is always one of finished, errors, held, failed or stopped."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any, cast

from ckan import model
from ckan.lib.search.common import SearchIndexError
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestGatherError, HarvestJob, HarvestSource
from ckanext.harvest.queue import get_gather_publisher
from redis.exceptions import RedisError
from sqlalchemy import select

from . import objects, schedule
from .lock import is_free
from .model import HarvestRun
from .operations import notices
from .stock import Job, acting, ours
from .texts import source_text

log = logging.getLogger(__name__)

WAITING = "waiting"
"""The state of a run that was ordered and that no worker has begun."""
OPEN = ("running", WAITING)
ACTIVE = HarvestSource.__table__.c.active


def begin(job: Job, now: datetime) -> HarvestRun:
    """The job's run: a new one, or the one that was interrupted, at its checkpoint."""
    run = model.Session.get(HarvestRun, job.id)
    if run is None:
        run = HarvestRun(job_id=job.id, source_id=job.source_id, kind="harvest", started=now, read=0)
        run.counts = {}
        model.Session.add(run)
    elif run.cursor is None and not run.listed:
        run.read = 0
        run.started = now if run.state == WAITING else run.started
    run.state, run.problems = "running", []
    job.status = "Running"
    job.gather_started = job.gather_started or now
    if run.kind == "harvest":
        schedule.put_off(job.source, now)
    job.save()
    return run


def is_stopped(job_id: str) -> bool:
    """Whether a person has ended the job or deleted its source; asked of the database, not of the session."""
    query = select(HarvestJob.status).join(HarvestSource).where(HarvestJob.id == job_id, ACTIVE)
    return model.Session.execute(query).scalar() not in ("New", "Running")


def end(job: Job, run: HarvestRun, state: str, now: datetime) -> None:
    """Write the true end of the job down where stock's pages and mails find it."""
    run.state, run.finished = state, now
    for problem in run.problems:
        HarvestGatherError.create(objects.message(problem), job)
    job.gather_finished = now
    if state == "stopped":
        job.finished = now
    job.save()
    try:
        tk.get_action("harvest_jobs_run")(acting(""), {"source_id": job.source_id})
    except (RedisError, SearchIndexError) as error:
        log.warning("The job is finished, but not all that shows it (%s)", error)
    notices.ended(run)


def close_stopped(source_id: str, now: datetime) -> None:
    """A stopped job that no worker runs has ended: its run says so at once."""
    if not is_free(source_id):
        return
    ended = select(HarvestJob.id).where(HarvestJob.source_id == source_id, HarvestJob.status.not_in(("New", "Running")))
    query = select(HarvestRun).where(HarvestRun.state.in_(OPEN), HarvestRun.job_id.in_(ended))
    for run in model.Session.execute(query).scalars():
        run.state, run.finished, run.problems = "stopped", now, [*run.problems, source_text("stopped")]
    model.Session.commit()


def state_of(run: HarvestRun) -> str:
    """How a run ended that went through to its end."""
    if run.counts.get("held"):
        return "held"
    return "errors" if run.counts.get("errors") or run.problems else "finished"


def names() -> set[str]:
    """The source types that this engine runs."""
    return {harvester.info()["name"] for harvester in ours()}


def abandoned() -> list[Job]:
    """Jobs of ours that should be running and that nobody runs: their worker has died or Redis has lost them."""
    ended = select(HarvestRun.job_id).where(HarvestRun.state.not_in(OPEN))
    query = (
        select(HarvestJob)
        .join(HarvestSource)
        .where(HarvestJob.status == "Running", ACTIVE, HarvestSource.type.in_(names()), HarvestJob.id.not_in(ended))
    )
    found = cast("list[Job]", list(model.Session.execute(query).scalars()))
    return [job for job in found if is_free(job.source_id)]


def resume_abandoned() -> int:
    """Put abandoned jobs into the gather queue again; each goes on at its checkpoint."""
    jobs = abandoned()
    publisher: Any = get_gather_publisher()
    for job in jobs:
        job.gather_finished = None
        job.save()
        publisher.send({"harvest_job_id": job.id})
        log.info("Job %s is taken up again", job.id)
    publisher.close()
    return len(jobs)
