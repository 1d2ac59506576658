"""Pages put together from fragments: the same triples as ckanext-dcat's serialiser writes with our profile."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from ckan.lib.redis import connect_to_redis
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.dcat.processors import RDFSerializer
from ckanext.orden.dcat.catalogue import fragments, pages, query
from ckanext.orden.dcat.profiles import REVISION
from ckanext.orden.dcat.serializer import Serializer
from ckanext.orden.dcat.syntaxes import SYNTAXES, canonical
from ckanext.orden.schemas import reindexing
from rdflib import Graph
from rdflib.compare import to_isomorphic

from ..conftest import Act, plain
from ..examples import example

pytestmark = pytest.mark.usefixtures("with_plugins", "non_clean_db", "with_request_context")
Dict = dict[str, Any]
RDFLIB = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld", "nt": "nt"}
EVERYBODY: Context = {"user": ""}


def page(format_: str = "nt", **asked: str) -> str:
    return pages.answer(EVERYBODY, asked, format_).body.decode()


def graph(format_: str = "nt", **asked: str) -> Graph:
    return plain(Graph().parse(data=page(format_, **asked), format=RDFLIB[format_]))


def ids(text: str, datasets: list[Dict]) -> list[int]:
    """Which of the datasets are in a document, by number."""
    return [number for number, dataset in enumerate(datasets) if f"/dataset/{dataset['id']}>" in text]


@pytest.fixture()
def writes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The datasets whose triples are made."""
    made: list[str] = []
    original = RDFSerializer.graph_from_dataset

    def noted(self: RDFSerializer, dataset: Dict) -> Any:
        made.append(dataset["id"])
        return original(self, dataset)

    monkeypatch.setattr(RDFSerializer, "graph_from_dataset", noted)
    return made


@pytest.mark.parametrize("format_", RDFLIB)
def test_each_syntax_holds_the_triples_of_stocks_serialiser(stored: list[Dict], format_: str):
    found = query.find(EVERYBODY, {})
    serializer = RDFSerializer(profiles=["orden_dcat"])
    datasets = query.datasets(entry.id for entry in found.entries)
    serializer.serialize_catalog({}, datasets, pagination_info=query.paging(found, format_, {}))
    assert to_isomorphic(graph(format_)) == to_isomorphic(plain(serializer.g))
    assert len(serializer.g) > 200


@pytest.mark.parametrize("format_", RDFLIB)
def test_a_text_may_hold_signs_that_python_takes_for_line_ends(act: Act, stored: list[Dict], format_: str):
    text = "一行目\u2028二行目\u0085三行目"
    act("package_patch", id=stored[0]["id"], notes=text, publisher=[{"name": text, "uri": "https://e.example.jp/#1"}])
    test_each_syntax_holds_the_triples_of_stocks_serialiser(stored, format_)


def test_shared_nodes_are_described_once_as_stock_does(act: Act, stored: list[Dict]):
    """Two datasets call one publisher by two kinds: the first that is written counts, on both ways."""
    uri = "https://www.city.example.jp/#市"
    for dataset, kind in zip(stored[:2], ("NationalAuthority", "RegionalAuthority"), strict=True):
        publisher = {"name": "豊中市", "uri": uri, "type": f"http://purl.org/adms/publishertype/{kind}"}
        act("package_patch", id=dataset["id"], publisher=[publisher])
    test_each_syntax_holds_the_triples_of_stocks_serialiser(stored, "nt")


def test_another_profile_is_written_as_ckanext_dcat_writes_it(stored: list[Dict]):
    found = graph("ttl", profiles="euro_dcat_ap_3")
    assert len(ids(page("ttl", profiles="euro_dcat_ap_3"), stored)) == 3
    assert not any("orden" in str(predicate) for predicate in found.predicates())


def test_a_dataset_is_written_once_and_again_only_when_it_changes(act: Act, stored: list[Dict], writes: list[str]):
    for format_ in RDFLIB:
        page(format_)
    assert sorted(writes) == sorted(dataset["id"] for dataset in stored)
    writes.clear()
    act("package_patch", id=stored[1]["id"], title="新しい題")
    assert "新しい題" in page()
    assert writes == [stored[1]["id"]]


