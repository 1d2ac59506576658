"""Reading and writing the record table; the caller commits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ckan import model
from ckanext.harvest.model import HarvestJob, HarvestObject
from sqlalchemy import UnicodeText, Values, case, column, delete, func, literal, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from ...logic import locks
from ..model import HarvestRecord as Row
from ..model import HarvestRun
from .brake import Missing
from .rivals import YIELDED, yields

GONE = ("deleted", "undone")
"""States of records whose dataset is deleted."""
UNDONE = ("undone", "reverted")
"""States that a person's undoing has left, which stay as long as the source keeps the record as it is."""

ENDS = ("added", "updated", "unchanged", YIELDED, "deleted")
"""What can become of a record that is not in error."""


@dataclass(frozen=True)
class Known:
    """What the table says about a record of this source."""

    guid: str
    dataset_id: str | None
    fingerprint: str
    received: str
    state: str
    job_id: str | None
    owned: bool
    """Whether the dataset's organisation is still there."""
    likeness: str
    yields: bool
    """Whether another source of a higher priority has the dataset."""

    @property
    def alive(self) -> bool:
        """Whether the record has a dataset that is not deleted."""
        return self.dataset_id is not None and not self.gone

    @property
    def gone(self) -> bool:
        """Whether the record's dataset is deleted: a changed record brings it back."""
        return self.state in GONE

    @property
    def settled(self) -> bool:
        """Whether the record is where it belongs as long as it stays the same; what a person undid stays undone."""
        return self.alive or self.yields or self.state == "undone"

    def holds(self, fingerprint: str) -> bool:
        """Whether there is nothing to write for a record of this content."""
        return self.settled and self.fingerprint == fingerprint


def known(source_id: str, guids: Collection[str]) -> dict[str, Known]:
    """The rows of these records."""
    owner = aliased(model.Group)
    query = (
        select(
            *(Row.guid, Row.dataset_id, Row.fingerprint, Row.received, Row.state, Row.job_id),
            *(or_(owner.id.is_not(None), Row.state == YIELDED), Row.likeness, yields()),
        )
        .outerjoin(model.Package, model.Package.id == Row.dataset_id)
        .outerjoin(owner, (owner.id == model.Package.owner_org) & (owner.state == "active"))
        .where(Row.source_id == source_id, Row.guid.in_(guids))
    )
    return {row.guid: Known(*row) for row in model.Session.execute(query)}


