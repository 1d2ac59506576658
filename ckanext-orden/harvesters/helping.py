"""What a worker does while it waits for jobs: it takes batches from runs of other workers. It never ends a run."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from ckan import model
from sqlalchemy.exc import SQLAlchemyError

from ..errors import OrdenError
from ..logic.attempts import attempt
from . import idle, stock
from .engine import shares

log = logging.getLogger(__name__)


@dataclass
class Helper:
    """One worker that would help."""

    _left: set[str] = field(default_factory=set)
    """Jobs in which something went wrong here: what it was, their own run meets and tells."""

    def help(self) -> bool:
        """Say that this worker has time, and take one batch of a run if there is any; whether it did."""
        idle.say()
        try:
            return any(self._take(job_id) for job_id in shares.jobs() if job_id not in self._left)
        except SQLAlchemyError as error:
            log.warning("Whether a run shares its work is not known (%s)", error)
            return False
        finally:
            model.Session.remove()

    def _take(self, job_id: str) -> bool:
        took: list[bool] = []
        try:
            wrong = bool(attempt(lambda: took.append(_help(job_id))))
        except (OrdenError, SQLAlchemyError) as error:
            log.warning("Job %s gets no more help from this worker (%s)", job_id, error)
            wrong = True
        if wrong:
            model.Session.rollback()
            self._left.add(job_id)
        return took == [True]


def _help(job_id: str) -> bool:
    job = stock.job(job_id)
    harvester = stock.harvester_for(job.source.type) if job else None
    return harvester is not None and harvester.help(job)
