"""Croissant: files with their checksums, checked tables as record sets."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckanext.orden.dcat.exports import columns as told
from ckanext.orden.dcat.exports import croissant
from ckanext.orden.dcat.exports.croissant import Column
from ckanext.orden.dcat.exports.said import Site

from ..conftest import Act
from ..examples import EU, KINDS, example

SITE = Site("大阪のカタログ", "府内のデータです。", "https://odpo.example.jp")
CSV, PDF = (file["id"] for file in example("rich")["resources"])
TABLE = {CSV: [Column("名称", "text"), Column("緯度", "latitude", "緯度 / latitude"), Column("階数", "integer")]}
Dict = dict[str, Any]


def described(kind: str = "rich", **changed: Any) -> Dict:
    return croissant.dataset({**example(kind), **changed}, SITE, TABLE)


def test_files_have_what_tools_need_to_fetch_them():
    csv, pdf = described()["distribution"]
    assert (csv["@type"], csv["@id"], csv["encodingFormat"]) == ("cr:FileObject", CSV, "text/csv")
    assert csv["contentUrl"] == "https://data.example.jp/files/避難所2026.csv"
    assert csv["sha256"] == "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    assert "sha256" not in pdf


def test_a_dataset_whose_files_have_no_checksum_is_live():
    csv = example("rich")["resources"][0]
    assert described()["isLiveDataset"] is True
    assert described(resources=[csv])["isLiveDataset"] is False


def test_columns_of_a_checked_table_become_fields_of_its_records():
    (records,) = described()["recordSet"]
    assert (records["@type"], records["name"]) == ("cr:RecordSet", "避難場所（CSV）")
    name, latitude, floors = records["field"]
    assert [field["dataType"] for field in (name, latitude, floors)] == ["sc:Text", "sc:Float", "sc:Integer"]
    assert latitude["description"] == "緯度 / latitude"
    assert latitude["source"] == {"fileObject": {"@id": CSV}, "extract": {"column": "緯度"}}
    assert latitude["@id"] == f"{CSV}/records/緯度"


def test_only_text_tables_have_records():
    file = {"id": CSV, "format": "PDF", "url": "https://a.example/x.pdf"}
    assert "recordSet" not in described(resources=[file])


def test_closed_files_and_interfaces_stay_out():
    closed = described(access_rights=f"{EU}/access-right/NON_PUBLIC")
    assert "data.example.jp" not in json.dumps(closed)
    assert "distribution" not in closed
    assert "distribution" not in described("ngsi")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_dataset_is_one_of_croissants(kind: str):
    found = described(kind)
    assert (found["@type"], found["conformsTo"]) == ("sc:Dataset", "http://mlcommons.org/croissant/1.0")
    assert found["name"]
    assert found["url"]


class TestColumns:
    """The columns come from the room of tables, by its action."""

    @pytest.fixture()
    def report(self, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
        def told_by(
            header: list[str], columns: list[str], standard: str = "std-v3/13", codes: Sequence[str] = ()
        ) -> None:
            issues = [{"code": code} for code in codes]
            answer = {"header": header, "columns": columns, "standard": standard, "issues": issues}
            monkeypatch.setattr(tk, "get_action", lambda name: lambda context, data: answer)

        return told_by

    def test_kinds_are_those_of_the_standard(self, report: Callable[..., None]):
        report(["施設名", "緯度"], ["", "緯度"])
        assert told.columns({"orden_tables": {"x": {}}}) == {
            "x": [Column("施設名"), Column("緯度", "latitude", "緯度 / latitude")]
        }

    def test_a_header_that_tells_no_columns_gives_none(self, report: Callable[..., None]):
        for header in (["緯度", ""], ["緯度", "緯度"]):
            report(header, ["緯度", ""])
            assert told.columns({"orden_tables": {"x": {}}}) == {}
        report(["緯度"], ["緯度"], codes=["table.above_header"])
        assert told.columns({"orden_tables": {"x": {}}}) == {}

    def test_without_the_room_there_are_none(self, monkeypatch: pytest.MonkeyPatch):
        def unknown(name: str) -> Any:
            raise KeyError(name)

        monkeypatch.setattr(tk, "get_action", unknown)
        assert told.columns({"orden_tables": {"x": {}}}) == {}


@pytest.mark.usefixtures("with_plugins", "non_clean_db")
class TestPage:
    def test_it_is_served_linked_and_known_by_its_etag(self, app: Any, stored: list[Dict]):
        name, id_ = stored[0]["name"], stored[0]["id"]
        answer = app.get(f"/dataset/{name}/croissant.jsonld")
        assert (answer.status_code, answer.mimetype) == (200, "application/ld+json")
        assert answer.json["@type"] == "sc:Dataset"
        again = app.get(f"/dataset/{name}/croissant.jsonld", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
        text = app.get(f"/dataset/{name}").get_data(as_text=True)
        assert f'/dataset/{id_}/croissant.jsonld"' in text
        assert f'/dataset/{name}/croissant.jsonld"' in text

    def test_a_private_dataset_is_not_found(self, app: Any, act: Act, stored: list[Dict]):
        act("package_patch", id=stored[0]["id"], private=True)
        assert app.get(f"/dataset/{stored[0]['name']}/croissant.jsonld").status_code == 404
        assert app.get("/dataset/nothing-here/croissant.jsonld").status_code == 404
