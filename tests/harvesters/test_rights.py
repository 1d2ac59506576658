"""Who may see, make, change, run and stop sources."""

from __future__ import annotations

import json

import pytest
from ckan import model
from ckanext.harvest.model import HarvestJob

from .conftest import row
from .people import headers, new

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.mark.parametrize("action", ["harvest_job_list", "harvest_object_list"])
def test_lists_of_everything_refuse_strangers_in_words(app, source, action):
    answer = app.get(f"/api/3/action/{action}", expect_errors=True)
    assert answer.status_code == 403


def test_everybody_may_list_the_sources(app, source):
    listed = json.loads(app.get("/api/3/action/harvest_source_list").body)["result"]
    assert [found["id"] for found in listed] == [source["id"]]


@pytest.mark.parametrize(
    "address",
    [
        "/harvest/delete/{id}",
        "/harvest/delete/{id}?clear=true",
        "/harvest/refresh/{id}",
        "/harvest/clear/{id}",
        "/harvest/osaka-pref/job/{job}/abort",
        "/harvest/release/{id}",
        "/api/3/action/harvest_source_reindex?id={id}",
        "/api/3/action/harvest_sources_reindex",
        "/api/action/harvest_sources_reindex",
        "/api/3/action/orden_harvest_deletion_release?id={id}",
    ],
)
def test_get_changes_nothing(app, source, sysadmin, address):
    before = model.Session.query(HarvestJob).count()
    answer = app.get(address.format(**source), headers=headers(sysadmin), expect_errors=True)
    assert answer.status_code in (400, 404, 405)
    assert row(model.Package, source["id"]).state == "active"
    assert model.Session.query(HarvestJob).count() == before


def test_post_from_an_editor_changes(app, source, people):
    user = headers(people["editor"])
    assert app.post(f"/harvest/refresh/{source['id']}", headers=user, follow_redirects=False).status_code == 302
    assert "Running" in {job.status for job in model.Session.query(HarvestJob)}
    assert app.post("/harvest/delete/osaka-pref", headers=user, follow_redirects=False).status_code == 302
    assert row(model.Package, source["id"]).state == "deleted"


def test_strangers_may_not_run_stop_or_release(app, source, people):
    for address in (f"/harvest/refresh/{source['id']}", f"/harvest/release/{source['id']}"):
        assert app.post(address, headers=headers(people["stranger"]), expect_errors=True).status_code == 403
    answer = app.post(
        "/api/3/action/orden_harvest_deletion_release",
        json={"id": source["id"]},
        headers=headers(people["stranger"]),
        expect_errors=True,
    )
    assert answer.status_code == 403


def test_editors_of_a_source_may_stop_its_harvest_and_nobody_elses(app, source, people):
    other = json.loads(new(app, people["editor"], owner_org=people["owner"]["id"]).body)["result"]
    app.post(f"/harvest/refresh/{source['id']}", headers=headers(people["editor"]))
    running = str(model.Session.query(HarvestJob).filter_by(status="Running").one().id)
    stopping = "/api/3/action/harvest_job_abort"
    for data in ({"id": running}, {"source_id": source["id"]}, {"id": other["id"], "source_id": source["id"]}):
        refused = app.post(stopping, json=data, headers=headers(people["stranger"]), expect_errors=True)
        assert refused.status_code == 403
    address = f"/harvest/osaka-pref/job/{running}/abort"
    assert app.post(address, headers=headers(people["editor"]), follow_redirects=False).status_code == 302
    assert row(HarvestJob, running).status == "Finished"


@pytest.mark.parametrize(
    "action",
    [
        "harvest_job_create",
        "harvest_jobs_run",
        "harvest_source_job_history_clear",
        "harvest_source_clear",
        "harvest_source_update",
        "harvest_source_patch",
        "harvest_source_delete",
        "harvest_objects_import",
        "harvest_send_job_to_gather_queue",
        "orden_harvest_preview_show",
    ],
)
def test_sources_of_an_organisation_are_run_only_by_its_people(app, source, people, action):
    before = model.Session.query(HarvestJob).count()
    for who in ("stranger", None):
        data = {"id": source["job"] if action.endswith("queue") else source["id"], "source_id": source["id"]}
        answer = app.post(
            f"/api/3/action/{action}", json=data, headers=headers(people[who] if who else None), expect_errors=True
        )
        assert answer.status_code == 403
    assert model.Session.query(HarvestJob).count() == before
    assert row(model.Package, source["id"]).state == "active"


def test_strangers_may_not_have_a_source_indexed_again(app, source, people):
    address = "/api/3/action/harvest_source_reindex"
    for who, status in (("stranger", 403), ("editor", 200)):
        answer = app.post(address, json={"id": source["id"]}, headers=headers(people[who]), expect_errors=True)
        assert answer.status_code == status
    assert app.post(address, json={"id": source["id"]}, expect_errors=True).status_code == 403


def test_editor_makes_a_source_for_the_own_organisation_only(app, people):
    assert new(app, people["editor"], owner_org=people["other"]["id"]).status_code == 403
    assert new(app, people["editor"]).status_code == 403
    assert new(app, people["editor"], owner_org=people["owner"]["id"]).status_code == 200


def test_only_administrators_let_a_source_write_for_other_organisations(app, people, sysadmin):
    config, owner = '{"remote_orgs": "create"}', people["owner"]["id"]
    assert new(app, people["editor"], owner_org=owner, config=config).status_code == 403
    made = json.loads(new(app, sysadmin, owner_org=owner, config=config).body)["result"]
    for data in ({"url": "https://evil.example"}, {"config": "{}"}):
        change = {"id": made["id"], **data}
        answer = app.post(
            "/api/3/action/harvest_source_patch", json=change, headers=headers(people["editor"]), expect_errors=True
        )
        assert answer.status_code == 403
    plain = json.loads(new(app, people["editor"], owner_org=owner, name="plain", url="https://b.example").body)[
        "result"
    ]
    change = {"id": plain["id"], "config": config}
    answer = app.post(
        "/api/3/action/harvest_source_patch", json=change, headers=headers(people["editor"]), expect_errors=True
    )
    assert answer.status_code == 403
