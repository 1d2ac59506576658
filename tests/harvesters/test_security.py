"""What a source hides, its configuration and raw records, is for those who may edit it; nothing odd is read."""

from __future__ import annotations

import json
import logging

import pytest
from ckan import model
from ckanext.harvest.model import HarvestObject
from ckanext.orden.harvesters import log_filter
from fetching.server import reply

from .feeds import dcat_page, turtle
from .people import SEARCH, SECRET, api, headers, new

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


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
