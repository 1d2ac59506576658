"""The one document of a source that has no pages: whether it is still the one that was read last.

A server that says "not modified" spares the reading, and only where nothing could come of it: the last run has taken
the whole document without an error, by the same mapping and settings, and its records are as that run left them.
A source that keeps organisations up to date is always read.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ckan import model
from sqlalchemy import case, delete, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by

from ..model import HarvestDocument, HarvestRun
from ..model import HarvestRecord as Row
from ..protocol import Document, Page, Source
from .basis import basis_of
from .rivals import YIELDED, is_anybody_free
from .store import UNDONE, share

LONGEST = timedelta(days=7)
"""After which the document is read whatever its server says: some never change their ETag."""
TAKEN = ("added", "updated", "unchanged", YIELDED)


def known(source: Source, run: HarvestRun, now: datetime) -> Document | None:
    """The document that the source's records stand for; None where it has to be read."""
    kept = model.Session.get(HarvestDocument, source.id)
    if kept is None or run.kind != "harvest" or source.settings.get("remote_orgs") == "create":
        return None
    if kept.stamp != basis_of(source) or now - kept.read_at >= LONGEST:
        return None
    if kept.records != _records(source.id, kept.job_id) or is_anybody_free(source.id):
        return None
    return Document(kept.url, kept.etag, kept.modified)


def see_again(source: Source, run: HarvestRun, now: datetime) -> tuple[int, Page]:
    """Note that all records of the document were seen as they were; how many it has, and a page that says so."""
    kept = model.Session.get(HarvestDocument, source.id)
    if kept is None:
        raise LookupError("nobody was asked whether a document has changed")
    share(source.id)
    outcome = case((Row.state == YIELDED, YIELDED), else_="unchanged")
    values = {"job_id": run.job_id, "outcome": outcome, "seen_at": now}
    statement = update(Row).where(*_taken(source.id, kept.job_id)).values(**values, missing_since=None, missing_runs=0)
    model.Session.execute(statement, execution_options={"synchronize_session": False})
    return kept.read, Page((), None, kept.total)


def keep(source: Source, run: HarvestRun, document: Document | None, now: datetime) -> None:
    """Remember the document that a run has taken wholly; `document` is None where it was not read anew."""
    kept = model.Session.get(HarvestDocument, source.id)
    if document is not None:
        values = {"url": document.url, "etag": document.etag, "modified": document.modified, "read_at": now}
        values |= {"stamp": basis_of(source), "read": run.read, "total": run.total}
        kept = model.Session.merge(HarvestDocument(source_id=source.id, job_id="", records="", **values))
    if kept is not None:
        kept.job_id, kept.records = run.job_id, _records(source.id, run.job_id)
        model.Session.commit()


def forget(source_id: str) -> None:
    """Have the document read anew; the caller commits."""
    model.Session.execute(delete(HarvestDocument).where(HarvestDocument.source_id == source_id))


def is_begun(run: HarvestRun) -> bool:
    """Whether a run goes on that was interrupted: what it took then may be of an older document."""
    taken = select(Row.guid).where(Row.source_id == run.source_id, Row.job_id == run.job_id).limit(1)
    return model.Session.execute(taken).scalar() is not None


def _records(source_id: str, job_id: str) -> str:
    """A fingerprint of the records that a job has left behind."""
    one = func.concat_ws("\n", Row.guid, Row.fingerprint, Row.dataset_id, Row.state)
    listed = func.string_agg(one, aggregate_order_by(literal("\n"), Row.guid))
    query = select(func.md5(listed)).where(*_taken(source_id, job_id))
    return model.Session.execute(query).scalar() or ""


def _taken(source_id: str, job_id: str) -> tuple[Any, ...]:
    return (
        Row.source_id == source_id,
        Row.job_id == job_id,
        Row.outcome.in_(TAKEN),
        Row.state.in_(("current", YIELDED, *UNDONE)),
        or_(Row.dataset_id.is_not(None), Row.state == YIELDED),
    )
