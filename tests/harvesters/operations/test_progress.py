"""Rate, remaining time and silence of a run."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from ckanext.orden.harvesters import waiting
from ckanext.orden.harvesters.model import HarvestRun
from ckanext.orden.harvesters.operations.progress import as_dict, progress

NOON = datetime(2026, 4, 1, 12)


def run(seconds: float | None, **values: Any) -> HarvestRun:
    progressed = None if seconds is None else NOON + timedelta(seconds=seconds)
    return HarvestRun(job_id="a", source_id="b", started=NOON, progressed=progressed, **{"state": "running", **values})


def test_rate_and_remaining_time_follow_from_what_was_read():
    told = progress(run(100, read=500, total=2000), NOON + timedelta(seconds=130))
    assert (told.rate, told.percent, told.remaining, told.silent) == (5.0, 25, 270, None)


def test_nothing_is_promised_where_nothing_is_known():
    assert progress(run(None, read=0, total=None), NOON).remaining is None
    told = progress(run(60, read=100, total=None), NOON + timedelta(seconds=60))
    assert (told.percent, told.remaining) == (None, None)


def test_long_silence_is_told_and_the_remaining_time_is_never_negative():
    told = progress(run(10, read=90, total=100), NOON + timedelta(minutes=25))
    assert (told.silent, told.remaining) == (24, 0)


def test_run_that_is_over_has_no_progress():
    assert as_dict(run(10, read=1, total=1, state="finished"), NOON) is None


def test_long_wait_for_the_server_is_told_until_it_ends_and_a_short_one_is_not():
    at_work = run(10, read=1, total=2)
    waiting.begin(at_work.source_id, 5)
    assert as_dict(at_work, NOON)["waiting"] is None  # pyright: ignore[reportOptionalSubscript]
    waiting.begin(at_work.source_id, 600)
    assert as_dict(at_work, NOON)["waiting"] == 600  # pyright: ignore[reportOptionalSubscript]
    connect_to_redis().delete(f"orden:waiting:{tk.config['ckan.site_id']}:{at_work.source_id}")
    assert as_dict(at_work, NOON)["waiting"] is None  # pyright: ignore[reportOptionalSubscript]
