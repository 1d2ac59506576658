"""Context brokers through the whole engine."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from ckan import model
from ckanext.harvest.model import HarvestObject
from ckanext.orden.errors import SourceError
from ckanext.orden.harvesters.detect import detect
from ckanext.orden.harvesters.protocol import Record, Source
from ckanext.orden.harvesters.protocols import ngsi
from fetching.server import Answer, reply

from ..catalogues import NOT_FOUND
from ..conftest import faults, found, shown

CAPTURES = Path(__file__).parents[3].parent / "shared" / "feeds" / "ngsi_sensor"
WEATHER = {"type": "WeatherObserved", "attrs": {"temperature": {"types": ["Number"]}, "windSpeed": {}}, "count": 3}
TOILET = {"type": "PublicToilet", "attrs": {"name": {"types": ["Text"]}}, "count": 2}


def data(value: Any, **headers: str) -> Answer:
    return reply(json.dumps(value).encode(), 200, Content_Type="application/json", **headers)


def types(entries: list[dict[str, Any]], *, counted: bool = True) -> Answer:
    """The types of a broker, page by page."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        query = parse_qs(urlsplit(handler.path).query)
        offset, limit = int(query["offset"][0]), int(query["limit"][0])
        headers = {"Fiware_Total_Count": str(len(entries))} if counted else {}
        data(entries[offset : offset + limit], **headers)(handler)

    return answer


def source(url: str, **settings: Any) -> Source:
    return Source("id", "name", "title", url, settings=settings)


def records(asked: Source) -> list[Record]:
    return [record for page in ngsi.NgsiHarvester().pages(asked, None) for record in page.records]


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
class TestRuns:
    def test_each_type_becomes_a_dynamic_dataset_and_is_then_unchanged(self, server, make_source, harvest):
        server.answers["/v2/types"] = types([WEATHER, TOILET])
        settings = {"tenant": "osaka", "service_path": "/air", "licence": "CC BY 4.0"}
        source = make_source(server.url("/"), "orden_ngsi", **settings)
        run = harvest(source)
        assert (run.state, run.problems, run.counts["added"]) == ("finished", [], 2)
        (path, headers), *_ = server.seen
        assert path.startswith("/v2/types?")
        assert (headers["fiware-service"], headers["fiware-servicepath"]) == ("osaka", "/air")
        weather = next(dataset for dataset in shown() if "WeatherObserved" in dataset["title"])
        assert weather["orden_axes"]["dynamics"]["values"] == ["dynamic"]
        assert "temperature, windSpeed" in weather["notes"]
        (file,) = weather["resources"]
        assert file["url"] == server.url("/v2/entities?type=WeatherObserved")
        assert (file["ngsi_tenant"], file["ngsi_service_path"]) == ("osaka", "/air")
        assert faults(weather) == []
        server.answers["/v2/types"] = types([{**TOILET, "count": 99}, {**WEATHER, "count": 98}])
        assert harvest(source, hours=24).counts["unchanged"] == 2

    def test_the_same_types_of_two_tenants_are_datasets_of_their_own(self, server, make_source, harvest):
        server.answers["/v2/types"] = types([WEATHER])
        for name in ("osaka", "sakai"):
            run = harvest(make_source(server.url(f"/?{name}"), "orden_ngsi", name=name, tenant=name))
            assert run.state == "finished"
        assert found() == 2

    def test_nothing_of_an_entity_is_kept(self, server, make_source, harvest):
        entity = {"id": "urn:1", "type": "Shop", "owner": {"type": "Text", "value": "大阪 太郎"}}
        server.answers["/v2/entities"] = data([entity])
        run = harvest(make_source(server.url("/v2/entities?type=Shop"), "orden_ngsi"))
        assert run.counts["added"] == 1
        kept = [row.content for row in model.Session.query(HarvestObject)]
        assert kept
        assert "太郎" not in json.dumps([kept, shown()], ensure_ascii=False)
        assert "属性: owner" in shown()[0]["notes"]

    @pytest.mark.parametrize(
        "answer",
        [
            data([]),
            data([], Fiware_Total_Count="2"),
            data([WEATHER], Fiware_Total_Count="2"),
            data({"error": "BadRequest", "description": "no"}),
            data({}),
            data(None),
            data(["WeatherObserved"]),
            data([{"attrs": {}}]),
            data([{"type": "A", "attrs": []}]),
            reply(b"<!DOCTYPE html><html></html>"),
            reply(b'[{"type": "A", "attrs"'),
            reply(b"[" * 200_000),
            reply(b""),
        ],
    )
    def test_answer_that_only_looks_like_a_page_deletes_nothing(self, server, make_source, harvest, answer):
        server.answers["/v2/types"] = types([WEATHER, TOILET])
        source = make_source(server.url("/"), "orden_ngsi")
        harvest(source)
        server.answers["/v2/types"] = answer
        for day in (1, 2):
            run = harvest(source, hours=25 * day)
            assert (run.state, len(run.problems)) == ("failed", 1)
        assert found() == 2

    def test_type_without_entities_for_now_keeps_its_dataset(self, server, make_source, harvest):
        entities = {name: [{"id": "urn:1", "type": name, "value": {"type": "Number", "value": 1}}] for name in "AB"}

        def answer(handler: BaseHTTPRequestHandler) -> None:
            data(entities[parse_qs(urlsplit(handler.path).query)["type"][0]])(handler)

        server.answers["/v2/entities"] = answer
        source = make_source(server.url("/"), "orden_ngsi", types="A, B")
        harvest(source)
        entities["B"] = []
        for day in (1, 2):
            run = harvest(source, hours=25 * day)
            assert (run.counts["unchanged"], run.counts["errors"]) == (1, 1)
        assert found() == 2


