"""Retry, resume, and the refusal of a held deletion."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANCliRunner
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob
from ckanext.orden.harvesters import runs, stock
from ckanext.orden.harvesters.cli import orden_harvest
from ckanext.orden.harvesters.model import HarvestRun
from ckanext.orden.harvesters.operations import decisions
from ckanext.orden.harvesters.planning import plans
from harvesters.catalogues import ckan
from harvesters.conftest import NOON, acting, harvester_of, row, shown
from harvesters.feeds import package, packages, search
from sqlalchemy import update

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"
BROKEN = package(2, title="", name="")


def rerun(job: Any) -> HarvestRun:
    return harvester_of(job).run(job, now=lambda: NOON)


def test_retry_takes_only_what_had_failed_and_judges_no_deletion(server, make_source, harvest):
    server.answers[SEARCH] = search([package(1), BROKEN, package(3)])
    source = make_source(server.url("/"))
    harvest(source)
    server.answers[SEARCH] = search([package(1, title="変わった"), package(2), package(4)])
    run = rerun(decisions.retry(source))
    assert (run.kind, run.state, run.read, run.counts["added"]) == ("retry", "finished", 3, 1)
    assert sum(run.counts.values()) == 1
    assert [dataset["title"] for dataset in shown()] == sorted(package(n)["title"] for n in (1, 2, 3))
    with pytest.raises(tk.ValidationError):
        decisions.retry(source)


def test_retry_of_a_mirror_reads_only_what_had_failed(server, make_source, harvest):
    ckan(server, [package(1), BROKEN, package(3)])
    source = make_source(server.url("/"))
    harvest(source)
    ckan(server, [package(1), package(2), package(3, title="変わった", metadata_modified="2026-03-01T00:00:00")])
    server.seen.clear()
    run = rerun(decisions.retry(source))
    assert (run.state, run.read, run.counts["added"]) == ("finished", 3, 1)
    assert sum(run.counts.values()) == 1
    assert package(3)["title"] in [dataset["title"] for dataset in shown()]
    assert harvest(source, hours=24).counts["updated"] == 1


def test_source_that_is_not_approved_is_neither_retried_nor_resumed(server, make_source, harvest):
    server.answers[SEARCH] = search([package(1), BROKEN])
    source = make_source(server.url("/"))
    harvest(source)
    job = decisions.retry(source)
    tk.get_action("harvest_job_abort")(acting(), {"id": job.id})
    tk.get_action("orden_harvest_source_approve")(acting(), {"id": source, "approved": False})
    for decide in (decisions.retry, decisions.resume):
        with pytest.raises(plans.Unapproved):
            decide(source)


def test_run_by_hand_takes_the_place_of_a_retry_that_nobody_works_on(server, make_source, harvest):
    server.answers[SEARCH] = search([package(1), BROKEN])
    source = make_source(server.url("/"))
    harvest(source)
    job = decisions.retry(source)
    assert harvest(source, hours=1).kind == "harvest"
    assert row(HarvestRun, job.id).state == "stopped"


def test_record_that_fails_again_stays_in_error(server, make_source, harvest):
    server.answers[SEARCH] = search([package(1), BROKEN])
    source = make_source(server.url("/"))
    harvest(source)
    run = rerun(decisions.retry(source))
    assert (run.state, run.counts["errors"]) == ("errors", 1)
    assert decisions.retry(source)


def test_ordered_retry_waits_and_only_one_job_is_open(server, make_source, harvest):
    server.answers[SEARCH] = search([package(1), BROKEN])
    source = make_source(server.url("/"))
    harvest(source)
    queue.purge_queues()
    ordered = tk.get_action("orden_harvest_failed_retry")(acting(), {"id": source})
    assert row(HarvestRun, ordered["job_id"]).state == "queued"
    with pytest.raises(runs.AtWork):
        decisions.retry(source)
    consumer: Any = queue.get_gather_consumer()
    queue.gather_callback(consumer, *consumer.basic_get(queue=queue.get_gather_queue_name()))
    assert row(HarvestRun, ordered["job_id"]).state == "errors"


def test_waiting_job_that_is_stopped_says_so_and_goes_on_when_asked(server, make_source, harvest):
    server.answers[SEARCH] = search([package(1), BROKEN])
    source = make_source(server.url("/"))
    harvest(source)
    job = decisions.retry(source)
    tk.get_action("harvest_job_abort")(acting(), {"id": job.id})
    assert row(HarvestRun, job.id).state == "stopped"
    resumed = decisions.resume(source)
    assert resumed.id == job.id
    assert rerun(resumed).state == "errors"
    with pytest.raises(tk.ValidationError):
        decisions.resume(source)


def test_stopped_run_goes_on_at_its_last_finished_page(server, make_source):
    server.answers[SEARCH] = search(packages(*range(6)))
    source = make_source(server.url("/"), rows=2)
    job = runs.job_for(source)

    def stop(run: HarvestRun) -> None:
        if run.read == 2 and run.state == "running":
            model.Session.execute(update(HarvestJob).where(HarvestJob.id == job.id).values(status="Finished"))
            model.Session.commit()

    stopped = harvester_of(job).run(job, now=lambda: NOON, say=stop)
    assert (stopped.state, stopped.read) == ("stopped", 2)
    asked = len(server.seen)
    run = rerun(decisions.resume(source))
    assert (run.state, run.read, run.counts["added"], run.problems) == ("finished", 6, 6, [])
    assert len(server.seen) - asked == 2
    assert len(shown()) == 6


@pytest.fixture
def held(server, make_source, harvest) -> str:
    """A source that lacks 15 of 20 datasets for two days."""
    server.answers[SEARCH] = search(packages(*range(20)))
    source = make_source(server.url("/"))
    harvest(source)
    server.answers[SEARCH] = search(packages(*range(5)))
    harvest(source, hours=24)
    assert harvest(source, hours=49).state == "held"
    return source


def test_refused_deletion_keeps_the_datasets_and_is_not_held_again(held, server, harvest):
    assert tk.get_action("orden_harvest_deletion_refuse")(acting(), {"id": held}) == {"kept": 15}
    assert runs.show(held)["state"] == "finished"
    run = harvest(held, hours=73)
    assert (run.state, run.counts["missing"], len(shown())) == ("finished", 0, 20)
    server.answers[SEARCH] = search(packages(*range(6)))
    harvest(held, hours=97)
    kept = tk.get_action("orden_harvest_record_list")(acting(), {"id": held})["states"]
    assert kept == {"unchanged": 6, "kept": 14}


def test_refusal_that_is_taken_back_is_judged_anew(held, harvest):
    decisions.refuse(held)
    asked = {"id": held, "reconsider": True}
    assert tk.get_action("orden_harvest_deletion_refuse")(acting(), asked) == {"reconsidered": 15}
    assert harvest(held, hours=73).state == "held"


def test_buttons_are_there_for_editors_and_change_by_post_only(app: Any, held):
    admin = {"Authorization": factories.SysadminWithToken()["token"]}
    page = app.get("/harvest/admin/osaka-pref", headers=admin).get_data(as_text=True)
    for name in ("release", "refuse", "undo"):
        assert f"/harvest/{name}/" in page
    stranger = {"Authorization": factories.UserWithToken()["token"]}
    for name in ("retry", "resume", "refuse", "undo"):
        assert app.post(f"/harvest/{name}/{held}", headers=stranger).status_code == 403
        if name != "undo":
            assert app.get(f"/harvest/{name}/{held}", headers=admin).status_code in (404, 405)
    assert len(shown()) == 20
    app.post(f"/harvest/refuse/{held}", headers=admin)
    assert runs.show(held)["state"] == "finished"


def test_held_deletion_can_still_be_decided_after_a_retry(app: Any, held, server, harvest):
    server.answers[SEARCH] = search([*packages(*range(5)), package(30, title="", name="")])
    harvest(held, hours=50)
    server.answers[SEARCH] = search([*packages(*range(5)), package(30)])
    assert rerun(decisions.retry(held)).state == "finished"
    admin = {"Authorization": factories.SysadminWithToken()["token"]}
    page = app.get("/harvest/admin/osaka-pref", headers=admin).get_data(as_text=True)
    assert f"/harvest/release/{held}" in page
    assert tk.get_action("orden_harvest_deletion_release")(acting(), {"id": held}) == {"deleted": 15}


def test_commands_retry_and_refuse(cli: CKANCliRunner, held, server):
    refused = cli.invoke(orden_harvest, ["refuse", "osaka-pref", "--json"])
    assert json.loads(refused.output) == {"kept": 15}, refused.output
    nothing = cli.invoke(orden_harvest, ["retry", "osaka-pref"])
    assert nothing.exit_code == 1
    assert "Traceback" not in nothing.output
    server.answers[SEARCH] = search([*packages(*range(5)), package(30, title="", name="")])
    assert cli.invoke(orden_harvest, ["run", "osaka-pref"]).exit_code == 1
    server.answers[SEARCH] = search([*packages(*range(5)), package(30)])
    answer = cli.invoke(orden_harvest, ["retry", "osaka-pref", "--json"])
    assert (answer.exit_code, json.loads(answer.output)["state"]) == (0, "finished"), answer.output
    assert stock.open_job(held) is None
    assert model.Session.query(HarvestRun).filter_by(kind="retry").count() == 1
