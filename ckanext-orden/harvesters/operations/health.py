"""Whether harvesting works: database, Redis, schedule, jobs, sources; one word and the reasons for it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from ckan import model
from ckan.lib.redis import connect_to_redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ...types import Text
from . import figures, minute

log = logging.getLogger(__name__)

Status = Literal["ok", "warn", "fail"]
ORDER: tuple[Status, ...] = ("ok", "warn", "fail")
BEAT_WARN, BEAT_FAIL = 180, 600
"""Seconds since the last beat of the schedule, which comes each minute."""
FINE: Text = {"ja": "正常です。", "en": "All is well."}


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `names` are for those only who may see the metrics."""

    code: str
    status: Status
    message: Text = field(default_factory=lambda: FINE)
    names: tuple[str, ...] = ()


def report(now: datetime, *, names: bool) -> dict[str, Any]:
    """`status`, the worst of all `checks`, each with its code, status and message."""
    checks = [_database()]
    steps: tuple[Callable[[], Check], ...] = (_redis, _schedule)
    checks += [step() for step in steps]
    if checks[0].status == "ok":
        checks += [_jobs(now), _sources(now)]
    shown = [
        {"code": one.code, "status": one.status, "message": dict(one.message), **_named(one, names)} for one in checks
    ]
    return {"status": max((one.status for one in checks), key=ORDER.index), "checks": shown}


def _named(check: Check, names: bool) -> dict[str, list[str]]:
    return {"names": list(check.names)} if names and check.names else {}


def _database() -> Check:
    try:
        model.Session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        log.error("The database does not answer: %s", type(error).__name__)
        model.Session.rollback()
        return Check("database", "fail", {"ja": "データベースが応答しません。", "en": "The database does not answer."})
    return Check("database", "ok")


def _redis() -> Check:
    try:
        connect_to_redis().ping()
    except RedisError as error:
        log.error("Redis does not answer: %s", type(error).__name__)
        return Check("redis", "fail", {"ja": "Redis が応答しません。", "en": "Redis does not answer."})
    return Check("redis", "ok")


def _schedule() -> Check:
    try:
        beat = minute.last_beat()
    except RedisError:
        beat = None
    age = time.time() - beat if beat is not None else BEAT_FAIL + 1
    if age <= BEAT_WARN:
        return Check("schedule", "ok")
    said = {
        "ja": "毎分の処理が動いていません。ckan jobs worker と ckan orden schedule を確かめてください。",
        "en": "Nothing happens each minute. See that ckan jobs worker runs, and call ckan orden schedule.",
    }
    return Check("schedule", "fail" if age > BEAT_FAIL else "warn", said)


def _jobs(now: datetime) -> Check:
    count = figures.abandoned(now)
    if not count:
        return Check("jobs", "ok")
    said = {
        "ja": f"{count} 件のジョブが10分以上実行されていません。"
        "ckan orden-harvest consume が動いているか確かめてください。",
        "en": f"{count} jobs are run by nobody for ten minutes. See that ckan orden-harvest consume runs.",
    }
    return Check("jobs", "fail", said)


def _sources(now: datetime) -> Check:
    late = tuple(one.name for one in figures.sources() if one.late(now))
    if not late:
        return Check("sources", "ok")
    said = {
        "ja": f"{len(late)} 件の取り込み元が、予定から2周期を超えて実行されていません。",
        "en": f"{len(late)} sources are overdue by more than two of their periods.",
    }
    return Check("sources", "warn", said, late)
