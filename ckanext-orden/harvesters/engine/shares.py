"""Batches of received records that wait for a worker; the caller commits.

A batch goes in the very transaction that writes its datasets: a worker that dies leaves it to the next one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from ckan import model
from sqlalchemy import delete, func, insert, select

from ...errors import OrdenError
from ...logic import locks
from ..model import HarvestRun
from ..model import HarvestShare as Row
from ..protocol import Record


class Gone(OrdenError):  # noqa: N818 - nothing is wrong
    """Another worker has taken the batch meanwhile, because this one had lost its lock."""


@dataclass(frozen=True)
class Share:
    """One batch."""

    number: int
    records: list[Record]


def put(job_id: str, basis: str, records: Sequence[Record]) -> None:
    """Have the records taken by whoever comes first, this run at the latest."""
    content = json.dumps([asdict(record) for record in records], ensure_ascii=False)
    model.Session.execute(insert(Row).values(job_id=job_id, basis=basis, records=content))


def waiting(job_id: str, *conditions: Any) -> list[int]:
    """The job's batches that are not written, the oldest first; somebody may be at them."""
    query = select(Row.number).where(Row.job_id == job_id, *conditions).order_by(Row.number)
    return list(model.Session.execute(query).scalars())


def of_basis(job_id: str, basis: str) -> list[int]:
    """Those of them that a worker may take for whom records become the same."""
    return waiting(job_id, Row.basis == basis)


def jobs() -> list[str]:
    """The running jobs that share batches, the oldest batch first."""
    query = select(Row.job_id).join(HarvestRun, HarvestRun.job_id == Row.job_id).where(HarvestRun.state == "running")
    return list(model.Session.execute(query.group_by(Row.job_id).order_by(func.min(Row.number))).scalars())


@contextmanager
def taken(numbers: Sequence[int]) -> Iterator[Share | None]:
    """The first of these batches that nobody is at, kept from others until the block ends.

    A row's lock does not serve: a refused record ends the transaction in the middle of its batch.
    """
    for number in numbers:
        with locks.lock(f"orden_harvest_share:{number}") as lock:
            if lock and (records := _read(number)) is not None:
                yield Share(number, records)
                return
    yield None


def remove(share: Share) -> None:
    """The batch is written with this transaction; Gone where it was with another one."""
    done: Any = model.Session.execute(delete(Row).where(Row.number == share.number))
    if not done.rowcount:
        raise Gone


def forget(source_id: str) -> None:
    """Drop what runs of the source have shared."""
    ours = select(HarvestRun.job_id).where(HarvestRun.source_id == source_id)
    quiet = {"synchronize_session": False}
    model.Session.execute(delete(Row).where(Row.job_id.in_(ours)), execution_options=quiet)


def _read(number: int) -> list[Record] | None:
    records = model.Session.execute(select(Row.records).where(Row.number == number)).scalar()
    return [Record(**values) for values in json.loads(records)] if records else None
