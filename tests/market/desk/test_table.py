"""Offers by the table: what comes out goes in again unchanged, and what a row would do is told before it is done."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import io
import os
import zlib
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp
from ckanext.orden.helpers.spreadsheets import as_csv
from lxml.html import HtmlElement
from metadata.offers.cases import OFFERS
from werkzeug.datastructures import FileStorage

from .test_views import Visitor

Act = Callable[..., Any]
Make = Callable[..., str]
FULL = {**OFFERS["subscription"], "links": OFFERS["subscription"]["links"][:1]}


def written(*rows: dict[str, str]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def sheet(row: dict[str, Any]) -> list[list[Any]]:
    """A header and a row as somebody types them: numbers and days are no texts."""
    typed = {"price": 300, "valid_through": dt.datetime(2026, 12, 31)}
    row = {**row, **{name: value for name, value in typed.items() if row.get(name) != "高い"}}
    return [list(row), [{"true": True}.get(value, value) for value in row.values()]]


def workbook(rows: list[list[Any]], more: list[list[Any]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    for row in more or []:
        (book.worksheets[1] if len(book.worksheets) > 1 else book.create_sheet()).append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def form_of(page: HtmlElement) -> dict[str, str]:
    """What the button below a preview sends."""
    [form] = [form for form in page.forms if "table" in form.fields]
    return {name: str(value) for name, value in form.form_values()}


def new(**cells: str) -> dict[str, str]:
    return {"dataset": "footfall", "id": "", "title_ja": "時間帯別", "price_mode": "one_off", "price": "300", **cells}


def test_table_goes_out_and_in_without_a_change(offer: Make, act: Act):
    offer("draft", **FULL)
    offer("published", title={"ja": "=HYPERLINK(1)", "zh-Hans": "客流"}, allowed_use=["other:学会発表, 論文"])
    found = act("editor", "offer_export", organization="naniwa")
    text = as_csv([found["columns"], *found["rows"]]).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    read = act("editor", "offer_import", organization="naniwa", text=text, apply=True)
    assert read["counts"] == {"new": 0, "changed": 0, "unchanged": 2, "wrong": 0}


def test_preview_writes_nothing_and_names_line_and_column(dataset: str, act: Act):
    text = written(new(), new(price="高い"), new(dataset="elsewhere"), new(id="nothing"))
    found = act("editor", "offer_import", organization="naniwa", text=text)
    assert [(row["line"], row["state"]) for row in found["rows"]] == [
        (2, "new"),
        (3, "wrong"),
        (4, "wrong"),
        (5, "wrong"),
    ]
    assert [row["issues"][0]["field"] for row in found["rows"][1:]] == ["price", "dataset", "id"]
    assert not found["applied"]
    assert act("editor", "offer_list")["count"] == 0


def test_rows_become_drafts_once(dataset: str, act: Act):
    for counted in ({"new": 1, "unchanged": 0}, {"new": 0, "unchanged": 1}):
        found = act("editor", "offer_import", organization="naniwa", text=written(new()), apply=True)
        assert {name: found["counts"][name] for name in counted} == counted
    [made] = act("editor", "offer_list")["offers"]
    assert (made["state"], made["title"], made["price"]) == ("draft", {"ja": "時間帯別"}, "300")


def test_changed_row_of_a_published_offer_begins_its_next_version(offer: Make, act: Act):
    offer_id = offer("published")
    text = written({"dataset": "footfall", "id": offer_id, "price": "60000", "title_en": ""})
    assert act("editor", "offer_import", organization="naniwa", text=text, apply=True)["counts"]["changed"] == 1
    [draft] = act("editor", "offer_list", state="draft")["offers"]
    assert draft["replaces"] == offer_id
    assert [change["field"] for change in draft["changes"]] == ["title", "price"]
    assert act("editor", "offer_show", id=offer_id)["price"] == "50000"


def test_row_taken_before_somebody_else_wrote_is_left_out(offer: Make, act: Act):
    offer_id = offer()
    row = {"dataset": "footfall", "id": offer_id, "revision": "7", "price": "1"}
    [found] = act("editor", "offer_import", organization="naniwa", text=written(row), apply=True)["rows"]
    assert (found["state"], found["issues"][0]["code"]) == ("wrong", "offer.stale")


def test_unknown_column_stops_the_whole_table(dataset: str, act: Act):
    found = act("editor", "offer_import", organization="naniwa", text=written(new(prise="1")), apply=True)
    assert (found["issues"][0]["code"], found["rows"]) == ("offer.column_unknown", [])


@pytest.mark.parametrize("who", ["stranger", "member", "reviewer"])
def test_table_is_for_editors_of_the_organization_only(who: str, dataset: str, act: Act):
    for action, more in (("export", {}), ("import", {"text": written(new())})):
        with pytest.raises(tk.NotAuthorized):
            act(who, f"offer_{action}", organization="naniwa", **more)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_page_reads_both_encodings_and_applies_on_a_second_press(
    encoding: str, app: CKANTestApp, dataset: str, act: Act
):
    editor = Visitor(app, "editor")
    for name in ("offers", "offers/template"):
        for kind in ("csv", "xlsx"):
            assert editor.get("/organization/naniwa/offers").xpath(f"//a[contains(@href, '{name}.{kind}')]")
    upload = {"upload": (io.BytesIO(written(new()).encode(encoding)), "offers.csv")}
    page = editor.post("/ja/organization/naniwa/offers/import", upload)
    assert "時間帯別" in page.text_content()
    assert act("editor", "offer_list")["count"] == 0
    editor.post("/ja/organization/naniwa/offers/import", form_of(page))
    assert [made["title"] for made in act("editor", "offer_list")["offers"]] == [{"ja": "時間帯別"}]


def test_page_takes_excel_and_tells_the_rows_of_the_sheet(app: CKANTestApp, dataset: str, act: Act):
    rows = [*sheet(new(nda="true")), [], *sheet(new(price="高い", nda=""))[1:]]
    editor, path = Visitor(app, "editor"), "/ja/organization/naniwa/offers/import"
    looked_at = editor.post(path, {"upload": (io.BytesIO(workbook(rows)), "offers.xlsx")})
    for page in (looked_at, editor.post(path, form_of(looked_at))):
        assert [row.text_content() for row in page.xpath("//tbody/tr/th")] == ["2", "4"]
    [made] = act("editor", "offer_list")["offers"]
    assert (made["price"], made["nda"], made["valid_through"]) == ("300", True, "2026-12-31")


def test_excel_goes_out_and_in_without_a_change(app: CKANTestApp, offer: Make, act: Act):
    offer("draft", **FULL)
    offer("published", title={"ja": "=HYPERLINK(1)"}, allowed_use=["other:学会発表, 論文"])
    page = app.get("/organization/naniwa/offers.xlsx", headers=Visitor(app, "editor").headers)
    upload = FileStorage(io.BytesIO(page.data))
    read = act("editor", "offer_import", organization="naniwa", upload=upload, apply=True)
    assert read["counts"] == {"new": 0, "changed": 0, "unchanged": 2, "wrong": 0}


def test_words_of_the_menus_are_read_back_as_what_they_stand_for(app: CKANTestApp, dataset: str, act: Act):
    editor = Visitor(app, "editor")
    for language in ("ja", "en"):
        page = app.get(f"/{language}/organization/naniwa/offers/template.xlsx", headers=editor.headers)
        sheet_ = openpyxl.load_workbook(io.BytesIO(page.data)).worksheets[0]
        header, rows = [str(cell.value) for cell in sheet_[1]], sheet_.max_row
        assert (header[:3], rows) == (["dataset", "id", "revision"], 1)
        menus = {
            header[next(iter(menu.sqref.ranges)).min_col - 1]: menu.formula1.strip('"').split(",")
            for menu in sheet_.data_validations.dataValidation
        }
        assert len(menus["price_mode"]) == 5
        for name, words in menus.items():
            for word in words:
                report = act("editor", "offer_validate", offer={name: word}, draft=True)
                assert name not in {issue["field"] for issue in report["issues"] if issue["severity"] == "error"}, word


@pytest.mark.parametrize("table", ["", "x", "eA==", base64.b64encode(zlib.compress(b"")).decode()])
def test_form_that_carries_no_table_says_so(table: str, app: CKANTestApp, dataset: str):
    page = Visitor(app, "editor").post("/ja/organization/naniwa/offers/import", {"do": "apply", "table": table})
    assert "ログアウト ファイルを選ぶ" in " ".join(page.text_content().split())


def test_table_that_a_form_has_no_room_for_is_refused_in_words(app: CKANTestApp, dataset: str):
    rows = [new(notices_ja=os.urandom(50_000).hex()) for _ in range(8)]
    upload = {"upload": (io.BytesIO(written(*rows).encode()), "offers.csv")}
    page = Visitor(app, "editor").post("/ja/organization/naniwa/offers/import", upload)
    assert "表が大きすぎて" in page.text_content()


def test_table_of_blank_cells_lacks_its_column(dataset: str, act: Act):
    found = act("editor", "offer_import", organization="naniwa", text=",,\n,,\n")
    assert [issue["code"] for issue in found["issues"]] == ["offer.column_missing"]


def test_other_sheets_are_told_of(dataset: str, act: Act):
    upload = FileStorage(io.BytesIO(workbook(sheet(new()), more=[["x"]])))
    found = act("editor", "offer_import", organization="naniwa", upload=upload)
    assert (found["counts"]["new"], [issue["severity"] for issue in found["issues"]]) == (1, ["warning"])
