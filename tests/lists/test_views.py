"""The pages: hand in, look, apply, take away; for those who may, by POST, and with other people's text as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from ckan.tests import factories
from ckanext.orden.lists.helpers import orden_list_difference
from ckanext.orden.metadata.parsing.list_columns import NEW_COLUMNS
from ckanext.orden.metadata.parsing.open_data_list import read
from lxml import html
from metadata.lists import table

from .conftest import row, shown

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def page(app: Any, organization: dict[str, Any], editor: dict[str, Any]) -> Callable[..., Any]:
    """Asks for a page as the clerk."""
    headers = {"Authorization": editor["token"]}

    def ask(path: str, method: str = "get", **options: Any) -> Any:
        return getattr(app, method)(path, headers=headers, **options)

    return ask


@pytest.fixture
def hand_in(page: Callable[..., Any]) -> Callable[..., str]:
    """Hands a list in; returns the address of its preview."""

    def send(*rows: dict[str, str], **more: str) -> str:
        upload = (io.BytesIO(table("new", rows).encode("cp932", "replace")), "list.csv")
        data = {"organization": "sakai", "upload": upload, **more}
        answer = page("/list-upload/", "post", data=data, follow_redirects=False, content_type="multipart/form-data")
        assert answer.status_code == 302, answer.get_data(as_text=True)
        return answer.headers["Location"]

    return send


def text(answer: Any) -> str:
    return " ".join(html.fromstring(answer.get_data(as_text=True)).text_content().split())


def test_form_offers_file_and_template_and_the_clerks_organization(page):
    answer = page("/list-upload/").get_data(as_text=True)
    for part in ('name="upload"', "_csrf_token", "template.xlsx", "template.csv", "堺市", "export/sakai.xlsx"):
        assert part in answer


def test_list_is_previewed_applied_and_shown(page, hand_in):
    address = hand_in(row(1), row(2), row(3, データセット_公開日="令和8年13月1日"))
    preview = text(page(address))
    for part in (
        "要修正",
        "令和8年13月1日",
        "データセット_公開日",
        "公衆トイレ一覧1",
        "2件を取り込む",
        "この内容をCSVで受け取る",
    ):
        assert part in preview
    assert shown() == []
    page(address + "/apply", "post")
    assert [dataset["title"] for dataset in shown()] == ["公衆トイレ一覧1", "公衆トイレ一覧2"]
    result = text(page(address))
    assert "一覧ファイルの取り込み結果" in result
    assert "件を取り込む" not in result


def test_changes_are_shown_with_what_was_and_what_will_be(page, hand_in):
    page(hand_in(row(1), row(2)) + "/apply", "post")
    address = hand_in(row(1, データセット_更新頻度="毎月", ファイル_ライセンス="PDL1.0"))
    tree = html.fromstring(page(address).get_data(as_text=True))
    assert {node.text_content() for node in tree.xpath("//del")} >= {"CC BY 4.0"}
    assert {node.text_content() for node in tree.xpath("//ins")} >= {"PDL1.0"}
    assert "一覧にない登録済みデータセットが1件あります" in tree.text_content()


def test_rows_of_one_state_come_page_by_page(page, hand_in):
    address = hand_in(*map(row, range(120)))
    first, last = (text(page(f"{address}?state=new&page={number}")) for number in (1, 3))
    assert "公衆トイレ一覧0" in first and "公衆トイレ一覧119" not in first
    assert "公衆トイレ一覧119" in last
    for odd in ("?state=nonsense", "?state=new&page=999", "?state=new&page=-1", "?state=new&page=x"):
        assert page(address + odd).status_code in (200, 400)


def test_file_that_is_no_list_is_told_beside_the_field(page):
    for upload in ((io.BytesIO(b"<html>"), "list.csv"), (io.BytesIO(b""), "")):
        data = {"organization": "sakai", "upload": upload}
        answer = page("/list-upload/", "post", data=data, content_type="multipart/form-data")
        assert answer.status_code == 200
        tree = html.fromstring(answer.get_data(as_text=True))
        (field,) = tree.xpath('//input[@id="upload"]')
        assert field.get("aria-invalid") == "true"
        assert tree.xpath('//p[@id="upload-problem"]')[0].text_content().strip()


def test_other_peoples_text_stays_text(page, hand_in):
    hostile = {
        "データセット_タイトル": HOSTILE,
        "データセット_公開日": HOSTILE,
        "データセット_ID": HOSTILE,
        "ファイル_ダウンロードURL": "javascript:alert(1)",
    }
    address = hand_in(row(1, **hostile), row(2, データセット_タイトル=HOSTILE))
    for path in (address, address + "?state=wrong", address + "?state=new"):
        answer = page(path).get_data(as_text=True)
        assert HOSTILE not in answer
        assert "&lt;script&gt;" in answer
        assert 'href="javascript' not in answer


def test_result_is_a_csv_that_no_spreadsheet_computes(page, hand_in):
    address = hand_in(
        row(1, データセット_タイトル='=HYPERLINK("https://evil.example")'), row(2, データセット_公開日="?")
    )
    answer = page(address + "/result.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    header, *rows = csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    assert header[:3] == ["行", "タイトル", "状態"]
    assert rows[0][1].startswith("'=HYPERLINK")
    assert "データセット_公開日" in rows[1][6]


def test_wrong_rows_are_taken_away_mended_and_handed_in_again(page, hand_in, act):
    wrong = row(2, データセット_公開日="令和8年13月1日")
    second_file = {**wrong, "ファイル_ダウンロードURL": "https://www.city.example.jp/2.xlsx", "データセット_公開日": ""}
    untitled = row(3, データセット_タイトル="", データセット_概要="=1+1")
    address = hand_in(row(1), wrong, second_file, untitled, row(4), row(4, データセット_タイトル=""))
    book = openpyxl.load_workbook(io.BytesIO(page(address + "/to-mend.xlsx").get_data()))
    sheet = book.worksheets[0]
    header, *lines = [[str(cell or "") for cell in line] for line in sheet.iter_rows(values_only=True)]
    assert header == [*NEW_COLUMNS, "直すところ"]
    titles = [line[header.index("データセット_タイトル")] for line in lines]
    assert titles == ["公衆トイレ一覧2", "公衆トイレ一覧2", "", "公衆トイレ一覧4", ""], "a dataset is mended as a whole"
    assert ["データセット_公開日" in lines[0][-1], "データセット_タイトル" in lines[2][-1]] == [True, True]
    assert [lines[1][-1], lines[3][-1]] == ["", ""]
    assert sheet.cell(4, header.index("データセット_概要") + 1).data_type == "s"
    sheet.cell(2, header.index("データセット_公開日") + 1, "令和8年12月1日")
    sheet.cell(4, header.index("データセット_タイトル") + 1, "公衆トイレ一覧3")
    sheet.cell(6, header.index("データセット_タイトル") + 1, "公衆トイレ一覧4")
    stream = io.BytesIO()
    book.save(stream)
    again = {"organization": "sakai", "upload": (io.BytesIO(stream.getvalue()), "to-mend.xlsx")}
    answer = page("/list-upload/", "post", data=again, follow_redirects=False)
    found = act("orden_list_show", id=answer.headers["Location"].rsplit("/", 1)[-1])
    assert (found["counts"]["new"], found["counts"]["wrong"]) == (3, 0), found["rows"]
    assert "直すところ" not in str(found["issues"])


def test_template_has_the_columns_and_is_no_list_until_it_is_filled(page):
    book = openpyxl.load_workbook(io.BytesIO(page("/list-upload/template.xlsx").get_data()))
    sheet = book.worksheets[0]
    lines = [[cell or "" for cell in line] for line in sheet.iter_rows(values_only=True)]
    assert lines[0] == list(NEW_COLUMNS)
    assert set(lines[1]) == {"必須", "推奨", "任意"}
    sheet.append([row(1).get(column) for column in NEW_COLUMNS])
    stream = io.BytesIO()
    book.save(stream)
    assert [found.cells for found in read(stream.getvalue()).rows] == [{k: v for k, v in row(1).items() if v}]
    text_form = page("/list-upload/template.csv").get_data()
    assert text_form.decode("utf-8-sig").splitlines()[0] == ",".join(NEW_COLUMNS)


def test_export_can_be_handed_in_again_and_changes_nothing(page, hand_in, act):
    page(hand_in(row(1, データセット_概要="=SUM(A1)"), row(2)) + "/apply", "post")
    for kind in ("xlsx", "csv"):
        data = page(f"/list-upload/export/sakai.{kind}").get_data()
        upload = (io.BytesIO(data), f"list.{kind}")
        answer = page("/list-upload/", "post", data={"organization": "sakai", "upload": upload}, follow_redirects=False)
        found = act("orden_list_show", id=answer.headers["Location"].rsplit("/", 1)[-1])
        assert (found["counts"]["unchanged"], found["counts"]["changed"]) == (2, 0), found["rows"]


@pytest.mark.parametrize("path", ["", "export/sakai.csv", "{id}", "{id}/result.csv", "{id}/to-mend.xlsx"])
def test_pages_are_for_those_who_may_register(app, page, hand_in, path):
    address = hand_in(row(1)).rsplit("/", 1)[-1]
    stranger = {"Authorization": factories.UserWithToken()["token"]}
    for headers in ({}, stranger):
        answer = app.get(f"/list-upload/{path.format(id=address)}", headers=headers, follow_redirects=False)
        assert answer.status_code in (302, 403)


@pytest.mark.parametrize(
    "path", ["nothing", "nothing/result.csv", "nothing/to-mend.xlsx", "template.pdf", "export/sakai.pdf"]
)
def test_what_is_not_there_is_not_found(page, path):
    assert page(f"/list-upload/{path}").status_code == 404


def test_application_needs_post(app, hand_in):
    address = hand_in(row(1))
    assert app.get(address + "/apply").status_code in (404, 405)
    assert shown() == []


def test_doors_lead_to_the_form(page):
    assert "/list-upload/?organization=sakai" in page("/organization/sakai").get_data(as_text=True)
    for path in ("/dashboard/datasets", "/dataset/new", "/"):
        assert "/list-upload/" in page(path).get_data(as_text=True), path


def test_strangers_see_no_door_on_the_organizations_page(app, organization):
    answer = app.get("/organization/sakai").get_data(as_text=True)
    assert "/list-upload/?organization" not in answer


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("毎年", "毎月", ("", "毎年", "毎月", "")),
        ("駅から近い公園の一覧です。", "駅から近い広場の一覧です。", ("駅から近い", "公園", "広場", "の一覧です。")),
        ("あ" * 300 + "古", "あ" * 300 + "新しい", ("…" + "あ" * 20, "古", "新しい", "")),
        ("同じ説明のあとに", "同じ説明のあとに足す", ("同じ説明のあとに", "", "足す", "")),
        ("ababababab", "abababababab", ("ababababab", "", "ab", "")),
    ],
)
def test_two_texts_are_shown_by_what_differs(before, after, shown):
    assert tuple(orden_list_difference(before, after).values()) == shown
