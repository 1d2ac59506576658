"""What a preview says: states, lines, columns, the form's own words; and what no list is."""

from __future__ import annotations

import io
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.lists.model import ListItem, ListUpload
from ckanext.orden.lists.wording import said
from metadata.lists import OLD_ROW, table, workbook

from .conftest import row

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def states(upload: dict[str, Any]) -> dict[str, int]:
    return {name: count for name, count in upload["counts"].items() if count}


def errors(upload: dict[str, Any]) -> list[tuple[int, str, str]]:
    """(line, column, code) of each error of the wrong rows."""
    wrong = (found for found in upload["rows"] if found["state"] == "wrong")
    return [
        (issue["line"], issue["column"], issue["code"])
        for found in wrong
        for issue in found["issues"]
        if issue["severity"] == "error"
    ]


class File:
    def __init__(self, data: bytes, filename: str = "list.xlsx") -> None:
        self.stream, self.filename = io.BytesIO(data), filename


def test_answer_names_the_file_and_its_rows(act):
    upload = act("orden_list_preview", organization="sakai", upload=File(workbook("new", [row(1), row(2)])))
    assert (upload["filename"], upload["generation"], upload["rows_read"]) == ("list.xlsx", "new", 2)
    assert states(upload) == {"new": 2}
    assert [(found["line"], found["title"]) for found in upload["rows"]] == [
        (2, "公衆トイレ一覧1"),
        (3, "公衆トイレ一覧2"),
    ]
    assert act("orden_list_show", id=upload["id"]) == upload


def test_old_list_without_descriptions_is_taken_with_a_remark(act):
    rows = [{**OLD_ROW, "データ概要": ""}]
    upload = act("orden_list_preview", organization="sakai", text=table("old", rows))
    assert states(upload) == {"new": 1}
    codes = [issue["code"] for issue in upload["rows"][0]["issues"]]
    assert "list.no_description" in codes
    assert "list.other_body" in [issue["code"] for issue in upload["issues"]], "豊中市's list for 堺市"
    assert act("orden_list_apply", id=upload["id"])["outcomes"]["created"] == 1