def put(source_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert or change rows, all of the same columns, `guid` among them; what is not named stays."""
    if not rows:
        return
    statement = insert(Row).values([{"source_id": source_id, **row} for row in rows])
    changed = {name: statement.excluded[name] for name in rows[0] if name != "guid"}
    model.Session.execute(statement.on_conflict_do_update(index_elements=["source_id", "guid"], set_=changed))


def mark_unchanged(source_id: str, guids: Collection[str], job_id: str, now: datetime) -> None:
    """Note in one statement that these records were seen as they were; what the job has already judged stays."""
    if guids:
        gave_way = Row.state == YIELDED
        _change(
            source_id,
            Row.guid.in_(guids),
            _not_of(job_id),
            job_id=job_id,
            seen_at=now,
            outcome=case((gave_way, YIELDED), else_="unchanged"),
            state=case((Row.state.in_((*UNDONE, YIELDED)), Row.state), else_="current"),
            missing_since=None,
            missing_runs=0,
            report=case((gave_way, Row.report), else_=null()),
        )


def mark_received(source_id: str, came: Collection[tuple[str, str, str]]) -> None:
    """Note in one statement how these records came this time: identifier, as received, likeness."""
    if came:
        names = ("guid", "received", "likeness")
        values = Values(*(column(name, UnicodeText) for name in names), name="came").data(list(came))
        received, likeness = values.c.received, values.c.likeness
        _change(source_id, Row.guid == values.c.guid, received=received, likeness=likeness)


def mark_indexed(source_id: str, dataset_ids: Collection[str]) -> None:
    """These datasets have reached the search index."""
    if dataset_ids:
        _change(source_id, Row.dataset_id.in_(dataset_ids), indexed=True)


def mark_unindexed(source_id: str, guids: Collection[str]) -> None:
    """Whether the search index has these datasets is uncertain from now on."""
    if guids:
        _change(source_id, Row.guid.in_(guids), indexed=False)


def mark_missing(source_id: str, job_id: str, now: datetime) -> None:
    """Count one more complete run that did not see the records; the clock of each begins at its first."""
    _change(
        source_id,
        *_unseen(job_id),
        missing_since=func.coalesce(Row.missing_since, now),
        missing_runs=Row.missing_runs + 1,
    )


def mark_held(source_id: str, guids: Collection[str]) -> None:
    """These deletions wait for a person."""
    if guids:
        _change(source_id, Row.guid.in_(guids), state="held")


def missing(source_id: str, job_id: str) -> list[Missing]:
    """The records with a dataset that this job did not see."""
    query = select(Row.guid, Row.missing_since, Row.missing_runs).where(Row.source_id == source_id, *_unseen(job_id))
    return [
        Missing(row.guid, row.missing_since, row.missing_runs)
        for row in model.Session.execute(query.order_by(Row.guid))
    ]


def held(source_id: str) -> list[str]:
    """The records whose deletion waits for a person."""
    query = select(Row.guid).where(Row.source_id == source_id, Row.state == "held").order_by(Row.guid)
    return list(model.Session.execute(query).scalars())


def failed(source_id: str) -> frozenset[str]:
    """The records that could not be taken the last time they were seen."""
    query = select(Row.guid).where(Row.source_id == source_id, Row.outcome == "error")
    return frozenset(model.Session.execute(query).scalars())


def active(source_id: str) -> int:
    """How many datasets the source has."""
    query = select(func.count()).where(Row.source_id == source_id, Row.dataset_id.is_not(None), Row.state.not_in(GONE))
    return model.Session.execute(query).scalar_one()


def unindexed(source_id: str) -> Sequence[str]:
    """Datasets that were written but have not reached the search index."""
    query = select(Row.dataset_id).where(
        Row.source_id == source_id, Row.indexed.is_(False), Row.dataset_id.is_not(None)
    )
    return [str(dataset_id) for dataset_id in model.Session.execute(query).scalars()]


def forget(source_id: str) -> None:
    """Drop the runs whose jobs are gone, and the records that have no dataset."""
    gone = HarvestRun.job_id.not_in(select(HarvestJob.id))
    for statement in (
        delete(HarvestRun).where(HarvestRun.source_id == source_id, gone),
        delete(Row).where(Row.source_id == source_id, Row.dataset_id.is_(None)),
    ):
        model.Session.execute(statement, execution_options={"synchronize_session": False})


def outcomes(source_id: str, job_id: str) -> dict[str, int]:
    """How many records came to which end in a job; `errors` counts those without an identifier too."""
    of_job = Row.source_id == source_id, Row.job_id == job_id, Row.outcome.in_(ENDS)
    ended = select(Row.outcome, func.count()).where(*of_job).group_by(Row.outcome)
    failed = select(literal("errors"), func.count()).where(
        HarvestObject.harvest_job_id == job_id, HarvestObject.state == "ERROR"
    )
    found = {row[0]: row[1] for row in model.Session.execute(ended.union_all(failed))}
    return dict.fromkeys(ENDS, 0) | found


def _unseen(job_id: str) -> Iterable[Any]:
    return (
        _not_of(job_id),
        Row.dataset_id.is_not(None),
        Row.state.not_in((*GONE, "kept")),
    )


def _not_of(job_id: str) -> Any:
    return or_(Row.job_id.is_(None), Row.job_id != job_id)


def share(source_id: str) -> None:
    """Keep other sources out of the rows of this one till the commit: two who lock many rows would meet crosswise."""
    locks.share(_rows(source_id))


def hold(source_ids: Iterable[str]) -> None:
    """Wait till nobody changes many rows of these sources, and keep it so till the commit."""
    locks.hold(map(_rows, source_ids))


def _rows(source_id: str) -> str:
    return f"orden_harvest_rows:{source_id}"


def _change(source_id: str, *conditions: Any, **values: Any) -> None:
    share(source_id)
    statement = update(Row).where(Row.source_id == source_id, *conditions).values(**values)
    model.Session.execute(statement, execution_options={"synchronize_session": False})
