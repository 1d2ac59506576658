"""PostgreSQL, Solr and Redis that are away, slow or cross while a worker runs, and workers that meet each other."""

from __future__ import annotations

import resource
from typing import Any

import pytest
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestSource
from ckanext.orden.clock import utcnow
from ckanext.orden.harvesters import runs
from ckanext.orden.harvesters.model import HarvestRun
from sqlalchemy import update

from ..conftest import acting, row
from .barriers import Moment, barrier
from .dialects import CKAN, LIST
from .gates import PATIENCE
from .publisher import Held, on_page
from .whole import assert_interrupted, assert_whole, codes
from .workers import Stand, Worker, blocked, cut_connections

pytestmark = [pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"), pytest.mark.long]
RUN = ("orden-harvest", "run", "osaka-pref", "--json")
FINISHED, ERRORS, FAILED, BUSY = 0, 1, 2, 3


def ended(source: str) -> HarvestRun:
    """The newest run, as the database has it."""
    model.Session.remove()
    run = runs.last(source)
    assert run is not None
    return run


@pytest.fixture
def paused(publish: Any, stand: Stand) -> Any:
    """A catalogue whose worker has written its first page and waits for the second."""
    catalogue = publish(CKAN, harvested=False)
    held = Held()
    catalogue.publisher.fault = on_page(2, held)
    worker = stand.start(*RUN)
    worker.reaches(held.asked.is_set, "the second page")
    catalogue.publisher.fault = None
    return catalogue, worker, held


def go_on(worker: Worker, held: Held) -> int:
    held.answered.set()
    return worker.wait()


def test_solr_that_is_down_costs_no_dataset_and_the_next_run_fills_it(publish, stand: Stand):
    catalogue = publish(CKAN, harvested=False)
    stand.gates["solr"].shut()
    assert stand.start(*RUN).wait() == ERRORS
    run = ended(catalogue.source)
    assert_whole(run, catalogue.publisher.titles, ends="errors")
    assert "index" in codes(run)
    catalogue.assert_recovers()


def test_solr_that_goes_down_in_the_middle_is_filled_by_the_next_run(stand: Stand, paused):
    catalogue, worker, held = paused
    stand.gates["solr"].shut()
    assert go_on(worker, held) == ERRORS
    assert_whole(ended(catalogue.source), catalogue.publisher.titles, ends="errors")
    catalogue.assert_recovers()


def test_slow_solr_makes_a_run_slow_and_nothing_else(publish, stand: Stand):
    catalogue = publish(CKAN, harvested=False)
    stand.gates["solr"].delay = 0.1
    assert stand.start(*RUN).wait() == FINISHED
    assert_whole(ended(catalogue.source), catalogue.publisher.titles)
    catalogue.assert_recovers()


def test_document_that_solr_refuses_keeps_no_other_out(publish, stand: Stand):
    catalogue = publish(CKAN, harvested=False)
    catalogue.publisher.change(1, notes="refuse-this-one")
    stand.gates["solr"].refuses = b"refuse-this-one"
    assert stand.start(*RUN).wait() == ERRORS
    run = ended(catalogue.source)
    assert_whole(run, catalogue.publisher.titles, ends="errors")
    assert "1 datasets" in next(problem["en"] for problem in run.problems if problem["code"] == "index")
    catalogue.assert_recovers()


@pytest.mark.parametrize("moment", ["listing", "writing"])
def test_worker_whose_database_connections_are_cut_is_taken_up_again(publish, stand: Stand, moment: str):
    catalogue = publish(CKAN, harvested=False)
    if moment == "listing":
        held = Held()
        catalogue.publisher.fault = on_page(2, held)
        worker = stand.start(*RUN)
        worker.reaches(held.asked.is_set, moment)
        assert cut_connections() > 0
        assert go_on(worker, held) != FINISHED
    else:
        with barrier(Moment("INSERT ON package", "NEW.title LIKE '% 4'")) as reached:
            worker = stand.start(*RUN)
            worker.reaches(reached, moment)
            assert cut_connections() > 0
            assert worker.wait() != FINISHED
    catalogue.publisher.fault = None
    run = ended(catalogue.source)
    assert_interrupted(catalogue.source, run.job_id, catalogue.publisher.titles)
    catalogue.assert_recovers()


def test_consumer_outlives_a_database_that_restarts_and_ends_the_job(publish, stand: Stand):
    """Connections break, and for a while nobody gets one; then the scheduler's look finds the job."""
    catalogue = publish(CKAN, harvested=False)
    held = Held()
    catalogue.publisher.fault = on_page(2, held)
    queue.purge_queues()
    job = tk.get_action("harvest_job_create")(acting(), {"source_id": catalogue.source, "run": True})["id"]
    worker = stand.start("orden-harvest", "consume")
    worker.reaches(held.asked.is_set, "the second page")
    stand.gates["postgres"].shut()
    catalogue.publisher.fault = None
    held.answered.set()
    worker.reaches(lambda: "is taken up again" in worker.output, "the loss")
    stand.gates["postgres"].open()
    model.Session.remove()
    tk.get_action("harvest_jobs_run")(acting(), {})
    worker.reaches(lambda: row(HarvestJob, job).status == "Finished", "the end of the job")
    worker.end()
    assert_whole(ended(catalogue.source), catalogue.publisher.titles)
    catalogue.assert_recovers()


def test_redis_that_is_down_stops_no_run(publish, stand: Stand):
    catalogue = publish(CKAN, harvested=False)
    stand.gates["redis"].shut()
    worker = stand.start(*RUN)
    assert worker.wait() == FINISHED, worker.output[-2000:]
    model.Session.remove()
    tk.get_action("harvest_jobs_run")(acting(), {})
    assert_whole(ended(catalogue.source), catalogue.publisher.titles)
    catalogue.assert_recovers()


def test_redis_that_goes_down_in_the_middle_stops_no_run(stand: Stand, paused):
    catalogue, worker, held = paused
    stand.gates["redis"].shut()
    assert go_on(worker, held) == FINISHED, worker.output[-2000:]
    model.Session.remove()
    tk.get_action("harvest_jobs_run")(acting(), {})
    assert_whole(ended(catalogue.source), catalogue.publisher.titles)
    catalogue.assert_recovers()


def test_redis_that_is_emptied_in_the_middle_changes_nothing(paused):
    catalogue, worker, held = paused
    connect_to_redis().flushdb()
    assert go_on(worker, held) == FINISHED
    assert_whole(ended(catalogue.source), catalogue.publisher.titles)
    catalogue.assert_recovers()


def test_job_that_redis_has_lost_is_found_by_the_next_look(publish, harvest):
    catalogue = publish(CKAN, harvested=False)
    job = tk.get_action("harvest_job_create")(acting(), {"source_id": catalogue.source, "run": True})["id"]
    connect_to_redis().flushdb()
    tk.get_action("harvest_jobs_run")(acting(), {})
    consumer: Any = queue.get_gather_consumer()
    queue.gather_callback(consumer, *consumer.basic_get(queue=queue.get_gather_queue_name()))
    assert row(HarvestJob, job).status == "Finished"
    assert_whole(ended(catalogue.source), catalogue.publisher.titles)
    catalogue.assert_recovers()


def test_second_worker_on_one_source_is_turned_away(stand: Stand, paused):
    catalogue, worker, held = paused
    assert stand.start(*RUN).process.wait(PATIENCE) == BUSY
    assert go_on(worker, held) == FINISHED
    assert_whole(ended(catalogue.source), catalogue.publisher.titles)
    catalogue.assert_recovers()


def test_two_schedulers_at_once_make_one_job(publish, stand: Stand):
    """The second waits at the source's row until the first has its job and has moved the next run on."""
    catalogue = publish(CKAN)
    model.Session.execute(update(HarvestSource).values(frequency="DAILY", next_run=utcnow()))
    model.Session.commit()
    with barrier(Moment("INSERT ON harvest_job")) as waiting:
        first = stand.start("harvester", "run")
        first.reaches(waiting, "its job")
        second = stand.start("harvester", "run")
        second.reaches(lambda: blocked() == 2, "the source's row")
    assert {first.wait(), second.wait()} == {FINISHED}
    assert model.Session.query(HarvestJob).filter(HarvestJob.status != "Finished").count() == 1
    assert_whole(catalogue.night(), catalogue.publisher.titles)
    catalogue.assert_recovers()


@pytest.mark.parametrize("wish", ["stopped", "source deleted"])
def test_wish_of_a_person_in_the_middle_is_obeyed(paused, wish: str):
    catalogue, worker, held = paused
    written = [entry.title for entry in catalogue.publisher.entries[:3]]
    if wish == "stopped":
        tk.get_action("harvest_job_abort")(acting(), {"id": ended(catalogue.source).job_id})
    else:
        model.Session.execute(update(HarvestSource).values(active=False))
        model.Session.commit()
    assert go_on(worker, held) == FAILED
    assert_whole(ended(catalogue.source), written, ends="stopped")
    model.Session.execute(update(HarvestSource).values(active=True))
    model.Session.commit()
    catalogue.assert_recovers()


def test_disk_without_room_for_a_large_answer_ends_the_run_as_failed(publish, stand: Stand):
    """A file of this worker may have a mebibyte; the list has six, which is more than is kept in memory."""
    catalogue = publish(LIST)
    catalogue.publisher.fault = lambda publisher, number: publisher.reply(publisher.page(number) + b"\r\n" * (3 << 20))
    worker = stand.start(*RUN, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)))
    assert worker.wait() == FAILED
    run = ended(catalogue.source)
    assert_whole(run, catalogue.publisher.titles, ends="failed")
    assert "disk of this server" in run.problems[0]["en"]
    catalogue.assert_recovers()


@pytest.mark.parametrize("hours", [-24 * 400, 24 * 400], ids=["back", "ahead"])
def test_clock_that_jumps_deletes_nothing_that_is_there(publish, hours: int):
    catalogue = publish(CKAN, 24)
    entries = list(catalogue.publisher.entries)
    del catalogue.publisher.entries[22:]
    assert_whole(catalogue.night(), [each.title for each in entries])
    assert_whole(
        catalogue.harvest(catalogue.source, hours=hours),
        [each.title for each in (entries if hours < 0 else entries[:22])],
    )
    catalogue.publisher.entries[:] = entries
    catalogue.assert_recovers()