WRONG = {
    "a month 13": ({"データセット_公開日": "令和8年13月1日"}, "データセット_公開日", "date.invalid"),
    "a date of a file": ({"ファイル_最終更新日": "いつか"}, "ファイル_最終更新日", "date.invalid"),
    "an address": ({"ファイル_ダウンロードURL": "javascript:alert(1)"}, "ファイル_ダウンロードURL", "url.scheme"),
    "a page": ({"データセット_URL": "www.city.example.jp"}, "データセット_URL", "url.scheme"),
    "a mail address": (
        {"データセット_連絡先メールアドレス": "でんわ"},
        "データセット_連絡先メールアドレス",
        "field.refused",
    ),
    "a language": ({"データセット_言語": "ほげ語"}, "データセット_言語", "value.unknown"),
    "a status": ({"ファイル_ステータス": "なぞ"}, "ファイル_ステータス", "field.refused"),
    "a code": ({"全国地方公共団体コード": "999999", "地方公共団体名": ""}, "全国地方公共団体コード", "code.invalid"),
    "a period": ({"データセット_対象期間": "2025-04-01/2024-04-01"}, "データセット_対象期間", "period.reversed"),
    "too long a version": ({"データセット_バージョン": "1" * 101}, "データセット_バージョン", "field.refused"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_cell_is_named_by_line_and_column(preview, name):
    cells, column, code = WRONG[name]
    upload = preview(row(1), row(2, **cells), row(3))
    assert states(upload) == {"new": 2, "wrong": 1}
    assert (3, column, code) in errors(upload)


@pytest.mark.parametrize(
    ("cells", "written", "hint"),
    [
        ({"ファイル_ダウンロードURL": "htp:/broken"}, "htp:/broken", True),
        ({"ファイル_ステータス": "なぞ"}, "なぞ", False),
        ({"データセット_連絡先メールアドレス": "でんわ"}, "でんわ", False),
    ],
)
def test_wrong_cell_is_shown_as_it_is_written_with_the_way_out(preview, cells, written, hint):
    upload = preview(row(1, **cells))
    (issue,) = [issue for issue in upload["rows"][0]["issues"] if issue["severity"] == "error"]
    assert issue["value"] == written
    assert issue["message"].keys() == issue["hint"].keys() == {"ja", "en"} if hint else issue["message"]["en"]


def test_row_says_what_the_form_says(preview, act, organization):
    """One fault, two doors, the same words."""
    wrong = "令和8年13月1日"
    upload = preview(row(1, データセット_公開日=wrong))
    with pytest.raises(tk.ValidationError) as refused:
        act("package_create", name="a", title="題", notes="説明", owner_org=organization["id"], issued=wrong)
    issues = [issue for issue in upload["rows"][0]["issues"] if issue["severity"] == "error"]
    said = [f"{issue['message']['en']} {issue['hint'].get('en', '')}".strip() for issue in issues]
    assert said == refused.value.error_dict["issued"]


def test_error_of_a_second_file_names_its_line(preview):
    second = row(1, ファイル_ダウンロードURL="ftp://x y/1.csv".replace(" ", "<"), ファイル_ID="2")
    upload = preview(row(1), second)
    assert states(upload) == {"wrong": 1}
    assert {line for line, *_ in errors(upload)} == {3}


def test_row_without_a_title_or_with_too_many_cells_is_wrong(act):
    text = table("new", [row(1), row(2, データセット_タイトル="")]) + "x," * 50 + "\r\n"
    upload = act("orden_list_preview", organization="sakai", text=text)
    assert states(upload) == {"new": 1, "wrong": 2}
    assert [(line, code) for line, _, code in errors(upload)] == [(3, "list.no_title"), (4, "list.too_long")]


BROKEN = {
    "nothing": b"",
    "a page": b"<!DOCTYPE html><html></html>",
    "another table": b"a,b\r\n1,2\r\n",
    "a header alone": table("new", []).encode(),
    "a part of a workbook": workbook("new", [row(1)])[:2000],
    "old Excel": b"\xd0\xcf\x11\xe0rest",
    "a list that breaks off": table("new", [row(1), row(2)]).encode()[:-60],
    "an open quotation mark": table("new", [row(1), row(2)]).replace("2024/2/1", '"2024/2/1', 1).encode(),
}


@pytest.mark.parametrize("name", BROKEN)
def test_file_that_is_no_list_is_refused_with_one_sentence(act, name):
    with pytest.raises(tk.ValidationError) as refused:
        act("orden_list_preview", organization="sakai", upload=File(BROKEN[name]))
    assert said(refused.value)
    assert list(refused.value.error_dict) == ["upload"]
    assert model.Session.query(ListUpload).count() == 0


@pytest.mark.ckan_config("ckanext.orden.list.max_rows", 2)
def test_list_with_too_many_rows_is_refused(preview):
    preview(row(1), row(2))
    with pytest.raises(tk.ValidationError):
        preview(row(1), row(2), row(3))


@pytest.mark.ckan_config("ckanext.orden.list.max_bytes", 3000)
def test_list_that_is_too_large_is_refused(act):
    with pytest.raises(tk.ValidationError):
        act("orden_list_preview", organization="sakai", upload=File(table("new", map(row, range(30))).encode()))


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"organization": "sakai"},
        {"organization": "sakai", "text": "a", "upload": File(b"a")},
        {"organization": "sakai", "upload": "a"},
        {"organization": "sakai", "text": "a", "limit": -1},
        {"organization": "sakai", "text": "a", "limit": 10**9},
        {"organization": "sakai", "text": "a", "state": "x"},
    ],
)
def test_wrong_arguments_are_refused_by_name(act, given):
    with pytest.raises(tk.ValidationError):
        act("orden_list_preview", **given)


