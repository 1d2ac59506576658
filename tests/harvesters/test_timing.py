"""Sources start when they are due, once, and work within their hours."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestJob, HarvestSource
from ckanext.orden.harvesters import jobs, runs, stock
from ckanext.orden.harvesters.model import HarvestRun
from ckanext.orden.harvesters.planning import schedule
from fetching.server import Server
from sqlalchemy import text

from .conftest import acting, harvester_of, row, shown
from .feeds import packages, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "tokyo", "sent")
PATH = "/api/3/action/package_search"
NIGHT = datetime(2026, 4, 1, 18)
"""Three in the morning in Tokyo, fifteen hours after noon there."""


@pytest.fixture
def tokyo(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ckan_config, "ckan.display_timezone", "Asia/Tokyo")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The jobs that were put into the queue."""
    queue: list[str] = []
    monkeypatch.setattr(jobs, "send", queue.append)
    return queue


@pytest.fixture
def source(server: Server, make_source: Any) -> str:
    """An approved source of five records on three pages."""
    server.answers[PATH] = search(packages(*range(5)))
    return make_source(server.url("/"), rows=2)


def settle(source: str, **values: Any) -> None:
    tk.get_action("orden_harvest_plan_update")(acting(), {"id": source, **values})


def plan_for(source: str, moment: datetime | None, frequency: str = "MANUAL") -> None:
    found = row(HarvestSource, source)
    found.next_run, found.frequency = moment, frequency
    model.Session.commit()


def finish(source: str) -> None:
    while job := stock.open_job(source):
        job.status = "Finished"
        model.Session.flush()
    model.Session.commit()


def run(job_id: str, now: datetime) -> HarvestRun:
    job = stock.job(job_id)
    assert job
    done = harvester_of(job).run(job, now=lambda: now)
    assert done
    model.Session.refresh(done)
    return done


def test_source_starts_at_the_time_of_its_cron_and_not_before(source, sent):
    settle(source, cron="0 3 * * *")
    plan_for(source, NIGHT)
    schedule.start_due(NIGHT - timedelta(minutes=1))
    assert sent == []
    schedule.start_due(NIGHT)
    assert len(sent) == 1
    assert row(HarvestSource, source).next_run == NIGHT + timedelta(days=1)
    assert row(HarvestRun, sent[0]).scheduled is True


def test_missed_minutes_are_made_up_for_by_one_run(source, sent):
    settle(source, cron="*/5 * * * *")
    plan_for(source, NIGHT)
    late = NIGHT + timedelta(days=3, minutes=2)
    for minute in range(4):
        schedule.start_due(late + timedelta(minutes=minute))
        finish(source)
    assert len(sent) == 2  # what was missed, and the next five minutes
    assert row(HarvestSource, source).next_run > late


def test_clock_that_jumps_back_neither_doubles_a_run_nor_puts_the_source_off(source, sent):
    settle(source, cron="0 3 * * *")
    plan_for(source, NIGHT)
    schedule.start_due(NIGHT)
    finish(source)
    schedule.start_due(NIGHT - timedelta(minutes=2))
    schedule.start_due(NIGHT)
    assert len(sent) == 1
    plan_for(source, datetime(2031, 1, 1))
    schedule.start_due(NIGHT + timedelta(hours=1))
    assert row(HarvestSource, source).next_run == NIGHT + timedelta(days=1)


def test_source_that_still_runs_is_not_started_again(source, sent):
    settle(source, cron="0 3 * * *")
    plan_for(source, NIGHT)
    schedule.start_due(NIGHT)
    schedule.start_due(NIGHT + timedelta(days=1))
    assert len(sent) == 1
    assert model.Session.query(HarvestJob).count() == 1


