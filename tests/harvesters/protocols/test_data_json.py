"""data.json through the whole engine."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckanext.orden.harvesters.protocols.data_json import address
from fetching.server import reply

from ..conftest import found, shown
from ..feeds import NOUNS

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def entry(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "@type": "dcat:Dataset",
        "identifier": f"https://data.example.jp/dataset/{number}",
        "title": f"{NOUNS[number]}一覧{number}",
        "description": "市内の一覧です。",
        "keyword": ["防災"],
        "modified": "2026-04-01",
        "publisher": {"@type": "org:Organization", "name": "豊中市"},
        "contactPoint": {"fn": "防災課", "hasEmail": "mailto:bosai@city.example.jp"},
        "accessLevel": "public",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "distribution": [
            {"title": "CSV", "downloadURL": f"https://data.example.jp/{number}.csv", "mediaType": "text/csv"}
        ],
        **changes,
    }


def document(*entries: Any) -> bytes:
    return json.dumps({"conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "dataset": entries}).encode()


def test_document_is_harvested_and_then_unchanged(server, make_source, harvest):
    server.answers["/data.json"] = reply(document(*map(entry, range(5))))
    source = make_source(server.url("/"), "orden_data_json")
    run = harvest(source)
    assert (run.state, run.problems, run.counts["added"]) == ("finished", [], 5)
    assert found() == 5
    first = next(dataset for dataset in shown() if dataset["title"].endswith("0"))
    assert first["license_id"] == "CC-BY-4.0"
    assert [file["format"] for file in first["resources"]] == ["CSV"]
    server.answers["/data.json"] = reply(document(*map(entry, reversed(range(5)))))
    assert harvest(source, hours=24).counts["unchanged"] == 5


def test_changed_and_broken_entries_are_told_apart(server, make_source, harvest):
    server.answers["/data.json"] = reply(document(*map(entry, range(3))))
    source = make_source(server.url("/data.json"), "orden_data_json")
    harvest(source)
    changed = document(entry(0), entry(1, title="別の名前"), entry(2, title=""), "text")
    server.answers["/data.json"] = reply(changed)
    counts = harvest(source, hours=24).counts
    assert (counts["unchanged"], counts["updated"], counts["errors"]) == (1, 1, 2)
    assert found() == 3


BROKEN = {
    "cut off": document(entry(0))[:-20],
    "web page": b"<!DOCTYPE html><html></html>",
    "another JSON": b'{"success": true, "result": []}',
    "null": b"null",
    "nothing": b"",
    "nested": b"[" * 200_000,
    "no datasets": document(),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_document_deletes_nothing_and_says_why(server, make_source, harvest, name):
    server.answers["/data.json"] = reply(document(*map(entry, range(3))))
    source = make_source(server.url("/data.json"), "orden_data_json")
    harvest(source)
    server.answers["/data.json"] = reply(BROKEN[name])
    for day in (1, 2):
        run = harvest(source, hours=25 * day)
        assert (run.state, len(run.problems)) == ("failed", 1)
    assert len(shown()) == found() == 3


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("https://data.example.jp", "https://data.example.jp/data.json"),
        ("https://data.example.jp/", "https://data.example.jp/data.json"),
        ("https://data.example.jp/pod/data.json?v=1", "https://data.example.jp/pod/data.json?v=1"),
        ("https://hub.example.jp/api/feed/dcat-us/1.1.json", "https://hub.example.jp/api/feed/dcat-us/1.1.json"),
    ],
)
def test_address_of_the_site_or_of_the_file_will_do(given: str, asked: str):
    assert address(given) == asked
