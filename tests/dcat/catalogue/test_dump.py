"""The dump: the whole public catalogue, whole or not at all, anew when it must be."""

from __future__ import annotations

import gzip
import hashlib
import os
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.lib import search
from ckan.lib.plugins import DefaultPermissionLabels
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANCliRunner
from ckanext.dcat.processors import RDFSerializer
from ckanext.orden.clock import utcnow
from ckanext.orden.dcat import jobs
from ckanext.orden.dcat.catalogue import dump, query, walk
from ckanext.orden.dcat.cli import orden_dcat
from ckanext.orden.schedule import MINUTE
from rdflib import Graph
from rdflib.compare import to_isomorphic

from ..conftest import Act, plain

pytestmark = pytest.mark.usefixtures("with_plugins", "non_clean_db", "with_request_context", "place")
Dict = dict[str, Any]
FORMATS = {"nt": "nt", "ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}


@pytest.fixture()
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the dump lies."""
    monkeypatch.setitem(tk.config, "ckan.storage_path", str(tmp_path))
    return tmp_path / dump.FOLDER


def settle() -> None:
    """Wait until the index shows what was written."""
    make_connection().commit(waitSearcher=True)


def text_of(place: Path, file: dump.File) -> str:
    return gzip.decompress((place / file.name).read_bytes()).decode()


def test_every_syntax_holds_the_whole_catalogue(stored: list[Dict], place: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(tk.config, "ckanext.orden.dcat.dump_formats", list(FORMATS))
    monkeypatch.setattr(dump, "BATCH", 2)
    settle()
    made = dump.build()
    serializer = RDFSerializer(profiles=["orden_dcat"])
    serializer.serialize_catalog({}, query.datasets(dataset["id"] for dataset in stored))
    expected = to_isomorphic(plain(serializer.g))
    assert (made.datasets, made.triples) == (3, len(expected))
    for ending, file in made.files.items():
        found = Graph().parse(data=text_of(place, file), format=FORMATS[ending])
        assert to_isomorphic(plain(found)) == expected, ending
        content = (place / file.name).read_bytes()
        assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_private_datasets_stay_out(act: Act, stored: list[Dict], place: Path):
    act("package_patch", id=stored[1]["id"], private=True)
    settle()
    made = dump.build()
    assert made.datasets == 2
    assert stored[1]["id"] not in text_of(place, made.files["nt"])


class TestStaleIndex:
    """PostgreSQL is the truth: the index may be behind."""

    def changed(self, dataset: Dict, **values: Any) -> None:
        """Change the row and leave the index as it is."""
        package = model.Package.get(dataset["id"])
        for name, value in values.items():
            setattr(package, name, value)
        model.Session.commit()

    def test_a_dataset_that_is_not_indexed_is_there_all_the_same(self, stored: list[Dict], place: Path):
        settle()
        before = Graph().parse(data=text_of(place, dump.build().files["nt"]), format="nt")
        search.clear(stored[1]["id"])
        settle()
        made = dump.build()
        assert made.datasets == 3
        for ending, file in made.files.items():
            found = Graph().parse(data=text_of(place, file), format=FORMATS[ending])
            assert to_isomorphic(plain(found)) == to_isomorphic(plain(before)), ending

    @pytest.mark.parametrize("change", [{"private": True}, {"state": "deleted"}, {"state": "draft"}])
    def test_a_dataset_that_is_no_longer_public_stays_out(self, stored: list[Dict], place: Path, change: Dict):
        settle()
        dump.build()
        self.changed(stored[1], **change)
        assert dump.is_due()
        made = dump.build()
        assert made.datasets == 2
        assert stored[1]["id"] not in text_of(place, made.files["nt"])
        assert not dump.is_due()

    def test_a_dataset_is_as_postgresql_has_it(self, stored: list[Dict], place: Path):
        settle()
        now = utcnow()
        self.changed(stored[0], title="新しい題", metadata_modified=now)
        assert "新しい題" in text_of(place, dump.build().files["nt"])

    @pytest.mark.parametrize("microsecond", [0, 999, 120_000, 123_456, 999_999])
    def test_what_is_as_new_in_the_index_is_taken_from_there(
        self, stored: list[Dict], monkeypatch: pytest.MonkeyPatch, microsecond: int
    ):
        moment = datetime(2026, 1, 2, 3, 4, 5, microsecond)
        self.changed(stored[0], metadata_modified=moment)
        search.rebuild(stored[0]["id"])
        settle()
        monkeypatch.setattr(walk.truth, "shown", lambda *_: pytest.fail("read from PostgreSQL"))
        assert dump.build().datasets == 3

    def test_an_index_that_stays_behind_does_not_have_it_written_again_and_again(
        self, stored: list[Dict], monkeypatch: pytest.MonkeyPatch
    ):
        search.clear(stored[1]["id"])
        settle()
        dump.build()
        monkeypatch.setattr(dump.config, "dcat_dump_hours", lambda: 1e-9)
        assert not dump.is_due()
        self.changed(stored[0], metadata_modified=utcnow())
        assert dump.is_due()


def test_it_holds_what_an_anonymous_search_finds(act: Act, stored: list[Dict], place: Path):
    act("package_patch", id=stored[0]["id"], private=True)
    owner = stored[0]["owner_org"]
    act(
        "harvest_source_create",
        name="source",
        title="取り込み元",
        url="https://e.jp",
        source_type="orden_ckan",
        owner_org=owner,
    )
    act("package_create", name="draft", title="下書き", notes="説明", state="draft", owner_org=owner)
    settle()
    dump.build()
    found = tk.get_action("package_search")({"user": ""}, {"fq": "dataset_type:dataset", "fl": ["id"], "rows": 100})
    ids = {dataset["id"] for dataset in found["results"]}
    assert ids == {stored[1]["id"], stored[2]["id"]} == set((place / dump.IDS).read_text().split())


@pytest.mark.parametrize("indexed", [True, False])
def test_what_a_plugin_hides_from_everybody_stays_out(
    stored: list[Dict], place: Path, monkeypatch: pytest.MonkeyPatch, indexed: bool
):
    hidden = stored[1]["id"]
    default = DefaultPermissionLabels.get_dataset_labels
    labels = lambda self, dataset: ["secret"] if dataset.id == hidden else default(self, dataset)  # noqa: E731
    monkeypatch.setattr(DefaultPermissionLabels, "get_dataset_labels", labels)
    search.rebuild(hidden) if indexed else search.clear(hidden)
    settle()
    made = dump.build()
    assert made.datasets == 2
    assert hidden not in text_of(place, made.files["nt"])


def test_a_dataset_that_changes_meanwhile_is_there_once(
    act: Act, stored: list[Dict], place: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(dump, "BATCH", 1)
    settle()

    def meanwhile(done: int, of: int) -> None:
        if done == 1:
            act("package_patch", id=stored[0]["id"], title="途中で変わった")
            settle()

    made = dump.build(meanwhile)
    text = text_of(place, made.files["nt"])
    assert made.datasets == 3
    assert text.count('purl.org/dc/terms/title> "指定緊急避難場所一覧"') == 1
    assert "途中で変わった" not in text


def test_one_that_fails_leaves_the_one_before(stored: list[Dict], place: Path, monkeypatch: pytest.MonkeyPatch):
    before = dump.build()

    def full(*_: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(walk, "fragments", full)
    with pytest.raises(OSError, match="no space"):
        dump.build()
    assert dump.current() == before
    assert all((place / file.name).exists() for file in before.files.values())


def test_files_of_former_dumps_stay_for_an_hour(stored: list[Dict], place: Path):
    first, second = dump.build(), dump.build()
    assert all((place / file.name).exists() for file in (*first.files.values(), *second.files.values()))
    old = time.time() - 2 * dump.KEPT_SECONDS
    for path in place.iterdir():
        os.utime(path, (old, old))
    dump.build()
    assert not any((place / file.name).exists() for file in first.files.values())
    assert all((place / file.name).exists() for file in second.files.values())


class TestDue:
    def test_first_and_then_not_until_something_changes(self, stored: list[Dict]):
        settle()
        assert dump.is_due()
        dump.build()
        assert not dump.is_due()

    def test_after_a_change_once_it_is_old(self, act: Act, stored: list[Dict], monkeypatch: pytest.MonkeyPatch):
        dump.build()
        act("package_patch", id=stored[0]["id"], title="新しい題")
        settle()
        assert not dump.is_due()
        monkeypatch.setattr(dump.config, "dcat_dump_hours", lambda: 1e-9)
        assert dump.is_due()

    def test_at_once_when_a_dataset_is_no_longer_public(self, act: Act, stored: list[Dict]):
        for change in (
            lambda: act("package_patch", id=stored[0]["id"], private=True),
            lambda: act("package_delete", id=stored[1]["id"]),
        ):
            dump.build()
            change()
            settle()
            assert dump.is_due()

    def test_when_the_operator_wants_other_syntaxes(self, stored: list[Dict], monkeypatch: pytest.MonkeyPatch):
        dump.build()
        monkeypatch.setitem(tk.config, "ckanext.orden.dcat.dump_formats", ["jsonld"])
        assert dump.is_due()

    @pytest.mark.ckan_config("ckanext.orden.dcat.dump_hours", 0)
    def test_never_where_the_operator_says_so(self, stored: list[Dict]):
        assert not dump.is_due()

    def test_a_site_without_a_place_for_files_has_none(self, stored: list[Dict], monkeypatch: pytest.MonkeyPatch):
        monkeypatch.delitem(tk.config, "ckan.storage_path")
        assert not dump.is_due()
        assert dump.current() == dump.Dump()
        with pytest.raises(tk.ValidationError, match="storage_path"):
            dump.build()


def test_the_minute_hand_has_it_written(stored: list[Dict], monkeypatch: pytest.MonkeyPatch):
    asked: list[Any] = []
    monkeypatch.setattr(tk, "enqueue_job", lambda job, **_: asked.append(job))
    MINUTE.send()
    assert jobs.write_dump in asked
    jobs.write_dump()
    asked.clear()
    MINUTE.send()
    assert jobs.write_dump not in asked


def test_the_command_writes_it_and_says_what(cli: CKANCliRunner, stored: list[Dict], place: Path):
    result = cli.invoke(orden_dcat, ["dump"])
    assert result.exit_code == 0, result.output
    assert "3 datasets" in result.output
    assert dump.current().files["ttl"].sha256 in result.output


def test_the_command_says_what_is_missing(cli: CKANCliRunner, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(tk.config, "ckan.storage_path")
    result = cli.invoke(orden_dcat, ["dump"])
    assert result.exit_code == 2
    assert "ckan.storage_path" in result.output


class TestPages:
    def test_files_are_linked_and_served(self, app: Any, act: Act, stored: list[Dict]):
        assert app.get("/catalog/dump.ttl.gz").status_code == 404
        made = dump.build()
        facts = app.get("/catalog/dump.json").json
        assert (facts["date"], facts["datasets"], facts["triples"]) == (made.made_at, 3, made.triples)
        catalogue = app.get("/catalog.ttl").get_data(as_text=True)
        for file in facts["files"]:
            assert f"dcat:downloadURL <{file['url']}>" in catalogue
            assert f'"{file["sha256"]}"' in catalogue
            answer = app.get(file["url"].removeprefix("http://test.ckan.net"))
            assert (answer.status_code, answer.mimetype) == (200, "application/gzip")
            assert hashlib.sha256(answer.data).hexdigest() == file["sha256"]
        report = act("orden_dcat_validate", content=catalogue, level="range")
        assert report["issues"] == []

    def test_a_download_goes_on_where_it_stopped(self, app: Any, stored: list[Dict]):
        dump.build()
        whole = app.get("/catalog/dump.nt.gz")
        rest = app.get("/catalog/dump.nt.gz", headers={"Range": "bytes=100-"})
        assert (rest.status_code, rest.data) == (206, whole.data[100:])
        again = app.get("/catalog/dump.nt.gz", headers={"If-None-Match": whole.headers["ETag"]})
        assert again.status_code == 304

    def test_a_syntax_that_is_not_written_is_not_found(self, app: Any, stored: list[Dict]):
        dump.build()
        assert app.get("/catalog/dump.rdf.gz").status_code == 404
