"""Keys of sources: written, never read again, and sent to one place only."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers
from ckanext.harvest.model import HarvestSource
from ckanext.orden.errors import SourceError
from ckanext.orden.harvesters import cli, keys, settings
from ckanext.orden.harvesters.model import HarvestSecret
from click.testing import CliRunner
from fetching.server import reply

from .conftest import acting, row
from .feeds import new_list, packages, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"
KEY = "tOp.SeCrEt-kEy=="


@pytest.fixture
def people(organization: dict[str, Any]) -> dict[str | None, Any]:
    editor, stranger = factories.UserWithToken(), factories.UserWithToken()
    helpers.call_action("organization_member_create", id=organization["id"], username=editor["name"], role="editor")
    return {"editor": editor, "stranger": stranger, None: None}


def call(app: Any, action: str, user: Any, **data: Any) -> Any:
    headers = {"Authorization": user["token"]} if user else {}
    return app.post(f"/api/3/action/{action}", json=data, headers=headers, expect_errors=True)


def change(name: str, source: str, **values: Any) -> Any:
    return tk.get_action(f"orden_harvest_secret_{name}")(acting(), {"id": source, **values})


@pytest.mark.parametrize("header", keys.HEADERS)
def test_key_goes_with_each_request_of_a_run_and_of_a_preview(server, make_source, harvest, header):
    server.answers[SEARCH] = search(packages(1, 2))
    source = make_source(server.url(""), rows=1)
    change("update", source, value=f" {KEY}\n", header=header)
    assert harvest(source).state == "finished"
    tk.get_action("orden_harvest_preview_show")(acting(), {"id": source})
    assert len(server.seen) >= 3
    assert {headers.get(header.lower()) for _path, headers in server.seen} == {KEY}


def test_key_of_a_list_goes_along_and_not_after_it_is_removed(server, make_source, harvest):
    server.answers["/list.csv"] = reply(new_list(1))
    source = make_source(server.url("/list.csv"), "orden_list")
    change("update", source, value=KEY)
    harvest(source)
    assert change("delete", source) == {"deleted": True}
    assert change("delete", source) == {"deleted": False}
    harvest(source, hours=24)
    assert [headers.get("authorization") for _path, headers in server.seen] == [KEY, None]


def test_key_is_nowhere_to_be_read(app, server, make_source, harvest, people, caplog):
    caplog.set_level("DEBUG")
    server.answers[SEARCH] = search(packages(1))
    source = make_source(server.url(""))
    assert KEY not in call(app, "orden_harvest_secret_update", people["editor"], id=source, value=KEY).body
    harvest(source)
    auth = {"Authorization": people["editor"]["token"]}
    bodies = [
        call(app, action, people["editor"], id=source).body
        for action in ("orden_harvest_secret_show", "harvest_source_show", "package_show", "orden_harvest_run_show")
    ]
    bodies += [app.get(f"/en/harvest/{page}", headers=auth).body for page in ("admin/osaka-pref", "edit/osaka-pref")]
    bodies += [app.get("/api/3/action/package_search?fq=dataset_type:harvest&fl=*", headers=auth).body]
    bodies += [row(HarvestSecret, source).sealed, row(HarvestSource, source).config or "", caplog.text]
    assert [body for body in bodies if KEY in body] == []
    assert json.loads(bodies[0])["result"]["host"] == server.url("")
    assert f"for {server.url('')} (Authorization)" in bodies[4]


@pytest.mark.parametrize("action", ["update", "delete", "show"])
def test_keys_are_for_the_editors_of_a_source(app, server, make_source, people, action):
    source = make_source(server.url(""))
    for who, status in ((None, 403), ("stranger", 403), ("editor", 200)):
        answer = call(app, f"orden_harvest_secret_{action}", people[who], id=source, value=KEY)
        assert answer.status_code == status


def test_key_is_not_set_by_get(app, server, make_source, people):
    source = make_source(server.url(""))
    headers = {"Authorization": people["editor"]["token"]}
    for address in (f"/api/3/action/orden_harvest_secret_update?id={source}&value=x", f"/harvest/secret/{source}"):
        assert app.get(address, headers=headers, expect_errors=True).status_code in (400, 404, 405)
    assert row(HarvestSecret, source) is None


def test_form_of_the_admin_page_sets_and_removes_the_key(app, server, make_source, people):
    source = make_source(server.url(""))
    headers = {"Authorization": people["editor"]["token"]}
    app.post(f"/harvest/secret/{source}", data={"header": "X-API-Key", "value": KEY}, headers=headers)
    assert row(HarvestSecret, source).header == "X-API-Key"
    app.post(f"/harvest/secret/{source}", data={"delete": "1"}, headers=headers)
    assert row(HarvestSecret, source) is None
    stranger = {"Authorization": people["stranger"]["token"]}
    refused = app.post(f"/harvest/secret/{source}", data={"value": KEY}, headers=stranger, expect_errors=True)
    assert refused.status_code == 403


def test_key_is_removed_when_the_address_leads_to_another_host_and_stays_on_the_same(server, make_source):
    source = make_source(server.url(""))
    change("update", source, value=KEY)
    patch = tk.get_action("harvest_source_patch")
    patch(acting(), {"id": source, "url": server.url("/catalogue"), "title": "別の名前"})
    assert row(HarvestSecret, source) is not None
    patch(acting(), {"id": source, "url": "https://elsewhere.example.jp"})
    assert row(HarvestSecret, source) is None


@pytest.mark.parametrize("by_name", [False, True])
def test_key_goes_with_its_source(server, make_source, by_name):
    source = make_source(server.url(""), name="osaka-pref")
    change("update", source, value=KEY)
    tk.get_action("package_delete")(acting(), {"id": "osaka-pref" if by_name else source})
    assert row(HarvestSecret, source) is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"value": ""}, "value"),
        ({"value": "a\nB: c"}, "value"),
        ({"value": "鍵"}, "value"),
        ({"value": "x" * 5000}, "value"),
        ({"value": "x", "header": "Cookie"}, "header"),
    ],
)
def test_wrong_key_is_refused_without_repeating_it(server, make_source, values, field):
    source = make_source(server.url(""))
    with pytest.raises(tk.ValidationError) as caught:
        change("update", source, **values)
    assert list(caught.value.error_dict) == [field]


def test_key_is_not_sent_in_the_open(make_source):
    source = make_source("http://data.example.jp")
    with pytest.raises(tk.ValidationError, match="https"):
        change("update", source, value=KEY)


def test_row_that_was_copied_or_outlived_the_sites_secret_cannot_be_read(server, make_source, ckan_config, monkeypatch):
    one, other = make_source(server.url("")), make_source(server.url("/b"), name="other")
    change("update", one, value=KEY)
    assert keys.key_of(one, server.url("")) == keys.Key(keys.place_of(server.url("")), "Authorization", KEY)
    kept = row(HarvestSecret, one)
    copied = {name: getattr(kept, name) for name in ("place", "header", "sealed", "set_at", "set_by")}
    model.Session.add(HarvestSecret(source_id=other, **copied))
    model.Session.commit()
    with pytest.raises(SourceError, match="cannot be read any more"):
        keys.key_of(other, server.url(""))
    assert keys.key_of(one, "https://elsewhere.example.jp") is None
    monkeypatch.setitem(ckan_config, "SECRET_KEY", "another")
    with pytest.raises(SourceError, match="cannot be read any more"):
        keys.key_of(one, server.url(""))


def test_command_sets_from_standard_input_shows_and_clears(server, make_source):
    make_source(server.url(""))
    ask = CliRunner().invoke
    done = ask(cli.orden_harvest, ["secret", "osaka-pref", "--set-from-stdin"], input=KEY + "\n")
    assert "set on" in done.output
    assert KEY not in done.output
    assert "set on" in ask(cli.orden_harvest, ["secret", "osaka-pref"]).output
    assert "no key" in ask(cli.orden_harvest, ["secret", "osaka-pref", "--clear"]).output


@pytest.mark.parametrize("name", ["api_key", "apikey", "token", "password", "Authorization", "client_secret"])
def test_configuration_is_no_place_for_a_secret(name):
    with pytest.raises(ValueError, match="looks like a secret") as caught:
        settings.parse(json.dumps({name: KEY}), {})
    assert KEY not in str(caught.value)