@pytest.mark.usefixtures("with_plugins")
class TestPaging:
    @pytest.mark.parametrize("counted", [True, False])
    def test_types_are_read_to_their_end(self, server, monkeypatch, counted):
        monkeypatch.setattr(ngsi, "ROWS", 2)
        server.answers["/v2/types"] = types(
            [{"type": f"T{number}", "attrs": {}} for number in range(5)], counted=counted
        )
        assert [record.content["type"] for record in records(source(server.url("/v2")))] == [f"T{n}" for n in range(5)]
        assert len(server.seen) == 3

    def test_types_without_end_are_refused(self, server, monkeypatch):
        monkeypatch.setattr(ngsi, "MOST_TYPES", 5)
        monkeypatch.setattr(ngsi, "ROWS", 2)
        server.answers["/v2/types"] = data([WEATHER, TOILET])
        with pytest.raises(SourceError, match="more than 5"):
            records(source(server.url("/")))

    def test_types_of_ngsi_ld_are_followed_on_the_same_host(self, server):
        first = [{"id": "urn:a", "type": "EntityType", "typeName": "A", "attributeNames": ["x"]}]
        second = [
            {**first[0], "typeName": "https://model.example.jp/B", "attributeNames": ["https://model.example.jp/y"]}
        ]
        server.answers["/ngsi-ld/v1/types"] = data(
            first, Link='</ngsi-ld/v1/more>; rel="next", <https://x>; rel="prev"'
        )
        server.answers["/ngsi-ld/v1/more"] = data(second)
        asked = source(server.url("/ngsi-ld/v1/"), tenant="osaka", context="https://model.example.jp/context.jsonld")
        read = records(asked)
        assert [record.content["attributes"] for record in read] == [["x"], ["https://model.example.jp/y"]]
        headers = server.seen[0][1]
        assert headers["ngsild-tenant"] == "osaka"
        assert headers["link"].startswith('<https://model.example.jp/context.jsonld>; rel="http')

    @pytest.mark.parametrize(
        "link", ['<http://other.example.jp/x>; rel="next"', "</ngsi-ld/v1/types?details=true>; rel=next"]
    )
    def test_next_page_elsewhere_or_again_is_refused(self, server, link):
        server.answers["/ngsi-ld/v1/types"] = data([{"typeName": "A", "attributeNames": []}], Link=link)
        with pytest.raises(SourceError):
            records(source(server.url("/"), api="ld"))

    def test_list_of_names_is_completed_from_some_entities(self, server):
        server.answers["/ngsi-ld/v1/types"] = data({"id": "urn:l", "type": "EntityTypeList", "typeList": ["A"]})
        server.answers["/ngsi-ld/v1/entities"] = data([{"id": "urn:1", "type": "A", "x": {}}, {"id": "urn:2", "y": {}}])
        (record,) = records(source(server.url("/"), api="ld"))
        assert record.content["attributes"] == ["x", "y"]
        assert "limit=20" in server.seen[-1][0]