def test_rows_are_answered_page_by_page_and_by_state(preview, act):
    rows = [row(number, **({"データセット_公開日": "?"} if number % 2 else {})) for number in range(10)]
    upload = preview(*rows, limit=3, offset=1)
    assert [found["title"] for found in upload["rows"]] == [f"公衆トイレ一覧{number}" for number in (1, 2, 3)]
    wrong = act("orden_list_show", id=upload["id"], state="wrong", limit=2, offset=1)["rows"]
    assert [found["title"] for found in wrong] == ["公衆トイレ一覧3", "公衆トイレ一覧5"]


def test_spellings_are_read_and_one_is_shown(preview):
    upload = preview(
        row(1, ファイル_形式="ｃｓｖ", ファイル_ライセンス="cc-by-40-intl", データセット_公開日="令和６年４月１日")
    )
    (found,) = upload["rows"]
    assert found["wanted"]["license_id"] == "CC-BY-4.0"
    assert found["wanted"]["issued"] == "2024-04-01"
    assert found["wanted"]["resources"][0]["format"] == "CSV"


def test_owner_is_no_publisher_of_its_own(preview):
    upload = preview(row(1), row(2, 地方公共団体名="堺市上下水道局", 全国地方公共団体コード=""))
    assert [(found["wanted"].get("publisher") or [{}])[0].get("name") for found in upload["rows"]] == [
        None,
        "堺市上下水道局",
    ]


class TestRights:
    @pytest.fixture
    def stranger(self) -> dict[str, Any]:
        return factories.User(name="stranger")

    @pytest.mark.parametrize("user", ["stranger", "member", ""])
    def test_others_may_neither_hand_in_nor_see_nor_apply(self, stranger, preview, user):
        factories.User(name="member")
        member = {"id": "sakai", "username": "member", "role": "member"}
        admin = factories.Sysadmin()["name"]
        tk.get_action("organization_member_create")({"user": admin, "ignore_auth": True}, member)
        upload = preview(row(1))
        context: Any = {"user": user, "ignore_auth": False}
        for action, data in (
            ("orden_list_preview", {"organization": "sakai", "text": "a"}),
            ("orden_list_export", {"organization": "sakai"}),
            ("orden_list_show", {"id": upload["id"]}),
            ("orden_list_apply", {"id": upload["id"]}),
        ):
            with pytest.raises(tk.NotAuthorized):
                tk.get_action(action)(context | {}, data)

    def test_list_for_no_organization_is_refused(self, act):
        with pytest.raises(tk.NotAuthorized):
            act("orden_list_preview", organization="nowhere", text="a")

    def test_unknown_list_is_not_found(self, act):
        for action in ("orden_list_show", "orden_list_apply"):
            with pytest.raises(tk.ObjectNotFound):
                act(action, id="nothing")

    def test_another_editor_may_apply(self, preview):
        factories.User(name="colleague")
        editor = {"id": "sakai", "username": "colleague", "role": "editor"}
        admin = factories.Sysadmin()["name"]
        tk.get_action("organization_member_create")({"user": admin, "ignore_auth": True}, editor)
        upload = tk.get_action("orden_list_apply")({"user": "colleague"}, {"id": preview(row(1))["id"]})
        assert upload["outcomes"]["created"] == 1


def test_expired_list_is_gone_and_swept_by_the_next_one(preview, act):
    upload = preview(row(1))
    kept = model.Session.get(ListUpload, upload["id"])
    assert kept
    kept.expires = kept.created
    model.Session.commit()
    with pytest.raises(tk.ObjectNotFound):
        act("orden_list_show", id=upload["id"])
    other = preview(row(2))
    assert [row.upload_id for row in model.Session.query(ListItem.upload_id).distinct()] == [other["id"]]
