"""What a person decides about a run: retry what failed, go on where it was stopped, keep what would be deleted."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestGatherError
from sqlalchemy import delete, update

from .. import jobs, runs, stock
from ..engine import store
from ..model import HarvestRecord as Row
from ..model import HarvestRun
from ..planning import plans


def retry(source_id: str) -> stock.Job:
    """A job that reads the source again and takes only the records whose last outcome was an error."""
    if not plans.is_approved(source_id):
        raise plans.Unapproved
    if not store.failed(source_id):
        raise tk.ValidationError({"id": [tk._("No record of this source is in error")]})
    return runs.order(source_id, "retry")


def resume(source_id: str) -> stock.Job:
    """The newest job, which a person has stopped, ready to go on at its last finished page, whatever the hours."""
    if not plans.is_approved(source_id):
        raise plans.Unapproved
    run = runs.last(source_id, HarvestRun.kind != "check")
    job = stock.job(run.job_id) if run and run.state == "stopped" else None
    if run is None or job is None or stock.open_job(source_id):
        raise tk.ValidationError({"id": [tk._("The last run of this source was not stopped")]})
    with runs.at_rest(source_id):
        run.scheduled = False
        model.Session.execute(delete(HarvestGatherError).where(HarvestGatherError.harvest_job_id == job.id))
        model.Session.flush()
        jobs.reopen(run)
    return job


def refuse(source_id: str) -> int:
    """Keep the datasets whose deletion is held; they are not held again until the source has them once more."""
    with runs.at_rest(source_id):
        kept = _change(source_id, "held", "kept")
        if run := runs.last(source_id, HarvestRun.state == "held"):
            run.counts = {**run.counts, "held": 0}
            runs.forget(run, "held")
            run.state = jobs.state_of(run)
        model.Session.commit()
    return kept


def reconsider(source_id: str) -> int:
    """Take back the refusals: the next complete run judges anew what the source lacks."""
    with runs.at_rest(source_id):
        changed = _change(source_id, "kept", "current")
        model.Session.commit()
    return changed


def _change(source_id: str, before: str, after: str) -> int:
    statement = update(Row).where(Row.source_id == source_id, Row.state == before).values(state=after)
    done: Any = model.Session.execute(statement, execution_options={"synchronize_session": False})
    return done.rowcount
