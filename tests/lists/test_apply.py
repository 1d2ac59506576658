"""A list becomes datasets: new, changed, unchanged, and the same again."""

from __future__ import annotations

from typing import Any

import pysolr
import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.lists import applying
from ckanext.orden.lists.model import ListItem
from ckanext.orden.logic import documents, writing
from killing import Killed, kill_at
from metadata.lists import table
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from .conftest import CATALOGUE, row, shown, written

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def found(**wanted: Any) -> int:
    """How many datasets a visitor finds."""
    return tk.get_action("package_search")({}, {"rows": 0, **wanted})["count"]


def test_new_rows_become_datasets_of_the_organization(apply):
    upload = apply(*(row(number) for number in range(5)))
    assert (upload["state"], upload["outcomes"]["created"], upload["outcomes"]["failed"]) == ("applied", 5, 0)
    assert upload["progress"] == {"done": 5, "total": 5}
    datasets = shown()
    assert [dataset["title"] for dataset in datasets] == [f"公衆トイレ一覧{number}" for number in range(5)]
    assert {dataset["organization"]["name"] for dataset in datasets} == {"sakai"}
    assert all(dataset["name"].startswith("sakai-") for dataset in datasets)
    assert found() == 5


def test_preview_alone_writes_nothing(preview):
    before = written()
    upload = preview(*(row(number) for number in range(3)))
    assert (upload["state"], upload["counts"]["new"]) == ("previewed", 3)
    assert written() == before


def test_second_application_writes_nothing(apply, preview, act):
    rows = [row(number) for number in range(4)]
    first = apply(*rows)
    before = written()
    again = preview(*rows)
    assert (again["counts"]["unchanged"], again["counts"]["changed"], again["counts"]["new"]) == (4, 0, 0)
    assert act("orden_list_apply", id=again["id"])["state"] == "applied"
    assert act("orden_list_apply", id=first["id"])["state"] == "applied"
    assert written() == before


def test_changed_cells_change_their_fields_and_nothing_else(apply, preview, act):
    apply(row(1), row(2))
    before = {dataset["title"]: dataset for dataset in shown()}
    upload = preview(row(1, データセット_更新頻度="半年に1回", ファイル_最終更新日="2026/11/15"), row(2))
    assert (upload["counts"]["changed"], upload["counts"]["unchanged"]) == (1, 1)
    (changed,) = (found for found in upload["rows"] if found["state"] == "changed")
    said = {(change["column"], change["file"], change["after"]) for change in changed["changes"]}
    assert ("ファイル_最終更新日", "公衆トイレ一覧（CSV）", "2026-11-15") in said
    assert {column for column, *_ in said} == {"データセット_更新頻度", "ファイル_最終更新日"}
    assert act("orden_list_apply", id=upload["id"])["outcomes"]["updated"] == 1
    after = {dataset["title"]: dataset for dataset in shown()}
    assert after["公衆トイレ一覧2"] == before["公衆トイレ一覧2"]
    one, other = before["公衆トイレ一覧1"], after["公衆トイレ一覧1"]
    assert (other["name"], other["resources"][0]["id"]) == (one["name"], one["resources"][0]["id"])
    assert other["frequency"].endswith("/ANNUAL_2")
    assert other["resources"][0]["modified"] == "2026-11-15"


def test_change_stands_in_the_history_of_the_dataset(apply, act):
    apply(row(1))
    apply(row(1, データセット_概要="書きかえた説明です。"))
    name = shown()[0]["name"]
    activities = tk.get_action("package_activity_list")({"ignore_auth": True}, {"id": name})
    assert [activity["activity_type"] for activity in activities] == ["changed package", "new package"]


def test_what_a_list_has_no_column_for_stays(apply, act):
    apply(row(1))
    (dataset,) = shown()
    act(
        "package_patch",
        id=dataset["id"],
        access_rights="公開",
        fee="無償",
        privacy_policy_contains_personal_data="非個人情報",
    )
    apply(row(1, データセット_概要="書きかえた説明です。"))
    (after,) = shown()
    assert after["notes"] == "書きかえた説明です。"
    assert after["fee"] == "無償"
    assert after["access_rights"].endswith("/PUBLIC")
    assert after["privacy_policy_contains_personal_data"] == "非個人情報"


def test_empty_cell_leaves_what_is_registered_unless_told_otherwise(apply, preview):
    apply(row(1))
    empty = row(1, データセット_来歴情報="", データセット_URL="", データセット_キーワード="")
    assert preview(empty)["counts"]["unchanged"] == 1
    upload = apply(empty, empties=True)
    assert upload["outcomes"]["updated"] == 1
    (dataset,) = shown()
    assert (dataset.get("url") or "", dataset["tags"]) == ("", [])
    assert dataset["contact"][0]["email"] == "kankyo@city.example.jp"


