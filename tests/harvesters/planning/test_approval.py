"""A new source waits until somebody who may has looked at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers
from ckan.tests.helpers import CKANCliRunner
from ckanext.harvest.model import HarvestJob, HarvestSource
from ckanext.orden.clock import utcnow
from ckanext.orden.harvesters import jobs, runs, stock
from ckanext.orden.harvesters.cli import orden_harvest
from ckanext.orden.harvesters.model import HarvestPlan
from ckanext.orden.harvesters.planning import plans, schedule
from fetching.server import Server

from ..conftest import acting, harvester_of, row, shown
from ..feeds import packages, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "served")


@pytest.fixture
def served(server: Server) -> None:
    server.answers["/api/3/action/package_search"] = search(packages(1, 2))


@pytest.fixture
def people(organization: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """An editor and an administrator of the organisation, and a system administrator."""
    found = {role: factories.UserWithToken() for role in ("editor", "admin")}
    for role, user in found.items():
        helpers.call_action("organization_member_create", id=organization["id"], username=user["name"], role=role)
    return {**found, "sysadmin": factories.SysadminWithToken()}


@pytest.fixture
def ruled_by(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets who approves sources."""
    return lambda policy: monkeypatch.setitem(ckan_config, "ckanext.orden.harvest.approval", policy)


def api(app: Any, action: str, user: dict[str, Any], **data: Any) -> Any:
    return app.post(f"/api/3/action/{action}", json=data, headers={"Authorization": user["token"]})


@pytest.fixture
def make(app: Any, server: Server, organization: dict[str, Any], people: dict[str, dict[str, Any]]) -> Any:
    """Make a source as one of the people; returns its id."""

    def make(who: str, frequency: str = "MANUAL") -> str:
        values = {"name": "osaka-pref", "title": "大阪府", "url": server.url("/"), "source_type": "orden_ckan"}
        owner = {"owner_org": organization["id"], "frequency": frequency}
        return api(app, "harvest_source_create", people[who], **values, **owner).json["result"]["id"]

    return make


def run_of(source: str, **how: Any) -> Any:
    job = runs.job_for(source)
    return harvester_of(job).run(job, **how)


@pytest.mark.parametrize(
    ("policy", "who", "waits"),
    [
        ("sysadmin", "editor", True),
        ("sysadmin", "admin", True),
        ("sysadmin", "sysadmin", False),
        ("admin", "editor", True),
        ("admin", "admin", False),
        ("none", "editor", False),
    ],
)
def test_source_waits_unless_its_maker_may_approve(ruled_by, make, policy, who, waits):
    ruled_by(policy)
    source = make(who)
    assert plans.is_approved(source) is not waits
    assert (row(HarvestPlan, source).approved is None) is waits


def test_source_from_before_there_were_plans_is_approved_and_stays_it(make_source, server):
    source = make_source(server.url("/"))
    model.Session.delete(row(HarvestPlan, source))
    model.Session.commit()
    assert plans.is_approved(source)
    plans.change(source, priority=3)
    model.Session.commit()
    assert plans.is_approved(source)


@pytest.mark.parametrize("who", ["editor", "sysadmin"])
def test_waiting_source_is_started_by_nobody(app, make, people, who):
    source = make("editor")
    answer = api(app, "harvest_job_create", people[who], source_id=source, run=True)
    assert answer.status_code == 409
    assert "承認されていません" in answer.json["error"]["source_id"][0]
    assert model.Session.query(HarvestJob).count() == 0


def test_waiting_source_is_not_started_by_its_frequency_till_it_is_approved(monkeypatch, make):
    sent: list[str] = []
    monkeypatch.setattr(jobs, "send", sent.append)
    source = make("editor", "ALWAYS")
    for _ in range(2):
        tk.get_action("harvest_jobs_run")(acting(), {})
    assert sent == []
    tk.get_action("orden_harvest_source_approve")(acting(), {"id": source})
    schedule.start_due(utcnow())
    assert len(sent) == 1


def test_run_of_a_source_that_lost_its_approval_meanwhile_fails_and_says_why(make):
    source = make("sysadmin")
    job = runs.job_for(source)
    plans.change(source, approved=None)
    model.Session.commit()
    done = harvester_of(job).run(job)
    assert (done.state, shown()) == ("failed", [])
    assert "承認" in done.problems[0]["ja"]


