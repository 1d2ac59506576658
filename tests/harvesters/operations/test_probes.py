"""Metrics and health: what they say, and to whom."""

from __future__ import annotations

import json
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories
from ckan.tests.helpers import CKANCliRunner
from ckanext.harvest.model import HarvestJob, HarvestSource
from ckanext.orden.clock import utcnow
from ckanext.orden.harvesters import runs
from ckanext.orden.harvesters.cli import orden_harvest
from ckanext.orden.harvesters.model import HarvestRun
from ckanext.orden.harvesters.operations import figures, health, metrics, minute
from ckanext.orden.harvesters.planning import plans
from harvesters.conftest import NOON
from harvesters.feeds import package, search
from redis.exceptions import ConnectionError as RedisConnectionError
from sqlalchemy import update

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"
LINE = re.compile(r'[a-z_]+(\{[a-z_]+="(?:[^"\\\n]|\\.)*"(,[a-z_]+="(?:[^"\\\n]|\\.)*")*\})? [0-9.e+-]+')
FAR = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture
def source(server, make_source, harvest) -> str:
    """A source after a run with an error."""
    server.answers[SEARCH] = search([package(1), package(2, title="", name="")])
    made = make_source(server.url("/"))
    harvest(made)
    return made


def change(source_id: str, **values: Any) -> None:
    model.Session.execute(update(HarvestSource).where(HarvestSource.id == source_id).values(**values))
    model.Session.commit()


def test_metrics_are_lines_that_prometheus_reads(source):
    text = metrics.text(utcnow())
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert 'orden_harvest_source_info{source="osaka-pref",type="orden_ckan",state="errors"} 1' in lines
    assert 'orden_harvest_last_run_records{source="osaka-pref",outcome="added"} 1' in lines
    assert 'orden_harvest_last_run_errors{source="osaka-pref",class="record_broken"} 1' in lines
    assert "orden_harvest_queue_length 0" in lines
    assert "last_success_timestamp_seconds{" not in text
    types = [line for line in text.splitlines() if line.startswith("# TYPE")]
    assert len(types) == len(set(types)) == text.count("# HELP")


def test_waiting_job_and_late_source_are_counted(source):
    runs.job_for(source)
    change(source, frequency="DAILY", next_run=NOON)
    lines = metrics.text(NOON.replace(day=5)).splitlines()
    assert "orden_harvest_queue_length 1" in lines
    assert 'orden_harvest_overdue_seconds{source="osaka-pref"} 345600' in lines


def test_source_is_late_by_its_cron_and_not_before_it_is_approved(source):
    change(source, frequency="MANUAL", next_run=NOON)
    (one,) = figures.sources()
    assert (one.overdue(NOON.replace(day=9)), one.late(NOON.replace(day=9))) == (timedelta(0), False)
    plans.change(source, cron="0 3 * * *")
    (one,) = figures.sources()
    assert [one.late(NOON.replace(day=day)) for day in (1, 2, 3, 4)] == [False, False, True, True]
    plans.change(source, approved=None)
    (one,) = figures.sources()
    assert not one.late(NOON.replace(day=9))


def test_paused_job_is_not_abandoned_and_a_check_is_no_last_run(source):
    job = runs.check_for(source)
    model.Session.execute(update(HarvestJob).where(HarvestJob.id == job.id).values(created=NOON))
    for state, count in (("queued", 1), ("paused", 0)):
        model.Session.execute(update(HarvestRun).where(HarvestRun.job_id == job.id).values(state=state))
        assert figures.abandoned(utcnow()) == count
    (one,) = figures.sources()
    assert one.run
    assert (one.run.kind, one.run.state) == ("harvest", "errors")


def test_metrics_are_for_token_networks_and_administrators(app: Any, source, ckan_config, monkeypatch):
    def status(**headers: str) -> int:
        return app.get("/metrics/harvest", environ_overrides=FAR, headers=headers).status_code

    assert app.get("/metrics/harvest").status_code == 200
    assert app.get("/metrics/harvest").content_type.startswith("text/plain; version=0.0.4")
    assert app.get("/metrics/harvest", headers={"X-Forwarded-For": "198.51.100.1"}).status_code == 403
    assert status() == 403
    assert status(Authorization=factories.SysadminWithToken()["token"]) == 200
    assert status(Authorization=factories.UserWithToken()["token"]) == 403
    monkeypatch.setitem(ckan_config, "ckanext.orden.harvest.metrics_token", "open-sesame")
    assert status(Authorization="Bearer open-sesame") == 200
    assert status(Authorization="Bearer other") == 403
    monkeypatch.setitem(ckan_config, "ckanext.orden.harvest.metrics_networks", ["here", "203.0.113.0/24"])
    assert status() == 200


def statuses(found: dict[str, Any]) -> dict[str, str]:
    return {check["code"]: check["status"] for check in found["checks"]}


def test_health_is_ok_while_the_schedule_beats(app: Any, source):
    connect_to_redis().flushdb()
    assert app.get("/health/harvest").status_code == 503
    minute.each_minute(None)
    answer = app.get("/health/harvest")
    assert (answer.status_code, answer.json["status"]) == (200, "ok")
    assert set(statuses(answer.json)) == {"database", "redis", "schedule", "jobs", "sources"}


def test_old_beat_is_a_warning_then_a_failure(source, monkeypatch):
    for age, status in ((10, "ok"), (200, "warn"), (700, "fail")):
        monkeypatch.setattr(minute, "last_beat", lambda age=age: time.time() - age)
        assert statuses(health.report(utcnow(), names=False))["schedule"] == status


def test_lost_redis_and_abandoned_jobs_are_failures(source, monkeypatch):
    job = runs.job_for(source)
    model.Session.execute(update(HarvestJob).where(HarvestJob.id == job.id).values(created=NOON))
    model.Session.commit()
    assert statuses(health.report(utcnow(), names=False))["jobs"] == "fail"

    def away() -> Any:
        raise RedisConnectionError("redis://:secret@host")

    monkeypatch.setattr(health, "connect_to_redis", away)
    monkeypatch.setattr(minute, "connect_to_redis", away)
    found = health.report(utcnow(), names=True)
    assert (found["status"], statuses(found)["redis"], statuses(found)["schedule"]) == ("fail", "fail", "fail")
    assert "secret" not in json.dumps(found)


def test_late_source_is_a_warning_with_its_name_for_operators_only(app: Any, source):
    minute.each_minute(None)
    change(source, frequency="DAILY", next_run=NOON)
    near = app.get("/health/harvest")
    assert (near.status_code, near.json["status"]) == (200, "warn")
    assert near.json["checks"][-1]["names"] == ["osaka-pref"]
    assert "osaka-pref" not in app.get("/health/harvest", environ_overrides=FAR).get_data(as_text=True)


def test_commands_print_metrics_and_health(cli: CKANCliRunner, source):
    connect_to_redis().flushdb()
    assert "orden_harvest_running" in cli.invoke(orden_harvest, ["metrics"]).output
    sick = cli.invoke(orden_harvest, ["health", "--json"])
    assert (sick.exit_code, json.loads(sick.output)["status"]) == (2, "fail"), sick.output
    minute.each_minute(None)
    assert cli.invoke(orden_harvest, ["health"]).exit_code == 0
