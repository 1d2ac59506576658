"""Which source type reads an address, told by what is answered there."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANCliRunner
from ckanext.orden.harvesters import detect as detecting
from ckanext.orden.harvesters.cli import orden_harvest
from ckanext.orden.harvesters.recognition import Answer, bases
from fetching.server import reply

from .catalogues import ACTIONS, NOT_FOUND, as_json, bodik, ckan, dkan, kagawa, sheep, shirasagi
from .conftest import acting
from .feeds import dcat_page, new_list, old_list, packages, turtle
from .protocols.test_data_json import document, entry

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db")
PAGE = reply("<!DOCTYPE html><html><head><title>堺市オープンデータ</title></head></html>".encode())


def detect(url: str) -> dict[str, Any]:
    return tk.get_action("orden_harvest_source_detect")(acting(), {"url": url})


@pytest.mark.parametrize("path", ["/", "/dataset/", "/dataset/some-name", "/api/3/action/package_list", "/nothing"])
def test_ckan_is_found_from_any_of_its_addresses(server, path):
    ckan(server, packages(1, 2))
    server.answers["/"] = PAGE
    told = detect(server.url(path))
    assert (told["found"], told["source_type"], told["url"]) == (True, "orden_ckan", server.url(""))
    assert told["config"] == {}
    assert told["reason"]["ja"]


def test_page_of_an_organisation_becomes_a_filter(server):
    ckan(server, packages(1))
    told = detect(server.url("/organization/270008"))
    assert (told["source_type"], told["config"]) == ("orden_ckan", {"fq": "organization:270008"})


def test_title_of_the_page_is_proposed(server):
    ckan(server, packages(1))
    server.answers["/"] = PAGE
    assert detect(server.url("/"))["title"] == "堺市オープンデータ"


@pytest.mark.parametrize("search", [True, False])
@pytest.mark.parametrize("made", [sheep, kagawa])
def test_shirasagi_and_its_variant_are_told_from_ckan(server, search, made):
    shirasagi(server, [made(1), made(2)], search=search)
    told = detect(server.url("/dataset/"))
    assert (told["source_type"], told["url"]) == ("orden_shirasagi", server.url("/api"))
    assert told["title"] == "白鷺市オープンデータ"


def test_shirasagi_below_a_path_is_found(server):
    shirasagi(server, [sheep(1)], at="/opendata/api")
    assert detect(server.url("/opendata/dataset/"))["url"] == server.url("/opendata/api")


def test_look_alike_at_the_address_of_ckan_is_no_ckan(server):
    shirasagi(server, [sheep(1)], at=ACTIONS)
    assert "orden_ckan" not in [one["source_type"] for one in detect(server.url("/"))["candidates"]]


def test_dkan_without_a_search_is_read_as_ckan(server):
    dkan(server, packages(1))
    assert detect(server.url("/"))["source_type"] == "orden_ckan"


def test_actions_in_another_place_are_kept_in_the_address(server):
    ckan(server, packages(1), at="/ckan_api")
    told = detect(server.url("/"))
    assert (told["source_type"], told["url"]) == ("orden_ckan", server.url("/ckan_api"))


def test_ckan_behind_an_address_of_its_own_keeps_it(server):
    ckan(server, packages(1), at="/cross/api")
    told = detect(server.url("/cross/"))
    assert (told["source_type"], told["url"]) == ("orden_ckan", server.url("/cross/api/package_search"))


def test_bodik_is_found_by_its_list_and_by_an_api(server):
    bodik(server, {"aed": {"271403": "堺市"}, "event": {}})
    assert detect(server.url("/"))["source_type"] == "orden_bodik_api"
    told = detect(server.url("/aed?select_type=data"))
    assert (told["source_type"], told["url"], told["config"]) == (
        "orden_bodik_api",
        server.url("/"),
        {"apis": ["aed"]},
    )


FILES = {
    "new list": (new_list(1, 2), "orden_list"),
    "old list in CP932": (old_list(1, 2), "orden_list"),
    "data.json 1.1": (document(entry(1)), "orden_data_json"),
    "data.json 1.0": (json.dumps([entry(1)]).encode(), "orden_data_json"),
    "Turtle": (dcat_page([1]), "orden_dcat"),
}


@pytest.mark.parametrize("name", FILES)
def test_file_is_told_by_its_content_and_not_by_its_name(server, name):
    body, kind = FILES[name]
    server.otherwise = NOT_FOUND
    server.answers["/file.bin"] = reply(body, Content_Type="application/octet-stream")
    told = detect(server.url("/file.bin"))
    assert [one["source_type"] for one in told["candidates"]] == [kind]
    assert len(told["tries"]) == 1


def test_list_that_a_page_links_to_is_found(server):
    links = '<a href="/docs/other.csv">x</a><a class=y href="/docs/271403_open_data_list.csv">一覧</a>'
    server.otherwise = NOT_FOUND
    server.answers |= {
        "/page": reply(f"<html><body>{links}</body></html>".encode()),
        "/docs/other.csv": reply(b"a,b\r\n1,2\r\n"),
        "/docs/271403_open_data_list.csv": reply(new_list(1)),
    }
    told = detect(server.url("/page"))
    assert (told["source_type"], told["url"]) == ("orden_list", server.url("/docs/271403_open_data_list.csv"))


def test_all_that_would_do_is_told_and_the_richest_comes_first(server):
    ckan(server, packages(1))
    server.answers |= {"/data.json": reply(document(entry(1))), "/catalog.ttl": turtle(dcat_page([1]))}
    told = detect(server.url("/"))
    assert [one["source_type"] for one in told["candidates"]] == ["orden_ckan", "orden_dcat", "orden_data_json"]


NOTHING = {
    "web page": PAGE,
    "JSON of something else": as_json({"success": True, "result": {"temperature": 20}}),
    "empty object": as_json({}),
    "error": as_json({"success": False, "error": {}}),
    "table of something else": reply("名称,緯度\r\n駅,34.6\r\n".encode()),
    "empty": reply(b""),
    "nested": reply(b"[" * 100_000),
    "RDF without datasets": turtle(b"@prefix dcat: <http://www.w3.org/ns/dcat#> . <urn:a> a dcat:Catalog ."),
    "image": reply(b"\x89PNG\r\n\x1a\n" + bytes(50)),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_no_type_reads_is_said_to_be_unknown(server, name):
    server.otherwise = NOT_FOUND
    server.answers["/x"] = NOTHING[name]
    told = detect(server.url("/x"))
    assert (told["found"], told["source_type"], told["candidates"]) == (False, "", [])
    assert "カタログ" in told["reason"]["ja"]
    assert len(told["tries"]) <= detecting.MOST_TRIES


def test_host_that_does_not_answer_is_asked_once_and_the_reason_told(server):
    told = detect(server.url("/"))
    assert (told["found"], len(told["tries"])) == (False, 1)
    assert "connection" in told["problems"][0]["en"]


def test_query_of_an_address_is_in_no_list_of_tries(server):
    server.otherwise = NOT_FOUND
    told = detect(server.url("/x?key=secret"))
    assert "secret" not in json.dumps([told["tries"], told["problems"]])


def test_private_host_is_not_opened(ckan_config):
    assert "private network" in detect("http://127.0.0.1/")["problems"][0]["en"]


def test_address_of_no_kind_is_refused():
    with pytest.raises(tk.ValidationError):
        detect("file:///etc/passwd")


def test_only_those_who_may_create_sources_detect(app: Any, server):
    ckan(server, packages(1))
    call = "/api/action/orden_harvest_source_detect"
    asked = {"url": server.url("/")}
    assert app.post(call, json=asked).status_code == 403
    stranger = {"Authorization": factories.UserWithToken()["token"]}
    assert app.post(call, json=asked, headers=stranger).status_code == 403
    user = factories.UserWithToken()
    factories.Organization(users=[{"name": user["name"], "capacity": "editor"}])
    assert app.post(call, json=asked, headers={"Authorization": user["token"]}).json["result"]["found"]
    assert app.get(f"{call}?url=x").status_code in (400, 405)


def test_command_ends_with_what_it_found(cli: CKANCliRunner, server):
    ckan(server, packages(1))
    told = cli.invoke(orden_harvest, ["detect", server.url("/")])
    assert told.exit_code == 0, told.output
    assert "orden_ckan" in told.output
    answer = cli.invoke(orden_harvest, ["detect", server.url("/"), "--json"])
    assert json.loads(answer.output)["source_type"] == "orden_ckan"
    server.answers.clear()
    server.answers["/"] = PAGE
    assert cli.invoke(orden_harvest, ["detect", server.url("/")]).exit_code == 1
    assert cli.invoke(orden_harvest, ["detect", "ftp://x/"]).exit_code == 2
    server.close()
    assert cli.invoke(orden_harvest, ["detect", server.url("/")]).exit_code == 2


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://x.jp/data/dataset/a?b=1", ["https://x.jp/data", "https://x.jp"]),
        ("https://x.jp/", ["https://x.jp"]),
        ("https://x.jp/ckan/api/3/action/package_search", ["https://x.jp/ckan", "https://x.jp"]),
        ("https://x.jp/docs/list.csv", ["https://x.jp/docs", "https://x.jp"]),
    ],
)
def test_beginning_of_a_catalogue_is_guessed_from_a_page(url: str, found: list[str]):
    assert bases(url) == found


def test_links_of_a_page_stay_on_its_host_and_are_told_once():
    html = io.BytesIO(
        b'<html><a href="/a.csv?x=1&amp;y=2">1</a><A HREF=\'b.csv\'>2</A><a href="/a.csv?x=1&amp;y=2#top">3</a>'
        b'<a href="https://other.jp/c.csv">4</a><a href="http://[bad">5</a></html>'
    )
    links = list(Answer("https://x.jp/p/", "text/html", html.read()).links())
    assert links == ["https://x.jp/a.csv?x=1&y=2", "https://x.jp/p/b.csv"]