def test_file_that_leaves_the_list_leaves_the_dataset(apply):
    other = row(1, ファイル_ダウンロードURL="https://www.city.example.jp/1.xlsx", ファイル_形式="XLSX", ファイル_ID="2")
    apply(row(1), other)
    (dataset,) = shown()
    assert [file["format"] for file in dataset["resources"]] == ["CSV", "XLSX"]
    apply(row(1))
    (after,) = shown()
    assert [file["id"] for file in after["resources"]] == [dataset["resources"][0]["id"]]


def test_file_at_a_new_address_stays_the_same_file(apply):
    apply(row(1))
    (dataset,) = shown()
    apply(row(1, ファイル_ダウンロードURL="https://www.city.example.jp/2027.csv"))
    (after,) = shown()
    assert after["resources"][0]["url"] == "https://www.city.example.jp/2027.csv"
    assert after["resources"][0]["id"] == dataset["resources"][0]["id"]


def test_unreadable_row_takes_no_file_away(act, apply):
    apply(row(1), row(1, ファイル_ダウンロードURL="https://www.city.example.jp/1.xlsx", ファイル_ID="2"))
    text = table("new", [row(1, データセット_概要="書きかえた説明です。")]) + "x," * 50 + "\r\n"
    upload = act("orden_list_preview", organization="sakai", text=text)
    assert (upload["counts"]["changed"], upload["counts"]["wrong"]) == (1, 1)
    act("orden_list_apply", id=upload["id"])
    assert len(shown()[0]["resources"]) == 2


def test_dataset_that_the_list_does_not_name_is_shown_and_stays(apply, preview, act):
    apply(row(1), row(2))
    upload = preview(row(1))
    assert (upload["counts"]["not_listed"], upload["counts"]["unchanged"]) == (1, 1)
    assert [found["title"] for found in upload["rows"] if found["state"] == "not_listed"] == ["公衆トイレ一覧2"]
    act("orden_list_apply", id=upload["id"])
    assert len(shown()) == 2


def test_deleted_dataset_comes_back_under_its_address(apply, preview, act):
    apply(row(1))
    (dataset,) = shown()
    tk.get_action("package_delete")({"ignore_auth": True, "user": "clerk"}, {"id": dataset["id"]})
    upload = preview(row(1))
    assert upload["counts"]["new"] == 1
    assert "list.revived" in [issue["code"] for issue in upload["rows"][0]["issues"]]
    assert act("orden_list_apply", id=upload["id"])["outcomes"]["created"] == 1
    assert [(again["id"], again["name"]) for again in shown()] == [(dataset["id"], dataset["name"])]
    assert found() == 1


def test_dataset_registered_by_hand_is_found_by_the_lists_own_number(act, apply):
    known = {"title": "公衆トイレ", "notes": "説明", "identifier": "0001", "license_id": "CC-BY-4.0"}
    made = act("package_create", name="toilets", owner_org=act("organization_show", id="sakai")["id"], **known)
    assert apply(row(1))["outcomes"]["updated"] == 1
    assert [(dataset["id"], dataset["identifier"]) for dataset in shown()] == [(made["id"], "0001")]


def test_one_bad_row_stops_only_itself(apply):
    rows = [row(number) for number in range(8)]
    rows[3] = row(3, データセット_公開日="令和8年13月1日")
    upload = apply(*rows)
    assert (upload["counts"]["wrong"], upload["outcomes"]["created"]) == (1, 7)
    assert len(shown()) == found() == 7


def test_row_that_the_catalogue_refuses_stops_only_itself(preview, act):
    """A name that somebody has taken meanwhile is nothing that a preview can know."""
    upload = preview(*(row(number) for number in range(6)))
    (name,) = names(upload, 2)
    other = factories.Organization(name="osaka")
    factories.Dataset(name=name, owner_org=other["id"], title="ほかの団体", notes="説明")
    done = act("orden_list_apply", id=upload["id"])
    assert (done["outcomes"]["created"], done["outcomes"]["failed"]) == (5, 1)
    (failed,) = (found for found in act("orden_list_show", id=upload["id"])["rows"] if found["outcome"] == "failed")
    assert failed["title"] == "公衆トイレ一覧2"
    assert failed["issues"][-1]["code"] == "field.refused"
    assert len(shown()) == 6


def names(upload: dict[str, Any], *numbers: int) -> list[str]:
    """The names that new rows will get."""
    guids = [found["identifier"] for found in upload["rows"]]
    return [applying.dataset_name("sakai", guids[number]) for number in numbers]


def test_dataset_changed_since_the_preview_is_left_alone(apply, preview, act):
    apply(row(1), row(2))
    upload = preview(*(row(number, データセット_概要="一覧の説明です。") for number in (1, 2)))
    one = shown()[0]
    act("package_patch", id=one["id"], notes="画面で直した説明です。")
    done = act("orden_list_apply", id=upload["id"])
    assert (done["outcomes"]["updated"], done["outcomes"]["edited"]) == (1, 1)
    assert [dataset["notes"] for dataset in shown()] == ["画面で直した説明です。", "一覧の説明です。"]
    (left,) = (found for found in act("orden_list_show", id=upload["id"])["rows"] if found["outcome"] == "edited")
    assert left["issues"][-1]["code"] == "list.edited"