def test_waiting_source_has_a_preview_and_a_check(make):
    source = make("editor")
    found = tk.get_action("orden_harvest_preview_show")(acting(), {"id": source})
    assert [record["outcome"] for record in found["records"]] == ["added", "added"]
    job = stock.job(tk.get_action("orden_harvest_source_validate")(acting(), {"id": source})["job_id"])
    assert harvester_of(job).run(job).state == "finished"
    assert shown() == []


@pytest.mark.parametrize(
    "rule",
    [
        ("sysadmin", "editor", 403),
        ("sysadmin", "admin", 403),
        ("sysadmin", "sysadmin", 200),
        ("admin", "editor", 403),
        ("admin", "admin", 200),
    ],
)
def test_only_those_whom_the_option_names_approve(app, ruled_by, make, people, rule):
    policy, who, status = rule
    ruled_by(policy)
    source = make("editor")
    assert api(app, "orden_harvest_source_approve", people[who], id=source).status_code == status
    assert plans.is_approved(source) is (status == 200)
    if status == 200:
        assert plans.of(source).approved_by == people[who]["name"]
        assert run_of(source).state == "finished"


@pytest.mark.parametrize(
    ("who", "change", "waits"),
    [
        ("editor", {"url": "https://elsewhere.example.jp/"}, True),
        ("editor", {"source_type": "orden_dcat"}, True),
        ("editor", {"title": "別の名前"}, False),
        ("sysadmin", {"url": "https://elsewhere.example.jp/"}, False),
    ],
)
def test_new_address_or_kind_takes_the_approval_back(app, make, people, who, change, waits):
    source = make("sysadmin")
    assert api(app, "harvest_source_patch", people[who], id=source, **change).status_code == 200
    assert plans.is_approved(source) is not waits


def test_refused_change_of_the_address_leaves_the_approval(app, make, people):
    source = make("sysadmin")
    change = {"url": "https://elsewhere.example.jp/", "name": "no good name"}
    assert api(app, "harvest_source_patch", people["editor"], id=source, **change).status_code == 409
    assert plans.is_approved(source)
    assert row(HarvestSource, source).url != change["url"]


def test_page_shows_the_button_to_those_who_may(app, make, people):
    source = make("editor")
    pages = {
        who: app.get("/harvest/admin/osaka-pref", headers={"Authorization": people[who]["token"]}).body
        for who in ("editor", "sysadmin")
    }
    assert all("承認待ち" in page and "今すぐ取り込む" not in page for page in pages.values())
    assert ["/harvest/approve/osaka-pref" in pages[who] for who in pages] == [False, True]
    header = {"Authorization": people["sysadmin"]["token"]}
    assert app.get("/harvest/approve/osaka-pref", headers=header).status_code in (404, 405)
    assert not plans.is_approved(source)
    app.post("/harvest/approve/osaka-pref", headers=header)
    assert plans.is_approved(source)


def test_stranger_learns_nothing_and_changes_nothing(app, make):
    source = make("editor")
    stranger = factories.UserWithToken()
    for action in ("plan_show", "plan_update", "source_approve", "source_validate"):
        assert api(app, f"orden_harvest_{action}", stranger, id=source).status_code == 403
    assert "承認待ち" not in app.get("/harvest/osaka-pref").body


def test_command_needs_force_for_a_waiting_source(cli: CKANCliRunner, make):
    make("editor")
    refused = cli.invoke(orden_harvest, ["run", "osaka-pref"])
    assert refused.exit_code == 2
    assert "approved" in refused.output
    assert cli.invoke(orden_harvest, ["run", "all"]).exit_code == 0
    assert shown() == []
    assert cli.invoke(orden_harvest, ["run", "osaka-pref", "--force"]).exit_code == 0
    assert len(shown()) == 2
    assert cli.invoke(orden_harvest, ["approve", "osaka-pref"]).exit_code == 0
    assert cli.invoke(orden_harvest, ["run", "osaka-pref"]).exit_code == 0
    assert cli.invoke(orden_harvest, ["approve", "osaka-pref", "--withdraw"]).exit_code == 0
    assert cli.invoke(orden_harvest, ["run", "osaka-pref"]).exit_code == 2
