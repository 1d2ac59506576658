"""What old runs leave behind, and what stays."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from ckan import model
from ckan.lib import jobs as queues
from ckan.lib.redis import connect_to_redis
from ckan.tests.helpers import CKANCliRunner
from ckanext.harvest.model import HarvestJob, HarvestObject
from ckanext.orden.harvesters.cli import orden_harvest
from ckanext.orden.harvesters.model import HarvestFailure, HarvestFormer, HarvestRecord, HarvestRun
from ckanext.orden.harvesters.operations import minute, retention
from ckanext.orden.harvesters.planning import plans
from harvesters.conftest import NOON, shown
from harvesters.feeds import package, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"


def many(table: type, *conditions: Any) -> int:
    return model.Session.query(table).filter(*conditions).count()


@pytest.fixture
def old(server, make_source, harvest) -> str:
    """A source with six runs: one dataset that never changed, one that always did, an error in the second run."""
    source = make_source(server.url("/"))
    for number in range(6):
        broken = [package(9, title="", name="")] if number == 1 else []
        server.answers[SEARCH] = search([package(1), package(2, title=f"題 {number}"), *broken])
        harvest(source, hours=24 * number)
    plans.change(source, keep_runs=2)
    model.Session.commit()
    return source


def test_last_runs_stay_and_old_errors_and_current_objects(old):
    before = shown()
    done = retention.purge(NOON + timedelta(days=6))
    left = [run.started.day for run in model.Session.query(HarvestRun).order_by(HarvestRun.started)]
    assert left == [1, 2, 5, 6], "the first holds a current object, the second an error, and the last two"
    assert many(HarvestJob) == 4
    assert done["runs"] == 2
    assert many(HarvestObject, HarvestObject.current.is_(True)) == 2
    assert many(HarvestFailure) == 1
    assert many(HarvestObject, HarvestObject.content.is_not(None), HarvestObject.current.is_not(True)) == 0
    assert many(HarvestFormer) == 0
    assert shown() == before
    assert many(HarvestRecord) == 3


def test_errors_go_when_they_are_old_and_a_second_purge_finds_nothing(old):
    late = NOON + timedelta(days=500)
    retention.purge(late)
    assert [run.started.day for run in model.Session.query(HarvestRun).order_by(HarvestRun.started)] == [1, 5, 6]
    assert many(HarvestFailure) == 0
    assert sum(retention.purge(late).values()) == 0


def test_raw_record_of_a_failed_one_stays_with_the_last_runs(server, make_source, harvest):
    source = make_source(server.url("/"))
    server.answers[SEARCH] = search([package(1), package(9, title="", name="")])
    harvest(source)
    harvest(source, hours=1)
    retention.purge(NOON)
    assert many(HarvestObject, HarvestObject.state == "ERROR", HarvestObject.content.is_not(None)) == 2


def test_young_former_content_stays_for_the_undo(old):
    retention.purge(NOON + timedelta(days=5, hours=12))
    assert many(HarvestFormer) == 1


def test_unchanged_run_adds_no_row_but_its_own(server, make_source, harvest):
    source = make_source(server.url("/"))
    server.answers[SEARCH] = search([package(1), package(2)])
    harvest(source)
    before = [many(table) for table in (HarvestObject, HarvestFailure, HarvestFormer, HarvestRecord)]
    harvest(source, hours=24)
    assert [many(table) for table in (HarvestObject, HarvestFailure, HarvestFormer, HarvestRecord)] == before


def test_what_belongs_to_cleared_jobs_goes(with_plugins):
    model.Session.add(HarvestFailure(object_id="gone", job_id="gone", guid="", issues=[]))
    model.Session.commit()
    retention.purge(NOON)
    assert many(HarvestFailure) == 0


def test_purge_is_queued_once_a_night(with_plugins):
    connect_to_redis().flushdb()
    night = datetime(2026, 4, 2, 3, 5, tzinfo=timezone.utc)
    asked = [minute.purge_when_due(moment) for moment in (night.replace(hour=2), night, night, night.replace(day=3))]
    assert asked == [False, True, False, True]
    assert len(queues.get_queue().jobs) == 2
    queues.get_queue().empty()


def test_command_purges_now(cli: CKANCliRunner, old):
    result = cli.invoke(orden_harvest, ["purge"])
    assert result.exit_code == 0, result.output
    assert "2 runs" in result.output
