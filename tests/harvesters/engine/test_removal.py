"""Records that vanish: deleted after a while, held for a person, back again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ckan import logic, model
from ckan.lib.search.common import SearchIndexError
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestJob
from ckanext.orden.harvesters.engine import upsert
from ckanext.orden.harvesters.model import HarvestRun
from fetching.server import reply

from ..conftest import acting, found, row, shown
from ..feeds import packages, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"
DAY = timedelta(hours=24)


def test_few_missing_records_are_deleted_after_two_complete_runs_and_a_day(server, make_source, harvest):
    records = packages(*range(20))
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""))
    harvest(source)
    gone = {record["title"] for record in records[17:]}
    del records[17:]
    assert harvest(source, hours=24).counts["missing"] == 3
    assert len(shown()) == 20
    assert harvest(source, hours=30).counts["deleted"] == 0, "twice, but not a day apart"
    run = harvest(source, hours=49)
    assert (run.state, run.counts["deleted"]) == ("finished", 3)
    assert {dataset["title"] for dataset in shown()} == {record["title"] for record in packages(*range(20))} - gone
    assert found() == 17
    assert harvest(source, hours=74).counts["deleted"] == 0


def test_many_missing_records_wait_for_a_person(server, make_source, harvest):
    records = packages(*range(20))
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""))
    harvest(source)
    del records[5:]
    first = harvest(source, hours=24)
    assert (first.state, first.problems[0]["code"]) == ("errors", "suspicious")
    run = harvest(source, hours=49)
    assert (run.state, run.counts["held"], run.counts["deleted"]) == ("held", 15, 0)
    assert len(shown()) == found() == 20
    assert len(tk.get_action("orden_harvest_run_show")(acting(), {"id": source})["held"]) == 15
    assert tk.get_action("orden_harvest_deletion_release")(acting(), {"id": source}) == {"deleted": 15}
    assert len(shown()) == found() == 5
    state = tk.get_action("orden_harvest_run_show")(acting(), {"id": source})
    assert (state["state"], state["held"], state["counts"]["deleted"]) == ("finished", [], 15)


@pytest.fixture
def held(server, make_source, harvest):
    """A source of 20 whose 15 vanished records wait for a person, and the run that holds them."""
    records = packages(*range(20))
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""))
    harvest(source)
    del records[5:]
    harvest(source, hours=24)
    return source, harvest(source, hours=49).job_id


def release(source: str) -> int:
    return tk.get_action("orden_harvest_deletion_release")(acting(), {"id": source})["deleted"]


def test_release_that_dies_between_the_index_and_the_database_leaves_both_alike(server, harvest, held, monkeypatch):
    source, _job = held

    def killed(dataset_id, _user):
        logic.index_remove_package(dataset_id)
        raise SystemExit(137)

    with monkeypatch.context() as patch:
        patch.setattr(upsert, "delete", killed)
        with pytest.raises(SystemExit):
            release(source)
    model.Session.remove()
    assert (len(shown()), found()) == (20, 19)
    server.answers[SEARCH] = reply(b"", status=500)
    assert harvest(source, hours=50).state == "failed"
    assert len(shown()) == found() == 20, "whatever else the next run does"


def test_release_after_a_failed_run_belongs_to_the_run_that_holds(server, harvest, held):
    source, holding = held
    server.answers[SEARCH] = reply(status=500)
    failed = harvest(source, hours=50).job_id
    assert release(source) == 15
    assert (row(HarvestRun, failed).state, row(HarvestRun, failed).counts["deleted"]) == ("failed", 0)
    run = row(HarvestRun, holding)
    assert (run.state, run.problems, run.counts["deleted"], run.counts["unchanged"]) == ("finished", [], 15, 5)
    assert len(row(HarvestJob, holding).objects) == 15
    assert len(shown()) == found() == 5


def test_release_waits_for_an_interrupted_run(held):
    source, holding = held
    run = row(HarvestRun, holding)
    model.Session.add(HarvestRun(job_id="next", source_id=source, state="running", started=run.started + DAY))
    model.Session.commit()
    with pytest.raises(tk.ValidationError):
        release(source)
    assert (row(HarvestRun, "next").state, row(HarvestRun, holding).state) == ("running", "held")
    assert len(shown()) == 20


def test_release_that_the_index_breaks_off_says_how_many_and_can_go_on(held, monkeypatch):
    source, holding = held
    deleted, original = iter(range(20)), upsert.delete

    def down(*arguments):
        if next(deleted) == 4:
            raise SearchIndexError("Solr is down")
        original(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(upsert, "delete", down)
        assert release(source) == 4
    run = row(HarvestRun, holding)
    assert (run.state, run.counts["deleted"], run.counts["held"]) == ("held", 4, 11)
    assert "11 datasets were not deleted yet" in run.problems[-1]["en"]
    assert len(shown()) == found() == 16
    assert release(source) == 11
    run = row(HarvestRun, holding)
    assert (run.state, run.problems, run.counts["deleted"], run.counts["held"]) == ("finished", [], 15, 0)


def test_error_amid_deletions_does_not_say_that_nothing_was_deleted(server, make_source, harvest, monkeypatch):
    records = packages(*range(20))
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""))
    harvest(source)
    del records[17:]
    harvest(source, hours=24)
    deleted, original = iter(range(20)), upsert.delete

    def bug(*arguments):
        if next(deleted) == 2:
            raise KeyError("oops")
        original(*arguments)

    monkeypatch.setattr(upsert, "delete", bug)
    run = harvest(source, hours=49)
    assert (run.state, run.counts["deleted"], len(shown())) == ("failed", 2, 18)
    assert "Deleted before it: 2." in run.problems[0]["en"]
    assert "2 件" in run.problems[0]["ja"]


def test_held_records_that_come_back_stay(server, make_source, harvest):
    records = packages(*range(20))
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""))
    harvest(source)
    kept = records[5:]
    del records[5:]
    harvest(source, hours=24)
    harvest(source, hours=49)
    records += kept
    run = harvest(source, hours=74)
    assert (run.state, run.counts["held"], run.counts["unchanged"]) == ("finished", 0, 20)
    assert len(shown()) == 20


def test_vanished_record_comes_back_as_the_same_dataset(server, make_source, harvest):
    records = packages(*range(20))
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""))
    harvest(source)
    ids = {dataset["title"]: dataset["id"] for dataset in shown()}
    gone = records.pop()
    for hours in (24, 49):
        harvest(source, hours=hours)
    assert len(shown()) == 19
    records.append(gone)
    run = harvest(source, hours=74)
    assert (run.state, run.counts["updated"], run.counts["errors"]) == ("finished", 1, 0)
    assert {dataset["title"]: dataset["id"] for dataset in shown()} == ids
    assert found() == 20
