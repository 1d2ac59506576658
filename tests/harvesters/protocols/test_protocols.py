"""Lists of open data and DCAT feeds through the whole engine."""

from __future__ import annotations

import pytest
import rdflib
from ckan.plugins import toolkit as tk
from ckanext.orden.harvesters.protocols import dcat_rdf, rdf_document
from fetching.server import reply
from metadata.lists import OLD_ROW, table, workbook

from ..conftest import acting, found, shown
from ..feeds import NOUNS, PREFIXES, dcat_dataset, dcat_page, new_list, old_list, turtle

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def test_new_list_is_harvested_and_then_unchanged(server, make_source, harvest):
    server.answers["/list.csv"] = reply(new_list(*range(6)))
    source = make_source(server.url("/list.csv"), "orden_list", name="sakai")
    run = harvest(source)
    assert (run.state, run.problems, run.counts["added"]) == ("finished", [], 6)
    assert {dataset["title"] for dataset in shown()} == {f"{NOUNS[n]}一覧{n}" for n in range(6)}
    assert {len(dataset["resources"]) for dataset in shown()} == {2}
    assert found() == 6
    assert harvest(source, hours=24).counts["unchanged"] == 6


def test_several_files_are_one_source_and_one_that_fails_ends_the_run(server, make_source, harvest):
    server.answers |= {"/a.csv": reply(new_list(0, 1)), "/b.csv": reply(old_list(2, 3))}
    source = make_source(server.url("/a.csv"), "orden_list", files=[server.url("/b.csv")])
    run = harvest(source)
    assert (run.state, run.problems, run.counts["added"]) == ("finished", [], 4)
    assert harvest(source, hours=24).counts["unchanged"] == 4
    server.answers["/b.csv"] = reply(b"<html>maintenance</html>")
    for day in (2, 4):
        assert harvest(source, hours=25 * day).state == "failed"
    assert len(shown()) == 4


def test_old_list_in_cp932_is_harvested_and_then_unchanged(server, make_source, harvest):
    server.answers["/list.csv"] = reply(old_list(*range(4)))
    source = make_source(server.url("/list.csv"), "orden_list", name="toyonaka")
    run = harvest(source)
    assert (run.state, run.problems, run.counts["added"]) == ("finished", [], 4)
    assert all(dataset["name"].startswith("toyonaka-") for dataset in shown())
    assert harvest(source, hours=24).counts["unchanged"] == 4


def test_list_as_a_workbook_is_harvested_and_unchanged_as_text(server, make_source, harvest):
    server.answers["/list"] = reply(workbook("old", [OLD_ROW]))
    source = make_source(server.url("/list"), "orden_list")
    run = harvest(source)
    assert (run.state, run.problems, run.counts["added"]) == ("finished", [], 1)
    server.answers["/list"] = reply(table("old", [OLD_ROW]).encode("cp932"))
    assert harvest(source, hours=24).counts["unchanged"] == 1


def test_list_in_another_encoding_is_unchanged(server, make_source, harvest):
    server.answers["/list.csv"] = reply(new_list(1, 2, 3))
    source = make_source(server.url("/list.csv"), "orden_list")
    harvest(source)
    server.answers["/list.csv"] = reply(new_list(1, 2, 3, encoding="cp932"))
    assert harvest(source, hours=24).counts["unchanged"] == 3


BROKEN_LISTS = {
    "cut off in a row": new_list(*range(4))[:-60],
    "cut off in a character": "全国地方公共団体コード,データセット_タイトル\r\n271403,避".encode()[:-1],
    "header only": new_list(),
    "web page": b"<!DOCTYPE html><html><body>maintenance</body></html>",
    "json": b"{}",
    "nothing": b"",
    "another table": b"a,b\r\n1,2\r\n",
}


@pytest.mark.parametrize("name", BROKEN_LISTS)
def test_broken_list_deletes_nothing_and_says_why(server, make_source, harvest, name):
    server.answers["/list.csv"] = reply(new_list(*range(4)))
    source = make_source(server.url("/list.csv"), "orden_list")
    harvest(source)
    server.answers["/list.csv"] = reply(BROKEN_LISTS[name])
    for day in (1, 2):
        run = harvest(source, hours=25 * day)
        assert (run.state, len(run.problems)) == ("failed", 1)
    assert len(shown()) == found() == 4


def test_list_cut_off_between_rows_deletes_nothing_and_says_so(server, make_source, harvest):
    server.answers["/list.csv"] = reply(new_list(*range(30)))
    source = make_source(server.url("/list.csv"), "orden_list")
    harvest(source)
    server.answers["/list.csv"] = reply(new_list(*range(10)))
    run = harvest(source, hours=25)
    assert (run.state, run.problems[0]["code"]) == ("errors", "suspicious")
    run = harvest(source, hours=50)
    assert (run.state, run.counts["held"]) == ("held", 20)
    assert len(shown()) == 30


