"""Search documents sent together are those that CKAN sends one by one; a refused one does not take the others along."""

from __future__ import annotations

from typing import Any

import pysolr
import pytest
from ckan import logic, model
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.harvesters.stock import acting, site_user
from ckanext.orden.logic import documents

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

REFUSED = pysolr.SolrError("Solr responded with an error (HTTP 400): [Reason: ERROR: bad field]")
AWAY = pysolr.SolrError("Failed to connect to server at http://127.0.0.1")


@pytest.fixture
def owner() -> str:
    return factories.Organization(name="osaka")["id"]


def made(owner: str, name: str, **values: Any) -> str:
    data = {"type": "dataset", "name": name, "title": "題", "notes": "説明", "owner_org": owner, **values}
    return tk.get_action("package_create")(acting(site_user(), return_id_only=True), data)


def ckans(dataset_id: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The document that CKAN would send."""
    sent: list[dict[str, Any]] = []
    with monkeypatch.context() as patch:
        patch.setattr(pysolr.Solr, "add", lambda _self, docs, **_options: sent.extend(docs))
        logic.index_update_package(acting(""), dataset_id)
    return sent[0]


RESOURCES = [
    {"name": "一", "url": "https://data.example.jp/1.csv", "format": "CSV", "description": "表"},
    {"name": "二", "url": "https://data.example.jp/2.json", "format": "JSON"},
]
KINDS = {
    "without anything": {},
    "with files": {"resources": RESOURCES},
    "with tags and a theme": {
        "tags": [{"name": "防災"}, {"name": "避難所"}],
        "theme": ["http://publications.europa.eu/resource/authority/data-theme/REGI"],
    },
    "private": {"private": True},
    "with blanks and characters that XML forbids": {"title": "  \x0b題 ", "notes": "説\x08明"},
    "with paid access": {"fee": "有償", "sales_info_url": "https://market.example.jp/1"},
    "with periods and contacts": {
        "temporal_coverage": [{"start": "2024-04-01", "end": "2025-03-31"}],
        "contact": [{"name": "課", "email": "a@city.example.jp"}],
        "issued": "2024-04-01",
    },
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_equals_the_one_that_ckan_sends(owner: str, kind: str, monkeypatch: pytest.MonkeyPatch):
    dataset_id = made(owner, "one", **KINDS[kind])
    assert documents.document(dataset_id) == ckans(dataset_id, monkeypatch)


def test_vocabularies_and_groups_equal_those_that_ckan_sends(owner: str, monkeypatch: pytest.MonkeyPatch):
    vocabulary = factories.Vocabulary(name="fields")
    tag = {"name": "農業", "vocabulary_id": vocabulary["id"]}
    tk.get_action("tag_create")(acting(site_user()), dict(tag))
    group = factories.Group(name="bousai")
    dataset_id = made(owner, "one", tags=[tag, {"name": "畑地"}], groups=[{"name": group["name"]}])
    assert documents.document(dataset_id) == ckans(dataset_id, monkeypatch)


def test_a_related_dataset_is_named_though_ckan_fails_on_it(owner: str, monkeypatch: pytest.MonkeyPatch):
    first, second = made(owner, "one"), made(owner, "two")
    relation = {"subject": first, "object": second, "type": "child_of"}
    tk.get_action("package_relationship_create")(acting(site_user()), relation)
    assert documents.document(first)["child_of"] == ["two"]
    assert documents.document(second)["parent_of"] == ["one"]
    with pytest.raises(KeyError):
        ckans(first, monkeypatch)


def test_extras_and_dates_among_them_equal_those_that_ckan_sends(owner: str, monkeypatch: pytest.MonkeyPatch):
    dataset_id = made(owner, "one")
    package = model.Package.get(dataset_id)
    assert package is not None
    package.extras = {
        **(package.extras or {}),
        "open_date": "2024/4/1",
        "bad_date": "いつか",
        "title": "別",
        "a b": "1",
    }
    model.Session.commit()
    assert documents.document(dataset_id) == ckans(dataset_id, monkeypatch)


def answering(monkeypatch: pytest.MonkeyPatch, error: pysolr.SolrError, *bad: str) -> list[int]:
    """Solr refuses requests that hold one of these datasets; how many documents each request held."""
    requests: list[int] = []

    def add(_self: Any, docs: list[dict[str, Any]], **_options: Any) -> None:
        requests.append(len(docs))
        if {doc["id"] for doc in docs} & set(bad):
            raise error

    monkeypatch.setattr(pysolr.Solr, "add", add)
    return requests


def test_of_a_refused_batch_only_the_refused_document_is_left_out(owner: str, monkeypatch: pytest.MonkeyPatch):
    ids = [made(owner, f"n{number}") for number in range(8)]
    requests = answering(monkeypatch, REFUSED, ids[5])
    assert documents.index(ids) == [ids[5]]
    assert requests == [8, 4, 4, 2, 1, 1, 2]


def test_a_solr_that_is_away_is_asked_once_for_a_batch(owner: str, monkeypatch: pytest.MonkeyPatch):
    ids = [made(owner, f"n{number}") for number in range(3)]
    requests = answering(monkeypatch, AWAY, ids[0])
    assert documents.index(ids) == ids
    assert requests == [3]


def test_a_dataset_whose_document_cannot_be_made_does_not_stop_the_others(owner: str, monkeypatch: pytest.MonkeyPatch):
    ids = [made(owner, f"n{number}") for number in range(2)]
    make = documents.document

    def broken(dataset_id: str, *, alone: bool) -> dict[str, Any]:
        if dataset_id == ids[0]:
            raise RuntimeError("a plugin's fault")
        return make(dataset_id, alone=alone)

    monkeypatch.setattr(documents, "document", broken)
    assert documents.index(ids) == [ids[0]]


def test_a_deleted_dataset_leaves_the_index(owner: str):
    dataset_id = made(owner, "one")
    make_connection().commit(waitSearcher=True)
    model.Session.query(model.Package).filter_by(id=dataset_id).update({"state": "deleted"})
    model.Session.commit()
    assert documents.index([dataset_id]) == []
    make_connection().commit(waitSearcher=True)
    assert make_connection().search(f'id:"{dataset_id}"').hits == 0
