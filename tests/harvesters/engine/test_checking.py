"""A run that judges everything and writes no dataset."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANCliRunner
from ckanext.harvest.model import HarvestObject, HarvestSource
from ckanext.orden.harvesters import runs, stock
from ckanext.orden.harvesters.cli import orden_harvest
from ckanext.orden.harvesters.engine import checking, objects
from ckanext.orden.harvesters.model import HarvestRecord, HarvestRun
from fetching.server import Server, reply

from ..conftest import NOON, acting, found, harvester_of, row, shown
from ..feeds import package, packages, search
from .test_preview import TABLES, written

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
PATH = "/api/3/action/package_search"
UNTOUCHED = set(TABLES) - {"harvest_object", "harvest_job"}


def check(source: str, **how: Any) -> HarvestRun:
    job = runs.check_for(source)
    done = harvester_of(job).run(job, now=lambda: NOON, **how)
    assert done
    return done


def everything() -> list[dict[str, Any]]:
    """A record of each sort, for a source that has the records 1 to 4: the last of them is missing."""
    refused = package(6, extras=[{"key": "fee", "value": "有償"}])
    double = package(1, title="同じ識別子")
    return [
        package(1),
        package(2, title="別の名前"),
        package(3),
        package(5),
        package(7, title="", name=""),
        refused,
        double,
    ]


@pytest.fixture
def source(server: Server, make_source: Any, harvest: Any) -> str:
    server.answers[PATH] = search(packages(1, 2, 3, 4))
    made = make_source(server.url("/"), rows=3, incremental=False)
    harvest(made)
    server.answers[PATH] = search(everything())
    return made


def test_everything_is_counted_and_no_dataset_is_touched(source):
    before = written()
    run = check(source)
    after = written()
    assert {name: before[name] == after[name] for name in UNTOUCHED} == dict.fromkeys(UNTOUCHED, True)
    assert run.state == "errors"
    assert run.counts == {"added": 1, "updated": 1, "unchanged": 2, "yielded": 0, "errors": 3, "missing": 1}
    assert (run.read, run.total, len(shown()), found()) == (7, 7, 4, 4)


def test_check_says_what_the_harvest_then_does(source, harvest):
    told = check(source).counts
    done = harvest(source, hours=1).counts
    assert {name: done[name] for name in checking.OUTCOMES} == told


def test_problems_of_each_record_are_kept_where_those_of_a_run_are(source):
    run = check(source)
    assert objects.errors(run.job_id) == 3
    report = tk.get_action("harvest_job_report")(acting(), {"id": run.job_id})
    said = " ".join(error["message"] for found in report["object_errors"].values() for error in found["errors"])
    assert "有償" in said or "fee" in said


def test_record_of_another_source_is_an_error(server, source, make_source):
    server.answers["/other" + PATH] = search(packages(3))
    run = check(make_source(server.url("/other/"), name="other"))
    assert run.counts["errors"] == 1


def test_source_that_cannot_be_read_fails_and_one_that_is_cut_off_too(server, source):
    server.answers[PATH] = reply(b"<html>maintenance</html>")
    assert check(source).state == "failed"
    server.answers[PATH] = search([])
    assert check(source).state == "failed"
    short = json.dumps({"success": True, "result": {"count": 9, "results": packages(1)}}).encode()
    server.answers[PATH] = reply(short)
    assert check(source).state == "failed"


def test_good_source_ends_as_finished_and_counts_for_no_schedule(server, source):
    server.answers[PATH] = search(packages(1, 2, 3, 4))
    row(HarvestSource, source).next_run = NOON
    model.Session.commit()
    run = check(source)
    assert (run.state, run.counts["unchanged"], run.problems) == ("finished", 4, [])
    assert row(HarvestSource, source).next_run == NOON


def test_interrupted_check_begins_anew_and_counts_nothing_twice(source):
    def die(run: HarvestRun) -> None:
        if run.read == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check(source, say=die)
    job = stock.open_job(source)
    run = harvester_of(job).run(job, now=lambda: NOON)
    assert (run.kind, run.read, run.counts["errors"], objects.errors(run.job_id)) == ("check", 7, 3, 3)


def test_check_holds_only_a_batch_of_records_at_a_time(server, source, monkeypatch):
    sizes = []
    take = checking.Checking._take
    monkeypatch.setattr(checking.writing, "BATCH", 2)

    def spy(self: checking.Checking, records: Any) -> None:
        sizes.append(len(records))
        take(self, records)

    monkeypatch.setattr(checking.Checking, "_take", spy)
    check(source)
    assert max(sizes) == 2


def test_source_at_work_is_not_checked(source):
    tk.get_action("harvest_job_create")(acting(), {"source_id": source, "run": True})
    with pytest.raises(tk.ValidationError):
        tk.get_action("orden_harvest_source_validate")(acting(), {"id": source})


def test_check_that_is_asked_for_twice_is_one(source):
    asked = [tk.get_action("orden_harvest_source_validate")(acting(), {"id": source}) for _ in range(2)]
    assert asked[0] == asked[1]


def test_run_by_hand_ends_a_check_that_nobody_works_on_and_is_none_itself(source):
    waiting = tk.get_action("orden_harvest_source_validate")(acting(), {"id": source})["job_id"]
    job = runs.job_for(source)
    assert job.id != waiting
    assert harvester_of(job).run(job, now=lambda: NOON).kind == "harvest"
    assert row(HarvestRun, waiting).state == "stopped"


def test_page_orders_a_check_and_shows_that_nothing_was_written(app, source):
    admin = {"Authorization": factories.SysadminWithToken()["token"]}
    assert app.get(f"/harvest/check/{source}", headers=admin).status_code in (404, 405)
    app.post(f"/harvest/check/{source}", headers=admin)
    job = stock.open_job(source)
    harvester_of(job).run(job, now=lambda: NOON)
    assert "何も書き込んでいません" in app.get(f"/harvest/admin/{source}", headers=admin).body
    assert model.Session.get(HarvestRecord, (source, package(5)["id"])) is None


def test_command_prints_the_counts_and_ends_with_what_it_found(cli: CKANCliRunner, server, source):
    result = cli.invoke(orden_harvest, ["check", "osaka-pref"])
    assert (result.exit_code, "1 missing" in result.output) == (1, True), result.output
    answer = json.loads(cli.invoke(orden_harvest, ["check", "osaka-pref", "--json"]).output)
    assert (answer["kind"], answer["counts"]["updated"]) == ("check", 1)
    server.answers[PATH] = reply(b"{}")
    assert cli.invoke(orden_harvest, ["check", "osaka-pref"]).exit_code == 2


def test_raw_records_of_a_check_are_kept_for_wrong_ones_only(source):
    run = check(source)
    assert model.Session.query(HarvestObject).filter_by(harvest_job_id=run.job_id).count() == 3