def test_unreadable_row_keeps_missing_ones(server, make_source, harvest):
    server.answers["/list.csv"] = reply(new_list(*range(4)))
    source = make_source(server.url("/list.csv"), "orden_list")
    harvest(source)
    rows = new_list(*range(2)) + '271403,2,大阪府堺市,0002,"避難所, 一覧,余分'.encode() + b'",' + b"x," * 30 + b"\r\n"
    server.answers["/list.csv"] = reply(rows)
    for day in (1, 2):
        run = harvest(source, hours=25 * day)
        assert (run.state, run.counts["errors"], run.counts["deleted"]) == ("errors", 1, 0)
    assert len(shown()) == 4


def test_dcat_feed_is_harvested_over_its_pages_and_then_unchanged(server, make_source, harvest):
    server.answers["/catalog.ttl"] = turtle(dcat_page([1, 2], 4, server.url("/page2.ttl")))
    server.answers["/page2.ttl"] = turtle(dcat_page([3, 4], 4))
    source = make_source(server.url("/catalog.ttl"), "orden_dcat", name="nara")
    run = harvest(source)
    assert (run.state, run.problems, run.counts["added"], run.counts["errors"]) == ("finished", [], 4, 0)
    dataset = shown()[0]
    assert dataset["identifier"].startswith("urn:nara:dataset:")
    assert dataset["frequency"] == "http://publications.europa.eu/resource/authority/frequency/ANNUAL"
    assert dataset["theme"] == ["http://publications.europa.eu/resource/authority/data-theme/REGI"]
    assert dataset["license_id"] == "CC-BY-4.0"
    assert dataset["publisher"][0]["name"] == "奈良県"
    assert {tag["name"] for tag in dataset["tags"]} > {"観光"}
    assert [resource["format"] for resource in dataset["resources"]] == ["CSV", "JSON"]
    server.answers["/page2.ttl"] = turtle(dcat_page([4, 3], 4))
    assert harvest(source, hours=24).counts["unchanged"] == 4


def test_dcat_feed_in_other_syntaxes_is_unchanged(server, make_source, harvest):
    server.answers["/catalog"] = turtle(dcat_page([1, 2]))
    source = make_source(server.url("/catalog"), "orden_dcat")
    harvest(source)
    graph = rdflib.Graph().parse(data=dcat_page([2, 1]).decode(), format="turtle")
    for syntax, media_type in (
        ("xml", "application/rdf+xml"),
        ("json-ld", "application/ld+json"),
        ("nt", "text/plain"),
    ):
        server.answers["/catalog"] = reply(graph.serialize(format=syntax, encoding="utf-8"), Content_Type=media_type)
        run = harvest(source, hours=1)
        assert (run.state, run.problems, run.counts["unchanged"]) == ("finished", [], 2)


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
BROKEN_FEEDS = {
    "cut off in a triple": (dcat_page([1, 2, 3, 4])[:-40], "text/turtle"),
    "entities": (ENTITIES, "application/rdf+xml"),
    "entities hidden by an encoding": (ENTITIES.decode().encode("utf-16"), "application/rdf+xml"),
    "remote context": (b'{"@context": "http://169.254.169.254/x", "@id": "a:b"}', "application/ld+json"),
    "web page": (b"<html><body>maintenance</body></html>", "text/html"),
    "xhtml": (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "application/xml"),
    "json error": (b'{"error": "down"}', "application/json"),
    "braces": (b"{}", "application/json"),
    "nothing": (b"", "text/turtle"),
    "no dataset": (PREFIXES.encode(), "text/turtle"),
    "xml cut off between elements": (
        rdflib.Graph()
        .parse(data=dcat_page([1, 2, 3, 4]).decode(), format="turtle")
        .serialize(format="xml", encoding="utf-8")
        .rpartition(b"<rdf:Description")[0],
        "application/rdf+xml",
    ),
    "one value of 17 MiB": (b'<a:b> <c:d> "' + b"9" * (17 << 20) + b'" .', "text/turtle"),
    "huge text": (b'<a:b> <c:d> "' + b"9" * 200_000 + b'" .', "text/turtle"),
    "fewer than it says": (dcat_page([1, 2, 3], 4), "text/turtle"),
}


@pytest.mark.parametrize("name", BROKEN_FEEDS)
def test_broken_feed_deletes_nothing_and_says_why(server, make_source, harvest, name):
    server.answers["/catalog"] = turtle(dcat_page([1, 2, 3, 4], 4))
    source = make_source(server.url("/catalog"), "orden_dcat")
    assert harvest(source).counts["added"] == 4
    body, media_type = BROKEN_FEEDS[name]
    server.answers["/catalog"] = reply(body, Content_Type=media_type)
    for day in (1, 2):
        run = harvest(source, hours=25 * day)
        assert (run.state, len(run.problems)) == ("failed", 1)
    assert len(shown()) == found() == 4


