"""Each night what is no longer needed of old runs goes, set by set; datasets and the record table stay as they are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ckan import model
from ckanext.harvest.model import (
    HarvestGatherError,
    HarvestJob,
    HarvestObject,
    HarvestObjectError,
    HarvestObjectExtra,
)
from sqlalchemy import Select, Subquery, and_, delete, func, or_, select, update

from ... import config
from ...clock import utcnow
from ..jobs import OPEN
from ..model import HarvestFailure, HarvestFormer, HarvestPlan, HarvestRun, HarvestShare

BATCH = 1000
"""Objects of one transaction."""
_QUIET = {"synchronize_session": False}


def purge(now: datetime | None = None) -> dict[str, int]:
    """Drop what is too old; how many raw contents, former datasets, objects and runs went."""
    moment = now or utcnow()
    _drop_orphans()
    return {
        "contents": _drop_contents(),
        "formers": _drop_formers(moment),
        "objects": _drop_objects(moment),
        "runs": _drop_runs(moment),
    }


def _ranked() -> Subquery:
    """The runs of each source, the newest first, with how many of them are kept."""
    place = func.row_number().over(partition_by=HarvestRun.source_id, order_by=HarvestRun.started.desc())
    keep = func.greatest(1, func.coalesce(HarvestPlan.keep_runs, config.harvest_keep_runs()))
    return (
        select(HarvestRun.job_id, HarvestRun.state, HarvestRun.started, place.label("place"), keep.label("keep"))
        .outerjoin(HarvestPlan, HarvestPlan.source_id == HarvestRun.source_id)
        .subquery()
    )


def _too_old(now: datetime) -> Select[Any]:
    """Jobs of ended runs beyond the last ones, but for those that went wrong not so long ago."""
    ranked = _ranked()
    wrong = or_(ranked.c.state == "failed", ranked.c.job_id.in_(select(HarvestFailure.job_id)))
    young = ranked.c.started > now - timedelta(days=config.harvest_keep_errors_days())
    return select(ranked.c.job_id).where(
        ranked.c.place > ranked.c.keep, ranked.c.state.not_in(OPEN), ~and_(wrong, young)
    )


def _drop_contents() -> int:
    """Raw records that are neither a dataset's current one nor a failed one of the runs that are kept."""
    ranked = _ranked()
    place = select(ranked.c.job_id).where(ranked.c.place > 1)
    kept = select(ranked.c.job_id).where(ranked.c.place <= ranked.c.keep)
    needed = and_(HarvestObject.state == "ERROR", HarvestObject.harvest_job_id.in_(kept))
    chosen = select(HarvestObject.id).where(
        HarvestObject.harvest_job_id.in_(place),
        HarvestObject.current.is_not(True),
        HarvestObject.content.is_not(None),
        ~needed,
    )
    done = 0
    while ids := _some(chosen):
        _do(update(HarvestObject).where(HarvestObject.id.in_(ids)).values(content=None))
        done += len(ids)
    return done


def _drop_formers(now: datetime) -> int:
    """Former datasets of runs that cannot be undone any more."""
    limit = now - timedelta(hours=config.harvest_undo_hours())
    young = select(HarvestObject.harvest_job_id).where(
        HarvestObject.import_finished > limit, HarvestObject.harvest_job_id.is_not(None)
    )
    return _do(delete(HarvestFormer).where(HarvestFormer.job_id.not_in(young)))


def _drop_objects(now: datetime) -> int:
    """Objects of old jobs; a dataset's current one stays, by which stock knows the dataset's source."""
    chosen = select(HarvestObject.id).where(
        HarvestObject.harvest_job_id.in_(_too_old(now)), HarvestObject.current.is_not(True)
    )
    done = 0
    while ids := _some(chosen):
        for table, column in (
            (HarvestObjectError, HarvestObjectError.harvest_object_id),
            (HarvestObjectExtra, HarvestObjectExtra.harvest_object_id),
            (HarvestObject, HarvestObject.id),
        ):
            model.Session.execute(delete(table).where(column.in_(ids)), execution_options=_QUIET)
        model.Session.commit()
        done += len(ids)
    return done


def _drop_runs(now: datetime) -> int:
    """Old jobs without objects, with all that belongs to them."""
    empty = HarvestJob.id.not_in(select(HarvestObject.harvest_job_id).where(HarvestObject.harvest_job_id.is_not(None)))
    query = select(HarvestJob.id).where(HarvestJob.id.in_(_too_old(now)), empty)
    ids = list(model.Session.execute(query).scalars())
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        for table, column in (
            (HarvestFailure, HarvestFailure.job_id),
            (HarvestFormer, HarvestFormer.job_id),
            (HarvestShare, HarvestShare.job_id),
            (HarvestGatherError, HarvestGatherError.harvest_job_id),
            (HarvestRun, HarvestRun.job_id),
            (HarvestJob, HarvestJob.id),
        ):
            model.Session.execute(delete(table).where(column.in_(some)), execution_options=_QUIET)
        model.Session.commit()
    return len(ids)


def _drop_orphans() -> None:
    """What belongs to jobs that stock's commands have cleared."""
    for table in (HarvestFailure, HarvestFormer, HarvestShare):
        _do(delete(table).where(table.job_id.not_in(select(HarvestJob.id))))


def _some(chosen: Select[Any]) -> list[str]:
    return list(model.Session.execute(chosen.limit(BATCH)).scalars())


def _do(statement: Any) -> int:
    done: Any = model.Session.execute(statement, execution_options=_QUIET)
    model.Session.commit()
    return done.rowcount
