"""What becomes of runs and records when their source is cleared or deleted."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestSource
from ckanext.orden.errors import SourceError
from ckanext.orden.harvesters import jobs, runs
from ckanext.orden.harvesters.engine.lock import source_lock
from ckanext.orden.harvesters.model import HarvestRecord, HarvestRun
from sqlalchemy import update

from .conftest import acting, found, gather, harvester_of, row, search_while, shown
from .feeds import package, packages, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"


def test_cleared_source_is_harvested_anew(server, make_source, harvest):
    server.answers[SEARCH] = search(packages(*range(2)))
    source = make_source(server.url(""))
    harvest(source)
    tk.get_action("harvest_source_clear")(acting(), {"id": source})
    assert shown() == []
    assert harvest(source, hours=1).counts["added"] == 2


def refused_and_good(server: Any) -> None:
    server.answers[SEARCH] = search([*packages(1, 2), package(3, title="", name="")])


def test_clearing_takes_what_we_know_of_records_and_runs_along(server, make_source, harvest):
    refused_and_good(server)
    source = make_source(server.url(""))
    harvest(source)
    tk.get_action("harvest_source_clear")(acting(), {"id": source})
    assert model.Session.query(HarvestRecord).count() == model.Session.query(HarvestRun).count() == 0
    assert runs.show(source)["state"] == "never"


def test_clearing_the_history_keeps_datasets_and_what_was_written(server, make_source, harvest):
    refused_and_good(server)
    source = make_source(server.url(""))
    harvest(source)
    tk.get_action("harvest_source_job_history_clear")(acting(), {"id": source})
    assert (runs.show(source)["state"], runs.show(source)["datasets"]) == ("never", 2)
    assert harvest(source, hours=1).counts["unchanged"] == 2
    assert len(shown()) == 2


@pytest.mark.parametrize("action", ["harvest_source_clear", "harvest_source_job_history_clear"])
def test_running_source_is_not_cleared(server, make_source, harvest, action):
    refused_and_good(server)
    source = make_source(server.url(""))
    run = harvest(source)
    with source_lock(source), pytest.raises(tk.ValidationError, match="being harvested at this moment"):
        tk.get_action(action)(acting(), {"id": source})
    assert (len(shown()), found()) == (2, 2)
    assert row(HarvestJob, run.job_id)
    assert row(HarvestRun, run.job_id)


def test_deleted_source_is_not_harvested_though_its_job_waits(server, make_source):
    server.answers[SEARCH] = search(packages(1))
    source = make_source(server.url(""))
    queue.purge_queues()
    job = tk.get_action("harvest_job_create")(acting(), {"source_id": source, "run": True})
    tk.get_action("harvest_source_delete")(acting(), {"id": source})
    assert jobs.abandoned() == []
    gather(job["id"])
    assert server.seen == []
    tk.get_action("harvest_jobs_run")(acting(), {})
    assert row(HarvestJob, job["id"]).status == "Finished"


def test_source_that_is_deleted_during_a_run_stops_it(server, make_source, harvest):
    records = packages(*range(6))
    source = make_source(server.url(""), rows=2)
    server.answers[SEARCH] = search_while(records, update(HarvestSource).values(active=False))
    assert harvest(source).state == "stopped"
    assert len(shown()) == 2


def test_record_of_a_deleted_source_is_not_imported_again(server, make_source, harvest):
    server.answers[SEARCH] = search(packages(1))
    source = make_source(server.url(""))
    job = row(HarvestJob, harvest(source).job_id)
    (kept,) = job.objects
    harvester = harvester_of(job)
    tk.get_action("harvest_source_delete")(acting(), {"id": source})
    with pytest.raises(SourceError, match="does not exist any more"):
        harvester.import_stage(kept)
