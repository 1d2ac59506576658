"""BODIK's API through the whole engine."""

from __future__ import annotations

import pytest
from ckanext.orden.harvesters.protocols.bodik_api import service
from ckanext.orden.metadata.axes import derive
from ckanext.orden.metadata.mapping import bodik_api
from fetching.server import reply

from ..catalogues import as_json, bodik
from ..conftest import found, shown

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
KIND = "orden_bodik_api"
SAKAI, TOYONAKA = "271403", "272035"
BODIES = {"aed": {SAKAI: "大阪府堺市", TOYONAKA: "大阪府豊中市"}, "hospital": {SAKAI: "大阪府堺市"}}


def test_each_api_of_a_body_is_a_dynamic_dataset_and_then_unchanged(server, make_source, harvest):
    bodik(server, BODIES)
    source = make_source(server.url("/"), KIND)
    run = harvest(source)
    assert (run.state, run.problems, run.counts["added"]) == ("finished", [], 3)
    first = next(dataset for dataset in shown() if dataset["title"] == "大阪府堺市 aed一覧")
    assert first["orden_municipality"] == SAKAI
    (file,) = first["resources"]
    assert file["url"] == server.url(f"/aed?select_type=data&municipalityCode={SAKAI}")
    assert (file["format"], file["access_services"][0]["endpoint_url"]) == ("JSON", [server.url("/aed")])
    axes = derive(first)
    assert axes["dynamics"].values == ("dynamic",)
    assert axes["openness"].values == ("conditional",)
    assert harvest(source, hours=1).counts["unchanged"] == 3


def test_configuration_narrows_it_and_states_the_licence(server, make_source, harvest):
    bodik(server, BODIES)
    narrow = {"apis": ["aed"], "municipalities": [SAKAI], "licence": "CC BY 4.0", "frequency": "毎月"}
    run = harvest(make_source(server.url("/aed"), KIND, **narrow))
    assert run.counts["added"] == 1
    assert shown()[0]["license_id"] == "CC-BY-4.0"
    assert shown()[0]["frequency"].endswith("MONTHLY")


def test_api_without_bodies_is_an_error_and_deletes_nothing(server, make_source, harvest):
    bodik(server, BODIES)
    source = make_source(server.url("/"), KIND)
    harvest(source)
    del server.answers["/hospital/organization"]
    run = harvest(source, hours=25)
    assert (run.state, run.counts["errors"], run.counts["deleted"]) == ("errors", 1, 0)
    assert found() == 3


BROKEN = {
    "web page": reply(b"<html></html>"),
    "empty": reply(b"[]"),
    "error": as_json({"message": "Internal Server Error"}),
    "none of the wanted": as_json([{"apiname": "event"}]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_list_deletes_nothing_and_says_why(server, make_source, harvest, name):
    bodik(server, BODIES)
    source = make_source(server.url("/"), KIND, apis=["aed", "hospital"])
    harvest(source)
    server.answers["/api/list"] = BROKEN[name]
    run = harvest(source, hours=25)
    assert run.state == "failed"
    assert "Nothing was deleted" in run.problems[0]["en"]
    assert found() == 3


def test_broken_answer_for_one_api_ends_the_run(server, make_source, harvest):
    bodik(server, BODIES)
    server.answers["/hospital/organization"] = reply(b"<html></html>")
    assert harvest(make_source(server.url("/"), KIND)).state == "failed"


@pytest.mark.parametrize(
    "answer",
    [
        [{"apiname": "aed", "description": "AED"}],
        {"result": [{"name": "aed", "title": "AED"}]},
        {"apis": [{"api_name": "aed", "description": "AED"}], "count": 1},
    ],
)
def test_list_is_read_in_any_likely_form(answer):
    assert bodik_api.apis(answer) == {"aed": "AED"}


def test_body_without_a_code_is_none():
    found = [{"organ_code": SAKAI, "organ_name": "堺市"}, {"organ_code": "x", "organ_name": "?"}, "271403"]
    assert set(bodik_api.bodies(found)) == {SAKAI}
    assert bodik_api.bodies({"message": "no"}) == {}


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("https://wapi.example.jp", "https://wapi.example.jp"),
        ("https://wapi.example.jp/", "https://wapi.example.jp"),
        ("https://wapi.example.jp/api/list", "https://wapi.example.jp"),
        ("https://wapi.example.jp/aed?maxResults=1", "https://wapi.example.jp"),
        ("https://www.example.jp/wapi/", "https://www.example.jp/wapi"),
    ],
)
def test_any_address_leads_to_the_service(given: str, base: str):
    assert service(given) == base
