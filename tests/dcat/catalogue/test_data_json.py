"""data.json: the public datasets of the dump, written whole, served compressed and with 304."""

from __future__ import annotations

import gzip
import json
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from ckan.lib import search
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckanext.orden.dcat import jobs
from ckanext.orden.dcat.catalogue import data_json, dump

from ..conftest import Act
from ..examples import EU

pytestmark = pytest.mark.usefixtures("with_plugins", "non_clean_db", "with_request_context", "place")
Dict = dict[str, Any]


@pytest.fixture()
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the document lies."""
    monkeypatch.setitem(tk.config, "ckan.storage_path", str(tmp_path))
    return tmp_path / dump.FOLDER


def written() -> Dict:
    """The document, made anew as the job makes it."""
    make_connection().commit(waitSearcher=True)
    jobs.write_dump()
    return json.loads(gzip.decompress(data_json.path().read_bytes()))


def test_it_holds_every_public_dataset_once(stored: list[Dict], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dump, "BATCH", 2)
    found = written()
    assert found["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    ids = [entry["identifier"].rpartition("/")[2] for entry in found["dataset"]]
    assert sorted(ids) == sorted(dataset["id"] for dataset in stored)


def test_a_dataset_that_the_index_has_lost_is_there_all_the_same(stored: list[Dict]):
    search.clear(stored[0]["id"])
    titles = {entry["title"] for entry in written()["dataset"]}
    assert titles == {dataset["title"] for dataset in stored}


def test_an_empty_catalogue_is_a_document_too(act: Act):
    assert written()["dataset"] == []


def test_private_datasets_and_targets_of_closed_ones_stay_out(act: Act, stored: list[Dict]):
    act("package_patch", id=stored[1]["id"], private=True)
    act("package_patch", id=stored[0]["id"], access_rights=f"{EU}/access-right/NON_PUBLIC", fee="", license_id="")
    text = json.dumps(written())
    assert stored[1]["id"] not in text
    assert stored[0]["id"] in text
    assert "data.example.jp" not in text


def test_one_made_private_after_the_dump_stays_out(act: Act, stored: list[Dict]):
    make_connection().commit(waitSearcher=True)
    dump.build()
    act("package_patch", id=stored[2]["id"], private=True)
    assert data_json.build() == 2
    assert stored[2]["id"] not in gzip.decompress(data_json.path().read_bytes()).decode()


def test_one_that_says_the_same_keeps_its_date(stored: list[Dict]):
    written()
    before = data_json.path().stat()
    written()
    assert data_json.path().stat() == before


def test_one_that_fails_leaves_the_one_before(stored: list[Dict], monkeypatch: pytest.MonkeyPatch, place: Path):
    written()
    before = data_json.path().read_bytes()

    def full(*_: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(data_json.dcat_us, "dataset", full)
    with pytest.raises(OSError, match="no space"):
        data_json.build()
    assert data_json.path().read_bytes() == before
    assert not list(place.glob("*.new"))


def test_a_dump_without_it_has_it_alone_written(stored: list[Dict], monkeypatch: pytest.MonkeyPatch):
    assert not data_json.is_missing()
    dump.build()
    assert data_json.is_missing()
    asked: list[Any] = []
    monkeypatch.setattr(jobs, "queue", asked.append)
    monkeypatch.setattr(dump, "is_due", lambda: False)
    jobs.each_minute(None)
    assert jobs.write_data_json in asked
    assert jobs.write_dump not in asked
    jobs.write_data_json()
    assert not data_json.is_missing()


class TestPage:
    def test_before_it_is_written_one_is_asked_to_come_back(self, app: Any):
        answer = app.get("/data.json")
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0

    def test_where_no_dump_is_written_it_is_not_found(self, app: Any, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setitem(tk.config, "ckanext.orden.dcat.dump_hours", 0)
        assert app.get("/data.json").status_code == 404
        monkeypatch.setitem(tk.config, "ckan.storage_path", None)
        assert app.get("/data.json").status_code == 404

    def test_it_is_sent_compressed_to_those_who_take_that(self, app: Any, stored: list[Dict]):
        found = written()
        plain = app.get("/data.json", headers={"Accept-Encoding": "identity"})
        assert (plain.status_code, plain.mimetype, plain.json) == (200, "application/json", found)
        zipped = app.get("/data.json", headers={"Accept-Encoding": "gzip"})
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert json.loads(gzip.decompress(zipped.data)) == found
        assert "Accept-Encoding" in zipped.headers["Vary"]

    def test_whoever_has_it_gets_304(self, app: Any, stored: list[Dict]):
        written()
        headers = app.get("/data.json").headers
        assert parsedate_to_datetime(headers["Last-Modified"])
        for asked in ({"If-None-Match": headers["ETag"]}, {"If-Modified-Since": headers["Last-Modified"]}):
            answer = app.get("/data.json", headers=asked)
            assert (answer.status_code, answer.data) == (304, b"")

    def test_the_first_page_links_to_it(self, app: Any):
        assert '/data.json"' in app.get("/").get_data(as_text=True)
