"""The four publishers answer in their dialects; a test may change and break them."""

import csv
import io
import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from rdflib import Graph
from rdflib.namespace import DCAT, DCTERMS, RDF

from demo.content import places
from demo.plan import EXPECTED
from demo.publishers.lists import header
from demo.publishers.publication import Publication
from demo.publishers.server import NARA, SAKAI, TOYONAKA, running
from demo.world import world

FILES = "http://localhost:5000/sample"
ACTION = "/osaka-pref/api/3/action/"
PREFECTURE = EXPECTED["sources"]["osaka-pref-ckan"]


@pytest.fixture(scope="module")
def publishers():
    """The address of running publishers."""
    with running(Publication(FILES)) as address:
        yield address


@pytest.fixture
def overridden(tmp_path):
    """Publishers with a function that changes a source's answers."""

    def override(source, **said):
        (tmp_path / f"{source}.json").write_text(json.dumps(said), encoding="utf-8")

    with running(Publication(FILES, overrides=tmp_path)) as address:
        yield address, override


def get(address: str | Request) -> bytes:
    """The body of an answer."""
    with urlopen(address, timeout=10) as answer:
        return answer.read()


def action(address: str, name: str) -> dict:
    """The result of a CKAN action."""
    return json.loads(get(address + ACTION + name))["result"]


def test_paging_by_start_and_rows_is_complete(publishers):
    found, start = [], 0
    while page := action(publishers, f"package_search?rows=100&start={start}&sort=id+asc")["results"]:
        found += page
        start += len(page)
    assert len({package["id"] for package in found}) == len(found) == PREFECTURE["datasets"]
    assert sum(package["num_resources"] for package in found) == PREFECTURE["resources"]
    assert all(package["name"].startswith(package["organization"]["name"] + "_") for package in found)


def test_a_filter_on_metadata_modified_narrows_the_answer(publishers):
    found = action(publishers, "package_search?rows=1000&fq=metadata_modified:[2025-01-01T00:00:00Z+TO+*]")
    assert 0 < found["count"] < PREFECTURE["datasets"]
    assert min(package["metadata_modified"] for package in found["results"]) >= "2025-01-01"


def test_show_and_list_agree(publishers):
    names = action(publishers, "package_list")
    assert len(names) == PREFECTURE["datasets"]
    shown = action(publishers, f"package_show?id={names[0]}")
    assert action(publishers, f"package_show?id={shown['id']}") == shown
    assert len(action(publishers, "organization_list?all_fields=true")) == PREFECTURE["organizations"]
    assert action(publishers, "organization_show?id=271004")["title"] == "大阪市"
    assert action(publishers, "status_show")["ckan_version"]


def test_an_action_takes_json_by_post(publishers):
    request = Request(publishers + ACTION + "package_search", data=b'{"rows": 3}')
    assert len(json.loads(get(request))["result"]["results"]) == 3


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (ACTION + "package_show?id=no", 404),
        (ACTION + "no_such_action", 404),
        (ACTION + "package_search?sort=colour", 409),
        (ACTION + "package_search?rows=-1", 409),
        (NARA + "?page=99", 404),
        ("/elsewhere", 404),
    ],
)
def test_a_wrong_request_is_refused(publishers, path, status):
    with pytest.raises(HTTPError) as raised:
        get(publishers + path)
    assert raised.value.code == status


@pytest.mark.parametrize(
    ("path", "encoding", "form", "source"),
    [(TOYONAKA, "cp932", "old", "toyonaka-list"), (SAKAI, "utf-8-sig", "new", "sakai-list")],
)
def test_a_list_has_its_encoding_header_and_rows(publishers, path, encoding, form, source):
    body = get(publishers + path)
    rows = list(csv.DictReader(io.StringIO(body.decode(encoding), newline="")))
    assert list(rows[0]) == header(form)
    assert len(header(form)) == {"old": 15, "new": 45}[form]
    assert len(rows) == EXPECTED["sources"][source]["resources"]
    key = {"old": "NO", "new": "データセット_ID"}[form]
    assert len({row[key] for row in rows}) == EXPECTED["sources"][source]["datasets"]
    if encoding == "cp932":
        with pytest.raises(UnicodeDecodeError):
            body.decode("utf-8")


