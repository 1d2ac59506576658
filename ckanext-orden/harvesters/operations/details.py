"""A run with all that an operator asks about it: classes of its errors, advice, progress."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ckan import model
from sqlalchemy import func, select

from ...clock import utcnow
from ..model import HarvestFailure, HarvestRecord, HarvestRun
from . import progress
from .problems import counted, explained


def shown(run: HarvestRun, now: datetime | None = None) -> dict[str, Any]:
    """`as_dict` of the run with `classes` of its errors, advice to each problem, what waits, and `progress`."""
    return {
        **run.as_dict(),
        "problems": [explained(problem) for problem in run.problems],
        "classes": classes(run.job_id),
        "waiting_deletions": waiting_deletions(run.source_id),
        "progress": progress.as_dict(run, now or utcnow()),
    }


def waiting_deletions(source_id: str) -> int:
    """How many deletions of the source wait for a person, whichever run holds them."""
    query = select(func.count()).where(HarvestRecord.source_id == source_id, HarvestRecord.state == "held")
    return model.Session.execute(query).scalar_one()


def classes(job_id: str) -> dict[str, int]:
    """How many records of a job failed, by the class of their first problem."""
    code = HarvestFailure.issues[0]["code"].astext
    query = select(code, func.count()).where(HarvestFailure.job_id == job_id).group_by(code)
    return counted((row[0] or "", row[1]) for row in model.Session.execute(query))
