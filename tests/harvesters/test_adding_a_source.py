"""The form for a new source is filled from the source's address."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.harvesters import stock
from lxml import html

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "organization")
FOUND = {
    "found": True,
    "source_type": "orden_dcat",
    "url": "https://data.example.jp/catalog.ttl",
    "config": {"remote_orgs": "ignore"},
    "title": "見本のカタログ",
    "reason": {"ja": "DCAT のカタログです。", "en": "A DCAT catalogue."},
    "candidates": [],
    "problems": [],
}


@pytest.fixture
def editor() -> dict[str, str]:
    return {"Authorization": factories.SysadminWithToken()["token"]}


@pytest.fixture
def detected(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the detection was asked."""
    asked: list[dict[str, Any]] = []
    original = tk.get_action

    def detect(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
        asked.append(data_dict)
        return FOUND

    mine = {"orden_harvest_source_detect": detect}
    monkeypatch.setattr(tk, "get_action", lambda name: mine.get(name) or original(name))
    return asked


def form(body: str) -> dict[str, str]:
    """The values of the form on a page."""
    (found,) = html.fromstring(body).xpath('//form[@id="source-new"]')
    return dict(found.form_values())


def test_kind_title_and_configuration_are_filled_in_and_nothing_is_saved(app, editor, detected):
    body = app.post("/harvest/detect", params={"url": "https://data.example.jp"}, headers=editor).body
    filled = form(body)
    assert detected == [{"url": "https://data.example.jp"}]
    assert (filled["url"], filled["source_type"], filled["title"]) == (FOUND["url"], "orden_dcat", "見本のカタログ")
    assert '"remote_orgs": "ignore"' in filled["config"]
    assert filled["name"] == "data-example-jp"
    assert "DCAT のカタログです。" in body
    assert model.Session.query(model.Package).count() == 0


def test_filled_form_can_be_saved(app, editor, detected):
    body = app.post("/harvest/detect", params={"url": "https://data.example.jp"}, headers=editor).body
    app.post("/harvest/new", params={**form(body), "save": "Save"}, headers=editor)
    assert [package.url for package in model.Session.query(model.Package)] == [FOUND["url"]]


def test_what_a_person_has_written_stays(app, editor, detected):
    written = {"url": "https://data.example.jp", "title": "わたしの題", "name": "mine", "config": '{"a": 1}'}
    filled = form(app.post("/harvest/detect", params=written, headers=editor).body)
    assert (filled["title"], filled["name"], filled["config"]) == ("わたしの題", "mine", '{"a": 1}')


def test_other_reading_that_was_found_can_be_taken_instead(app, editor, detected, monkeypatch):
    other: dict[str, Any] = {
        "source_type": "orden_list",
        "label": "List",
        "url": "https://data.example.jp/list.csv?a=1&b=2",
    }
    first = {name: FOUND[name] for name in ("source_type", "url", "config", "title", "reason")}
    other |= {"config": {"encoding": "cp932"}, "title": '"<一覧>"', "reason": {"ja": "一覧です。", "en": "A list."}}
    monkeypatch.setitem(FOUND, "candidates", [{**first, "label": "DCAT"}, other])
    page = html.fromstring(app.post("/harvest/detect", params={"url": "https://data.example.jp"}, headers=editor).body)
    (button,) = page.xpath('//button[@name="candidates"]')
    written = {**dict(page.xpath('//form[@id="source-new"]')[0].form_values()), "title": ""}
    body = app.post(
        button.get("formaction"), params={**written, "candidates": button.get("value")}, headers=editor
    ).body
    filled = form(body)
    assert (filled["source_type"], filled["url"], filled["title"]) == ("orden_list", other["url"], '"<一覧>"')
    assert "cp932" in filled["config"]
    assert "remote_orgs" not in filled["config"]
    assert len(detected) == 1, "the site is not asked again"
    assert "https://data.example.jp/catalog.ttl" in body, "and the first can be taken back"


@pytest.mark.parametrize("sent", ["[", "[]", "[1]", '[{"url": 1}]', '{"url": "a"}'])
def test_broken_choice_is_taken_for_none(app, editor, detected, sent):
    body = app.post(
        "/harvest/detect", params={"url": "https://data.example.jp", "candidates": sent}, headers=editor
    ).body
    assert form(body)["url"] == FOUND["url"]


def test_without_the_detection_the_form_says_to_choose(app, editor, monkeypatch):
    original = tk.get_action

    def missing(name: str) -> Any:
        if name == "orden_harvest_source_detect":
            raise KeyError(name)
        return original(name)

    monkeypatch.setattr(tk, "get_action", missing)
    body = app.post("/harvest/detect", params={"url": "https://data.example.jp"}, headers=editor).body
    assert "一覧から選んでください" in body
    assert form(body)["url"] == "https://data.example.jp"


def test_detection_needs_an_address_and_somebody_who_may_make_sources(app, editor, detected):
    assert "アドレスを入力" in app.post("/harvest/detect", params={"url": ""}, headers=editor).body
    assert detected == []
    assert app.post("/harvest/detect", params={"url": "https://data.example.jp"}).status_code == 403
    assert app.get("/harvest/detect", headers=editor).status_code in (404, 405)


def test_each_kind_of_source_is_explained_in_japanese(app, editor):
    page = html.fromstring(app.get("/harvest/new", headers=editor).body).text_content()
    kinds = stock.ours()
    assert len(kinds) > 5
    assert [kind.NAME for kind in kinds if kind.DESCRIPTION in page] == []


def test_wrong_configuration_is_said_beside_its_field(app, editor):
    values = {"url": "https://data.example.jp/", "title": "x", "name": "mine", "source_type": "orden_ckan"}
    body = app.post("/harvest/new", params={**values, "config": '{"rowss": 1}', "save": "Save"}, headers=editor).body
    page = html.fromstring(body)
    (said,) = page.xpath('//*[@id="field-config-said"]')
    assert "rowss" in said.text_content()
    assert page.xpath('//*[@id="field-config"]/@aria-invalid') == ["true"]
