"""Jobs: interrupted and taken up again, one at a time, through stock's queues, pages and commands."""

from __future__ import annotations

import json
from typing import Any

import pysolr
import pytest
from ckan import model
from ckan.lib import mailer
from ckan.lib import search as ckan_search
from ckan.lib.search.index import PackageSearchIndex
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestSource
from ckanext.harvest.tests.lib import run_harvest_job
from ckanext.orden.clock import utcnow
from ckanext.orden.harvesters import jobs, runs
from ckanext.orden.harvesters.base import Busy, Unfinished
from ckanext.orden.harvesters.engine import removal, store, upsert
from ckanext.orden.harvesters.engine.lock import is_free, source_lock
from ckanext.orden.harvesters.model import HarvestRecord, HarvestRun
from ckanext.orden.logic import documents
from ckanext.orden.logic.writing import MIRRORED
from fetching.server import reply
from killing import Killed, kill_at
from sqlalchemy import update

from .conftest import NOON, acting, found, gather, harvester_of, row, search_while, shown
from .feeds import package, packages, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"
MOMENTS = {
    "before the first write": (upsert, "write", 1),
    "inside a batch": (upsert, "write", 5),
    "between commit and index": (documents, "index", 2),
    "after the index": (store, "mark_indexed", 2),
    "on the second page": (upsert, "write", 9),
    "while judging what is missing": (removal, "judge", 1),
    "at the very end": (jobs, "end", 1),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_run_is_taken_up_again_and_ends_as_if_never_killed(server, make_source, monkeypatch, moment):
    server.answers[SEARCH] = search(packages(*range(12)))
    source = make_source(server.url(""), rows=6)
    job = runs.job_for(source)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        kill_at(patch, *MOMENTS[moment])
        harvester_of(job).run(job, now=lambda: NOON)
    model.Session.rollback()
    assert is_free(source)
    assert [found.id for found in jobs.abandoned()] == [job.id]
    run = harvester_of(job).run(job, now=lambda: NOON)
    assert (run.state, run.problems, run.read) == ("finished", [], 12)
    assert run.counts["added"] + run.counts["updated"] + run.counts["unchanged"] == 12
    assert run.counts["updated"] == 0
    assert len(shown()) == found() == 12
    assert model.Session.query(HarvestRecord).filter_by(indexed=False).count() == 0
    assert model.Session.query(HarvestObject).filter_by(current=True).count() == 12
    assert list(jobs.abandoned()) == []


def test_killed_run_goes_on_at_its_checkpoint(server, make_source, monkeypatch):
    server.answers[SEARCH] = search(packages(*range(12)))
    source = make_source(server.url(""), rows=6)
    job = runs.job_for(source)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        kill_at(patch, upsert, "write", 8)
        harvester_of(job).run(job, now=lambda: NOON)
    model.Session.rollback()
    server.seen.clear()
    harvester_of(job).run(job, now=lambda: NOON)
    assert ["start=6" in path for path, _headers in server.seen] == [True]


def test_index_that_was_down_is_filled_by_the_next_run(server, make_source, harvest, monkeypatch):
    server.answers[SEARCH] = search(packages(*range(3)))
    source = make_source(server.url(""))

    def down(*_args: Any, **_kwargs: Any) -> None:
        raise pysolr.SolrError("Failed to connect to server")

    with monkeypatch.context() as patch:
        patch.setattr(pysolr.Solr, "add", down)
        run = harvest(source)
    assert (run.state, run.counts["added"], run.problems[0]["code"]) == ("errors", 3, "index")
    assert (len(shown()), found()) == (3, 0)
    run = harvest(source, hours=24)
    assert (run.state, run.counts["unchanged"]) == ("finished", 3)
    assert found() == 3


def test_solr_that_stays_down_neither_loses_the_job_nor_ends_the_worker(server, make_source, monkeypatch):
    server.answers[SEARCH] = search(packages(*range(3)))
    source = make_source(server.url(""))
    job = runs.job_for(source)

    def down(*_args: Any, **_kwargs: Any) -> None:
        raise ckan_search.SearchIndexError("Solr is down")

    with monkeypatch.context() as patch:
        patch.setattr(PackageSearchIndex, "index_package", down)
        patch.setattr(documents, "_given", lambda *_given, **_options: set())
        gather(job.id)
    ended = row(HarvestJob, job.id)
    assert (ended.status, len(ended.objects), len(shown())) == ("Finished", 3, 3)
    assert row(HarvestRun, job.id).problems[0]["code"] == "index"


@pytest.mark.parametrize("name", ["begin", "end"])
def test_fault_of_ours_around_a_run_leaves_the_job_and_its_objects(server, make_source, monkeypatch, name):
    server.answers[SEARCH] = search(packages(*range(3)))
    source = make_source(server.url(""))
    job = runs.job_for(source)
    job.status = "Running"
    job.save()

    def bug(*_args: Any) -> None:
        raise KeyError("oops")

    with monkeypatch.context() as patch, pytest.raises(Unfinished):
        patch.setattr(jobs, name, bug)
        gather(job.id)
    model.Session.remove()
    assert [found.id for found in jobs.abandoned()] == [job.id]
    gather(job.id)
    assert (row(HarvestJob, job.id).status, len(row(HarvestJob, job.id).objects)) == ("Finished", 3)


def test_second_start_of_a_running_source_is_refused(make_source):
    source = make_source("https://data.example.jp")
    job = runs.job_for(source)
    with source_lock(source) as lock:
        assert lock is not None
        with source_lock(source) as second:
            assert second is None
        with pytest.raises(Busy):
            harvester_of(job).run(job)
    with source_lock(source) as lock:
        assert lock is not None


def test_bug_in_a_protocol_ends_the_run_truthfully(server, make_source, harvest, monkeypatch):
    server.answers[SEARCH] = search(packages(*range(3)))
    source = make_source(server.url(""))
    harvest(source)
    harvester = harvester_of(runs.job_for(source))

    def bug(*_args: Any) -> None:
        raise KeyError("oops")

    monkeypatch.setattr(type(harvester), "pages", bug)
    run = harvest(source, hours=25)
    assert (run.state, run.problems[0]["code"]) == ("failed", "internal")
    assert len(shown()) == 3


def test_bug_in_one_record_is_that_records_error(server, make_source, harvest, monkeypatch):
    server.answers[SEARCH] = search(packages(*range(3)))
    source = make_source(server.url(""))
    harvester = type(harvester_of(runs.job_for(source)))
    original = harvester.map

    def bug(self: Any, record: Any, source: Any) -> Any:
        if record.guid == package(1)["id"]:
            raise KeyError("oops")
        return original(self, record, source)

    monkeypatch.setattr(harvester, "map", bug)
    run = harvest(source)
    assert (run.state, run.counts["added"], run.counts["errors"]) == ("errors", 2, 1)


def test_one_dataset_that_the_catalogue_refuses_does_not_take_its_batch_along(server, make_source, harvest):
    records = packages(*range(5))
    server.answers[SEARCH] = search(records)
    records[2]["tags"] = [{"name": "x" * 500}]
    source = make_source(server.url(""))
    run = harvest(source)
    assert run.counts["added"] + run.counts["errors"] == 5
    assert len(shown()) == found() == run.counts["added"] >= 4


def test_stopped_job_stops(server, make_source, harvest):
    records = packages(*range(6))
    source = make_source(server.url(""), rows=2)
    server.answers[SEARCH] = search_while(records, update(HarvestJob).values(status="Finished"))
    run = harvest(source)
    assert (run.state, run.problems[0]["code"]) == ("stopped", "stopped")
    assert len(shown()) == 2
    server.answers[SEARCH] = search(records)
    assert harvest(source, hours=1).state == "finished"


def test_gather_consumer_runs_the_whole_job(server, make_source):
    server.answers[SEARCH] = search(packages(*range(3)))
    source = make_source(server.url(""))
    queue.purge_queues()
    made = tk.get_action("harvest_job_create")(acting(), {"source_id": source, "run": True})
    consumer: Any = queue.get_gather_consumer()
    reply_ = consumer.basic_get(queue=queue.get_gather_queue_name())
    queue.gather_callback(consumer, *reply_)
    tk.get_action("harvest_jobs_run")(acting(), {"source_id": source})
    job = tk.get_action("harvest_job_show")(acting(), {"id": made["id"]})
    assert (job["status"], job["stats"]["added"], job["orden_run"]["state"]) == ("Finished", 3, "finished")
    assert found() == 3


def test_job_has_ended_where_stock_shows_it_as_soon_as_its_run_has(server, make_source, harvest):
    server.answers[SEARCH] = search(packages(*range(3)))
    source = make_source(server.url(""))
    job = row(HarvestJob, harvest(source).job_id)
    assert (job.status, job.finished) == ("Finished", job.gather_finished)
    status = tk.get_action("harvest_source_show_status")(acting(), {"id": source})
    assert (status["last_job"]["id"], status["last_job"]["status"]) == (job.id, "Finished")


@pytest.mark.parametrize(
    ("setting", "version", "told"),
    [
        ("all", "1", "Harvesting Job Successful"),
        ("all", "x" * 101, "Error Notification"),
        ("errored", "1", None),
        ("errored", "x" * 101, "Error Notification"),
    ],
)
@pytest.mark.usefixtures("with_request_context")
def test_mails_that_stock_is_set_to_send_are_sent(server, make_source, monkeypatch, setting, version, told):
    subjects: list[str] = []
    monkeypatch.setitem(tk.config, f"ckan.harvest.status_mail.{setting}", True)
    monkeypatch.setattr(mailer, "mail_recipient", lambda **mail: subjects.append(mail["subject"]))
    factories.Sysadmin(email="a@example.jp")
    server.answers[SEARCH] = search([package(1, version=version)])
    made = tk.get_action("harvest_job_create")(acting(), {"source_id": make_source(server.url("")), "run": True})
    gather(made["id"])
    assert all(told and told in subject for subject in subjects)
    assert bool(subjects) == bool(told)


def test_unchanged_run_asks_the_search_index_for_nothing(server, make_source, harvest, monkeypatch):
    server.answers[SEARCH] = search(packages(*range(3)))
    source = make_source(server.url(""))
    harvest(source)
    asked: list[Any] = []
    monkeypatch.setattr(pysolr.Solr, "search", lambda _self, *query, **_options: asked.append(query))
    made = tk.get_action("harvest_job_create")(acting(), {"source_id": source, "run": True})
    gather(made["id"])
    assert (row(HarvestJob, made["id"]).status, asked) == ("Finished", [])


def test_stocks_own_test_runner_runs_the_job(server, make_source):
    server.answers[SEARCH] = search(packages(*range(3)))
    source = make_source(server.url(""))
    job = runs.job_for(source)
    run_harvest_job(job, harvester_of(job))
    assert row(HarvestJob, job.id).status == "Finished"
    assert found() == 3


def test_failed_gather_is_not_shown_as_success(server, make_source):
    server.answers[SEARCH] = reply(status=500)
    source = make_source(server.url(""))
    job = runs.job_for(source)
    run_harvest_job(job, harvester_of(job))
    status = tk.get_action("harvest_source_show_status")(acting(), {"id": source})
    assert status["last_job"]["stats"]["errored"] == 1
    assert status["last_job"]["orden_run"]["state"] == "failed"


def test_finished_job_that_is_queued_again_does_nothing(server, make_source, harvest):
    server.answers[SEARCH] = search(packages(*range(3)))
    run = harvest(make_source(server.url("")))
    server.seen.clear()
    job = row(HarvestJob, run.job_id)
    assert harvester_of(job).gather_stage(job) == []
    assert server.seen == []


def test_abandoned_job_goes_back_to_the_queue(server, make_source):
    source = make_source(server.url(""))
    queue.purge_queues()
    made = tk.get_action("harvest_job_create")(acting(), {"source_id": source, "run": True})
    queue.purge_queues()
    tk.get_action("harvest_jobs_run")(acting(), {})
    consumer: Any = queue.get_gather_consumer()
    body = consumer.basic_get(queue=queue.get_gather_queue_name())[2]
    assert json.loads(body) == {"harvest_job_id": made["id"]}
    assert row(HarvestJob, made["id"]).status == "Running"


def test_single_record_is_imported_again(server, make_source, harvest):
    server.answers[SEARCH] = search(packages(*range(2)))
    source = make_source(server.url(""))
    harvest(source)
    dataset = shown()[0]
    by_no_person = acting(**{MIRRORED: True})
    tk.get_action("package_patch")(by_no_person, {"id": dataset["id"], "title": "壊れた題名"})
    assert tk.get_action("harvest_objects_import")(acting(), {"package_id": dataset["id"]}) == 1
    assert shown()[0]["title"] == dataset["title"]
    assert harvest(source, hours=24).counts["unchanged"] == 2


def test_organisations_of_the_source_are_made_once(server, make_source, harvest):
    records = packages(*range(4))
    records[3]["organization"] = {"name": "272035", "title": "豊中市"}
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""), remote_orgs="create")
    harvest(source)
    assert {dataset["organization"]["name"] for dataset in shown()} == {"270008", "272035"}
    toyonaka = tk.get_action("organization_show")(acting(), {"id": "272035"})
    assert (toyonaka["title"], toyonaka["orden_municipality"]) == ("豊中市", "272035")
    groups = model.Session.query(model.Group.id, model.Group.title).order_by(model.Group.id).all()
    assert harvest(source, hours=24).counts["unchanged"] == 4
    assert model.Session.query(model.Group.id, model.Group.title).order_by(model.Group.id).all() == groups


def test_run_by_hand_counts_for_the_schedule(server, make_source):
    server.answers[SEARCH] = search(packages(1))
    source = make_source(server.url(""))
    row(HarvestSource, source).frequency = "DAILY"
    model.Session.commit()
    job = runs.job_for(source)
    harvester_of(job).run(job)
    tk.get_action("harvest_jobs_run")(acting(), {})
    assert model.Session.query(HarvestJob).count() == 1
    row(HarvestSource, source).next_run = utcnow()
    model.Session.commit()
    tk.get_action("harvest_jobs_run")(acting(), {})
    assert model.Session.query(HarvestJob).count() == 2


def test_runs_of_a_source_are_told_apart(server, make_source, harvest):
    server.answers[SEARCH] = search(packages(1))
    source = make_source(server.url(""))
    harvest(source)
    harvest(source, hours=1)
    assert model.Session.query(HarvestRun).count() == 2
    assert runs.show(source)["counts"]["unchanged"] == 1
