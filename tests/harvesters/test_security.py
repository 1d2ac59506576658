"""Sources, their configuration and raw records are for those who may edit them; GET changes nothing."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers
from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestSource
from ckanext.orden.harvesters import log_filter
from ckanext.orden.harvesters.engine.lock import source_lock
from fetching.server import reply

from .conftest import row
from .feeds import dcat_page, package, packages, search, turtle

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"
SECRET = "SeCrEt0rdenKey"


@pytest.fixture
def people(organization: dict[str, Any]) -> dict[str, Any]:
    """An editor of the source's organisation, an editor of another one, and nobody."""
    editor, stranger = factories.UserWithToken(), factories.UserWithToken()
    other = factories.Organization(name="other")
    for user, owner in ((editor, organization), (stranger, other)):
        helpers.call_action("organization_member_create", id=owner["id"], username=user["name"], role="editor")
    return {"editor": editor, "stranger": stranger, "other": other, "owner": organization}


@pytest.fixture
def source(server: Any, make_source: Any, harvest: Any) -> dict[str, Any]:
    """A harvested source whose configuration and address hold a secret."""
    server.answers[SEARCH] = search([package(1, notes="<script>alert(1)</script>"), package(2, title="", name="")])
    source_id = make_source(server.url("/?key=" + SECRET), fq="organization:" + SECRET)
    run = harvest(source_id)
    return {"id": source_id, "job": run.job_id}


def headers(user: dict[str, Any] | None) -> dict[str, str]:
    return {"Authorization": user["token"]} if user else {}


def api(app: Any, action: str, user: dict[str, Any] | None = None, **data: Any) -> Any:
    return app.post(f"/api/3/action/{action}", json=data, headers=headers(user))


@pytest.mark.parametrize("who", [None, "stranger"])
def test_configuration_is_hidden_from_others(app, source, people, who):
    user = people[who] if who else None
    calls = [
        api(app, "harvest_source_show", user, id=source["id"]),
        api(app, "package_show", user, id=source["id"]),
        api(app, "harvest_source_list", user),
        api(app, "package_search", user, fq="dataset_type:harvest"),
        api(app, "harvest_source_show_status", user, id=source["id"]),
        app.get("/harvest/osaka-pref", headers=headers(user)),
        app.get("/harvest/about/osaka-pref", headers=headers(user)),
        app.get("/harvest", headers=headers(user)),
        app.get("/dataset/osaka-pref.ttl", headers=headers(user), expect_errors=True),
    ]
    for call in calls:
        assert SECRET not in call.body
        assert "fq" not in json.loads(call.body).get("result", {}) if call.body.startswith("{") else True


@pytest.mark.parametrize("who", [None, "stranger", "editor"])
def test_error_texts_of_the_last_job_are_for_editors(app, source, people, who):
    user = people[who] if who else None
    body = api(app, "harvest_source_show_status", user, id=source["id"]).body
    assert json.loads(body)["result"]["last_job"]["stats"]["errored"] == 1
    assert ("error_summary" in body) == ("orden_run" in body) == (who == "editor")


@pytest.mark.parametrize(
    "case",
    [
        ("orden_ckan", SEARCH, reply(b"{}")),
        ("orden_ckan", SEARCH, reply(status=500)),
        ("orden_list", "/", reply(status=404)),
        ("orden_dcat", "/", reply(b"<html>", Content_Type="text/html")),
        ("orden_dcat", "/", turtle(dcat_page([1], following="/?key=" + SECRET))),
        ("orden_dcat", "/", turtle(dcat_page([1], following="http://other.example/?key=" + SECRET))),
    ],
)
def test_neither_problems_nor_the_log_repeat_a_query_string(server, make_source, harvest, loud, caplog, case):
    kind, path, answer = case
    server.answers[path] = answer
    source_id = make_source(server.url("/?key=" + SECRET), kind, **({"fq": SECRET} if kind == "orden_ckan" else {}))
    caplog.set_level("INFO")
    caplog.clear()
    run = harvest(source_id)
    assert run.state == "failed"
    assert SECRET not in str(run.problems) + caplog.text


@pytest.fixture
def loud(monkeypatch) -> None:
    """Stock's loggers as in production: the tests' migrations switch off those that were there before."""
    for name in log_filter.STOCK:
        monkeypatch.setattr(logging.getLogger(name), "disabled", False)


