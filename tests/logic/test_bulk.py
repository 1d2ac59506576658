"""Datasets written together are those that CKAN writes one by one: dict, document, labels, calls of plugins."""

from __future__ import annotations

import contextvars
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pysolr
import pytest
from ckan import model
from ckan import plugins as p
from ckan.lib.plugins import get_permission_labels
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.harvesters.stock import acting, site_user
from ckanext.orden.logic import documents
from ckanext.orden.logic.bulk import Bulk
from harvesters.faults.barriers import until
from sqlalchemy import event, text

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

MOMENTS = {"metadata_created", "metadata_modified", "created", "last_modified", "indexed_ts", "_version_"}
"""Differ between any two writes."""
PLAIN = {
    "title": "避難所一覧", "notes": "市内の避難所です。", "license_id": "CC-BY-4.0",
    "tags": [{"name": "防災"}, {"name": "避難所 一覧"}, {"name": "防災"}],
    "theme": ["http://publications.europa.eu/resource/authority/data-theme/REGI"],
    "language": ["http://publications.europa.eu/resource/authority/language/JPN"],
    "issued": "2024-04-01", "identifier": "urn:x:1",
    "contact": [{"name": "危機管理課", "email": "kiki@city.example.jp"}],
    "temporal_coverage": [{"start": "2024-04-01", "end": "2025-03-31"}],
    "resources": [
        {"name": "一覧", "url": "https://data.example.jp/1.csv", "format": "CSV", "license": "CC BY 4.0"},
        {"name": "地図", "url": "https://data.example.jp/1.geojson", "format": "GeoJSON", "size": 12},
    ],
}  # fmt: skip
BARE = {"title": "  題だけ  ", "notes": "説明", "resources": []}
PRIVATE = {**PLAIN, "private": True, "identifier": "urn:x:2", "sensitivity_level": "internal"}
KINDS = {"plain": PLAIN, "bare": BARE, "private": PRIVATE}


