"""The whole chain on the demo: harvested, counted, found, shown, published, checked; again, nothing is written."""

from __future__ import annotations

import json
import re
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import pyshacl
import pytest
from ckanext.orden.dcat.validation import check_bytes
from rdflib import SH, Graph

from demo.world import world

from .site import ROOT, Demo

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]

EXPECTED = json.loads((ROOT / "demo/expected_counts.json").read_text())
SEARCHES = json.loads((ROOT / "demo/expected_search.json").read_text())
AXES = {
    "vocab_orden_sector": {"public", "private"},
    "vocab_orden_openness": {"open", "conditional", "closed"},
    "vocab_orden_dynamics": {"static", "periodic", "dynamic"},
    "vocab_orden_personal": {"non_personal", "processed"},
    "vocab_orden_price": {"free", "paid"},
}
PAGES = ["/", "/dataset/", "/organization/", "/harvest", "/about", "/catalog.ttl", "/catalog.jsonld", "/catalog.rdf"]


class TestCounts:
    def test_a_visitor_counts_what_odpo_stated(self, demo: Demo):
        found = demo.datasets()
        assert demo.action("package_search", "rows=0")["count"] == len(found) == EXPECTED["datasets"]
        assert len(demo.action("organization_list")) == EXPECTED["organizations"]
        assert sum(dataset["num_resources"] for dataset in found) == EXPECTED["resources"]

    @pytest.mark.parametrize("axis", AXES)
    def test_every_axis_is_a_facet_with_its_values(self, demo: Demo, axis: str):
        facets = demo.action("package_search", f'rows=0&facet.field=["{axis}"]'.replace('"', "%22"))["facets"]
        assert AXES[axis] <= facets[axis].keys()


@pytest.mark.parametrize("query", SEARCHES)
def test_a_word_as_people_write_it_finds_the_asked_kind(demo: Demo, query: str):
    titles = {dataset.name: (dataset.organization.title, dataset.title) for dataset in world().datasets}
    wanted = SEARCHES[query]
    found = demo.action("package_search", f"rows={wanted['top']}&q={quote(query)}")["results"]
    assert len(found) == wanted["top"]
    shown = {(dataset["organization"]["title"], dataset["title"]) for dataset in found}
    assert shown <= {titles[name] for name in wanted["datasets"]}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_each_page_answers_in_each_language(demo: Demo, path: str, language: str):
    html = demo.get(f"/{language}{path}" if "catalog" not in path else path)
    assert "catalog" in path or f'lang="{language}"' in html


def errors(log: str) -> list[str]:
    # ckanext-harvest looks for a new source's row before it has written it
    known = "Harvest source not found for dataset"
    return [line for line in log.splitlines() if " ERROR " in line and known not in line]


def test_pages_of_one_thing_answer_without_an_error_in_the_log(demo: Demo):
    dataset = demo.action("package_search", "rows=1")["results"][0]
    file = dataset["resources"][0]
    for path in (
        f"/dataset/{dataset['name']}",
        f"/dataset/{dataset['name']}/resource/{file['id']}",
        f"/organization/{dataset['organization']['name']}",
        "/harvest/osaka-pref-ckan",
    ):
        assert demo.get(path)
    assert urllib.request.urlopen(file["url"], timeout=30).status == 200
    assert errors(demo.log("web")) == []


def solr_adds(demo: Demo) -> int:
    address, _, core = demo.option("solr_url").rpartition("/")
    query = "admin/metrics?group=core&prefix=UPDATE.updateHandler.cumulativeAdds&wt=json"
    with urllib.request.urlopen(f"{address}/{query}") as answer:
        found = json.load(answer)["metrics"][f"solr.core.{core}"]["UPDATE.updateHandler.cumulativeAdds"]
    return found["count"] if isinstance(found, dict) else found


UNTOUCHED = ("package", "resource", "activity", "harvest_object", "member", "package_tag")


def written(demo: Demo) -> dict[str, str]:
    """The tables that an unchanged record must not touch, each in a word that changes with every row written."""
    version = "md5(string_agg(concat(ctid, ':', xmin), ' ' ORDER BY ctid))"
    return {name: demo.sql(f"SELECT {version} FROM {name}")[0][0] for name in UNTOUCHED}  # noqa: S608 - names above


def content(demo: Demo) -> list[tuple[str, ...]]:
    return demo.sql(
        "SELECT p.id, p.metadata_modified::text, p.title, r.id, r.url, r.metadata_modified::text "
        "FROM package p LEFT JOIN resource r ON r.package_id = p.id AND r.state = 'active' "
        "WHERE p.type = 'dataset' ORDER BY p.id, r.id"
    )


