"""What a run would do, before it does it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANCliRunner
from ckanext.orden.harvesters.cli import orden_harvest
from fetching.server import reply
from sqlalchemy import text

from ..conftest import acting, found, shown
from ..feeds import package, packages, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
TABLES = ("package", "resource", "activity", "harvest_object", "harvest_job", "orden_harvest_record", '"group"')


def written() -> dict[str, Any]:
    """The versions of all rows that a run might write."""
    version = "md5(string_agg(concat(ctid, ':', xmin), ' ' ORDER BY ctid))"
    model.Session.commit()
    return {name: model.Session.execute(text(f"SELECT {version} FROM {name}")).scalar() for name in TABLES}  # noqa: S608


def preview(source: str, **asked: Any) -> dict[str, Any]:
    return tk.get_action("orden_harvest_preview_show")(acting(), {"id": source, **asked})


def test_records_are_told_apart_and_nothing_is_written(server, make_source, harvest):
    path = "/api/3/action/package_search"
    server.answers[path] = search(packages(1, 2, 3))
    source = make_source(server.url("/"))
    harvest(source)
    changed = [package(1), package(2, title="別の名前"), package(4), package(5, title="", name="")]
    server.answers[path] = search(changed)
    before = written()
    outcomes = preview(source)
    assert [record["outcome"] for record in outcomes["records"]] == ["unchanged", "updated", "added", "errors"]
    assert outcomes["total"] == 4
    assert outcomes["records"][3]["issues"][0]["message"]["ja"]
    assert written() == before
    assert len(shown()) == found() == 3


def test_preview_says_what_the_run_then_does(server, make_source, harvest):
    server.answers["/api/3/action/package_search"] = search(packages(1, 2, 3))
    source = make_source(server.url("/"))
    told = preview(source)["records"]
    assert harvest(source).counts["added"] == 3
    assert {record["name"] for record in told} == {dataset["name"] for dataset in shown()}


def test_dataset_that_the_catalogue_would_refuse_is_an_error(server, make_source):
    contradiction = package(1, extras=[{"key": "fee", "value": "有償"}])
    server.answers["/api/3/action/package_search"] = search([contradiction])
    (record,) = preview(make_source(server.url("/")))["records"]
    assert record["outcome"] == "errors"
    assert record["issues"][0]["severity"] == "error"


def test_organisation_that_a_run_would_make_is_not_made(server, make_source):
    server.answers["/api/3/action/package_search"] = search(packages(1, 2))
    source = make_source(server.url("/"), remote_orgs="create")
    before = written()
    assert [record["outcome"] for record in preview(source)["records"]] == ["added", "added"]
    assert written() == before


def test_only_as_many_records_as_asked_for_are_read(server, make_source):
    server.answers["/api/3/action/package_search"] = search(packages(*range(30)))
    source = make_source(server.url("/"))
    assert len(preview(source)["records"]) == 20
    assert len(preview(source, limit=3)["records"]) == 3
    for limit in (0, 201, "x"):
        with pytest.raises(tk.ValidationError):
            preview(source, limit=limit or "0")


def test_source_that_cannot_be_read_says_why(server, make_source):
    server.answers["/api/3/action/package_search"] = reply(b"<html>maintenance</html>")
    answer = preview(make_source(server.url("/")))
    assert answer["records"] == []
    assert "CKAN" in answer["problems"][0]["ja"]


def test_preview_is_for_the_sources_editors(app: Any, server, make_source):
    server.answers["/api/3/action/package_search"] = search(packages(1))
    source = make_source(server.url("/"))
    stranger = {"Authorization": factories.UserWithToken()["token"]}
    assert app.post("/api/action/orden_harvest_preview_show", json={"id": source}, headers=stranger).status_code == 403
    assert app.get(f"/harvest/preview/{source}").status_code == 403
    admin = {"Authorization": factories.SysadminWithToken()["token"]}
    assert "試し読み" in app.get(f"/harvest/preview/{source}", headers=admin).get_data(as_text=True)
    page = app.post(f"/harvest/preview/{source}", headers=admin).get_data(as_text=True)
    assert packages(1)[0]["title"] in page


def test_command_shows_the_outcomes_and_ends_with_what_it_found(cli: CKANCliRunner, server, make_source):
    path = "/api/3/action/package_search"
    server.answers[path] = search([package(1), package(2, title="", name="")])
    make_source(server.url("/"))
    result = cli.invoke(orden_harvest, ["preview", "osaka-pref"])
    assert result.exit_code == 1, result.output
    assert "added" in result.output
    server.answers[path] = search(packages(1))
    answer = cli.invoke(orden_harvest, ["preview", "osaka-pref", "--json"])
    assert answer.exit_code == 0
    assert json.loads(answer.output)["records"][0]["outcome"] == "added"
    server.answers[path] = reply(b"{}")
    assert cli.invoke(orden_harvest, ["preview", "osaka-pref"]).exit_code == 2
