"""When files are checked: by a job, queued once the write that named them is committed."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError
from sqlalchemy import event

from .. import config
from ..queues import STARTED, WAITING, status
from .checking import check_dataset
from .files import is_table

log = logging.getLogger(__name__)

QUEUE = "orden_table"
"""A queue of its own, which a worker takes after the default one: a harvest of thousands must not hold up the rest."""
TIMEOUT = 900
BATCH = 50
"""Datasets of one transaction, as a harvest writes them, that share a job: a worker forks for each job."""
_WAITING = "orden_table"


def listen() -> None:
    """Queue what a transaction has left when it is committed, once for all sessions."""
    if not event.contains(model.Session, "after_commit", _committed):
        event.listen(model.Session, "after_commit", _committed)


def remember(dataset: Mapping[str, Any]) -> None:
    """Note a dataset whose files have to be looked at after the commit."""
    resources = dataset.get("resources") or []
    if config.table_check() and dataset.get("state") != "deleted" and any(map(is_table, resources)):
        model.Session.info.setdefault(_WAITING, {})[dataset["id"]] = None


def _committed(session: Any) -> None:
    if not session.in_nested_transaction():
        queue_all(list(session.info.pop(_WAITING, ())))


def queue_all(dataset_ids: Sequence[str], *, again: bool = False) -> bool:
    """Ask for the checks of any number of datasets; false if Redis did not take all of them."""
    batches = (dataset_ids[start : start + BATCH] for start in range(0, len(dataset_ids), BATCH))
    return all(queue(batch, again=again) for batch in batches)


def queue(dataset_ids: Sequence[str], *, again: bool = False) -> bool:
    """Ask a worker for the checks, unless a dataset alone is waiting already; without Redis the write still stands."""
    title = dataset_ids[0] if len(dataset_ids) == 1 else f"{len(dataset_ids)} datasets"
    try:
        name = _free_name(dataset_ids, again=again)
        if name is not None:
            tk.enqueue_job(
                run,
                [list(dataset_ids)],
                {"again": again},
                title=f"check the tables of {title}",
                queue=QUEUE,
                rq_kwargs={"timeout": TIMEOUT, **name},
            )
    except RedisError as error:
        log.error("Not queued: tables of %s (%s). Run ckan orden-table check --all when Redis is back.", title, error)
        return False
    return True


def run(dataset_ids: Sequence[str], *, again: bool = False) -> None:
    """The job: check the datasets. One that fails, or takes all the time, costs itself only: the rest is queued."""
    rest = list(dataset_ids)
    try:
        while rest:
            check_dataset(rest.pop(0), again=again)
    finally:
        if rest:
            queue(rest, again=again)


def _free_name(dataset_ids: Sequence[str], *, again: bool) -> dict[str, str] | None:
    """The name of the job, for one dataset its own; None when that waits already."""
    if len(dataset_ids) > 1:
        return {}
    name = f"orden-table-{dataset_ids[0]}"
    known = status(name, QUEUE)
    if known == WAITING and not again:
        return None
    return {} if known in (WAITING, STARTED) else {"job_id": name}
