"""What people have edited in harvested datasets stays, field by field; all else follows the source."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.harvest.model import HarvestObject
from ckanext.orden.clock import utcnow
from ckanext.orden.harvesters import runs
from ckanext.orden.harvesters.model import HarvestEdit
from ckanext.orden.harvesters.operations import undo
from ckanext.orden.harvesters.ownership import edit
from harvesters.conftest import acting, found, harvester_of, shown
from harvesters.feeds import package, packages, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"


def patch(dataset: dict[str, Any], **values: Any) -> dict[str, Any]:
    return tk.get_action("package_patch")(acting(), {"id": dataset["id"], **values})


def edits() -> dict[tuple[str, str], tuple[str, Any]]:
    model.Session.expire_all()
    return {(one.file, one.field): (one.did, one.theirs) for one in model.Session.query(HarvestEdit)}


@pytest.fixture
def source(server, make_source, harvest) -> str:
    server.answers[SEARCH] = search(packages(1, 2))
    made = make_source(server.url("/"))
    harvest(made)
    return made


@pytest.fixture
def edited(source) -> dict[str, Any]:
    """A dataset with another title, another name of its first file, without its second and with a third."""
    dataset = one_of(package(1)["title"])
    first, second = dataset["resources"]
    added = {"url": "https://city.example.jp/own.csv", "name": "市の表", "format": "CSV"}
    files = [{**first, "name": "直した名前"}, added]
    patch(dataset, title="直した題", resources=files)
    now = now_of(dataset)
    assert edits() == {
        ("", "title"): ("changed", dataset["title"]),
        (first["id"], "name"): ("changed", first["name"]),
        (now["resources"][1]["id"], ""): ("added", None),
        (second["id"], ""): ("removed", second),
    }
    return now


def one_of(title: str) -> dict[str, Any]:
    return next(one for one in shown() if one["title"] == title)


def now_of(dataset: dict[str, Any]) -> dict[str, Any]:
    return next(one for one in shown() if one["id"] == dataset["id"])


def changed(number: int) -> dict[str, Any]:
    """The package with everything changed at the source, but for the addresses of its files."""
    files = [{**file, "name": "新しい名前", "description": "新しい説明"} for file in package(number)["resources"]]
    new = {"id": "new", "name": "新しいファイル", "url": "https://data.example.jp/new.json", "format": "JSON"}
    return package(number, title="新しい題", notes="新しい説明です。", tags=[{"name": "新語"}], resources=[*files, new])


def test_edits_stay_and_the_rest_follows(edited, source, server, harvest):
    server.answers[SEARCH] = search([changed(1), package(2)])
    assert harvest(source, 1).counts["updated"] == 1
    now = now_of(edited)
    assert (now["title"], now["notes"], [tag["name"] for tag in now["tags"]]) == (
        "直した題",
        "新しい説明です。",
        ["新語"],
    )
    names = [(file["name"], file.get("description")) for file in now["resources"]]
    assert names == [("直した名前", "新しい説明"), ("新しいファイル", None), ("市の表", None)]
    assert [file["id"] for file in now["resources"]][::2] == [file["id"] for file in edited["resources"]]
    removed = next(theirs for did, theirs in edits().values() if did == "removed")
    assert (edits()["", "title"][1], removed["name"]) == ("新しい題", "新しい名前")
    run = harvest(source, 2)
    assert (run.counts["unchanged"], run.counts["updated"]) == (2, 0)


def test_field_that_a_person_emptied_stays_empty(source, server, harvest):
    dataset = one_of(package(1)["title"])
    patch(dataset, tags=[], frequency="")
    server.answers[SEARCH] = search([changed(1), package(2)])
    harvest(source, 1)
    now = now_of(dataset)
    assert (now["tags"], now.get("frequency", ""), now["title"]) == ([], "", "新しい題")


def test_edit_that_returns_to_the_sources_value_is_none_any_more(edited):
    files = edited["resources"]
    patch(edited, title=package(1)["title"], resources=[{**files[0], "name": "避難所.csv"}])
    assert sorted(did for did, _ in edits().values()) == ["changed", "removed"]
    patch(edited, resources=[{**now_of(edited)["resources"][0], "name": package(1)["resources"][0]["name"]}])
    assert [did for did, _ in edits().values()] == ["removed"]


def test_edit_that_the_source_takes_over_follows_it_again(edited, source, server, harvest):
    server.answers[SEARCH] = search([package(1, title="直した題"), package(2)])
    harvest(source, 1)
    assert ("", "title") not in edits()
    server.answers[SEARCH] = search([changed(1), package(2)])
    harvest(source, 2)
    assert now_of(edited)["title"] == "新しい題"


def test_file_with_another_address_is_still_known(source, server, harvest):
    dataset = one_of(package(1)["title"])
    first, second = dataset["resources"]
    patch(dataset, resources=[{**first, "url": "https://city.example.jp/moved.csv"}, second])
    server.answers[SEARCH] = search([changed(1), package(2)])
    harvest(source, 1)
    files = now_of(dataset)["resources"]
    assert [file["id"] for file in files[:2]] == [first["id"], second["id"]]
    assert (files[0]["url"], files[0]["name"], len(files)) == ("https://city.example.jp/moved.csv", "新しい名前", 3)


def test_file_that_the_source_drops_goes_with_its_edits(edited, source, server, harvest):
    server.answers[SEARCH] = search([package(1, resources=[]), package(2)])
    harvest(source, 1)
    assert [file["name"] for file in now_of(edited)["resources"]] == ["市の表"]
    assert sorted(did for did, _ in edits().values()) == ["added", "changed"]


def test_file_that_a_person_added_and_took_away_leaves_nothing(edited):
    patch(edited, resources=edited["resources"][:1])
    assert "added" not in [did for did, _ in edits().values()]


def test_added_file_is_the_sources_once_it_publishes_it(edited, source, server, harvest):
    own = {"id": "own", "name": "公式の表", "url": "https://city.example.jp/own.csv", "format": "CSV"}
    server.answers[SEARCH] = search([package(1, resources=[*package(1)["resources"], own]), package(2)])
    harvest(source, 1)
    files = now_of(edited)["resources"]
    assert [(file["id"], file["name"]) for file in files] == [
        (edited["resources"][0]["id"], "直した名前"),
        (edited["resources"][1]["id"], "公式の表"),
    ]
    assert "added" not in [did for did, _ in edits().values()]


def test_dataset_that_a_person_deleted_stays_deleted_even_when_its_record_comes_back(source, server, harvest):
    dataset = one_of(package(1)["title"])
    tk.get_action("package_delete")(acting(), {"id": dataset["id"]})
    server.answers[SEARCH] = search([changed(1), package(2)])
    assert harvest(source, 1).state == "finished"
    server.answers[SEARCH] = search([package(2)])
    for hours in (2, 30):
        harvest(source, hours)
    server.answers[SEARCH] = search([package(1), package(2)])
    assert harvest(source, 60).state == "finished"
    assert [one["title"] for one in shown()] == [package(2)["title"]]
    assert found() == 1


def test_what_a_harvest_deletes_is_nobodys_edit(source, server, harvest):
    server.answers[SEARCH] = search([package(2)])
    for hours in (1, 30):
        harvest(source, hours)
    assert edits() == {}
    server.answers[SEARCH] = search(packages(1, 2))
    harvest(source, 60)
    assert len(shown()) == 2


def test_groups_and_owner_that_people_chose_stay(source, server, harvest):
    group, owner = factories.Group(), factories.Organization()
    dataset = one_of(package(1)["title"])
    member = {"id": group["id"], "object": dataset["id"], "object_type": "package", "capacity": "public"}
    tk.get_action("member_create")(acting(), member)
    patch(dataset, owner_org=owner["id"])
    server.answers[SEARCH] = search([changed(1), package(2)])
    harvest(source, 1)
    now = now_of(dataset)
    assert ([one["id"] for one in now["groups"]], now["organization"]["id"]) == ([group["id"]], owner["id"])


def test_private_dataset_that_a_person_published_stays_public(server, make_source, harvest):
    server.answers[SEARCH] = search([package(1, private=True)])
    source = make_source(server.url("/"), private=True)
    harvest(source)
    dataset = one_of(package(1)["title"])
    assert dataset["private"]
    patch(dataset, private=False)
    server.answers[SEARCH] = search([package(1, private=True, title="新しい題")])
    harvest(source, 1)
    now = now_of(dataset)
    assert (now["private"], now["title"]) == (False, "新しい題")


@pytest.mark.ckan_config("ckan.auth.create_unowned_dataset", True)
def test_dataset_whose_owner_was_deleted_belongs_to_the_source_again(source, server, harvest, organization):
    dataset = one_of(package(1)["title"])
    patch(dataset, owner_org=factories.Organization(name="gone")["id"])
    patch(dataset, owner_org="")
    server.answers[SEARCH] = search([changed(1), package(2)])
    harvest(source, 1)
    assert now_of(dataset)["organization"]["id"] == organization["id"]


def test_undoing_a_run_keeps_what_people_edited_before_and_since(edited, source, server, harvest):
    server.answers[SEARCH] = search([changed(1), package(2)])
    job = runs.job_for(source)
    harvester_of(job).run(job, now=utcnow)
    before, group = edits(), factories.Group()
    patch(edited, notes="直した説明", groups=[{"id": group["id"]}])
    plan = undo.plan(source)
    assert plan["edited"] == 1
    undo.undo(source, acting()["user"], plan["job_id"])
    now = now_of(edited)
    assert (now["title"], now["notes"], [tag["name"] for tag in now["tags"]]) == (
        "直した題",
        "直した説明",
        [tag["name"] for tag in edited["tags"]],
    )
    assert [(file["id"], file["name"]) for file in now["resources"]] == [
        (file["id"], file["name"]) for file in edited["resources"]
    ]
    assert [one["id"] for one in now["groups"]] == [group["id"]]
    assert edits() == {**before, ("", "notes"): ("changed", "新しい説明です。")}


def test_record_that_is_imported_again_keeps_edits(edited):
    kept: Any = model.Session.query(HarvestObject).filter_by(package_id=edited["id"], current=True).one()
    assert harvester_of(kept.job).import_stage(kept)
    assert now_of(edited)["title"] == "直した題"
    assert len(edits()) == 4


def test_edits_are_asked_for_once_a_batch(source, server, harvest, monkeypatch):
    asked: list[int] = []
    original = edit.of
    monkeypatch.setattr(edit, "of", lambda ids: (asked.append(len(list(ids))), original(ids))[1])
    server.answers[SEARCH] = search([changed(1), package(2, title="別の題")])
    assert harvest(source, 1).counts["updated"] == 2
    assert asked == [2]
