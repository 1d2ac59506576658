"""A job's beginning and its end, which is always one of finished, errors, held, failed or stopped."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any, cast

from ckan import model
from ckan.lib.search.common import SearchIndexError
from ckan.plugins import toolkit as tk
from ckanext.harvest.logic.action.update import send_error_email, send_summary_email
from ckanext.harvest.model import HarvestGatherError, HarvestJob, HarvestSource
from ckanext.harvest.queue import get_gather_publisher
from redis.exceptions import RedisError
from sqlalchemy import select, update

from .engine import objects, shares
from .engine.lock import is_free
from .model import HarvestRun
from .operations import notices
from .planning import plans
from .stock import Job, SourceRow, acting, harvester_for, new_job, open_job, ours
from .stock import job as job_of
from .texts import NOTES, source_text

log = logging.getLogger(__name__)

WORKING = ("queued", "running")
"""States of runs that a worker is at, or should be soon."""
OPEN = (*WORKING, "paused")
"""States of runs that have not ended."""
ACTIVE = HarvestSource.__table__.c.active


def order(source: SourceRow, now: datetime, *, kind: str = "harvest", scheduled: bool = False) -> Job | None:
    """A job for the source, not begun yet; None when one is at work. The caller holds the source's row and commits."""
    found = open_job(source.id)
    if found and found.status != "New":
        return None
    job = found or new_job(source.id)
    job.status = "Running"  # what nobody runs although it should is sent to the queue again
    if harvester_for(source.type):
        run = model.Session.get(HarvestRun, job.id) or HarvestRun(job_id=job.id, source_id=source.id)
        run.state, run.kind, run.scheduled, run.started = "queued", kind, scheduled, now
        model.Session.add(run)
    return job


def is_partial(source_id: str) -> bool:
    """Whether the source's open job is a check or a retry, after which a whole run is still due."""
    found = open_job(source_id)
    run = model.Session.get(HarvestRun, found.id) if found else None
    return run is not None and run.kind != "harvest"


def send(job_id: str) -> None:
    """Tell a worker; when Redis is away, the next minute does."""
    try:
        publisher: Any = get_gather_publisher()
        publisher.send({"harvest_job_id": job_id})
        publisher.close()
    except RedisError as error:
        log.warning("Job %s is not in the queue yet (%s)", job_id, error)


def begin(job: Job, now: datetime) -> HarvestRun:
    """The job's run: a new one, or the one that was interrupted, at its checkpoint."""
    run = model.Session.get(HarvestRun, job.id)
    if run is None:
        run = HarvestRun(job_id=job.id, source_id=job.source_id, kind="harvest", started=now, read=0)
        run.counts = {}
        model.Session.add(run)
    elif run.cursor is None and not run.listed:
        run.read = 0
    if run.state == "queued" and run.progressed is None:
        run.started = now
    run.state, run.problems = "running", []
    job.status = "Running"
    job.gather_started = job.gather_started or now
    if run.kind == "harvest":
        plans.put_off(job.source, now)
    job.save()
    return run


def pause(run: HarvestRun) -> None:
    """The hours of a scheduled run are over: it goes on at its checkpoint when they begin again."""
    run.state = "paused"
    run.problems = [source_text("paused", opens=plans.of(run.source_id).window.partition("-")[0])]
    model.Session.commit()


def keep(run: HarvestRun) -> None:
    """Stock takes a job for finished whose listing has ended; the one of a paused run is not."""
    job = job_of(run.job_id)
    if job and (job.gather_finished or job.status != "Running"):
        job.status, job.gather_finished, job.finished = "Running", None, None
        job.save()


def reopen(run: HarvestRun) -> bool:
    """Let a paused or stopped run wait for a worker again; whether it was this caller, of several, who did."""
    if run.state not in ("paused", "stopped"):
        return False
    same = update(HarvestRun).where(HarvestRun.job_id == run.job_id, HarvestRun.state == run.state)
    reopened = same.values(state="queued", finished=None).returning(HarvestRun.job_id)
    won = model.Session.execute(reopened).scalar() is not None
    if won:
        keep(run)
    model.Session.commit()
    return won