@pytest.mark.parametrize(
    ("url", "settings", "base", "named"),
    [
        ("https://b.example.jp", {}, "https://b.example.jp/v2", ()),
        ("https://b.example.jp/orion/", {"api": "ld"}, "https://b.example.jp/orion/ngsi-ld/v1", ()),
        (
            "https://b.example.jp/v2/entities?type=A,B&limit=5",
            {"types": "C, A"},
            "https://b.example.jp/v2",
            ("A", "B", "C"),
        ),
        ("https://b.example.jp/ngsi-ld/v1/entities/?type=A", {"api": "v2"}, "https://b.example.jp/ngsi-ld/v1", ("A",)),
        ("https://b.example.jp/v2x", {}, "https://b.example.jp/v2x/v2", ()),
    ],
)
def test_address_of_broker_api_or_query_will_do(url, settings, base, named):
    broker = ngsi.broker_of(source(url, **settings))
    assert (broker.base, broker.types) == (base, named)


@pytest.mark.parametrize(
    "wrong",
    [
        {"tenant": "a\r\nX-Evil: 1"},
        {"service_path": "air"},
        {"service_path": "/air\n"},
        {"context": "file:///etc/passwd"},
        {"context": "https://a>; rel=x"},
        {"data_models": {"A": "javascript:1"}},
        {"data_models": ["A"]},
        {"api": "v1"},
    ],
)
def test_wrong_settings_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        ngsi.NgsiHarvester().validate_config(json.dumps(wrong))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ([WEATHER], True),
        ([{"id": "a", "type": "A", "x": {"type": "Number", "value": 1, "metadata": {}}}], True),
        ([{"id": "urn:ngsi-ld:a:1", "type": "A", "x": {"type": "Relationship", "object": "urn:b"}}], True),
        ({"id": "urn:l", "type": "EntityTypeList", "typeList": []}, True),
        ({"entities_url": "/v2/entities", "types_url": "/v2/types"}, True),
        ([{"id": "1", "type": "dataset", "title": "a"}], False),
        ([], False),
        ({"success": True}, False),
        (None, False),
        ("text", False),
    ],
)
def test_answers_of_brokers_are_told_from_others(answer, said):
    assert ngsi.looks_like(json.dumps(answer).encode(), "application/json") is said


@pytest.mark.parametrize("body", [b"", b"\xff", b"[" * 100_000, b"<html>"])
def test_what_is_no_json_is_no_broker(body):
    assert ngsi.looks_like(body, "application/json") is False


def test_real_entities_are_told_for_a_brokers():
    for path in sorted(CAPTURES.glob("*normalized.json*")) if CAPTURES.exists() else ():
        assert ngsi.looks_like(json.dumps([json.loads(path.read_bytes())]).encode(), "application/json"), path.name


ENTITY = {"id": "urn:1", "type": "Shop", "size": {"type": "Number", "value": 1}}
ENTRY = {"entities_url": "/v2/entities", "types_url": "/v2/types"}


@pytest.mark.usefixtures("with_plugins", "clean_db")
class TestDetection:
    @pytest.mark.parametrize(
        ("asked", "path", "answer", "url"),
        [
            ("/", "/v2", ENTRY, "/v2"),
            ("/orion/v2/types?limit=5", "/orion/v2/types", [WEATHER], "/orion/v2"),
            ("/v2/entities", "/v2/entities", [ENTITY], "/v2"),
            ("/v2/entities?type=Shop&limit=1", "/v2/entities", [ENTITY], "/v2/entities?type=Shop"),
            ("/", "/ngsi-ld/v1/types", {"id": "urn:l", "type": "EntityTypeList", "typeList": []}, "/ngsi-ld/v1"),
        ],
    )
    def test_broker_is_found_from_any_of_its_addresses(self, server, asked, path, answer, url):
        server.otherwise = NOT_FOUND
        server.answers[path] = data(answer)
        told = detect(server.url(asked))
        assert (told["source_type"], told["url"], told["config"]) == ("orden_ngsi", server.url(url), {})

    def test_entities_in_a_file_are_no_broker(self, server):
        server.otherwise = NOT_FOUND
        server.answers["/shops.json"] = data([ENTITY])
        assert detect(server.url("/shops.json"))["found"] is False