def test_no_key_is_logged_when_a_source_is_made_changed_run_and_deleted(app, server, people, loud, caplog):
    caplog.set_level("DEBUG", logger="ckanext.harvest")
    config = json.dumps({"fq": SECRET})
    made = json.loads(
        new(
            app, people["editor"], owner_org=people["owner"]["id"], url=server.url("/?key=" + SECRET), config=config
        ).body
    )["result"]
    api(app, "harvest_source_patch", people["editor"], id=made["id"], config=config, url=server.url("/b?key=" + SECRET))
    api(app, "harvest_job_create", people["editor"], source_id=made["id"], run=True)
    api(app, "harvest_source_delete", people["editor"], id=made["id"])
    assert "Creating harvest source" in caplog.text
    assert "Patch harvest source" in caplog.text
    assert SECRET not in caplog.text, [line for line in caplog.text.splitlines() if SECRET in line]


@pytest.mark.parametrize("action", ["harvest_job_list", "harvest_object_list"])
def test_lists_of_everything_refuse_strangers_in_words(app, source, action):
    answer = app.get(f"/api/3/action/{action}", expect_errors=True)
    assert answer.status_code == 403


def test_everybody_may_list_the_sources(app, source):
    listed = json.loads(app.get("/api/3/action/harvest_source_list").body)["result"]
    assert [found["id"] for found in listed] == [source["id"]]


def test_configuration_cannot_be_searched_for(app, source):
    for query in (f"q={SECRET}", f"fq=config:*{SECRET}*", f"fq=extras_config:*{SECRET}*", f"fq=extras_fq:*{SECRET}*"):
        answer = app.get(f"/api/3/action/package_search?{query}&fq=dataset_type:harvest", expect_errors=True)
        assert not json.loads(answer.body).get("result", {}).get("results")


@pytest.mark.parametrize(
    "ask",
    [
        "fl=validated_data_dict",
        "fl=data_dict",
        "fl=url",
        "fl=*",
        'facet.field=["url"]&rows=0',
        "use_default_schema=true",
        "fl=id&fl=validated_data_dict",
    ],
)
def test_search_answers_nothing_secret_in_any_shape(app, source, ask):
    body = app.get(f"/api/3/action/package_search?fq=dataset_type:harvest&{ask}").body
    assert json.loads(body)["result"]["count"] == 1
    for secret in (SECRET, "error_summary", "orden_run"):
        assert secret not in body


def test_query_string_of_a_source_cannot_be_guessed_letter_by_letter(app, source):
    for pattern in ("*key=S*", "*key*"):
        answer = app.get(f"/api/3/action/package_search?fq=dataset_type:harvest AND url:{pattern}")
        assert json.loads(answer.body)["result"]["count"] == 0


def test_editor_sees_the_configuration(app, source, people):
    shown = json.loads(api(app, "harvest_source_show", people["editor"], id=source["id"]).body)["result"]
    assert SECRET in shown["config"]
    assert SECRET in app.get("/harvest/edit/osaka-pref", headers=headers(people["editor"])).body


def test_edit_by_form_keeps_the_configuration(app, source, people):
    form = {"url": "https://data.example.jp", "title": "新しい名前", "name": "osaka-pref", "source_type": "orden_ckan"}
    form |= {"config": '{"rows": 50}', "frequency": "DAILY", "owner_org": people["owner"]["id"], "save": "Save"}
    app.post("/harvest/edit/osaka-pref", data=form, headers=headers(people["editor"]))
    kept = row(HarvestSource, source["id"])
    assert (kept.title, kept.config, kept.frequency) == ("新しい名前", '{"rows": 50}', "DAILY")


@pytest.mark.parametrize("who", [None, "stranger"])
def test_raw_record_is_refused_to_others(app, source, people, who):
    user = people[who] if who else None
    kept = model.Session.query(HarvestObject).filter_by(current=True).one()
    for address in (f"/harvest/object/{kept.id}", f"/dataset/harvest_object/{kept.package_id}"):
        assert app.get(address, headers=headers(user), expect_errors=True).status_code == 403
    for data in ({"id": kept.id}, {"dataset_id": kept.package_id}, {"id": kept.guid, "attr": "guid"}):
        answer = app.post("/api/3/action/harvest_object_show", json=data, headers=headers(user), expect_errors=True)
        assert answer.status_code == 403
    for data in ({}, {"source_id": source["id"]}):
        answer = app.post("/api/3/action/harvest_object_list", json=data, headers=headers(user), expect_errors=True)
        assert answer.status_code == 403


