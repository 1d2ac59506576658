"""Registered files: read when they change, reported, and what the dataset says of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan.lib import search
from ckan.plugins import toolkit as tk
from ckan.tests import helpers
from ckanext.orden.tables.checking import check_dataset
from fetching.server import Server, reply

from .conftest import PERSONS, Act, Make, row, toilets

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
STANDARD = "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test"


def only(dataset: dict[str, Any]) -> str:
    return dataset["resources"][0]["id"]


def test_a_right_file_conforms_and_says_so_everywhere(act: Act, make: Make):
    dataset = make(toilets())
    assert check_dataset(dataset["id"]) == 1
    found = row(only(dataset))
    assert found
    assert (found.standard, found.certain, found.conforms, found.rows, found.errors) == ("std-v3/13", True, True, 1, 0)
    shown = act("package_show", id=dataset["id"])
    assert shown["orden_tables"][only(dataset)]["title"]["ja"] == "自治体標準オープンデータセット「公衆トイレ一覧」"
    assert shown["resources"][0]["conforms_to"] == [STANDARD]
    assert act("resource_show", id=only(dataset))["conforms_to"] == [STANDARD]
    assert act("package_search", q="name:toilets")["results"][0]["resources"][0]["conforms_to"] == [STANDARD]
    assert f"<{STANDARD}>" in act("dcat_dataset_show", id=dataset["id"], format="ttl")


def test_what_is_derived_is_never_stored(act: Act, make: Make):
    dataset = make(toilets())
    check_dataset(dataset["id"])
    act("package_patch", id=dataset["id"], notes="別の説明")
    act("resource_patch", id=only(dataset), description="別の説明")
    stored = helpers.call_action("package_show", context={"for_update": True}, id=dataset["id"])
    assert "conforms_to" not in stored["resources"][0]
    act("package_update", **{**stored, "title": "題"})
    assert act("package_show", id=dataset["id"])["resources"][0]["conforms_to"] == [STANDARD]


def test_a_statement_of_the_provider_stays_when_the_file_breaks(act: Act, make: Make, server: Server):
    dataset = make(toilets())
    check_dataset(dataset["id"])
    own = {**dataset["resources"][0], "conforms_to": ["市の仕様"]}
    act("package_patch", id=dataset["id"], resources=[own])
    assert act("package_show", id=dataset["id"])["resources"][0]["conforms_to"] == ["市の仕様", STANDARD]
    server.answers["/272035_public_toilet.csv"] = reply(toilets({"緯度": "本町"}))
    check_dataset(dataset["id"])
    assert act("package_show", id=dataset["id"])["resources"][0]["conforms_to"] == ["市の仕様"]


def test_an_unchanged_file_is_not_checked_again(make: Make, server: Server):
    dataset = make(toilets())
    assert check_dataset(dataset["id"]) == 1
    first = row(only(dataset))
    assert first
    made_at = first.made_at
    assert check_dataset(dataset["id"]) == 0
    assert server.seen[-1][1]["if-none-match"] == '"1"'
    server.answers["/272035_public_toilet.csv"] = reply(b"", status=304)
    assert check_dataset(dataset["id"]) == 0
    again = row(only(dataset))
    assert again
    assert again.made_at == made_at
    server.answers["/272035_public_toilet.csv"] = reply(toilets())
    assert check_dataset(dataset["id"], again=True) == 1


def test_a_changed_file_is_checked_again(make: Make, server: Server):
    dataset = make(toilets())
    check_dataset(dataset["id"])
    server.answers["/272035_public_toilet.csv"] = reply(toilets({"緯度": "本町"}), ETag='"2"')
    assert check_dataset(dataset["id"]) == 1
    found = row(only(dataset))
    assert found
    assert (found.conforms, found.errors, found.report["cells"][0]["column"]) == (False, 1, "緯度")


def test_an_upload_is_read_from_the_storage(uploaded: Make):
    dataset = uploaded(toilets({"緯度": "本町"}))
    assert check_dataset(dataset["id"]) == 1
    found = row(only(dataset))
    assert found
    assert (found.standard, found.errors) == ("std-v3/13", 1)
    assert check_dataset(dataset["id"]) == 0


def test_a_file_that_holds_no_table_has_a_report_that_says_why(make: Make):
    dataset = make(b"%PDF-1.7")
    check_dataset(dataset["id"])
    found = row(only(dataset))
    assert found
    assert found.report["issues"][0]["code"] == "table.unreadable"
    assert "PDF" in found.report["issues"][0]["message"]["ja"]


def test_a_server_that_is_down_leaves_the_last_report(make: Make, server: Server):
    dataset = make(toilets())
    check_dataset(dataset["id"])
    server.answers["/272035_public_toilet.csv"] = reply(b"", status=404)
    assert check_dataset(dataset["id"]) == 0
    found = row(only(dataset))
    assert found
    assert found.conforms


@pytest.mark.ckan_config("ckanext.orden.table.max_bytes", 100)
def test_a_file_above_the_limit_is_said_to_be_too_large(make: Make, uploaded: Make):
    remote, stored = make(toilets()), uploaded(toilets())
    for dataset in (remote, stored):
        check_dataset(dataset["id"])
        found = row(only(dataset))
        assert found
        assert (found.report["issues"][0]["code"], found.errors) == ("table.unreachable", 0)


def test_personal_data_warn_in_the_datasets_own_report(act: Act, make: Make):
    dataset = make(PERSONS, "list.csv")
    check_dataset(dataset["id"])

    def codes() -> set[str]:
        return {issue["code"] for issue in act("orden_report_show", id=dataset["id"])["issues"]}

    assert {"personal.name", "personal.birth", "personal.mobile"} <= codes()
    issue = next(i for i in act("orden_report_show", id=dataset["id"])["issues"] if i["code"] == "personal.name")
    assert (issue["field"], issue["where"], issue["severity"]) == ("resources", "一覧: 申請者氏名", "warning")
    assert "山田" not in json.dumps(issue, ensure_ascii=False)
    act("package_patch", id=dataset["id"], notes="別の説明")
    assert "personal.name" in codes()
    check_dataset(dataset["id"], again=True)
    found = [i["code"] for i in act("orden_report_show", id=dataset["id"])["issues"]]
    assert found.count("personal.name") == 1


def test_an_organization_can_switch_the_warning_off(act: Act, make: Make, toyonaka: dict[str, Any]):
    act("organization_patch", id=toyonaka["id"], orden_personal_check="off")
    dataset = make(PERSONS, "list.csv")
    check_dataset(dataset["id"])
    issues = act("orden_report_show", id=dataset["id"])["issues"]
    assert not any(issue["code"].startswith("personal.") for issue in issues)


def test_a_resource_that_is_no_table_is_left_alone(act: Act, make: Make, server: Server):
    dataset = make(toilets(), "map.zip")
    act("resource_patch", id=only(dataset), format="ZIP")
    server.seen.clear()
    assert check_dataset(dataset["id"]) == 0
    assert server.seen == []


def test_a_deleted_dataset_is_left_alone(act: Act, make: Make):
    dataset = make(toilets())
    act("package_delete", id=dataset["id"])
    assert check_dataset(dataset["id"]) == 0
    assert check_dataset("no-such-id") == 0


def test_the_index_has_the_report_without_being_asked(make: Make):
    dataset = make(toilets())
    check_dataset(dataset["id"])
    stored = json.loads(search.show("toilets")["validated_data_dict"])
    assert stored["orden_tables"][only(dataset)]["conforms"] is True


def test_reports_go_with_their_resource(act: Act, make: Make):
    dataset = make(toilets())
    check_dataset(dataset["id"])
    resource_id = only(dataset)
    tk.get_action("dataset_purge")({"ignore_auth": True, "user": ""}, {"id": dataset["id"]})
    assert row(resource_id) is None