@pytest.fixture
def owner() -> str:
    return factories.Organization(name="osaka")["id"]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What a plugin is told of new datasets, from now on."""
    found: list[tuple[str, Any]] = []

    def told(_context: Any, pkg_dict: dict[str, Any]) -> None:
        values = {key: value for key, value in pkg_dict.items() if key != "resources"}
        files = [{**resource, "id": bool(resource["id"])} for resource in pkg_dict.get("resources") or ()]
        found.append(("after_dataset_create", comparable({**values, "resources": files}, pkg_dict["id"])))

    plugin = p.get_plugin("orden")
    monkeypatch.setattr(plugin, "create", lambda entity: found.append(("create", entity.title)))
    monkeypatch.setattr(plugin, "after_dataset_create", told)
    return found


def alone(values: dict[str, Any]) -> str:
    return tk.get_action("package_create")(acting(site_user(), return_id_only=True), values)


def together(*many: dict[str, Any]) -> list[str]:
    bulk = Bulk(site_user())
    ids = [bulk.create(values, acting(bulk.user)) for values in many]
    bulk.finish()
    model.Session.commit()
    assert documents.index(ids) == []
    return ids


def comparable(value: Any, dataset_id: str) -> Any:
    """Without ids and moments, which differ between any two datasets."""
    if isinstance(value, dict):
        return {key: comparable(item, dataset_id) for key, item in value.items() if key not in MOMENTS | {"index_id"}}
    if isinstance(value, list):
        items = [comparable(item, dataset_id) for item in value]
        # Extras come from the database without an order.
        extras = all(isinstance(item, dict) and item.keys() == {"key", "value"} for item in items)
        return sorted(items, key=lambda extra: extra["key"]) if extras else items
    if isinstance(value, str) and value.startswith("{"):
        return comparable(json.loads(value), dataset_id)
    return value.replace(dataset_id, "ID") if isinstance(value, str) else value


def without_resource_ids(value: Any) -> Any:
    for resource in value.get("resources") or ():
        resource.pop("id")
    return value


def shown(dataset_id: str) -> Any:
    found = tk.get_action("package_show")(acting("", use_cache=False), {"id": dataset_id})
    return without_resource_ids(comparable(found, dataset_id))


def indexed(dataset_id: str) -> Any:
    make_connection().commit(waitSearcher=True)
    (found,) = make_connection(decode_dates=False).search(f'id:"{dataset_id}"', fl="*", rows=1).docs
    document = comparable(found, dataset_id)
    return {
        key: without_resource_ids(value) if key in ("data_dict", "validated_data_dict") else value
        for key, value in document.items()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_dataset_written_with_others_equals_one_that_ckan_wrote(owner: str, kind: str):
    values = {**KINDS[kind], "type": "dataset", "owner_org": owner, "name": "same-name"}
    first = alone(json.loads(json.dumps(values)))
    expected = shown(first), indexed(first), get_permission_labels().get_dataset_labels(model.Package.get(first))
    rows = _rows(first)
    tk.get_action("dataset_purge")(acting(site_user()), {"id": first})
    second, _other = together(json.loads(json.dumps(values)), {**values, "name": "other", "identifier": "urn:x:9"})
    labels = get_permission_labels().get_dataset_labels(model.Package.get(second))
    assert (shown(second), indexed(second), labels) == expected
    assert _rows(second) == rows


def _rows(dataset_id: str) -> dict[str, Any]:
    queries = {
        "members": "SELECT table_name, capacity, state, group_id FROM member WHERE table_id = :id",
        "tags": "SELECT name, pt.state FROM package_tag pt, tag t WHERE t.id = tag_id AND package_id = :id ORDER BY 1",
        "resources": "SELECT position, state, url, extras::text FROM resource WHERE package_id = :id ORDER BY position",
        "package": "SELECT name, title, state, private, type, creator_user_id, owner_org FROM package WHERE id = :id",
        "reports": "SELECT level, errors, warnings, report FROM orden_report WHERE package_id = :id",
    }
    found = {name: model.Session.execute(text(query), {"id": dataset_id}).all() for name, query in queries.items()}
    return comparable({name: [list(row) for row in rows] for name, rows in found.items()}, dataset_id)


def test_plugins_are_told_the_same_in_the_same_order(owner: str, calls: list[tuple[str, Any]]):
    values = {**PLAIN, "type": "dataset", "owner_org": owner, "name": "same-name"}
    tk.get_action("dataset_purge")(acting(site_user()), {"id": alone(json.loads(json.dumps(values)))})
    expected, calls[:] = list(calls), []
    together(json.loads(json.dumps(values)))
    assert calls == expected
    assert [name for name, _ in calls] == ["create", "after_dataset_create"]


def test_a_dataset_in_a_group_is_left_to_ckan_and_written_all_the_same(owner: str):
    group = factories.Group(name="bousai")
    values = {**BARE, "type": "dataset", "owner_org": owner, "groups": [{"name": group["name"]}]}
    one, two = together({**values, "name": "grouped"}, {**BARE, "type": "dataset", "owner_org": owner, "name": "plain"})
    assert [entry["name"] for entry in shown(one)["groups"]] == ["bousai"]
    assert shown(two)["groups"] == []


def test_a_refused_dataset_is_an_error_before_anything_is_written(owner: str):
    bulk = Bulk(site_user())
    with pytest.raises(tk.ValidationError) as refusal:
        bulk.create({**BARE, "type": "dataset", "owner_org": owner, "name": "Bad Name"}, acting(bulk.user))
    assert "name" in refusal.value.error_dict
    assert model.Session.query(model.Package).filter_by(type="dataset").count() == 0


def test_tags_that_exist_are_used_again(owner: str):
    alone({**PLAIN, "type": "dataset", "owner_org": owner, "name": "first"})
    together({**PLAIN, "type": "dataset", "owner_org": owner, "name": "second", "identifier": "urn:x:3"})
    assert model.Session.query(model.Tag).filter_by(name="防災").count() == 1


def test_tag_that_two_workers_bring_at_once_is_made_once(owner: str):
    first, second = ({**PLAIN, "owner_org": owner, "name": name, "identifier": name} for name in ("one", "two"))
    bulk = Bulk(site_user())
    bulk.create({**first, "type": "dataset"}, acting(bulk.user))
    bulk.finish()
    with ThreadPoolExecutor(1) as other:
        written = other.submit(contextvars.copy_context().run, together, {**second, "type": "dataset"})
        until(_waits, "the second worker")
        model.Session.commit()
        written.result()
    names = [name for (name,) in model.Session.query(model.Tag.name)]
    assert sorted(names) == ["避難所 一覧", "防災"]


def _waits() -> int:
    engine: Any = model.meta.engine
    with engine.connect() as connection:
        waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        return connection.execute(text(waiting)).scalar_one()


def test_many_datasets_make_no_activity_and_one_request_to_solr(owner: str, monkeypatch: pytest.MonkeyPatch):
    requests: list[int] = []
    add = pysolr.Solr.add

    def counted(self: Any, docs: list[Any], **options: Any) -> Any:
        requests.append(len(docs))
        assert not options["commit"]
        return add(self, docs, **options)

    monkeypatch.setattr(pysolr.Solr, "add", counted)
    many = [{**BARE, "type": "dataset", "owner_org": owner, "name": f"n{number}"} for number in range(7)]
    bulk = Bulk(site_user())
    ids = [bulk.create(values, acting(bulk.user)) for values in many]
    bulk.finish()
    model.Session.commit()
    documents.index(ids, documents.Seen.SOON)
    assert requests == [7]
    assert (
        model.Session.execute(text("SELECT count(*) FROM activity WHERE activity_type LIKE '%package'")).scalar() == 0
    )


def test_owner_of_many_is_read_once_beside_ckans_own_validator(owner: str):
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    bulk = Bulk(site_user())
    event.listen(model.meta.engine, "before_cursor_execute", note)
    try:
        for number in range(4):
            bulk.create({**PLAIN, "type": "dataset", "name": f"plain-{number}", "owner_org": owner}, acting(bulk.user))
        bulk.finish()
    finally:
        event.remove(model.meta.engine, "before_cursor_execute", note)
        model.Session.rollback()
    assert sum('FROM "group"' in statement for statement in asked) == 1 + 4