def test_raw_record_is_a_harmless_download(app, source, people):
    kept = model.Session.query(HarvestObject).filter_by(current=True).one()
    for address in (f"/harvest/object/{kept.id}", f"/dataset/harvest_object/{kept.package_id}"):
        answer = app.get(address, headers=headers(people["editor"]))
        assert "<script>" in answer.body
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("attachment")
    assert app.get("/harvest/object/nowhere", headers=headers(people["editor"]), expect_errors=True).status_code == 404


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


@pytest.mark.parametrize("address", ["/harvest/clear/{id}", "/harvest/delete/{id}?clear=true"])
def test_page_says_why_a_running_source_is_not_cleared(app, source, people, address):
    with source_lock(source["id"]):
        page = app.post("/en" + address.format(**source), headers=headers(people["editor"]))
    assert page.status_code == 200
    assert "The source is being harvested at this moment; try again later" in page.body
    assert "{&#39;" not in page.body


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


def new(app: Any, user: dict[str, Any], **data: Any) -> Any:
    wanted = {
        "name": "fresh",
        "title": "新しい取得元",
        "url": "https://data.example.jp",
        "source_type": "orden_ckan",
        **data,
    }
    return app.post("/api/3/action/harvest_source_create", json=wanted, headers=headers(user), expect_errors=True)


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


@pytest.mark.parametrize(
    "url",
    [
        "/etc/passwd",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "gopher://x/",
        "http://user:secret@x/",
        "ftp://x/",
        "x",
    ],
)
def test_address_of_another_kind_is_refused(app, people, url):
    answer = new(app, people["editor"], owner_org=people["owner"]["id"], url=url)
    assert answer.status_code == 409
    assert "url" in json.loads(answer.body)["error"]
    good = json.loads(new(app, people["editor"], owner_org=people["owner"]["id"]).body)["result"]
    change = {"id": good["id"], "url": url}
    answer = app.post(
        "/api/3/action/harvest_source_patch", json=change, headers=headers(people["editor"]), expect_errors=True
    )
    assert answer.status_code == 409


def test_bad_configuration_is_refused_with_a_sentence(app, people):
    answer = new(app, people["editor"], owner_org=people["owner"]["id"], config='{"row": 1}')
    assert answer.status_code == 409
    assert "Unknown key 'row'" in json.loads(answer.body)["error"]["config"][0]


def test_source_inside_our_network_is_not_read(make_source, harvest):
    run = harvest(make_source("http://127.0.0.1:8080/"))
    assert run.state == "failed"
    assert "private network" in run.problems[0]["en"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_pages_of_a_source_open(app, source, people, sysadmin, lang):
    pages = [
        "/harvest",
        "/harvest/new",
        "/harvest/osaka-pref",
        "/harvest/about/osaka-pref",
        "/harvest/admin/osaka-pref",
    ]
    pages += ["/harvest/edit/osaka-pref", "/harvest/osaka-pref/job", "/harvest/osaka-pref/job/last"]
    pages += [f"/harvest/osaka-pref/job/{source['job']}"]
    for page in pages:
        for user in (people["editor"], sysadmin):
            answer = app.get(f"/{lang}{page}", headers=headers(user))
            assert answer.status_code == 200, page
    for page in ("/harvest", "/harvest/osaka-pref"):
        assert app.get(f"/{lang}{page}").status_code == 200


def test_job_page_tells_how_the_run_ended(app, source, people):
    body = app.get("/en/harvest/osaka-pref/job/last", headers=headers(people["editor"])).body
    assert "Finished with errors" in body
    assert "1 new" in body


def test_held_deletion_is_released_by_a_button(app, server, make_source, harvest, people):
    records = packages(*range(20))
    server.answers[SEARCH] = search(records)
    source_id = make_source(server.url(""))
    harvest(source_id)
    del records[5:]
    harvest(source_id, hours=24)
    harvest(source_id, hours=49)
    user = headers(people["editor"])
    page = app.get("/en/harvest/admin/osaka-pref", headers=user).body
    assert "Deletion waits for a person" in page
    assert f'action="/en/harvest/release/{source_id}"' in page
    app.post(f"/harvest/release/{source_id}", headers=user)
    assert tk.get_action("package_search")({}, {"rows": 0})["count"] == 5