def test_the_feed_of_nara_is_read_to_its_last_page(publishers):
    graph, page = Graph(), f"{publishers}{NARA}"
    while page:
        part = Graph().parse(data=get(page), format="turtle")
        graph += part
        page = next((str(o) for _, p, o in part if str(p).endswith("hydra/core#next")), "")
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert len(datasets) == EXPECTED["sources"]["nara-dcat"]["datasets"]
    assert len(set(graph.subjects(RDF.type, DCAT.Distribution))) == EXPECTED["sources"]["nara-dcat"]["resources"]
    assert {str(node) for node in datasets} == {str(graph.value(node, DCTERMS.identifier)) for node in datasets}
    assert all(str(node).startswith("urn:uuid:") for node in datasets)


@pytest.mark.parametrize("path", [ACTION + "package_search?rows=20", TOYONAKA, SAKAI])
def test_a_moved_port_changes_nothing(publishers, path):
    with running(Publication(FILES)) as other:
        assert get(publishers + path) == get(other + path)


def test_a_known_etag_is_answered_with_304(publishers):
    with urlopen(publishers + SAKAI, timeout=10) as answer:
        tag, moment = answer.headers["ETag"], answer.headers["Last-Modified"]
    assert moment == "Thu, 20 Feb 2025 00:00:00 GMT"
    with pytest.raises(HTTPError) as raised:
        get(Request(publishers + SAKAI, headers={"If-None-Match": tag}))
    assert raised.value.code == 304


def test_sizes_are_those_of_the_files(tmp_path):
    dataset = world().of("sakai-list")[0]
    target = tmp_path / dataset.resources[0].path
    target.parent.mkdir(parents=True)
    target.write_bytes(b"12345")
    publication = Publication(FILES, files_dir=tmp_path)
    assert publication.size(dataset.resources[0]) == 5
    assert publication.size(dataset.resources[-1]) in (None, 5)


def test_one_changed_record_changes_only_itself(overridden):
    address, override = overridden
    before = {package["id"]: package for package in action(address, "package_search?rows=1000")["results"]}
    override("osaka-pref-ckan", change={"270008_aed": {"title": "AEDの場所", "modified": "2025-02-20"}})
    after = {package["id"]: package for package in action(address, "package_search?rows=1000")["results"]}
    changed = [package for key, package in after.items() if before[key] != package]
    assert [package["name"] for package in changed] == ["270008_aed"]
    assert changed[0]["title"] == "AEDの場所"


def test_dropped_records_leave_the_others_as_they_were(overridden):
    address, override = overridden
    before = get(address + TOYONAKA).decode("cp932").splitlines()
    override("toyonaka-list", drop=["272035_aed"])
    after = get(address + TOYONAKA).decode("cp932").splitlines()
    assert 0 < len(before) - len(after) < 8
    assert set(after) < set(before)


@pytest.mark.parametrize(
    ("answer", "path", "begin"),
    [("html", TOYONAKA, b"<html>"), ("{}", ACTION + "package_search", b"{}"), ("html", NARA, b"<html>")],
)
def test_a_fault_is_answered_as_asked(overridden, answer, path, begin):
    address, override = overridden
    for source in EXPECTED["sources"]:
        override(source, answer=answer)
    assert get(address + path).startswith(begin)


def test_a_fault_may_come_on_one_page_only(overridden):
    address, override = overridden
    override("osaka-pref-ckan", answer="500", when="start=100")
    assert action(address, "package_search?rows=100&start=0")["results"]
    with pytest.raises(HTTPError) as raised:
        action(address, "package_search?rows=100&start=100")
    assert raised.value.code == 500


def test_an_empty_and_a_truncated_answer(overridden):
    address, override = overridden
    whole = get(address + SAKAI)
    override("sakai-list", answer="truncated")
    assert len(get(address + SAKAI)) == len(whole) * 3 // 5
    override("sakai-list", answer="empty")
    assert len(get(address + SAKAI).decode("utf-8-sig").splitlines()) == 1
    override("osaka-pref-ckan", answer="empty")
    assert action(address, "package_search")["count"] == 0
    override("nara-dcat", answer="empty")
    assert not list(Graph().parse(data=get(address + NARA), format="turtle").subjects(RDF.type, DCAT.Dataset))


def test_health_is_told(publishers):
    assert json.loads(get(publishers + "/health")) == {"ok": True}


def test_codes_in_the_list_are_the_bodys_own(publishers):
    rows = csv.DictReader(io.StringIO(get(publishers + TOYONAKA).decode("cp932"), newline=""))
    assert {row["都道府県コード又は市区町村コード"] for row in rows} == {
        place.code for place in places().values() if place.title == "豊中市"
    }