def test_new_row_that_somebody_has_registered_meanwhile_is_not_doubled(preview, act):
    first, second = preview(row(1), row(2)), preview(row(1), row(2, データセット_概要="別の説明です。"))
    act("orden_list_apply", id=first["id"])
    done = act("orden_list_apply", id=second["id"])
    assert (done["outcomes"]["unchanged"], done["outcomes"]["edited"], done["outcomes"]["created"]) == (1, 1, 0)
    assert len(shown()) == 2


MOMENTS = {
    "before the first write": (writing, "create", 1),
    "inside the second batch": (writing, "create", 5),
    "between commit and index": (documents, "index", 2),
    "after the index": (applying, "mark_indexed", 2),
    "before the last write": (writing, "create", 10),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_application_goes_on_and_ends_as_if_never_killed(preview, act, monkeypatch, moment):
    monkeypatch.setattr(writing, "BATCH", 3)
    upload = preview(*(row(number) for number in range(10)))
    with monkeypatch.context() as patch, pytest.raises(Killed):
        kill_at(patch, *MOMENTS[moment])
        act("orden_list_apply", id=upload["id"])
    model.Session.rollback()
    halfway = act("orden_list_show", id=upload["id"])
    assert (halfway["state"], halfway["running"]) == ("applying", False)
    done = act("orden_list_apply", id=upload["id"])
    assert (done["state"], done["outcomes"]["created"], done["outcomes"]["failed"]) == ("applied", 10, 0)
    assert len(shown()) == found() == 10
    assert model.Session.query(ListItem).filter_by(indexed=False).count() == 0
    activities = model.Session.execute(text("SELECT count(*) FROM activity WHERE activity_type = 'new package'"))
    assert activities.scalar() == 10


def test_index_that_was_down_is_filled_by_the_next_application(preview, act, monkeypatch):
    def down(*_args: Any, **_kwargs: Any) -> None:
        raise pysolr.SolrError("Failed to connect to server")

    upload = preview(row(1), row(2))
    with monkeypatch.context() as patch:
        patch.setattr(pysolr.Solr, "add", down)
        act("orden_list_apply", id=upload["id"])
    assert (len(shown()), found()) == (2, 0)
    before = written()
    act("orden_list_apply", id=upload["id"])
    assert found() == 2
    assert written() == before


def test_lost_database_ends_the_application_and_the_next_one_goes_on(preview, act, monkeypatch):
    upload = preview(row(1), row(2))

    def lost(*_args: Any) -> None:
        raise OperationalError("SELECT 1", {}, Exception("server closed the connection"))

    with monkeypatch.context() as patch, pytest.raises(OperationalError):
        patch.setattr(writing, "create", lost)
        act("orden_list_apply", id=upload["id"])
    model.Session.rollback()
    assert act("orden_list_apply", id=upload["id"])["outcomes"]["created"] == 2


def test_second_application_at_the_same_time_is_refused(preview, act):
    upload = preview(row(1))
    with applying.locks.lock(f"orden_list:{upload['organization']['id']}"):
        with pytest.raises(tk.ValidationError):
            act("orden_list_apply", id=upload["id"])
        assert act("orden_list_show", id=upload["id"])["state"] == "previewed"
    assert act("orden_list_apply", id=upload["id"])["state"] == "applied"


def test_application_in_the_background_is_done_by_a_worker(preview, act, monkeypatch):
    jobs: list[Any] = []
    monkeypatch.setattr(tk, "enqueue_job", lambda job, arguments, *_more, **_options: jobs.append((job, arguments)))
    upload = preview(row(1))
    before = written()
    assert act("orden_list_apply", id=upload["id"], background=True)["state"] == "applying"
    assert written() == before
    ((job, arguments),) = jobs
    job(*arguments)
    assert act("orden_list_show", id=upload["id"])["state"] == "applied"
    assert len(shown()) == 1


def test_clerk_who_has_lost_the_rights_meanwhile_writes_nothing(preview, act, monkeypatch):
    jobs: list[Any] = []
    monkeypatch.setattr(tk, "enqueue_job", lambda job, arguments, *_more, **_options: jobs.append((job, arguments)))
    upload = preview(row(1))
    act("orden_list_apply", id=upload["id"], background=True)
    tk.get_action("organization_member_delete")(
        {"ignore_auth": True, "user": factories.Sysadmin()["name"]}, {"id": "sakai", "username": "clerk"}
    )
    before = written(CATALOGUE)
    ((job, arguments),) = jobs
    job(*arguments)
    upload = tk.get_action("orden_list_show")({"ignore_auth": True}, {"id": upload["id"]})
    assert (upload["state"], bool(upload["problem"]["ja"])) == ("failed", True)
    assert written(CATALOGUE) == before
