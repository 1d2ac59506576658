"""Two workers at the pages of one source, as processes: the one that reads, the one that helps, and either one dead."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckanext.orden.harvesters import idle, runs
from ckanext.orden.harvesters.model import HarvestShare
from sqlalchemy import func, select

from .barriers import Moment, barrier, until
from .dialects import CKAN_IN_FULL, DCAT
from .publisher import Held, on_page
from .test_killed_workers import FOURTH, RUN, assert_taken_up
from .whole import assert_whole, stored
from .workers import Stand, Worker, backends

pytestmark = [pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"), pytest.mark.long]
FINISHED = 0
ROWS, SIZE = 25, 75
CONSUME = ("orden-harvest", "consume", "--nice", "0")
CKAN = replace(
    CKAN_IN_FULL,
    rows=ROWS,
    config={**CKAN_IN_FULL.config, "rows": ROWS},
    number=lambda query: 1 + int(query.get("start", 0)) // ROWS,
)
DIALECTS = (CKAN, replace(DCAT, rows=ROWS))


def waiting() -> int:
    """How many batches wait or are worked off."""
    model.Session.rollback()
    return model.Session.execute(select(func.count()).select_from(HarvestShare)).scalar_one()


def written() -> int:
    model.Session.rollback()
    return len(stored())


def kill(worker: Worker) -> None:
    worker.process.kill()
    worker.process.wait()


@pytest.fixture(autouse=True)
def nobody_is_idle() -> None:
    """The helper of the test before is not taken for this one's."""
    redis: Any = connect_to_redis()
    for key in redis.keys("orden:idle:*"):
        redis.delete(key)


@pytest.fixture
def two(publish: Any, stand: Stand) -> Any:
    """Starts a helper, and a run of a catalogue that waits for the page of that number."""

    def start(page: int, dialect: Any = CKAN) -> tuple[Any, Worker, Worker, Held]:
        catalogue = publish(dialect, SIZE, harvested=False)
        held = Held()
        catalogue.publisher.fault = on_page(page, held)
        helper = stand.start(*CONSUME)
        helper.reaches(idle.is_anybody, "its first idle moment")
        return catalogue, helper, stand.start(*RUN), held

    return start


def let_go(catalogue: Any, held: Held) -> None:
    held.answered.set()
    catalogue.publisher.fault = None


def assert_ended(catalogue: Any, leader: Worker, helper: Worker) -> None:
    """The run has come to its end with all datasets, and the next one finds nothing to do."""
    assert leader.process.wait() == FINISHED, leader.output[-3000:]
    kill(helper)
    until(lambda: backends() == 0, "the end of the workers' connections")
    model.Session.remove()
    run = runs.last(catalogue.source)
    assert run is not None
    assert_whole(run, catalogue.publisher.titles)
    assert run.counts["added"] == SIZE
    assert waiting() == 0
    assert catalogue.assert_recovers().counts["unchanged"] == SIZE


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_helper_takes_what_the_run_has_read_while_it_reads_on(two, dialect):
    catalogue, helper, leader, held = two(3, dialect)
    leader.reaches(held.asked.is_set, "the third page")
    helper.reaches(lambda: written() == 2 * ROWS, "the pages before")
    let_go(catalogue, held)
    assert_ended(catalogue, leader, helper)


def test_helper_killed_in_the_middle_of_its_batch_loses_nothing(two):
    with barrier(Moment("INSERT ON package", FOURTH)) as reached:
        catalogue, helper, leader, held = two(2)
        helper.reaches(reached, "the middle of its batch")
        kill(helper)
    let_go(catalogue, held)
    assert_ended(catalogue, leader, helper)


def test_helper_killed_at_its_commit_loses_nothing(two):
    with barrier(Moment("INSERT ON package", FOURTH, at_commit=True)) as reached:
        catalogue, helper, leader, held = two(2)
        helper.reaches(reached, "its commit")
        kill(helper)
    let_go(catalogue, held)
    assert_ended(catalogue, leader, helper)


@pytest.mark.parametrize("survives", [True, False], ids=["helper goes on", "helper is killed too"])
def test_run_killed_while_batches_wait_is_taken_up_again(two, *, survives: bool):
    with barrier(Moment("INSERT ON package", FOURTH)) as reached:
        catalogue, helper, leader, held = two(3)
        helper.reaches(reached, "the middle of its batch")
        leader.reaches(held.asked.is_set, "the third page")
        assert waiting() == 2
        kill(leader)
        if not survives:
            kill(helper)
    if survives:
        helper.reaches(lambda: waiting() == 0, "the end of what was shared")
        kill(helper)
    until(lambda: backends() == 0, "the end of the workers' connections")
    model.Session.remove()
    assert written() == (2 * ROWS if survives else 0)
    let_go(catalogue, held)
    assert_taken_up(catalogue)
    assert waiting() == 0


def test_run_waits_for_a_batch_that_its_helper_is_at(two):
    with barrier(Moment("INSERT ON package", FOURTH)) as reached:
        catalogue, helper, leader, held = two(2)
        helper.reaches(reached, "the middle of its batch")
        let_go(catalogue, held)
        leader.reaches(lambda: waiting() == 1, "the end of all other batches")
        assert leader.process.poll() is None
    assert_ended(catalogue, leader, helper)