def test_two_schedulers_at_the_same_moment_start_a_source_once(source, sent):
    settle(source, cron="0 3 * * *")
    plan_for(source, NIGHT)
    together = threading.Barrier(2)

    def pass_by() -> None:
        together.wait()
        schedule.start_due(NIGHT)
        model.Session.remove()

    threads = [threading.Thread(target=pass_by) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == 1
    assert model.Session.query(HarvestJob).count() == 1


def somebody_waits() -> bool:
    """Whether a connection waits for a lock; asked in a transaction of its own, for one sees only one moment."""
    assert model.meta.engine
    with model.meta.engine.connect() as connection:
        query = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return bool(connection.execute(query).scalar())


def test_scheduler_waits_for_another_and_finds_its_work_done(source, sent):
    settle(source, cron="0 3 * * *")
    plan_for(source, NIGHT)
    assert model.meta.engine
    table = HarvestSource.__table__

    def pass_by() -> None:
        schedule.start_due(NIGHT)
        model.Session.remove()

    thread = threading.Thread(target=pass_by)
    with model.meta.engine.begin() as other:
        other.execute(table.select().with_for_update())
        thread.start()
        limit = time.monotonic() + 30
        while not somebody_waits():
            assert time.monotonic() < limit, "nobody waits for the lock"
            time.sleep(0.05)
        other.execute(table.update().values(next_run=NIGHT + timedelta(days=1)))
    thread.join()
    assert sent == []


def test_stock_starts_no_source_that_has_its_own_time(source, sent):
    settle(source, cron="0 3 * * *")
    plan_for(source, None, "ALWAYS")
    tk.get_action("harvest_jobs_run")(acting(), {})
    assert sent == []
    assert model.Session.query(HarvestJob).count() == 0


@pytest.mark.parametrize(("frequency", "days"), [("DAILY", 1), ("WEEKLY", 7)])
def test_without_cron_the_frequency_counts(source, sent, frequency, days):
    plan_for(source, None, frequency)
    tk.get_action("harvest_jobs_run")(acting(), {})
    assert len(sent) == 1
    ahead = row(HarvestSource, source).next_run - datetime.utcnow()
    assert timedelta(days=days) - ahead < timedelta(minutes=1)
    assert model.Session.query(HarvestJob).count() == 1


def test_run_by_hand_does_not_take_the_night_run_away(source, harvest):
    settle(source, cron="0 3 * * *")
    plan_for(source, NIGHT)
    harvest(source)
    assert row(HarvestSource, source).next_run == NIGHT


def test_job_that_was_ordered_and_not_begun_is_taken_by_the_schedule(source, sent):
    order = {"source_id": source, "run": False}
    waiting = tk.get_action("harvest_job_create")(acting(), order)["id"]
    settle(source, cron="0 3 * * *")
    plan_for(source, NIGHT)
    schedule.start_due(NIGHT)
    assert sent == [waiting]


def test_check_does_not_take_the_night_run_away(source, sent):
    settle(source, cron="0 3 * * *")
    runs.check_for(source)
    plan_for(source, NIGHT)
    schedule.start_due(NIGHT)
    assert sent == []
    finish(source)
    schedule.start_due(NIGHT + timedelta(minutes=1))
    assert len(sent) == 1


def test_due_source_waits_for_its_hours(source, sent):
    settle(source, cron="0 12 * * *", window="22:00-05:30")
    plan_for(source, datetime(2026, 4, 1, 3))
    schedule.start_due(datetime(2026, 4, 1, 3))
    assert sent == []
    assert row(HarvestSource, source).next_run == datetime(2026, 4, 1, 13)
    schedule.start_due(datetime(2026, 4, 1, 13))
    assert len(sent) == 1


@pytest.fixture
def paused(source: str, sent: list[str]) -> str:
    """The id of a run that has written two records when its hours ended."""
    settle(source, cron="0 3 * * *", window="22:00-05:30")
    plan_for(source, NIGHT)
    schedule.start_due(NIGHT)
    harvester = harvester_of(stock.job(sent[0]))
    clock = {"now": NIGHT}

    def say(run: HarvestRun) -> None:
        if run.read >= 2:
            clock["now"] = datetime(2026, 4, 1, 20, 31)

    done = harvester.run(stock.job(sent[0]), now=lambda: clock["now"], say=say)
    assert done.state == "paused"
    return done.job_id


def test_run_pauses_where_its_hours_end_and_goes_on_when_they_begin(source, sent, paused):
    found = row(HarvestRun, paused)
    assert found.finished is None
    assert "22:00" in found.problems[0]["ja"]
    assert len(shown()) == found.counts["added"] == 2
    schedule.wake(datetime(2026, 4, 2, 12, 59))
    assert len(sent) == 1
    schedule.wake(datetime(2026, 4, 2, 13))
    assert sent == [paused, paused]
    done = run(paused, datetime(2026, 4, 2, 13, 1))
    assert (done.state, done.counts["added"], done.problems) == ("finished", 5, [])


def test_paused_run_is_not_ended_by_stock(paused):
    job = row(HarvestJob, paused)
    job.gather_finished = datetime.utcnow()  # as stock notes it when our stage returns
    model.Session.commit()
    schedule.wake(datetime(2026, 4, 1, 21))
    assert row(HarvestJob, paused).gather_finished is None
    assert row(HarvestJob, paused).status == "Running"


def test_two_schedulers_wake_a_run_once(sent, paused):
    found = row(HarvestRun, paused)
    jobs.resume(found)
    jobs.resume(found)
    assert sent == [paused, paused]


def test_person_lets_a_paused_run_go_on_outside_its_hours(source, sent, paused):
    tk.get_action("harvest_job_create")(acting(), {"source_id": source, "run": True})
    assert sent == [paused, paused]
    assert run(paused, datetime(2026, 4, 1, 21)).state == "finished"


def test_run_by_hand_on_the_command_line_takes_the_paused_one_and_minds_no_hours(source, paused):
    job = runs.job_for(source)
    assert job.id == paused
    assert run(paused, datetime(2026, 4, 1, 21)).counts["added"] == 5


def test_paused_run_is_stopped_by_a_person_and_by_the_end_of_its_source(source, paused):
    tk.get_action("harvest_job_abort")(acting(), {"id": source})
    assert row(HarvestRun, paused).state == "stopped"
    schedule.wake(datetime(2026, 4, 2, 13))
    assert row(HarvestRun, paused).state == "stopped"


def test_paused_run_of_a_deleted_source_is_ended(source, paused):
    tk.get_action("harvest_source_delete")(acting(), {"id": source})
    schedule.wake(datetime(2026, 4, 2, 13))
    assert row(HarvestRun, paused).state == "stopped"
    assert row(HarvestJob, paused).status == "Finished"


def test_queued_run_that_comes_too_late_asks_the_source_for_nothing(server, source, sent):
    settle(source, cron="0 3 * * *", window="02:00-05:00")
    plan_for(source, NIGHT)
    schedule.start_due(NIGHT)
    before = len(server.seen)
    assert run(sent[0], datetime(2026, 4, 1, 21)).state == "paused"
    assert len(server.seen) == before


def test_lost_message_of_a_queued_run_is_sent_again(source, sent):
    settle(source, cron="0 3 * * *")
    plan_for(source, NIGHT)
    schedule.start_due(NIGHT)
    assert jobs.resume_abandoned() == 1
    assert sent == [sent[0]] * 2


def test_changed_times_settle_the_next_run_anew(source):
    settle(source, cron="0 3 * * *")
    assert row(HarvestSource, source).next_run.hour == 18
    settle(source, cron="0 4 * * *")
    assert row(HarvestSource, source).next_run.hour == 19
    settle(source, cron="")
    assert row(HarvestSource, source).next_run is None
