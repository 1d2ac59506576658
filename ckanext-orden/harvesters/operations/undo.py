"""Undoing a source's newest run: what it added is deleted, what it changed is as before, what it deleted comes back.

The records keep the fingerprint of what was undone: the next run leaves them alone until the source changes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestObject as Object
from sqlalchemy import func, select, update

from ... import config
from ...clock import utcnow
from ...logic import writing
from ...types import Issue
from .. import jobs, runs
from ..engine import claims, indexer, store
from ..model import HarvestEdit, HarvestRun
from ..model import HarvestRecord as Row
from ..ownership import edit, keeping
from ..ownership.edit import Edits
from ..stock import acting
from . import former

AT_ONCE = 100
"""More datasets than these are left to a worker."""
TIMEOUT = 3600
DONE = ("added", "updated", "deleted")
_AFTER = {"added": "undone", "updated": "reverted", "deleted": "kept"}


@dataclass(frozen=True)
class Step:
    """What a run did with one record."""

    guid: str
    dataset_id: str
    did: str


def plan(source_id: str, now: datetime | None = None) -> dict[str, Any]:
    """What undoing would do; `tk.ValidationError` says why there is nothing that can be undone."""
    run, until = _undoable(source_id, now or utcnow())
    steps = _steps(run)
    return {
        "job_id": run.job_id,
        "until": until.isoformat(),
        **{did: sum(step.did == did for step in steps) for did in DONE},
        "edited": _edited(steps),
    }


def undo(source_id: str, user: str, job_id: str, now: datetime | None = None) -> dict[str, int]:
    """Undo the newest run, if it is that job's; how many datasets each kind of step set back, and how many refused."""
    with runs.at_rest(source_id):
        moment = now or utcnow()
        run, _until = _undoable(source_id, moment)
        if run.job_id != job_id:
            raise tk.ValidationError({"job_id": [tk._("This is not the newest run any more")]})
        steps = _steps(run)
        refused: dict[str, tuple[Issue, ...]] = {}
        taken: set[str] = set()
        writing.in_batches(
            steps,
            lambda batch: taken.update(_write(run, batch, user)),
            lambda step, issues: refused.update({step.guid: issues}),
            lambda batch: indexer.index(run.source_id, [step.dataset_id for step in batch]),
        )
        if not refused:
            run.undone = moment
        model.Session.commit()
    counts = Counter(step.did for step in steps if step.guid not in refused.keys() | taken)
    return {**{did: counts[did] for did in DONE}, "failed": len(refused)}


def _undoable(source_id: str, now: datetime) -> tuple[HarvestRun, datetime]:
    hours = config.harvest_undo_hours()
    newest = runs.last(source_id)
    if newest and newest.state in jobs.OPEN:
        raise runs.AtWork
    wrote = select(Object.id).where(Object.harvest_job_id == HarvestRun.job_id, Object.report_status.in_(DONE))
    run = runs.last(source_id, wrote.exists())
    if not hours or run is None or run.undone:
        raise tk.ValidationError({"id": [tk._("There is no run of this source that can be undone")]})
    written = select(func.max(Object.import_finished)).where(Object.harvest_job_id == run.job_id)
    until = model.Session.execute(written).scalar_one() + timedelta(hours=hours)
    if now > until:
        raise tk.ValidationError({"id": [tk._("A run can be undone for {n} hours only").format(n=hours)]})
    return run, until


def _steps(run: HarvestRun) -> list[Step]:
    """What is left to undo: an interrupted undoing has done some of it."""
    query = (
        select(Object.guid, Object.package_id, Object.report_status)
        .join(Row, (Row.source_id == run.source_id) & (Row.guid == Object.guid) & (Row.dataset_id == Object.package_id))
        .where(Object.harvest_job_id == run.job_id, Object.report_status.in_(DONE))
        .where(Row.state.not_in((*store.UNDONE, "kept")))
        .order_by(Object.guid, Object.import_finished)
    )
    last = {row.guid: Step(row.guid, row.package_id, row.report_status) for row in model.Session.execute(query)}
    return list(last.values())


def _edited(steps: Sequence[Step]) -> int:
    """How many of the datasets that get their former content back hold edits of people, which stay."""
    changed = [step.dataset_id for step in steps if step.did == "updated"]
    query = select(func.count(HarvestEdit.dataset_id.distinct())).where(HarvestEdit.dataset_id.in_(changed))
    return model.Session.execute(query).scalar_one()


def _write(run: HarvestRun, batch: Sequence[Step], user: str) -> set[str]:
    """Set the datasets back; the identifiers of those that another source has taken over meanwhile."""
    ours = claims.ours(run.source_id, {step.guid: step.dataset_id for step in batch})
    taken, batch = {step.guid for step in batch} - ours, [step for step in batch if step.guid in ours]
    dataset_ids = [step.dataset_id for step in batch]
    formers, edits = former.of(run.job_id, dataset_ids), edit.of(dataset_ids)
    for step in batch:
        held = edits.get(step.dataset_id, {})
        values = _before(step, formers, held, user)
        writing.update(values, acting(user, **{writing.MIRRORED: True}))
        keeping.prune(step.dataset_id, values, held)
        after = "undone" if values["state"] == "deleted" else _AFTER[step.did]
        change = update(Row).where(Row.source_id == run.source_id, Row.guid == step.guid)
        model.Session.execute(change.values(state=after, indexed=False))
        if step.did == "deleted":
            _link(step.dataset_id)
    model.Session.commit()
    return taken


def _before(step: Step, formers: dict[str, dict[str, Any]], edits: Edits, user: str) -> dict[str, Any]:
    """The dataset as it was before the run, but for what people have edited."""
    stored = writing.stored(step.dataset_id, acting(user))
    if step.did == "updated":
        if step.dataset_id not in formers:
            raise tk.ValidationError({"id": [tk._("What the dataset held before is not kept")]})
        return keeping.restored(formers[step.dataset_id], stored, edits)
    state = "deleted" if step.did == "added" else "active"
    return {**stored, "state": stored["state"] if ("", "state") in edits else state}


def _link(dataset_id: str) -> None:
    """The dataset's last object before its deletion is current again, by which stock knows whose it is."""
    last = select(Object.id).where(Object.package_id == dataset_id, Object.report_status != "deleted")
    last = last.order_by(Object.import_finished.desc()).limit(1).scalar_subquery()
    change = update(Object).where(Object.id == last).values(current=True)
    model.Session.execute(change, execution_options={"synchronize_session": False})
