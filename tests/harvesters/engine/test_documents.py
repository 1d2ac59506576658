"""A document that has not changed is not read again, and only where nothing could come of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.orden.harvesters import runs
from ckanext.orden.harvesters.engine import basis
from ckanext.orden.harvesters.model import HarvestDocument, HarvestRecord
from ckanext.orden.harvesters.operations import undo
from fetching.server import reply

from ..conftest import NOON, acting, harvester_of, row, shown
from ..feeds import dcat_page, new_list

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


class Published:
    """A document with an ETag of its content, and how often it was given away."""

    def __init__(self, server: Any, path: str, body: bytes, media_type: str) -> None:
        self.body, self.given, self.asked = body, 0, 0
        self._type = media_type
        server.answers[path] = self._answer

    def _answer(self, handler: Any) -> None:
        etag = f'"{hash(self.body)}"'
        self.asked += 1
        if handler.headers.get("If-None-Match") == etag:
            reply(status=304)(handler)
            return
        self.given += 1
        reply(self.body, Content_Type=self._type, ETag=etag)(handler)


def data_json(*numbers: int) -> bytes:
    entries = [{"identifier": f"urn:x:{n}", "title": f"表 {n}", "description": "説明"} for n in numbers]
    return json.dumps({"dataset": entries}).encode()


KINDS = {
    "orden_list": ("/list.csv", new_list, "text/csv"),
    "orden_data_json": ("/data.json", data_json, "application/json"),
    "orden_dcat": ("/catalog.ttl", lambda *numbers: dcat_page(list(numbers), total=len(numbers)), "text/turtle"),
}


@pytest.fixture
def listed(server, make_source):
    """A list with three datasets, and its source."""
    published = Published(server, "/list.csv", new_list(1, 2, 3), "text/csv")
    return published, make_source(server.url("/list.csv"), "orden_list")


@pytest.mark.parametrize("kind", KINDS)
def test_document_of_each_kind_is_read_once_and_then_seen(server, make_source, harvest, kind):
    path, body, media_type = KINDS[kind]
    published = Published(server, path, body(1, 2, 3), media_type)
    source = make_source(server.url(path), kind)
    first = harvest(source)
    assert (first.state, published.given) == ("finished", 1)
    for day in (1, 2):
        run = harvest(source, hours=24 * day)
        assert (run.state, run.problems, run.counts["unchanged"]) == ("finished", [], 3)
        assert (run.read, run.total) == (3, first.total)
    assert (published.given, published.asked) == (1, 3)
    published.body = body(1, 2, 3, 4)
    assert harvest(source, hours=72).counts["added"] == 1
    assert harvest(source, hours=96).counts["unchanged"] == 4
    assert (published.given, published.asked) == (2, 5)


def test_record_that_is_missing_stays_missing_and_is_deleted_in_time(listed, harvest):
    published, source = listed
    harvest(source)
    published.body = new_list(1, 2)
    assert harvest(source, hours=24).counts["missing"] == 1
    run = harvest(source, hours=49)
    assert (run.state, run.counts["deleted"], published.given) == ("finished", 1, 2)
    assert len(shown()) == 2
    run = harvest(source, hours=73)
    assert (run.counts["unchanged"], run.counts["deleted"], run.counts["missing"]) == (2, 0, 0)
    published.body = new_list(1, 2, 3)
    assert harvest(source, hours=97).state == "finished"
    assert len(shown()) == 3


def test_document_with_a_record_in_error_is_read_again(listed, harvest):
    published, source = listed
    published.body = new_list(1, 2) + "271403,9,大阪府堺市,0009,\r\n".encode()
    assert harvest(source).state == "errors"
    harvest(source, hours=24)
    assert published.given == 2


def _first(source: str) -> str:
    return min(guid for (guid,) in model.Session.query(HarvestRecord.guid).filter_by(source_id=source))


def _purge(source: str) -> None:
    tk.get_action("dataset_purge")(acting(), {"id": shown()[0]["id"]})


def _clear_history(source: str) -> None:
    tk.get_action("harvest_source_job_history_clear")(acting(), {"id": source})


def _change_settings(source: str) -> None:
    tk.get_action("harvest_source_patch")(acting(), {"id": source, "config": '{"remote_orgs": "ignore"}'})


def _import_something_older(source: str) -> None:
    model.Session.query(HarvestRecord).filter_by(source_id=source, guid=_first(source)).update({"fingerprint": "older"})
    model.Session.commit()


@pytest.mark.parametrize("change", [_purge, _clear_history, _change_settings, _import_something_older])
def test_document_is_read_anew_where_something_has_changed_here(listed, harvest, change):
    published, source = listed
    harvest(source)
    change(source)
    run = harvest(source, hours=24)
    assert (run.state, published.given, len(shown())) == ("finished", 2, 3)


def test_new_version_of_the_mapping_reads_the_document_anew(listed, harvest, monkeypatch):
    published, source = listed
    harvest(source)
    monkeypatch.setattr(basis, "VERSION", "another")
    harvest(source, hours=24)
    assert published.given == 2


def test_document_is_read_anew_after_a_week_whatever_its_server_says(listed, harvest):
    published, source = listed
    for day in range(0, 9, 2):
        harvest(source, hours=24 * day)
    assert (published.asked, published.given) == (5, 2)


def test_full_run_reads_the_document(listed, harvest):
    published, source = listed
    harvest(source)
    job = runs.job_for(source)
    run = harvester_of(job).run(job, full=True)
    assert (run.counts["unchanged"], published.given) == (3, 2)


def test_run_that_was_interrupted_does_not_vouch_for_the_document(listed, harvest):
    published, source = listed
    harvest(source)
    job = runs.job_for(source)
    left: dict[Any, Any] = {"job_id": job.id, "outcome": "unchanged"}  # by the process that was killed
    model.Session.query(HarvestRecord).filter_by(source_id=source, guid=_first(source)).update(left)
    model.Session.commit()
    before = row(HarvestDocument, source).job_id
    published.body = new_list(1, 2, 3, 4)
    assert harvester_of(job).run(job).counts["added"] == 1
    assert row(HarvestDocument, source).job_id == before
    harvest(source, hours=24)
    assert published.given == 3


def test_failed_run_changes_nothing_of_what_is_known(server, listed, harvest):
    published, source = listed
    harvest(source)
    answer = server.answers["/list.csv"]
    server.answers["/list.csv"] = reply(status=500)
    assert harvest(source, hours=24).state == "failed"
    server.answers["/list.csv"] = answer
    assert harvest(source, hours=48).counts["unchanged"] == 3
    assert published.given == 1


def test_feed_of_several_pages_is_always_read(server, make_source, harvest):
    first = Published(server, "/a", dcat_page([1], total=2, following="/b"), "text/turtle")
    second = Published(server, "/b", dcat_page([2], total=2), "text/turtle")
    source = make_source(server.url("/a"), "orden_dcat")
    for day in range(2):
        assert harvest(source, hours=24 * day).state == "finished"
    assert (first.given, second.given) == (2, 2)


def test_document_that_has_not_changed_leaves_what_was_undone_undone(listed, harvest):
    published, source = listed
    harvest(source)
    published.body = new_list(1, 2, 3, 4)
    done = harvest(source, hours=1)
    now = NOON + timedelta(hours=2)
    assert undo.undo(source, acting()["user"], done.job_id, now)["added"] == 1
    for day in (1, 2, 3):
        run = harvest(source, hours=24 * day)
        assert (run.state, run.counts["unchanged"], run.counts["missing"], len(shown())) == ("finished", 4, 0, 3)
    assert published.given == 3
