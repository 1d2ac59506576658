"""The catalogue and its datasets over HTTP."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers
from ckanext.orden.dcat.validation import RdfLimits, read_rdf
from rdflib import BNode
from rdflib.term import Node

from ..conftest import OFFICIAL, Act, official_results

pytestmark = pytest.mark.usefixtures("with_plugins", "non_clean_db")
Dict = dict[str, Any]


def blank(triple: tuple[Node, Node, Node]) -> bool:
    return any(isinstance(term, BNode) for term in triple)


class TestPages:
    PATHS = (
        "/catalog.ttl",
        "/catalog.rdf",
        "/catalog.jsonld",
        "/catalog.nt",
        "/catalog.ttl?page=9",
        "/catalog.ttl?q=%E9%81%BF+%3E",
    )

    def test_every_page_conforms(self, app: Any, stored: list[dict[str, Any]]):
        paths = [
            f"/dataset/{dataset['name']}.{ending}" for dataset in stored for ending in ("ttl", "rdf", "jsonld", "nt")
        ]
        for path in (*paths, *self.PATHS):
            answer = app.get(path)
            assert answer.status_code == 200, path
            text = answer.get_data(as_text=True)
            report = helpers.call_action("orden_dcat_validate", content=text, level="range")
            assert report["issues"] == [], path
            assert report["checked"] > 2
            if OFFICIAL.is_dir():
                graph = read_rdf(answer.data, limits=RdfLimits())
                assert official_results(graph) == set(), path

    def test_dataset_says_the_same_on_its_own_and_in_the_catalogue(self, app: Any, stored: list[dict[str, Any]]):
        page = read_rdf(app.get("/catalog.ttl").data, limits=RdfLimits())
        for dataset in stored:
            own = read_rdf(app.get(f"/dataset/{dataset['name']}.ttl").data, limits=RdfLimits())
            assert {triple for triple in own if not blank(triple)} <= set(page)

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/catalog.xyz", 404),
            ("/dataset/nothing-here.ttl", 404),
            ("/dataset/nothing-here.xyz", 404),
            ("/catalog.ttl?fq=title:((", 409),
            ("/catalog.ttl?page=0", 409),
            ("/catalog.ttl?page=%C2%B2", 409),
            ("/catalog.ttl?modified_since=yesterday", 409),
            ("/catalog.ttl?modified_since=0001-01-01T00:00:00%2B09:00", 409),
            ("/catalog.ttl?profiles=nothing", 409),
            ("/catalog.ttl?organization=nobody", 409),
            ("/catalog.ttl?after=yesterday", 409),
            ("/catalog.ttl?after=2026-01-01T00:00:00Z~x&page=2", 409),
        ],
    )
    def test_wrong_address_is_no_fault_of_the_server(self, app: Any, act: Act, path: str, status: int):
        assert app.get(path).status_code == status

    def test_private_dataset_is_not_found_as_on_its_page(self, app: Any, act: Act):
        organization = act("organization_create", name="toyonaka", title="豊中市")
        act("package_create", name="secret", title="非公開", notes="x", owner_org=organization["id"], private=True)
        for path in ("/dataset/secret", "/dataset/secret.ttl", "/dataset/secret.jsonld", "/dataset/secret.rdf"):
            assert app.get(path).status_code == 404, path

    def test_paging_links_lead_through_all_pages(
        self, app: Any, stored: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setitem(tk.config, "ckanext.dcat.datasets_per_page", 1)
        found: set[str] = set()
        for number in (1, 2, 3):
            text = app.get(f"/catalog.ttl?page={number}").get_data(as_text=True)
            assert (f"catalog.ttl?page={number + 1}" in text) == (number < 3)
            found |= {dataset["id"] for dataset in stored if f"/dataset/{dataset['id']}> a dcat:Dataset" in text}
        assert found == {dataset["id"] for dataset in stored}


ENDINGS = ("ttl", "rdf", "xml", "jsonld", "nt", "n3")


@pytest.fixture()
def path(stored: list[Dict], request: pytest.FixtureRequest) -> str:
    """The catalogue's address or a dataset's, in a syntax."""
    kind, ending = request.param
    return f"/catalog.{ending}" if kind == "catalog" else f"/dataset/{stored[0]['name']}.{ending}"


class TestConditional:
    @pytest.mark.parametrize("path", [(kind, end) for kind in ("catalog", "dataset") for end in ENDINGS], indirect=True)
    def test_one_who_has_the_document_is_told_so_without_it(self, app: Any, path: str):
        first = app.get(path)
        again = app.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (first.status_code, again.status_code) == (200, 304)
        assert again.data == b""
        assert again.headers["ETag"] == first.headers["ETag"]

    def test_a_change_is_sent_to_one_who_has_the_old(self, app: Any, act: Act, stored: list[Dict]):
        etag = app.get("/catalog.ttl").headers["ETag"]
        act("package_patch", id=stored[0]["id"], title="新しい題")
        answer = app.get("/catalog.ttl", headers={"If-None-Match": etag})
        assert answer.status_code == 200
        assert "新しい題" in answer.get_data(as_text=True)

    def test_syntaxes_and_filters_have_etags_of_their_own(self, app: Any, stored: list[Dict]):
        paths = ("/catalog.ttl", "/catalog.rdf", "/catalog.nt", "/catalog.ttl?q=%E9%81%BF", "/catalog.ttl?page=1")
        assert len({app.get(path).headers["ETag"] for path in paths}) == len(paths)


@pytest.mark.parametrize("path", [("catalog", "rdf"), ("dataset", "nt")], indirect=True)
def test_the_document_is_compressed_for_one_who_takes_that(app: Any, path: str):
    plain, small = app.get(path), app.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert small.headers["ETag"] == plain.headers["ETag"]
    assert len(gzip.decompress(small.data)) == len(plain.data) > 3 * len(small.data)


def test_only_answers_to_everybody_may_be_kept_by_everybody(app: Any, stored: list[Dict]):
    token = factories.UserWithToken()["token"]
    for headers, word in (({}, "public"), ({"Authorization": token}, "private")):
        assert word in app.get("/catalog.ttl", headers=headers).headers["Cache-Control"]


def test_a_dataset_made_private_leaves_the_catalogue_at_once(app: Any, act: Act, stored: list[Dict]):
    assert stored[1]["id"] in app.get("/catalog.ttl").get_data(as_text=True)
    act("package_patch", id=stored[1]["id"], private=True)
    token = factories.SysadminWithToken()["token"]
    for headers in ({}, {"Authorization": token}):
        assert stored[1]["id"] not in app.get("/catalog.ttl", headers=headers).get_data(as_text=True)


def test_media_types_are_those_of_the_syntaxes(app: Any, stored: list[Dict]):
    types = {ending: app.get(f"/catalog.{ending}").mimetype for ending in ENDINGS}
    assert types == {
        "ttl": "text/turtle",
        "rdf": "application/rdf+xml",
        "xml": "application/rdf+xml",
        "jsonld": "application/ld+json",
        "nt": "application/n-triples",
        "n3": "text/n3",
    }


@pytest.mark.ckan_config("ckanext.dcat.catalog_endpoint", "/rdf/all/{_format}")
def test_paging_links_lead_where_the_operator_put_the_catalogue(with_request_context: None, act: Act):
    text = act("dcat_catalog_show", format="ttl", page=1)
    assert "/rdf/all/ttl?page=1>" in text
    assert "/catalog.ttl" not in text
