"""The records of a source, or of one of its jobs, each with where it stands and why; read in pages or as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ckan import model
from ckanext.harvest.model import HarvestObject as Object
from sqlalchemy import DateTime, Select, Subquery, case, cast, exists, func, literal, null, or_, select, union_all

from ...config import site_url
from ..engine.rivals import YIELDED
from ..model import HarvestFailure as Failure
from ..model import HarvestRecord as Row
from ..model import HarvestRun
from .problems import explained_issue

STATES = ("new", "changed", "unchanged", "yielded", "error", "held", "missing", "deleted", "kept", "reverted", "undone")
PAGE = 50
MOST = 1000
_OUTCOMES = {"added": "new", "updated": "changed", "unchanged": "unchanged", "errored": "error", "error": "error"}
_OWN = ("deleted", "undone", "held", "kept", YIELDED)
"""States that say more than what came of the record last."""


@dataclass(frozen=True)
class Wanted:
    """Which records: of a source or of one job of it, in some states, with a text in identifier or title."""

    source_id: str
    job_id: str = ""
    states: tuple[str, ...] = ()
    text: str = ""


def page(wanted: Wanted, limit: int = PAGE, offset: int = 0) -> dict[str, Any]:
    """One page of the records, how many there are, and how many in each state regardless of `states`."""
    listed = _listed(wanted)
    counts = _counts(listed, wanted.text)
    chosen = wanted.states or STATES
    query = _query(listed, wanted).limit(limit).offset(offset)
    return {
        "count": sum(counts.get(state, 0) for state in chosen),
        "states": counts,
        "records": [_shown(row) for row in model.Session.execute(query)],
    }


def stream(wanted: Wanted) -> Iterator[dict[str, Any]]:
    """All the records, read from the database as they are taken: any number in bounded memory."""
    if model.meta.engine is None:
        raise RuntimeError("CKAN's database engine is not initialised")
    options = {"stream_results": True, "yield_per": 500}
    with model.meta.engine.connect() as connection:
        for row in connection.execute(_query(_listed(wanted), wanted), execution_options=options):
            yield _shown(row)


def _query(listed: Subquery, wanted: Wanted) -> Select[Any]:
    query = (
        select(listed, model.Package.name, model.Package.title, model.Group.title.label("owner"))
        .outerjoin(model.Package, model.Package.id == listed.c.dataset_id)
        .outerjoin(model.Group, model.Group.id == model.Package.owner_org)
        .order_by(listed.c.guid, listed.c.state)
    )
    if wanted.states:
        query = query.where(listed.c.state.in_(wanted.states))
    return query.where(_matches(listed, wanted.text)) if wanted.text else query


def _counts(listed: Subquery, text: str) -> dict[str, int]:
    query = select(listed.c.state, func.count()).group_by(listed.c.state)
    if text:
        query = query.outerjoin(model.Package, model.Package.id == listed.c.dataset_id).where(_matches(listed, text))
    found = {row[0]: row[1] for row in model.Session.execute(query)}
    return {state: found[state] for state in STATES if state in found}


def _matches(listed: Subquery, text: str) -> Any:
    return or_(
        listed.c.guid.icontains(text, autoescape=True),
        model.Package.title.icontains(text, autoescape=True),
        model.Package.name == text,
    )


def _listed(wanted: Wanted) -> Subquery:
    return (_of_job(wanted.source_id, wanted.job_id) if wanted.job_id else _of_source(wanted.source_id)).subquery()


def _of_source(source_id: str) -> Any:
    """The record table, and what the newest run met beside it: doubles, and records without identifier."""
    state = case(
        (Row.state.in_(_OWN), Row.state),
        (Row.outcome == "error", "error"),
        (Row.missing_since.is_not(None), "missing"),
        (Row.state == "reverted", "reverted"),
        else_=case(_OUTCOMES, value=Row.outcome, else_="unchanged"),
    ).label("state")
    failed = select(Failure.object_id).where(
        Row.outcome == "error", Failure.job_id == Row.job_id, Failure.guid == Row.guid
    )
    failed = failed.limit(1).scalar_subquery()
    known = select(
        *(Row.guid, Row.dataset_id, state, Row.outcome, Row.seen_at, Row.missing_since, Row.missing_runs),
        *(Row.report.label("issues"), failed.label("object_id")),
    ).where(Row.source_id == source_id)
    newest = select(HarvestRun.job_id).where(HarvestRun.source_id == source_id, HarvestRun.kind == "harvest")
    newest = newest.order_by(HarvestRun.started.desc()).limit(1).scalar_subquery()
    same = (Row.source_id == source_id, Row.guid == Failure.guid, Row.job_id == Failure.job_id, Row.outcome == "error")
    beside = (
        select(
            *(Failure.guid, null(), literal("error"), literal("error"), Object.import_finished),
            *(_no_moment(), literal(0), Failure.issues, Failure.object_id),
        )
        .join(Object, Object.id == Failure.object_id)
        .where(Failure.job_id == newest, ~exists().where(*same))
    )
    return union_all(known, beside)


def _of_job(source_id: str, job_id: str) -> Any:
    """What a job did, from its objects; records that it did not touch are known until a later job has seen them."""
    report = case((Row.job_id == job_id, Row.report))
    outcome = func.coalesce(Object.report_status, "errored")
    state = case({**_OUTCOMES, "deleted": "deleted"}, value=outcome, else_="error").label("state")
    met = (
        select(
            *(Object.guid, func.coalesce(Object.package_id, Row.dataset_id).label("dataset_id"), state),
            *(outcome.label("outcome"), Object.import_finished.label("seen_at")),
            *(_no_moment().label("missing_since"), literal(0).label("missing_runs")),
            *(func.coalesce(Failure.issues, report).label("issues"), Object.id.label("object_id")),
        )
        .outerjoin(Failure, Failure.object_id == Object.id)
        .outerjoin(Row, (Row.source_id == source_id) & (Row.guid == Object.guid))
        .where(Object.harvest_job_id == job_id, Object.harvest_source_id == source_id)
    )
    untouched = select(
        *(Row.guid, Row.dataset_id, Row.outcome, Row.outcome, Row.seen_at),
        *(_no_moment(), literal(0), Row.report, null()),
    ).where(Row.source_id == source_id, Row.job_id == job_id, Row.outcome.in_(("unchanged", YIELDED)))
    return union_all(met, untouched)


def _no_moment() -> Any:
    return cast(null(), DateTime)


def _shown(row: Any) -> dict[str, Any]:
    return {
        "guid": row.guid,
        "title": row.title or "",
        "name": row.name or "",
        "url": f"{site_url()}/dataset/{row.name}" if row.name else "",
        "state": row.state,
        "outcome": row.outcome,
        "owner": row.owner or "",
        "seen": row.seen_at.isoformat() if row.seen_at else None,
        "missing_since": row.missing_since.isoformat() if row.missing_since else None,
        "missing_runs": row.missing_runs,
        "object_id": row.object_id,
        "issues": [explained_issue(issue) for issue in row.issues or ()],
    }
