"""A run taken back: everything as before, and left so until the source changes it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANCliRunner
from ckanext.orden.clock import utcnow
from ckanext.orden.harvesters import runs
from ckanext.orden.harvesters.cli import orden_harvest
from ckanext.orden.harvesters.model import HarvestFormer, HarvestRun
from ckanext.orden.harvesters.operations import former, undo
from ckanext.orden.logic import writing
from harvesters.conftest import acting, found, harvester_of, shown
from harvesters.feeds import package, packages, search
from killing import Killed, kill_at

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"
START = utcnow()


def harvest(source: str, hours: float) -> HarvestRun:
    """A run of now, some hours from the first."""
    job = runs.job_for(source)
    run = harvester_of(job).run(job, now=lambda: START + timedelta(hours=hours))
    model.Session.refresh(run)
    return run


def newest(source: str) -> HarvestRun:
    run = runs.last(source)
    assert run is not None
    return run


def contents() -> list[dict[str, Any]]:
    return [{key: value for key, value in one.items() if key not in former.DERIVED} for one in shown()]


@pytest.fixture
def changed(server, make_source) -> tuple[str, list[dict[str, Any]]]:
    """A source whose last run added one, changed one and deleted one dataset; and what there was before that run."""
    server.answers[SEARCH] = search(packages(1, 2, 3))
    source = make_source(server.url("/"))
    harvest(source, -60)
    server.answers[SEARCH] = search(packages(1, 2))
    harvest(source, -30)
    before = contents()
    other = package(2, title="別の題", tags=[], resources=[{"url": "https://data.example.jp/new.csv", "format": "CSV"}])
    server.answers[SEARCH] = search([package(1), other, package(4)])
    run = harvest(source, 0)
    assert {key: run.counts[key] for key in undo.DONE} == {"added": 1, "updated": 1, "deleted": 1}
    assert contents() != before
    return source, before


def undone(source: str, hours: float = 1) -> dict[str, int]:
    now = START + timedelta(hours=hours)
    return undo.undo(source, acting()["user"], undo.plan(source, now)["job_id"], now)


def test_everything_is_as_before_the_run(changed):
    source, before = changed
    assert undone(source) == {"added": 1, "updated": 1, "deleted": 1, "failed": 0}
    assert contents() == before
    assert found() == 3
    assert newest(source).undone
    states = tk.get_action("orden_harvest_record_list")(acting(), {"id": source})["states"]
    assert states == {"unchanged": 1, "reverted": 1, "undone": 1, "kept": 1}


def test_next_runs_leave_it_so_until_the_source_changes_a_record(changed, server):
    source, before = changed
    undone(source)
    for hours in (2, 28, 54):
        run = harvest(source, hours)
        assert (run.state, run.counts["unchanged"], run.counts["missing"]) == ("finished", 3, 0)
        assert contents() == before
    server.answers[SEARCH] = search([package(1), package(2, title="第三の題"), package(4, title="また来た")])
    run = harvest(source, 60)
    assert (run.state, run.counts["updated"]) == ("finished", 2)
    assert {dataset["title"] for dataset in shown()} == {
        package(1)["title"],
        "第三の題",
        "また来た",
        package(3)["title"],
    }


def test_undoing_that_was_killed_is_finished_by_the_next(changed, monkeypatch):
    source, before = changed
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(writing, "BATCH", 1)
        kill_at(patch, undo.writing, "update", 2)
        undone(source)
    model.Session.rollback()
    assert newest(source).undone is None
    assert undone(source)["failed"] == 0
    assert contents() == before


def test_dataset_that_cannot_be_set_back_does_not_hold_up_the_others(changed):
    source = changed[0]
    model.Session.query(HarvestFormer).delete()
    model.Session.commit()
    assert undone(source) == {"added": 1, "updated": 0, "deleted": 1, "failed": 1}
    assert newest(source).undone is None


def test_only_a_young_run_that_is_not_undone_can_be_undone(changed, ckan_config, monkeypatch):
    source = changed[0]
    with pytest.raises(tk.ValidationError):
        undone(source, hours=25)
    with pytest.raises(tk.ValidationError), monkeypatch.context() as patch:
        patch.setitem(ckan_config, "ckanext.orden.harvest.undo_hours", 0)
        undone(source)
    with pytest.raises(tk.ValidationError):
        undo.undo(source, "", "another-job", START)
    undone(source)
    with pytest.raises(tk.ValidationError):
        undone(source)


def test_nothing_is_kept_where_no_run_can_be_undone(server, make_source, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.orden.harvest.undo_hours", 0)
    server.answers[SEARCH] = search(packages(1))
    source = make_source(server.url("/"))
    harvest(source, 0)
    server.answers[SEARCH] = search([package(1, title="別の題")])
    assert harvest(source, 1).counts["updated"] == 1
    assert model.Session.query(HarvestFormer).count() == 0


def test_former_content_is_kept_in_one_statement_a_batch(server, make_source, monkeypatch):
    server.answers[SEARCH] = search(packages(1, 2, 3))
    source = make_source(server.url("/"))
    harvest(source, 0)
    calls: list[int] = []
    keep = former.keep
    monkeypatch.setattr(former, "keep", lambda job, datasets: (calls.append(len(datasets)), keep(job, datasets)))
    server.answers[SEARCH] = search([package(n, title=f"題 {n}") for n in (1, 2, 3)])
    harvest(source, 1)
    assert calls == [3]
    assert model.Session.query(HarvestFormer).count() == 3


def test_page_asks_first_and_shows_that_edits_stay(app: Any, changed):
    source, before = changed
    dataset = next(one for one in shown() if one["title"] == "別の題")
    tk.get_action("package_patch")(acting(), {"id": dataset["id"], "title": "手で直した題"})
    admin = {"Authorization": factories.SysadminWithToken()["token"]}
    page = app.get(f"/harvest/undo/{source}", headers=admin).get_data(as_text=True)
    assert "編集した内容はそのまま残ります" in page
    app.post(f"/harvest/undo/{source}", headers=admin)
    edited = {one["id"]: "手で直した題" if one["id"] == dataset["id"] else one["title"] for one in before}
    assert {one["id"]: one for one in contents()} == {one["id"]: {**one, "title": edited[one["id"]]} for one in before}
    assert "alert-warning" in app.get(f"/harvest/undo/{source}", headers=admin).get_data(as_text=True)


def test_command_asks_and_tells(cli: CKANCliRunner, changed):
    assert cli.invoke(orden_harvest, ["undo", "osaka-pref"], input="n\n").exit_code == 1
    assert contents() != changed[1]
    answer = cli.invoke(orden_harvest, ["undo", "osaka-pref", "--yes", "--json"])
    assert json.loads(answer.output)["failed"] == 0, answer.output
    assert contents() == changed[1]
    again = cli.invoke(orden_harvest, ["undo", "osaka-pref", "--yes"])
    assert again.exit_code == 1
    assert "Traceback" not in again.output
