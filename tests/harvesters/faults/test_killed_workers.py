"""A worker that dies at any moment of its run: `ckan orden-harvest run` as a process, killed there."""

from __future__ import annotations

import signal
from typing import Any

import pytest
from ckan import model
from ckanext.harvest.model import HarvestJob
from ckanext.orden.harvesters import runs

from .barriers import Moment, barrier
from .dialects import CKAN, DCAT
from .publisher import Held, on_page
from .whole import assert_interrupted, assert_whole
from .workers import Stand

pytestmark = [pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"), pytest.mark.long]
RUN = ("orden-harvest", "run", "osaka-pref", "--json")
FOURTH = "NEW.title LIKE '% 4'"

IN_THE_DATABASE = {
    "at its start": Moment("UPDATE ON orden_harvest_run", "NEW.state = 'running' AND OLD.state = 'queued'"),
    "in the middle of a batch": Moment("INSERT ON package", FOURTH),
    "at the record table": Moment("INSERT ON orden_harvest_record", "NEW.outcome = 'added'"),
    "at the commit of a batch": Moment("INSERT ON package", FOURTH, at_commit=True),
    "at a checkpoint": Moment("UPDATE ON orden_harvest_run", "NEW.read > OLD.read"),
    "while judging what is missing": Moment("UPDATE ON orden_harvest_run", "NEW.listed AND NOT OLD.listed"),
    "at the end of the run": Moment("UPDATE ON orden_harvest_run", "NEW.finished IS NOT NULL"),
    "at the end of the job": Moment("UPDATE ON harvest_job", "NEW.gather_finished IS NOT NULL"),
}


def job_of(source: str) -> str:
    newest = model.Session.query(HarvestJob).filter_by(source_id=source).order_by(HarvestJob.created.desc()).first()
    assert newest is not None
    return str(newest.id)


def assert_taken_up(catalogue: Any) -> None:
    """What the dead worker left is whole as far as it goes; the next run ends it, and the next after that."""
    titles = catalogue.publisher.titles
    job = job_of(catalogue.source)
    model.Session.remove()
    assert_interrupted(catalogue.source, job, titles)
    model.Session.remove()
    run = catalogue.night()
    assert_whole(run, titles)
    assert run.job_id == job, "the interrupted job was not taken up"
    assert catalogue.assert_recovers().counts["unchanged"] == len(titles)


@pytest.mark.parametrize("moment", IN_THE_DATABASE)
def test_worker_killed_inside_a_transaction_is_taken_up_again(publish, stand: Stand, moment: str):
    catalogue = publish(CKAN, harvested=False)
    with barrier(IN_THE_DATABASE[moment]) as reached:
        worker = stand.start(*RUN)
        worker.reaches(reached, moment)
        worker.process.kill()
    worker.wait()
    assert_taken_up(catalogue)


@pytest.mark.parametrize("number", [1, 2], ids=["after the commit, before the index", "while indexing"])
def test_worker_killed_at_the_index_is_taken_up_again(publish, stand: Stand, number: int):
    catalogue = publish(CKAN, harvested=False)
    stand.gates["solr"].hold(rb"POST \S+/update", number)
    worker = stand.start(*RUN)
    worker.reaches(stand.gates["solr"].reached.is_set, "the index")
    worker.end()
    stand.gates["solr"].let_go()
    assert_taken_up(catalogue)


ENDED = [(CKAN, 2, "SIGKILL"), (DCAT, 2, "SIGKILL"), (CKAN, 2, "SIGTERM"), (CKAN, 2, "SIGINT")]


@pytest.mark.parametrize(("dialect", "page", "how"), ENDED, ids=str)
def test_worker_ended_while_it_waits_for_a_page_is_taken_up_again(publish, stand: Stand, dialect, page, how):
    catalogue = publish(dialect, harvested=False)
    held = Held()
    catalogue.publisher.fault = on_page(page, held)
    worker = stand.start(*RUN)
    worker.reaches(held.asked.is_set, "the page")
    worker.end(signal.Signals[how])
    held.answered.set()
    catalogue.publisher.fault = None
    assert_taken_up(catalogue)


DELETING = {
    "before the first": Moment("UPDATE ON package", "NEW.state = 'deleted' AND NEW.title LIKE '% 22'"),
    "after the first": Moment("UPDATE ON package", "NEW.state = 'deleted' AND NEW.title LIKE '% 23'"),
    "between index and commit": Moment("UPDATE ON package", "NEW.state = 'deleted'", at_commit=True),
}


@pytest.mark.parametrize("moment", DELETING)
def test_worker_killed_while_deleting_is_taken_up_again(publish, stand: Stand, moment: str):
    catalogue = publish(CKAN, 24)
    del catalogue.publisher.entries[22:]
    assert catalogue.night().counts["missing"] == 2
    with barrier(DELETING[moment]) as reached:
        worker = stand.start(*RUN)
        worker.reaches(reached, moment)
        worker.process.kill()
    worker.wait()
    run = catalogue.harvest(catalogue.source, hours=24 * 3650)
    assert_whole(run, catalogue.publisher.titles)
    assert_whole(catalogue.harvest(catalogue.source, hours=24 * 3651), catalogue.publisher.titles)


def test_worker_killed_again_and_again_gets_to_the_end(publish, stand: Stand):
    catalogue = publish(CKAN, 9, harvested=False)
    for page in (1, 3):
        held = Held()
        catalogue.publisher.fault = on_page(page, held)
        worker = stand.start(*RUN)
        worker.reaches(held.asked.is_set, f"page {page}")
        worker.end()
        held.answered.set()
        model.Session.remove()
        run = runs.last(catalogue.source)
        assert run is not None
        assert run.read == (page - 1) * 3
    catalogue.publisher.fault = None
    assert_taken_up(catalogue)