def harvest_again(demo: Demo) -> None:
    demo.orden("shell", "ckan", "orden-harvest", "run", "all")


@contextmanager
def taken(ports: list[int]) -> Iterator[None]:
    """Somebody else listens on these ports."""
    with ExitStack() as stack:
        for port in ports:
            stack.enter_context(socket.create_server(("127.0.0.1", port)))
        yield


OFFICIAL = ROOT.parent / "shared/shapes/dcat-ap-3.0.1"


@pytest.fixture(scope="module")
def published(demo: Demo) -> dict[str, str]:
    """Every dataset and every page of the catalogue as Turtle, fetched over HTTP."""
    names = [dataset["name"] for dataset in demo.datasets()]
    pages = range(1, -(-len(names) // 100) + 1)
    paths = [f"/dataset/{name}.ttl" for name in names] + [f"/catalog.ttl?page={page}" for page in pages]
    return {path: demo.get(path) for path in paths}


class TestPublished:
    def test_each_dataset_and_page_conforms(self, published: dict[str, str], capsys: pytest.CaptureFixture[str]):
        reports = {
            (path, level): check_bytes(turtle.encode(), level, subject=path).report
            for path, turtle in published.items()
            for level in ("full", "odpo")
        }
        with capsys.disabled():
            print(
                f" {len(reports)} documents, {sum(report.checked for report in reports.values())} focus nodes", end=""
            )
        assert {path: report.as_dict()["issues"] for path, report in reports.items() if not report.valid} == {}
        assert all(report.checked for report in reports.values())

    @pytest.mark.skipif(not OFFICIAL.exists(), reason="the official shapes are not beside the clone")
    def test_the_official_shapes_agree(self, published: dict[str, str]):
        shapes = Graph().parse(OFFICIAL / "shapes.ttl").parse(OFFICIAL / "range.ttl")
        for path, turtle in published.items():
            _, results, text = pyshacl.validate(Graph().parse(data=turtle, format="turtle"), shacl_graph=shapes)
            assert isinstance(results, Graph)
            assert (None, SH.resultSeverity, SH.Violation) not in results, f"{path}\n{text}"


def test_the_tables_of_every_dataset_are_checked_by_jobs(demo: Demo):
    demo.settle()
    reports = demo.sql("SELECT standard <> '', conforms, count(*) FROM orden_table_report GROUP BY 1, 2 ORDER BY 1, 2")
    assert reports == [(False, False, 711), (True, False, 228), (True, True, 953)]
    failed = demo.sql("SELECT resource_id FROM orden_table_report WHERE report::text LIKE '%table.unreachable%'")
    assert failed == []


def test_a_municipality_takes_its_datasets_as_a_list_and_hands_it_in_again_without_a_change(demo: Demo, tmp_path: Path):
    demo.settle()
    who, file = ("-o", "272035", "-u", "toyonaka-editor"), str(tmp_path / "list.csv")
    demo.orden("shell", "ckan", "orden-list", "export", *who, file)
    said = demo.orden("shell", "ckan", "orden-list", "preview", *who, file)
    assert re.search(r"rows, \d+ unchanged$", said, re.M), said


class TestUnchanged:
    def test_a_second_harvest_writes_nothing(self, demo: Demo):
        demo.settle()
        rows, adds = written(demo), solr_adds(demo)
        harvest_again(demo)
        assert written(demo) == rows
        assert solr_adds(demo) - adds <= len(EXPECTED["sources"])

    def test_a_harvest_after_the_ports_moved_changes_no_dataset(self, demo: Demo):
        before, address = content(demo), demo.status["address"]
        ports = [part["port"] for part in demo.status["parts"].values() if part["port"]]
        demo.orden("down")
        with taken(ports):
            demo.up()
            assert demo.status["address"] != address
            rows = written(demo)
            harvest_again(demo)
            assert written(demo) == rows
            assert content(demo) == before
            shown = demo.action("package_search", "rows=1")["results"][0]["resources"][0]["url"]
            assert urllib.request.urlopen(shown, timeout=30).status == 200
            demo.orden("down")
        demo.up()


def test_a_second_start_changes_nothing(demo: Demo):
    begin = time.monotonic()
    said = demo.orden("up")
    assert time.monotonic() - begin < 30
    assert "nothing changed" in said


def test_no_secret_is_readable_by_others(demo: Demo):
    folder = Path(demo.status["ini"]).parent
    secret = [*folder.glob("*.password"), *folder.glob("*.token"), folder / "secrets.json", folder / "ckan.ini"]
    assert len(secret) >= 4
    assert {path.name for path in secret if path.stat().st_mode & 0o077} == set()
