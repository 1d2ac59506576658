"""When files are checked: by a job, queued once the write that named them is committed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from ckan import model
from ckan.lib import jobs as queues
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError
from rq.exceptions import NoSuchJobError
from rq.job import Job
from sqlalchemy import event

from .. import config
from .checking import check_dataset
from .files import is_table

log = logging.getLogger(__name__)

QUEUE = "orden_table"
"""A queue of its own, which a worker takes after the default one: a harvest of thousands must not hold up the rest."""
TIMEOUT = 900
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
        for dataset_id in session.info.pop(_WAITING, ()):
            queue(dataset_id)


def queue(dataset_id: str, *, again: bool = False) -> bool:
    """Ask a worker for the check, unless one is waiting for it already; without Redis the write still stands."""
    name = f"orden-table-{dataset_id}"
    try:
        status = _status(name)
        if status == "queued" and not again:
            return True
        own = {} if status in ("queued", "started") else {"job_id": name}
        tk.enqueue_job(
            check_dataset,
            [dataset_id],
            {"again": again},
            title=f"check the tables of {dataset_id}",
            queue=QUEUE,
            rq_kwargs={"timeout": TIMEOUT, **own},
        )
    except RedisError as error:
        log.error("Not queued: tables of %s (%s). Run ckan orden-table check when Redis is back.", dataset_id, error)
        return False
    return True


def _status(name: str) -> str:
    """What has become of the job of that name, empty if it is unknown."""
    try:
        return str(Job.fetch(name, connection=queues.get_queue(QUEUE).connection).get_status().value)
    except NoSuchJobError:
        return ""
