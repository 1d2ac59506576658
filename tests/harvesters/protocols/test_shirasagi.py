"""SHIRASAGI and Kagawa's variant through the whole engine."""

from __future__ import annotations

import json

import pytest
from ckan import model
from ckanext.harvest.model import HarvestObject
from ckanext.orden.harvesters.protocols.shirasagi import api, site
from fetching.server import reply

from ..catalogues import ACTIONS, ckan, kagawa, sheep, shirasagi
from ..conftest import found, shown
from ..feeds import packages

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
KIND = "orden_shirasagi"


@pytest.mark.parametrize("search", [True, False])
def test_site_is_harvested_and_then_unchanged(server, make_source, harvest, search):
    records = [sheep(number) for number in range(1, 4)]
    shirasagi(server, records, search=search)
    source = make_source(server.url("/"), KIND)
    run = harvest(source)
    assert (run.state, run.problems, run.counts["added"], run.total) == ("finished", [], 3, 3)
    first = shown()[0]
    assert (first["identifier"], first["license_id"]) == (records[0]["uuid"], "CC-BY-4.0")
    assert [file["url"] for file in first["resources"]] == [
        "https://od.example.jp/dataset/1/resource/1/list.csv",
        "https://map.example.jp/1.geojson",
    ]
    records.reverse()
    assert harvest(source, hours=24).counts["unchanged"] == 3
    assert found() == 3


def test_people_are_dropped_before_anything_is_kept(server, make_source, harvest):
    shirasagi(server, [sheep(1), sheep(2, name="", uuid="")])
    harvest(make_source(server.url("/api"), KIND))
    kept = [row.content for row in model.Session.query(HarvestObject)]
    assert len(kept) == 2
    text = json.dumps([*kept, shown()], ensure_ascii=False)
    for word in ("太郎", "花子", "hanako", "taro@", "@city"):
        assert word not in text


def test_dataset_that_the_search_leaves_out_is_asked_for_alone(server, make_source, harvest):
    records = [sheep(number) for number in range(1, 4)]
    shirasagi(server, records[:2])
    search = server.answers["/api/package_search"]
    shirasagi(server, records)
    server.answers["/api/package_search"] = search
    run = harvest(make_source(server.url("/"), KIND))
    assert (run.state, run.counts["added"]) == ("finished", 3)


def test_dataset_that_is_listed_and_not_given_is_in_error_and_stays(server, make_source, harvest):
    records = [sheep(number) for number in range(1, 4)]
    shirasagi(server, records, search=False)
    source = make_source(server.url("/"), KIND)
    harvest(source)
    given = records[:2]
    listing = server.answers["/api/package_list"]
    shirasagi(server, given, search=False)
    server.answers["/api/package_list"] = listing
    run = harvest(source, hours=25)
    assert (run.state, run.counts["errors"], run.counts["missing"]) == ("errors", 1, 0)
    assert found() == 3


def test_unpublished_dataset_and_file_are_not_taken(server, make_source, harvest):
    closed = sheep(2)
    closed["resources"][0]["state"] = "closed"
    shirasagi(server, [sheep(1, state="closed"), closed])
    run = harvest(make_source(server.url("/"), KIND))
    assert run.counts["added"] == 1
    assert [file["name"] for file in shown()[0]["resources"]] == ["地図"]


def test_variant_without_uuid_is_told_by_its_page(server, make_source, harvest):
    shirasagi(server, [kagawa(1), kagawa(2)])
    source = make_source(server.url("/"), KIND)
    run = harvest(source)
    assert (run.state, run.counts["added"]) == ("finished", 2)
    assert shown()[0]["identifier"] == server.url("/dataset/1.html")
    assert shown()[0]["title"] == "避難所一覧 1"
    assert harvest(source, hours=24).counts["unchanged"] == 2


BROKEN = {
    "no success": reply(b'{"success": false}'),
    "empty list": reply(b'{"success": true, "result": []}'),
    "no names": reply(b'{"success": true, "result": [1]}'),
    "web page": reply(b"<html>maintenance</html>"),
    "cut off": reply(b'{"success": true, "result": ["a"'),
    "error": reply(status=500),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_list_deletes_nothing_and_says_why(server, make_source, harvest, name):
    shirasagi(server, [sheep(1), sheep(2)])
    source = make_source(server.url("/"), KIND)
    harvest(source)
    server.answers["/api/package_list"] = BROKEN[name]
    for day in (1, 2):
        run = harvest(source, hours=25 * day)
        assert run.state == "failed"
        assert "Nothing was deleted" in run.problems[0]["en"] or "status 500" in run.problems[0]["en"]
    assert found() == 2


def test_error_on_a_later_page_deletes_nothing(server, make_source, harvest):
    records = [sheep(number) for number in range(1, 150)]
    shirasagi(server, records)
    whole = server.answers["/api/package_search"]
    server.answers["/api/package_search"] = lambda handler: (
        reply(status=500)(handler) if "start=100" in handler.path else whole(handler)
    )
    run = harvest(make_source(server.url("/"), KIND))
    assert (run.state, run.counts["added"]) == ("failed", 100)


def test_site_that_has_become_a_ckan_says_so_and_keeps_its_datasets(server, make_source, harvest):
    shirasagi(server, [sheep(1), sheep(2)])
    source = make_source(server.url("/"), KIND)
    harvest(source)
    server.answers.clear()
    ckan(server, packages(1, 2, 3))
    run = harvest(source, hours=25)
    assert (run.state, [problem.get("code") for problem in run.problems]) == ("failed", ["fetching.status", "moved"])
    assert "orden_ckan" in run.problems[1]["ja"]
    assert found() == 2


@pytest.mark.parametrize("path", [f"{ACTIONS}/package_search", "/api/package_search"])
def test_ckan_source_whose_address_answers_like_shirasagi_says_so(server, make_source, harvest, path):
    ckan(server, packages(1, 2))
    source = make_source(server.url("/"))
    harvest(source)
    server.answers.clear()
    shirasagi(server, [sheep(1), sheep(2)])
    server.answers[path] = server.answers["/api/package_search"]
    run = harvest(source, hours=25)
    assert run.state == "failed"
    assert run.problems[-1]["code"] == "moved"
    assert found() == 2


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("https://od.example.jp", "https://od.example.jp/api"),
        ("https://od.example.jp/api/package_list", "https://od.example.jp/api"),
        ("https://www.example.jp/opendata/api/", "https://www.example.jp/opendata/api"),
    ],
)
def test_any_address_of_a_site_leads_to_its_api(given: str, asked: str):
    assert api(given) == asked
    assert site(given) == asked.removesuffix("/api")
