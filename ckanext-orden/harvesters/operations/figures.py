"""Figures on all sources, in a few statements whatever their number: for metrics and health."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ckan import model
from ckanext.harvest.model import HarvestJob, HarvestSource
from sqlalchemy import func, select

from .. import jobs
from ..engine import lock
from ..jobs import ACTIVE
from ..model import HarvestFailure, HarvestPlan, HarvestRecord, HarvestRun
from ..planning import plans
from ..planning.hours import Timetable
from .problems import class_of_source, counted

LATE = 2
"""A source is late when so many runs more were due."""
STUCK = timedelta(minutes=10)
"""A job that nobody runs for so long is abandoned."""
WROTE = HarvestRun.kind != "check"


@dataclass
class SourceFigures:
    """One active source of ours: its last run, its last success, what waits."""

    id: str
    name: str
    kind: str
    timetable: Timetable
    next_run: datetime | None
    run: HarvestRun | None = None
    success: datetime | None = None
    held: int = 0
    classes: dict[str, int] = field(default_factory=dict)

    def overdue(self, now: datetime) -> timedelta:
        """For how long the source should have been harvested; nothing for one that waits for a person."""
        if self.next_run is None or self.timetable.next(self.next_run) is None:
            return timedelta(0)
        return max(timedelta(0), now - self.next_run)

    def late(self, now: datetime) -> bool:
        """Whether two runs more were due since the one that is overdue."""
        moment = self.next_run
        for _ in range(LATE):
            moment = self.timetable.next(moment) if moment else None
        return moment is not None and moment < now


def sources() -> list[SourceFigures]:
    """All active sources of ours, by name."""
    query = (
        select(model.Package.name, HarvestSource, HarvestPlan)
        .join(HarvestSource, HarvestSource.id == model.Package.id)
        .outerjoin(HarvestPlan, HarvestPlan.source_id == HarvestSource.id)
        .where(model.Package.state == "active", ACTIVE, HarvestSource.type.in_(jobs.names()))
        .order_by(model.Package.name)
    )
    rows: list[Any] = list(model.Session.execute(query))
    found = {row[1].id: _figures(*row) for row in rows}
    _fill(found)
    return list(found.values())


def _figures(name: str, source: Any, plan: HarvestPlan | None) -> SourceFigures:
    """What is known of a source without a look at its runs; one that waits for approval is never due."""
    table = plans.timetable(source, plan or plans.unsettled(source.id))
    return SourceFigures(source.id, name, source.type, table, source.next_run if plans.may_run(plan) else None)


def waiting() -> int:
    """How many jobs were ordered and not begun."""
    begun = select(HarvestRun.job_id).where(HarvestRun.state != "queued")
    query = select(func.count()).where(HarvestJob.status.in_(("New", "Running")), HarvestJob.id.not_in(begun))
    return model.Session.execute(query).scalar_one()


def abandoned(now: datetime) -> int:
    """How many open jobs nobody runs although they are there for minutes: no consumer is alive."""
    moved = func.coalesce(HarvestRun.progressed, HarvestJob.gather_started, HarvestJob.created)
    query = (
        select(HarvestJob.source_id, moved)
        .join(HarvestSource)
        .outerjoin(HarvestRun, HarvestRun.job_id == HarvestJob.id)
        .where(HarvestJob.status.in_(("New", "Running")), HarvestSource.type.in_(jobs.names()))
        .where(func.coalesce(HarvestRun.state, "") != "paused")
    )
    rows = list(model.Session.execute(query))
    return sum(now - moment > STUCK and lock.is_free(source_id) for source_id, moment in rows)


def _fill(found: dict[str, SourceFigures]) -> None:
    newest = select(HarvestRun).where(HarvestRun.source_id.in_(found), HarvestRun.state != "queued", WROTE)
    newest = newest.distinct(HarvestRun.source_id).order_by(HarvestRun.source_id, HarvestRun.started.desc())
    for run in model.Session.execute(newest).scalars():
        found[run.source_id].run = run
    success = select(HarvestRun.source_id, func.max(HarvestRun.finished)).where(HarvestRun.source_id.in_(found))
    success = success.where(HarvestRun.state == "finished", WROTE).group_by(HarvestRun.source_id)
    for row in model.Session.execute(success):
        found[row[0]].success = row[1]
    held = select(HarvestRecord.source_id, func.count()).where(HarvestRecord.state == "held")
    for row in model.Session.execute(held.group_by(HarvestRecord.source_id)):
        if row[0] in found:
            found[row[0]].held = row[1]
    _fill_classes({one.run.job_id: one for one in found.values() if one.run})


def _fill_classes(by_job: dict[str, SourceFigures]) -> None:
    """Errors of records and problems of the whole run, by class."""
    code = HarvestFailure.issues[0]["code"].astext
    query = select(HarvestFailure.job_id, code, func.count()).where(HarvestFailure.job_id.in_(by_job))
    codes: dict[str, list[tuple[str, int]]] = {}
    for job_id, name, count in model.Session.execute(query.group_by(HarvestFailure.job_id, code)):
        codes.setdefault(job_id, []).append((name or "", count))
    for job_id, one in by_job.items():
        one.classes = counted(codes.get(job_id, ()))
        for problem in jobs.complaints(one.run) if one.run else ():
            name = class_of_source(problem.get("code", ""))
            one.classes[name] = one.classes.get(name, 0) + 1
