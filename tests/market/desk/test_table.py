"""Offers by the table: what comes out goes in again unchanged, and what a row would do is told before it is done."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp
from ckanext.orden.helpers.spreadsheets import as_csv
from metadata.offers.cases import OFFERS

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
    assert editor.get("/organization/naniwa/offers").xpath("//a[contains(@href, 'offers.csv')]")
    upload = {"upload": (io.BytesIO(written(new()).encode(encoding)), "offers.csv")}
    page = editor.post("/ja/organization/naniwa/offers/import", upload)
    assert "時間帯別" in page.text_content()
    assert act("editor", "offer_list")["count"] == 0
    [text] = page.xpath("//textarea[@name='text']")
    editor.post("/ja/organization/naniwa/offers/import", {"do": "apply", "text": text.text_content()})
    assert [made["title"] for made in act("editor", "offer_list")["offers"]] == [{"ja": "時間帯別"}]
