"""Edits are noted with the change that makes them, and only for datasets that come from a source."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.harvesters.model import HarvestEdit
from ckanext.orden.harvesters.ownership import edit
from ckanext.orden.logic import writing
from harvesters.conftest import acting, shown
from harvesters.feeds import packages, search
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture
def dataset(server, make_source, harvest) -> dict[str, Any]:
    server.answers["/api/3/action/package_search"] = search(packages(1))
    harvest(make_source(server.url("/")))
    return shown()[0]


def keys() -> list[tuple[str, str, str]]:
    model.Session.expire_all()
    return sorted((one.file, one.field, one.did) for one in model.Session.query(HarvestEdit))


def test_edit_says_who_made_it(dataset):
    user = factories.Sysadmin()
    tk.get_action("package_patch")({"user": user["name"]}, {"id": dataset["id"], "title": "直した題"})
    one = model.Session.query(HarvestEdit).one()
    assert (one.field, one.did, one.theirs, one.edited_by) == ("title", "changed", dataset["title"], user["id"])


def test_each_way_of_changing_a_file_is_noticed(dataset):
    first, second = dataset["resources"]
    tk.get_action("resource_patch")(acting(), {"id": first["id"], "name": "直した名前"})
    tk.get_action("resource_delete")(acting(), {"id": second["id"]})
    made = tk.get_action("resource_create")(
        acting(), {"package_id": dataset["id"], "url": "https://city.example.jp/a.csv", "name": "表", "format": "CSV"}
    )
    expected = [(first["id"], "name", "changed"), (second["id"], "", "removed"), (made["id"], "", "added")]
    assert keys() == sorted(expected)
    tk.get_action("package_revise")(acting(), {"match__id": dataset["id"], "update": {"title": "直した題"}})
    assert ("", "title", "changed") in keys()


def test_values_that_say_the_same_are_no_edit(dataset):
    sent = {**dataset, "notes": f" {dataset['notes']}\r\n", "tags": [{"name": tag["name"]} for tag in dataset["tags"]]}
    tk.get_action("package_update")(acting(), {**sent, "author": ""})
    assert keys() == []


def test_dataset_that_was_not_harvested_has_no_edits(organization):
    made = factories.Dataset(owner_org=organization["id"])
    tk.get_action("package_patch")(acting(), {"id": made["id"], "title": "直した題"})
    tk.get_action("package_delete")(acting(), {"id": made["id"]})
    assert keys() == []


def test_refused_change_leaves_no_edit(dataset):
    with pytest.raises(tk.ValidationError):
        tk.get_action("package_patch")(acting(), {"id": dataset["id"], "title": "直した題", "tags": [{"name": "!"}]})
    with pytest.raises(tk.NotAuthorized):
        tk.get_action("package_patch")({"user": factories.User()["name"]}, {"id": dataset["id"], "title": "直した題"})
    model.Session.commit()
    assert keys() == []


def test_change_that_is_rolled_back_takes_its_edits_along(dataset):
    writing.update({**dataset, "title": "直した題"}, acting())
    assert len(edit.seen([dataset["id"]])[dataset["id"]]) == 1
    model.Session.rollback()
    assert keys() == []


@pytest.mark.parametrize("by", ["id", "name"])
def test_deletion_by_id_or_name_is_noticed_and_taken_back_with_it(dataset, by):
    tk.get_action("package_delete")(acting(), {"id": dataset[by]})
    assert keys() == [("", "state", "changed")]
    tk.get_action("package_patch")(acting(), {"id": dataset["id"], "state": "active"})
    assert keys() == []


def test_change_by_a_person_waits_for_a_batch_that_asked_for_the_edits(dataset):
    edit.of([dataset["id"]])
    asked = text("SELECT id FROM package WHERE id = :id FOR NO KEY UPDATE NOWAIT")
    engine: Any = model.meta.engine
    with engine.connect() as other, pytest.raises(OperationalError):
        other.execute(asked, {"id": dataset["id"]})
    model.Session.rollback()
    with engine.connect() as other:
        assert other.execute(asked, {"id": dataset["id"]}).scalar() == dataset["id"]
