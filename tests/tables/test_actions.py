"""The room's actions: who may, what they take, what they answer."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers
from ckanext.orden.tables.checking import check_dataset
from fetching.server import Server, reply

from .conftest import PERSONS, Act, Make, toilets

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
TEXT = toilets({"緯度": "本町"}).decode("cp932")


def test_a_text_is_checked_and_nothing_is_stored(act: Act):
    found = act("orden_table_validate", content=TEXT)
    assert (found["standard"], found["valid"], found["errors"], found["checked"]) == ("std-v3/13", False, 1, 1)
    assert found["cells"][0]["column"] == "緯度"


def test_an_upload_through_the_api_needs_no_account(app: Any):
    data = {"upload": (BytesIO(toilets()), "272035_public_toilet.csv")}
    answer = app.post("/api/3/action/orden_table_validate", data=data).get_json()["result"]
    assert (answer["standard"], answer["conforms"]) == ("std-v3/13", True)


def test_an_address_is_fetched_by_the_guarded_door(act: Act, server: Server):
    server.answers["/a.csv"] = reply(toilets())
    assert act("orden_table_validate", url=server.url("/a.csv"))["conforms"]
    closed = act("orden_table_validate", url="http://127.0.0.1:1/a.csv")
    assert closed["issues"][0]["code"] == "table.unreachable"


def test_a_registered_file_is_checked_by_its_id(act: Act, make: Make):
    dataset = make(toilets())
    assert act("orden_table_validate", id=dataset["resources"][0]["id"])["conforms"]


@pytest.mark.parametrize("data", [{}, {"content": "a,b", "url": "https://example.org/a.csv"}, {"content": ""}])
def test_exactly_one_subject_is_asked_for(act: Act, data: dict[str, str]):
    with pytest.raises(tk.ValidationError):
        act("orden_table_validate", **data)


def test_text_in_place_of_an_upload_is_told(app: Any):
    answer = app.post("/api/action/orden_table_validate", json={"upload": "text"})
    assert answer.status_code == 409
    assert "upload" in answer.json["error"]


@pytest.mark.ckan_config("ckanext.orden.table.max_upload_bytes", 50)
def test_what_is_too_large_is_not_read(act: Act):
    assert act("orden_table_validate", content=TEXT)["issues"][0]["code"] == "table.unreadable"


def test_the_stored_report_is_for_whoever_reads_the_file(act: Act, make: Make):
    dataset = make(toilets(), private=True)
    resource_id = dataset["resources"][0]["id"]
    with pytest.raises(tk.ObjectNotFound):
        act("orden_table_report_show", id=resource_id)
    check_dataset(dataset["id"])
    found = act("orden_table_report_show", id=resource_id)
    assert (found["standard"], found["resource_id"]) == ("std-v3/13", resource_id)
    for context in ({"user": "", "ignore_auth": False}, {"user": factories.User()["name"], "ignore_auth": False}):
        with pytest.raises(tk.NotAuthorized):
            helpers.call_auth("orden_table_report_show", context, id=resource_id)
        with pytest.raises(tk.NotAuthorized):
            helpers.call_auth("orden_table_validate", context, id=resource_id)


def test_only_editors_have_a_file_checked_again(
    make: Make, editor: dict[str, Any], waiting: Callable[[], list[str]], act: Act
):
    dataset = make(toilets())
    resource_id = dataset["resources"][0]["id"]
    assert act("orden_table_report_update", id=resource_id)["queued"]
    assert waiting()[-1] == dataset["id"]
    assert helpers.call_auth(
        "orden_table_report_update", {"user": editor["name"], "ignore_auth": False}, id=resource_id
    )
    for user in ("", factories.User()["name"]):
        with pytest.raises(tk.NotAuthorized):
            helpers.call_auth("orden_table_report_update", {"user": user, "ignore_auth": False}, id=resource_id)


class TestRows:
    """`orden_table_row_search`: what is in a registered file."""

    @pytest.fixture()
    def resource(self, make: Make) -> str:
        dataset = make(toilets({"ID": "1"}, {"ID": "2", "名称": "中央公園"}, {"ID": "3", "緯度": ""}))
        check_dataset(dataset["id"])
        return dataset["resources"][0]["id"]

    def test_rows_come_with_what_their_columns_are(self, act: Act, resource: str):
        found = act("orden_table_row_search", id=resource, limit=2)
        assert (found["count"], found["total"], found["complete"]) == (3, 3, True)
        assert [row["row"] for row in found["rows"]] == [1, 2]
        assert {"name": "緯度", "column": "緯度", "kind": "latitude"} in found["fields"]
        assert "places" not in found

    def test_rows_are_searched_sorted_and_paged(self, act: Act, resource: str):
        assert [row["row"] for row in act("orden_table_row_search", id=resource, q="中央")["rows"]] == [2]
        backwards = act("orden_table_row_search", id=resource, sort="ID desc", limit=1, offset=1)
        assert ([row["row"] for row in backwards["rows"]], backwards["count"]) == ([2], 3)

    def test_places_are_those_of_all_rows_found(self, act: Act, resource: str):
        found = act("orden_table_row_search", id=resource, limit=1, places=True)
        assert ([place["row"] for place in found["places"]], found["without"]) == ([1, 2], 1)
        assert found["places"][1]["name"] == "中央公園"
        assert act("orden_table_row_search", id=resource, q="中央", places=True)["without"] == 0

    @pytest.mark.parametrize("wrong", [{"limit": 1001}, {"limit": -1}, {"offset": "x"}, {"sort": "ない列"}])
    def test_wrong_questions_are_told(self, act: Act, resource: str, wrong: dict[str, Any]):
        with pytest.raises(tk.ValidationError) as caught:
            act("orden_table_row_search", id=resource, **wrong)
        assert set(caught.value.error_dict) == set(wrong)

    def test_a_file_that_was_not_read_has_none(self, act: Act, make: Make):
        dataset = make(toilets())
        with pytest.raises(tk.ObjectNotFound):
            act("orden_table_row_search", id=dataset["resources"][0]["id"])

    def test_only_who_may_read_the_dataset_reads_its_rows(self, act: Act, resource: str):
        stranger = factories.User()["name"]
        act("package_patch", id="toilets", private=True)
        with pytest.raises(tk.NotAuthorized):
            helpers.call_action("orden_table_row_search", {"user": stranger, "ignore_auth": False}, id=resource)
        with pytest.raises(tk.NotAuthorized):
            helpers.call_action("orden_table_row_search", {"user": "", "ignore_auth": False}, id=resource)

    def test_rows_that_may_name_persons_are_for_those_who_can_mend_them(self, make: Make, editor: dict[str, Any]):
        dataset = make(PERSONS, "persons.csv")
        check_dataset(dataset["id"])
        resource = dataset["resources"][0]["id"]
        with pytest.raises(tk.NotAuthorized, match="personal data"):
            helpers.call_action("orden_table_row_search", {"user": "", "ignore_auth": False}, id=resource)
        own = helpers.call_action("orden_table_row_search", {"user": editor["name"], "ignore_auth": False}, id=resource)
        assert own["count"] == 1

    def test_rows_are_drawn_by_the_columns_asked_for_or_by_those_that_tell_most(self, act: Act, make: Make):
        dataset = make("年度,人口,地区\n2023,5,東\n2024,7,西\n".encode(), "people.csv")
        check_dataset(dataset["id"])
        resource = dataset["resources"][0]["id"]
        found = act("orden_table_row_search", id=resource, draw=True)
        assert (found["chart"]["label"], found["chart"]["value"]) == ("年度", "人口")
        assert found["chart"]["points"] == (("2023", 5.0), ("2024", 7.0))
        assert (found["labels"], found["numbers"]) == (["年度", "地区"], ["人口"])
        counted = act("orden_table_row_search", id=resource, draw=True, label="地区", q="東")["chart"]
        assert counted["points"] == (("東", 1.0),)
        assert act("orden_table_row_search", id=resource, draw=True, label="ない")["chart"] is None