def resume(run: HarvestRun) -> None:
    """Have a worker go on with a paused run; only one of several schedulers does."""
    if reopen(run):
        send(run.job_id)


def withdraw(run: HarvestRun, now: datetime) -> None:
    """End a run that no worker holds, because a person has stopped it or its source is gone."""
    job = job_of(run.job_id)
    run.state, run.finished, run.problems = "stopped", now, [source_text("stopped")]
    if job and job.status in ("New", "Running"):
        job.status, job.finished = "Finished", now
    model.Session.commit()


def is_stopped(job_id: str) -> bool:
    """Whether a person has ended the job or deleted its source; asked of the database, not of the session."""
    query = select(HarvestJob.status).join(HarvestSource).where(HarvestJob.id == job_id, ACTIVE)
    return model.Session.execute(query).scalar() not in ("New", "Running")


def end(job: Job, run: HarvestRun, state: str, now: datetime) -> None:
    """Write the true end of the job down where stock's pages and mails find it."""
    run.state, run.finished = state, now
    if state != "stopped":  # which may go on, and what is shared is behind its checkpoint
        shares.forget(run.source_id)
    for problem in complaints(run):
        HarvestGatherError.create(objects.message(problem), job)
    job.status, job.gather_finished, job.finished = "Finished", now, now
    job.save()
    if state != "stopped":
        _tell(job.source_id)
    notices.ended(run)


def _tell(source_id: str) -> None:
    """What stock does in `harvest_jobs_run` when a job has ended: the source's document, and the mails it may send."""
    try:
        # Solr shows the source's own document within a second; a commit would take longer than an unchanged run.
        tk.get_action("harvest_source_reindex")(acting("", defer_commit=True), {"id": source_id})
    except SearchIndexError as error:
        log.warning("The job is finished, but the search index does not say so (%s)", error)
    every, wrong = (tk.asbool(tk.config.get(f"ckan.harvest.status_mail.{kind}")) for kind in ("all", "errored"))
    if not (every or wrong):
        return
    context = acting("")
    status = tk.get_action("harvest_source_show_status")(context, {"id": source_id})
    if status["last_job"]["stats"].get("errored", 0):
        send_error_email(context, source_id, status)
    elif every:
        send_summary_email(context, source_id, status)


def close_stopped(source_id: str, now: datetime) -> None:
    """A stopped job that no worker runs has ended: its run says so at once."""
    if not is_free(source_id):
        return
    ended = select(HarvestJob.id).where(HarvestJob.source_id == source_id, HarvestJob.status.not_in(("New", "Running")))
    query = select(HarvestRun).where(HarvestRun.state.in_(OPEN), HarvestRun.job_id.in_(ended))
    for run in list(model.Session.execute(query).scalars()):
        withdraw(run, now)


def state_of(run: HarvestRun) -> str:
    """How a run ended that went through to its end."""
    if run.counts.get("held"):
        return "held"
    return "errors" if run.counts.get("errors") or complaints(run) else "finished"


def complaints(run: HarvestRun) -> list[dict[str, str]]:
    """What went wrong with the run as a whole; not what it only notes."""
    return [problem for problem in run.problems if problem.get("code") not in NOTES]


def names() -> set[str]:
    """The source types that this engine runs."""
    return {harvester.info()["name"] for harvester in ours()}


def abandoned() -> list[Job]:
    """Jobs of ours that should be running and that nobody runs: their worker has died or Redis has lost them."""
    ended = select(HarvestRun.job_id).where(HarvestRun.state.not_in(WORKING))
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
    for job in jobs:
        job.gather_finished = None
        job.save()
        send(job.id)
        log.info("Job %s is taken up again", job.id)
    return len(jobs)
