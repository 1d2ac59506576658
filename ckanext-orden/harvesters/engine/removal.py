"""What happens to records that the source no longer has: waiting, soft deletion, or a person's decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ckan import model
from ckan.lib.search.common import SearchIndexError
from sqlalchemy import select

from ..model import HarvestRun
from ..protocol import Source
from ..texts import source_text
from . import brake, claims, objects, store, upsert


def judge(source: Source, run: HarvestRun, user: str, now: datetime) -> None:
    """After a complete listing: mark what is missing and delete what may be deleted."""
    if doubt := _doubt(run):
        _tell(run, doubt)
        return
    if not run.listed:
        store.mark_missing(source.id, run.job_id, now)
        run.listed = True
    missing = store.missing(source.id, run.job_id)
    active = store.active(source.id)
    decision = brake.decide(missing, active, now)
    store.mark_held(source.id, decision.held)
    if decision.held:
        _tell(run, source_text("held", held=len(decision.held), active=active))
    elif decision.suspicious:
        _tell(run, source_text("suspicious", missing=len(missing), active=active))
    run.counts = {**run.counts, "missing": len(missing), "held": len(decision.held)}
    model.Session.commit()
    _delete(source, run, decision.delete, user, now)


def _doubt(run: HarvestRun) -> dict[str, str] | None:
    """Why the listing cannot be trusted to be whole, though every page was read."""
    if unnamed := objects.unnamed(run.job_id):
        return source_text("unnamed", count=unnamed)
    if run.total is None and _was_counted(run.source_id):
        return source_text("uncounted")
    return None


def _was_counted(source_id: str) -> bool:
    query = select(HarvestRun.job_id).where(HarvestRun.source_id == source_id, HarvestRun.total.is_not(None))
    return model.Session.execute(query.limit(1)).scalar() is not None


def release(source: Source, run: HarvestRun, user: str, now: datetime) -> int:
    """A person has looked and lets the held deletions happen; returns how many there were."""
    return _delete(source, run, store.held(source.id), user, now)


def _delete(source: Source, run: HarvestRun, guids: Sequence[str], user: str, now: datetime) -> int:
    """Delete the datasets one by one; returns how many it were, for the search index may fail on the way."""
    if not guids:
        return 0
    known = sorted(store.known(source.id, guids).items())
    doomed = {guid: row.dataset_id for guid, row in known if row.dataset_id}
    # CKAN takes a dataset out of the index before the database is sure of it: until then the next run puts it back.
    store.mark_unindexed(source.id, doomed)
    model.Session.commit()
    deleted = 0
    for done, (guid, dataset_id) in enumerate(doomed.items()):
        if not claims.ours(source.id, {guid: dataset_id}):
            model.Session.commit()
            continue
        row = {"guid": guid, "state": "deleted", "outcome": "deleted", "job_id": run.job_id, "indexed": True}
        store.put(source.id, [row])
        told = {"guid": guid, "content": None, "package_id": dataset_id, "report_status": "deleted"}
        objects.add_written(run.job_id, source.id, now, [told])
        try:
            upsert.delete(dataset_id, user)
        except SearchIndexError:
            model.Session.rollback()
            store.mark_indexed(source.id, list(doomed.values())[done:])
            _tell(run, source_text("undeleted", count=len(doomed) - done))
            return deleted
        deleted += 1
    return deleted


def _tell(run: HarvestRun, text: dict[str, str]) -> None:
    run.problems = [*run.problems, text]
    model.Session.commit()