def test_dataset_with_too_much_to_say_is_its_own_error(server, make_source, harvest, monkeypatch):
    monkeypatch.setattr(rdf_document, "DESCRIPTION_LIMIT", 10_000)
    files = "".join(f"<urn:nara:dataset:2> dcat:distribution <urn:nara:file:{n}> .\n" for n in range(200))
    server.answers["/catalog"] = turtle(dcat_page([1, 2, 3], 3) + files.encode())
    source = make_source(server.url("/catalog"), "orden_dcat")
    run = harvest(source)
    assert (run.state, run.read, run.counts["added"], run.counts["errors"]) == ("errors", 3, 2, 1)
    (error,) = tk.get_action("harvest_job_report")(acting(), {"id": run.job_id})["object_errors"].values()
    assert error["guid"] == "urn:nara:dataset:2"
    assert harvest(source, hours=25).counts["missing"] == 0


def test_datasets_that_repeat_one_large_part_end_the_run_and_are_not_held_in_memory(
    server, make_source, harvest, monkeypatch
):
    monkeypatch.setattr(dcat_rdf, "DESCRIPTIONS_LIMIT", 30_000)
    shared = "".join(f'<urn:nara:office> foaf:name "{"課" * 100}{n}"@ja .\n' for n in range(50))
    links = "".join(f"<urn:nara:dataset:{n}> dct:creator <urn:nara:office> .\n" for n in range(4))
    server.answers["/catalog"] = turtle(dcat_page(list(range(4)), 4) + (links + shared).encode())
    run = harvest(make_source(server.url("/catalog"), "orden_dcat"))
    assert run.state == "failed"
    assert "Nothing was deleted" in run.problems[0]["en"]


@pytest.mark.parametrize(
    ("kind", "path"), [("orden_ckan", "/api/3/action/package_search"), ("orden_list", "/list.csv")]
)
def test_page_that_does_not_fit_into_memory_is_refused(server, make_source, harvest, kind, path):
    server.answers[path] = reply(Content_Length=str(21 * 1024 * 1024))
    run = harvest(make_source(server.url(path), kind))
    assert run.state == "failed"
    assert "larger than" in run.problems[0]["en"]


def test_turtle_cut_off_at_a_line_end_deletes_nothing(server, make_source, harvest):
    """The paging stands at the end and is lost with it: what is left is well-formed and smaller."""
    whole = PREFIXES + "".join(dcat_dataset(n) for n in range(4))
    paging = "<urn:p> a hydra:PagedCollection ; hydra:totalItems 4 .\n"
    server.answers["/catalog"] = turtle((whole + paging).encode())
    source = make_source(server.url("/catalog"), "orden_dcat")
    harvest(source)
    server.answers["/catalog"] = turtle((PREFIXES + "".join(dcat_dataset(n) for n in range(3))).encode())
    for day in range(1, 5):
        run = harvest(source, hours=25 * day)
        assert (run.state, run.counts["deleted"]) == ("errors", 0)
        assert [problem["code"] for problem in run.problems] == ["uncounted"]
    assert len(shown()) == 4


@pytest.mark.parametrize(
    ("following", "says"),
    [
        ("http://169.254.169.254/page2", "another host"),
        ("https://other.example/page2", "another host"),
        ("file:///etc/passwd", "another host"),
        ("/catalog", "do not end"),
    ],
)
def test_next_page_elsewhere_or_in_a_circle_is_not_followed(server, make_source, harvest, following, says):
    server.answers["/catalog"] = turtle(dcat_page([1], None, following))
    run = harvest(make_source(server.url("/catalog"), "orden_dcat"))
    assert run.state == "failed"
    assert says in run.problems[0]["en"]


def test_blank_nodes_make_no_dataset_changed(server, make_source, harvest):
    formats = ("CSV", "XLSX", "PDF", "JSON", "KML")
    files = "".join(
        f'<urn:nara:dataset:1> dcat:distribution [ a dcat:Distribution ; dct:description "{name}"@ja ] .\n'
        for name in formats
    )
    origin = "<urn:nara:dataset:1> dct:provenance [ a dct:ProvenanceStatement ] .\n"
    server.answers["/catalog"] = turtle(dcat_page([1]) + files.encode() + origin.encode())
    source = make_source(server.url("/catalog"), "orden_dcat")
    assert harvest(source).counts["added"] == 1
    assert not shown()[0].get("provenance")
    for hour in range(1, 4):
        assert harvest(source, hours=hour).counts["unchanged"] == 1


def test_dataset_without_a_title_is_a_record_error(server, make_source, harvest):
    body = dcat_page([1, 2]) + b"<urn:nara:dataset:3> a dcat:Dataset .\n"
    server.answers["/catalog"] = turtle(body)
    run = harvest(make_source(server.url("/catalog"), "orden_dcat"))
    assert (run.state, run.counts["added"], run.counts["errors"]) == ("errors", 2, 1)
