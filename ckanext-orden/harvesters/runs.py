"""The runs of a source as pages, API and command line ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import select

from ..clock import utcnow
from . import jobs, stock
from .engine import documents, removal, shares, store
from .engine.lock import helpers_lock, is_free, source_lock
from .model import HarvestRun
from .operations import details
from .protocol import Source


class AtWork(tk.ValidationError):
    """The source is being harvested, or an interrupted run of it is about to go on."""

    def __init__(self) -> None:
        self.sentence = tk._("The source is being harvested at this moment; try again later")
        super().__init__({"id": [self.sentence]})

    def __str__(self) -> str:
        return self.sentence


@contextmanager
def at_rest(source_id: str) -> Iterator[None]:
    """Keep runs of the source out as long as it is changed; AtWork when one goes on."""
    with source_lock(source_id) as lock, helpers_lock(source_id) as alone:
        if lock is None or alone is None:
            raise AtWork
        yield


def last(source_id: str, *conditions: Any) -> HarvestRun | None:
    """The newest run of a source that meets the conditions."""
    query = select(HarvestRun).where(HarvestRun.source_id == source_id, *conditions)
    return model.Session.execute(query.order_by(HarvestRun.started.desc()).limit(1)).scalar()


def show(source_id: str) -> dict[str, Any]:
    """The newest run with what waits for a person."""
    run = last(source_id)
    shown = details.shown(run) if run else {"source_id": source_id, "state": "never", "counts": {}, "problems": []}
    return {**shown, "held": store.held(source_id), "datasets": store.active(source_id)}


def release(source_id: str, user: str) -> int:
    """Delete what is held; the run that held it is no longer waiting."""
    package = model.Package.get(source_id)
    with at_rest(source_id):
        newest, run = last(source_id), last(source_id, HarvestRun.state == "held")
        if newest and newest.state in jobs.OPEN:
            raise AtWork
        if run is None or package is None:
            return 0
        source = Source(source_id, package.name, package.title or package.name, package.url or "", package.owner_org)
        forget(run, "undeleted")
        deleted = removal.release(source, run, user, utcnow())
        left = len(store.held(source_id))
        run.counts = {**run.counts, "deleted": run.counts.get("deleted", 0) + deleted, "held": left}
        if not left:
            forget(run, "held")
        run.state = jobs.state_of(run)
        model.Session.commit()
        return deleted


def forget(run: HarvestRun, code: str) -> None:
    """The run's problem of that code is settled."""
    run.problems = [problem for problem in run.problems if problem.get("code") != code]


def clear(source_id: str, stocks: Callable[[], Any]) -> Any:
    """Let stock clear the source while no run goes on, and drop what we know about what it has cleared."""
    with at_rest(source_id):
        cleared = stocks()
        shares.forget(source_id)
        store.forget(source_id)
        documents.forget(source_id)
        model.Session.commit()
        return cleared


def job_for(source_id: str) -> stock.Job:
    """A new job for the source, or the one that was begun and not ended, which a run by hand takes out of its hours."""
    found = stock.open_job(source_id)
    run = model.Session.get(HarvestRun, found.id) if found else None
    if run and run.kind != "harvest" and is_free(source_id):
        jobs.withdraw(run, utcnow())
        found = None
    elif run and run.scheduled:
        run.scheduled = False
        model.Session.commit()
    return found or order(source_id, "harvest")


def check_for(source_id: str) -> stock.Job:
    """A job that reads and judges everything and writes nothing; AtWork when the source has another one."""
    found = stock.open_job(source_id)
    run = model.Session.get(HarvestRun, found.id) if found else None
    if found and run and run.kind == "check" and is_free(source_id):
        return found
    return order(source_id, "check")


def order(source_id: str, kind: str) -> stock.Job:
    """A new job of that kind, which waits for a worker; AtWork when the source has another one."""
    source = stock.locked_source(source_id)
    if source is None:
        raise tk.ObjectNotFound(tk._("Harvest source not found"))
    job = None if stock.open_job(source_id) else jobs.order(source, utcnow(), kind=kind)
    model.Session.commit()
    if job is None:
        raise AtWork
    return job


def go_on(source_id: str) -> stock.Job | None:
    """Let the scheduled run that waits for its hours go on at once, because a person wants it; None when none waits."""
    run = last(source_id, HarvestRun.state.in_(("paused", "queued")), HarvestRun.scheduled)
    if run is None:
        return None
    run.scheduled = False
    if run.state == "paused":
        jobs.resume(run)
    model.Session.commit()
    return stock.job(run.job_id)
