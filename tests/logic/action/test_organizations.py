"""What an organisation holds, counted for whoever asks, and the list of organisations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers
from ckanext.orden.clock import local_date

FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/"
CSV = {"format": "CSV", "url": "https://example.jp/a.csv"}
PDF = {"format": "PDF", "url": "https://example.jp/a.pdf"}
NOTHING = {"datasets": 0, "files": 0, "formats": [], "newest": None, "latest": [], "quality": []}

pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", "orden orden_schema orden_use scheming_datasets scheming_organizations"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]


def days_ago(days: int) -> str:
    return (local_date() - timedelta(days=days)).isoformat()


@pytest.fixture()
def city() -> dict[str, Any]:
    """A city with an editor, three public datasets and a private one; another city has one."""
    editor = factories.User(name="editor")
    members = [{"name": editor["name"], "capacity": "editor"}]
    made = factories.Organization(
        name="toyonaka", title="豊中市", orden_org_kind="public", orden_municipality="272035", users=members
    )
    other = factories.Organization(name="sakai", title="堺市")
    monthly = {"frequency": FREQUENCY + "MONTHLY", "license_id": "CC-BY-4.0"}
    for name, owner, fields in (
        ("fresh", made, {**monthly, "modified": days_ago(10), "resources": [CSV, PDF]}),
        ("late", made, {**monthly, "modified": days_ago(90), "resources": [PDF]}),
        ("old", made, {"modified": days_ago(700), "fee": "有償", "license_id": ""}),
        ("inner", made, {**monthly, "modified": days_ago(1), "private": True, "resources": [CSV]}),
        ("elsewhere", other, {"modified": days_ago(400), "resources": [CSV]}),
    ):
        factories.Dataset(name=name, title=name, notes="一覧です。", owner_org=owner["id"], **fields)
    make_connection().commit()
    return made


def figures(user: str = "", **asked: Any) -> dict[str, Any]:
    return helpers.call_action(
        "orden_organization_figures_show", {"user": user, "ignore_auth": False}, **{"id": "toyonaka", **asked}
    )


def listed(user: str = "", **asked: Any) -> list[Any]:
    return helpers.call_action("organization_list", {"user": user, "ignore_auth": False}, **asked)


def test_everybody_counts_what_is_public(city: dict[str, Any]) -> None:
    found = figures()
    assert (found["datasets"], found["files"]) == (3, 3)
    assert found["formats"] == [{"name": "PDF", "datasets": 2}, {"name": "CSV", "datasets": 1}]
    assert found["openness"]["open"] == 2
    assert found["price"]["paid"] == 1
    assert (found["updated_30_days"], found["updated_365_days"]) == (1, 2)
    assert found["newest"] == days_ago(10)
    assert [dataset["name"] for dataset in found["latest"]] == ["fresh", "late", "old"]
    assert found["use"] == {"views": 0, "downloads": 0}


def test_members_count_their_private_datasets_too(city: dict[str, Any]) -> None:
    found = figures("editor")
    assert (found["datasets"], found["files"], found["newest"]) == (4, 4, days_ago(1))


def test_quality_is_of_those_that_can_fulfil_it(city: dict[str, Any]) -> None:
    quality = {one["code"]: (one["fulfilled"], one["of"]) for one in figures()["quality"]}
    assert quality == {
        "required": (2, 3),
        "description": (3, 3),
        "licence": (2, 3),
        "machine_readable": (1, 2),
        "updates": (1, 2),
    }


def test_what_lacks_something_is_found_by_its_facet(city: dict[str, Any]) -> None:
    found = helpers.call_action("package_search", fq="organization:toyonaka +vocab_orden_lacks:licence")
    assert [dataset["name"] for dataset in found["results"]] == ["old"]


def test_an_organisation_without_datasets_has_empty_figures() -> None:
    factories.Organization(name="toyonaka")
    found = figures()
    assert {name: found[name] for name in NOTHING} == NOTHING


@pytest.mark.parametrize("name", ["nowhere", "a-group"])
def test_only_organisations_have_figures(name: str) -> None:
    factories.Group(name="a-group")
    with pytest.raises(tk.ObjectNotFound):
        figures(id=name)


def test_one_request_of_solr_tells_all(city: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    connection = make_connection(decode_dates=False)
    search = connection.search
    monkeypatch.setattr(connection, "search", lambda *words, **rest: asked.append(words) or search(*words, **rest))
    monkeypatch.setattr("ckanext.orden.search.holdings.make_connection", lambda **_: connection)
    assert figures()["datasets"] == 3
    assert len(asked) == 1


@pytest.mark.parametrize("typed", ["豊中", "とよなか", "トヨナカ", "toyonaka", "とよn"])
def test_organisations_are_found_as_they_are_read(city: dict[str, Any], typed: str) -> None:
    assert listed(q=typed) == ["toyonaka"]
    assert [row["name"] for row in listed(q=typed, all_fields=True, limit=20)] == ["toyonaka"]


def test_what_nothing_is_called_finds_nothing(city: dict[str, Any]) -> None:
    assert listed(q="zzzz", all_fields=True) == []


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("orden_updated desc", ["toyonaka", "sakai", "empty"]),
        ("orden_updated asc", ["empty", "sakai", "toyonaka"]),
        ("package_count desc", ["toyonaka", "sakai", "empty"]),
        ("package_count", ["toyonaka", "sakai", "empty"]),
    ],
)
def test_lists_are_ranked_by_datasets(city: dict[str, Any], sort: str, names: list[str]) -> None:
    factories.Organization(name="empty", title="能勢町")
    assert listed(sort=sort) == names
    assert [row["name"] for row in listed(sort=sort, all_fields=True, limit=2, offset=1)] == names[1:]


def test_each_of_the_list_tells_its_newest_dataset(city: dict[str, Any]) -> None:
    newest = {row["name"]: row["orden_updated"] for row in listed(all_fields=True)}
    assert newest == {"toyonaka": days_ago(10), "sakai": days_ago(400)}
    assert listed("editor", q="豊中", all_fields=True)[0]["orden_updated"] == days_ago(1)


def test_other_sorts_are_refused_as_by_ckan(city: dict[str, Any]) -> None:
    with pytest.raises(tk.ValidationError):
        listed(sort="state desc")


def test_a_deleted_organisation_tells_nothing(city: dict[str, Any]) -> None:
    helpers.call_action("organization_delete", id=factories.Organization(name="gone")["id"])
    with pytest.raises(tk.NotAuthorized):
        figures(id="gone")