def test_another_option_writes_all_again(stored: list[Dict], writes: list[str], monkeypatch: pytest.MonkeyPatch):
    page()
    writes.clear()
    monkeypatch.setitem(tk.config, "ckanext.orden.dcat.namespace", "https://terms.example.jp/#")
    assert "<https://terms.example.jp/#fee>" in page()
    assert len(writes) == 3


def test_an_option_of_the_head_alone_writes_no_dataset_again(
    stored: list[Dict], writes: list[str], monkeypatch: pytest.MonkeyPatch
):
    page()
    writes.clear()
    monkeypatch.setitem(tk.config, "ckanext.orden.dcat.publisher_name", "大阪府スマートシティ戦略部")
    monkeypatch.setitem(tk.config, "ckanext.orden.dcat.dump_formats", ["ttl"])
    assert "大阪府スマートシティ戦略部" in page()
    assert writes == []


def test_what_an_organisation_says_of_itself_reaches_the_catalogue(act: Act, stored: list[Dict]):
    own = act("package_create", name="own", title="t", notes="n", owner_org=stored[0]["owner_org"])
    assert "toyonaka.example.jp" not in page()
    act("organization_patch", id=own["owner_org"], url="https://toyonaka.example.jp/")
    reindexing.reindex(own["owner_org"])  # what the job does
    make_connection().commit(waitSearcher=True)  # CKAN does not wait for what it has written to be seen
    assert "<https://toyonaka.example.jp/>" in page()


def test_a_lost_redis_costs_time_only(stored: list[Dict], monkeypatch: pytest.MonkeyPatch):
    whole = page()
    connect_to_redis().flushdb()
    assert page() == whole
    monkeypatch.setattr(pages, "index_state", lambda: "")
    assert page() == whole


class TestWalk:
    @pytest.fixture(autouse=True)
    def _one_a_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(tk.config, "ckanext.dcat.datasets_per_page", 1)

    def steps(self, **asked: str) -> Any:
        """The pages, each by following the link of the one before."""
        after = ""
        while True:
            found = query.find(EVERYBODY, {**asked, "after": after})
            yield page(**asked, after=after)
            around = query.paging(found, "nt", {**asked, "after": after})
            if "next" not in around:
                return
            after = around["next"].partition("after=")[2].replace("%3A", ":")

    def test_links_lead_through_all_in_the_order_of_change(self, act: Act, stored: list[Dict]):
        act("package_patch", id=stored[0]["id"], title="いま変わった")
        assert [ids(text, stored) for text in self.steps()] == [[1], [2], [0]]

    def test_a_dataset_that_changes_during_the_walk_is_not_missed(self, act: Act, stored: list[Dict]):
        walk = self.steps()
        seen = [ids(next(walk), stored)]
        act("package_patch", id=stored[1]["id"], title="途中で変わった")
        seen += [ids(text, stored) for text in walk]
        assert seen == [[0], [2], [1]]

    def test_every_page_tells_the_whole_number(self, stored: list[Dict]):
        assert all('totalItems> "3"' in text for text in self.steps())

    def test_filters_hold_on_every_page(self, act: Act, stored: list[Dict]):
        other = act("organization_create", name="suita", title="吹田市", orden_org_kind="public")
        act("package_patch", id=stored[1]["id"], owner_org=other["id"])
        assert [ids(text, stored) for text in self.steps(organization="toyonaka")] == [[0], [2]]
        assert [ids(text, stored) for text in self.steps(organization="suita")] == [[1]]
        moment = act("package_show", id=stored[1]["id"])["metadata_modified"]
        assert [ids(text, stored) for text in self.steps(modified_since=moment)] == [[1]]
        assert [ids(text, stored) for text in self.steps(fq=f"name:{stored[2]['name']}")] == [[2]]


def test_the_triples_of_this_revision():
    """Kept triples are made again when REVISION is raised: raise it, and note the new mark, when they change."""
    serializer = Serializer(profiles=["orden_dcat"])
    made = [fragments.fragment_of(example(kind), serializer) for kind in ("rich", "minimal", "paid", "ngsi", "hostile")]
    text = "".join(fragment.own + fragment.shared for fragment in made)
    mark = hashlib.sha256(canonical(text.encode(), SYNTAXES["nt"]).encode()).hexdigest()[:12]
    assert (REVISION, mark) == (3, "92cc979bae45")
