"""Edits given back: fields become what the source has and follow it again, by those who may edit the dataset."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANCliRunner
from ckanext.orden.harvesters.cli import orden_harvest
from ckanext.orden.harvesters.model import HarvestEdit
from ckanext.orden.harvesters.ownership.provenance import edits
from harvesters.conftest import acting, shown
from harvesters.feeds import package, packages, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"


@pytest.fixture
def source(server, make_source, harvest) -> str:
    server.answers[SEARCH] = search(packages(1))
    made = make_source(server.url("/"))
    harvest(made)
    return made


@pytest.fixture
def edited(source) -> dict[str, Any]:
    """A dataset with an edited title and a version, an edited, an added and a removed file."""
    dataset = shown()[0]
    added = {"url": "https://city.example.jp/own.csv", "name": "市の表", "format": "CSV"}
    files = [{**dataset["resources"][0], "name": "直した名前", "description": "説明"}, added]
    values = {"title": "直した<題>", "version": "2", "resources": files}
    tk.get_action("package_patch")(acting(), {"id": dataset["id"], **values})
    return shown()[0]


@pytest.fixture
def editor(edited, organization) -> dict[str, Any]:
    user = factories.UserWithToken()
    member = {"id": organization["id"], "username": user["name"], "role": "editor"}
    tk.get_action("organization_member_create")(acting(), member)
    return {"name": user["name"], "headers": {"Authorization": user["token"]}}


def kept() -> list[tuple[str, str]]:
    model.Session.expire_all()
    return sorted((one.field, one.did) for one in model.Session.query(HarvestEdit))


def give_back(dataset: dict[str, Any], user: str = "", **what: str) -> int:
    context: Any = {"user": user} if user else acting()
    return tk.get_action("orden_harvest_edit_return")(context, {"id": dataset["id"], **what})["returned"]


def provenance(user: str, dataset: dict[str, Any]) -> dict[str, Any]:
    return tk.get_action("orden_harvest_provenance_show")({"user": user}, {"id": dataset["name"]})


def test_one_field_is_given_back_and_follows_again(edited, source, server, harvest):
    assert give_back(edited, field="title") == 1
    assert shown()[0]["title"] == package(1)["title"]
    assert ("title", "changed") not in kept()
    server.answers[SEARCH] = search([package(1, title="新しい題")])
    harvest(source, 1)
    now = shown()[0]
    assert (now["title"], now["version"], now["resources"][0]["name"]) == ("新しい題", "2", "直した名前")


def test_field_that_the_source_does_not_have_is_emptied(edited):
    give_back(edited, field="version")
    give_back(edited, file=edited["resources"][0]["id"], field="description")
    now = shown()[0]
    assert (now.get("version") or "", now["resources"][0].get("description") or "") == ("", "")


def test_whole_file_is_given_back_by_its_id(edited):
    removed = next(one.file for one in model.Session.query(HarvestEdit).filter_by(did="removed"))
    first, added = edited["resources"]
    assert give_back(edited, file=first["id"]) == 2
    assert give_back(edited, file=added["id"]) == 1
    assert give_back(edited, file=removed) == 1
    assert kept() == [("title", "changed"), ("version", "changed")]
    files = [(file["id"], file["name"]) for file in shown()[0]["resources"]]
    names = [file["name"] for file in package(1)["resources"]]
    assert files == [(first["id"], names[0]), (removed, names[1])]


def test_everything_is_given_back_and_the_source_finds_nothing_to_change(edited, source, harvest):
    assert give_back(edited) == 6
    assert kept() == []
    found = tk.get_action("package_search")({}, {"q": f'title:"{package(1)["title"]}"'})
    assert found["count"] == 1
    assert harvest(source, 1).counts["unchanged"] == 1


def test_what_was_not_edited_cannot_be_given_back(edited):
    for what in ({"field": "notes"}, {"file": "no-such-file"}):
        with pytest.raises(tk.ValidationError):
            give_back(edited, **what)
    with pytest.raises(tk.ObjectNotFound):
        give_back({"id": "no-such-dataset"})


def test_only_editors_give_back_and_see_edits(edited, editor, source):
    stranger = factories.User()["name"]
    with pytest.raises(tk.NotAuthorized):
        give_back(edited, stranger)
    for user in ("", stranger):
        assert "edits" not in provenance(user, edited)
    seen = provenance(editor["name"], edited)
    assert (seen["source"]["name"], seen["guid"], seen["state"]) == ("osaka-pref", package(1)["id"], "current")
    assert seen["seen_at"].startswith("2026-04-01T12:00")
    title = next(one for one in seen["edits"] if one["field"] == "title")
    assert (title["ours"], title["theirs"]) == ("直した<題>", package(1)["title"])
    assert (title["label"]["ja"], title["did"], title["file"]) == ("タイトル", "changed", "")
    assert {(one["did"], one["file_name"]) for one in seen["edits"] if not one["field"]} == {
        ("added", "市の表"),
        ("removed", package(1)["resources"][1]["name"]),
    }
    assert give_back(edited, editor["name"], field="title") == 1


def test_private_dataset_and_private_source_stay_hidden(edited, editor, source):
    tk.get_action("package_patch")(acting(), {"id": source, "private": True})
    assert provenance("", edited)["source"] is None
    assert provenance(editor["name"], edited)["source"]["name"] == "osaka-pref"
    model.Session.query(model.Package).filter_by(id=edited["id"]).update({"private": True})
    model.Session.commit()
    with pytest.raises(tk.NotAuthorized):
        provenance("", edited)


def test_dataset_that_was_not_harvested_has_no_provenance(app, organization):
    made = factories.Dataset(owner_org=organization["id"])
    with pytest.raises(tk.ObjectNotFound):
        provenance("", made)
    assert "由来" not in app.get(f"/dataset/{made['name']}").get_data(as_text=True)


def test_visitor_sees_where_a_dataset_comes_from_and_no_edits(app, edited):
    page = app.get(f"/dataset/{edited['name']}").get_data(as_text=True)
    assert "由来" in page
    assert 'href="/harvest/osaka-pref"' in page
    assert package(1)["id"] in page
    assert "このサイトでの編集" not in page


def test_page_of_an_editor_asks_for_the_edits_once(app, edited, editor, monkeypatch):
    asked: list[str] = []

    def counted(dataset: dict[str, Any]) -> list[dict[str, Any]]:
        asked.append(dataset["id"])
        return edits(dataset)

    monkeypatch.setattr("ckanext.orden.harvesters.ownership.provenance.edits", counted)
    app.get(f"/dataset/{edited['name']}", headers=editor["headers"])
    assert asked == [edited["id"]]


def test_editor_gives_back_by_a_button_of_the_page(app, edited, editor):
    address = f"/dataset/{edited['name']}"
    page = app.get(address, headers=editor["headers"]).get_data(as_text=True)
    assert page.count(f'action="/harvest/return/{edited["id"]}"') == 7
    assert package(1)["title"] in page
    assert "直した<題>" not in page
    assert app.get(f"/harvest/return/{edited['id']}", headers=editor["headers"]).status_code in (404, 405)
    posted = {"file": "", "field": "title"}
    answer = app.post(f"/harvest/return/{edited['id']}", data=posted, headers=editor["headers"])
    assert "1 件の編集を取り込み元の内容に戻しました" in answer.get_data(as_text=True)
    assert shown()[0]["title"] == package(1)["title"]


def test_strangers_cannot_press_the_button(app, edited):
    stranger = {"Authorization": factories.UserWithToken()["token"]}
    app.post(f"/harvest/return/{edited['id']}", headers=stranger, status=403)
    assert len(kept()) == 6


def test_forms_say_that_the_dataset_is_harvested(app, edited, editor):
    for address in (
        f"/dataset/edit/{edited['name']}",
        f"/dataset/{edited['id']}/resource/{edited['resources'][0]['id']}/edit",
    ):
        page = app.get(address, headers=editor["headers"]).get_data(as_text=True)
        assert "大阪府のデータ」から取得しています" in page, address


def test_commands_list_edits_and_give_them_back(cli: CKANCliRunner, edited):
    listed = cli.invoke(orden_harvest, ["edits", "osaka-pref", "--json"])
    assert {one["dataset"] for one in json.loads(listed.output)} == {edited["name"]}
    assert "title changed" in cli.invoke(orden_harvest, ["edits", "osaka-pref"]).output
    answer = cli.invoke(orden_harvest, ["give-back", edited["name"], "--field", "title", "--json"])
    assert json.loads(answer.output) == {"returned": 1}
    assert "5 edits" in cli.invoke(orden_harvest, ["give-back", edited["name"]]).output
    again = cli.invoke(orden_harvest, ["give-back", edited["name"]])
    assert (again.exit_code, "Traceback" in again.output) == (1, False)
    assert cli.invoke(orden_harvest, ["edits", "nowhere"]).exit_code == 1
