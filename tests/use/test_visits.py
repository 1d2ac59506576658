"""What is counted of what visitors do: pages of datasets that are read, files that are taken, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action
from ckanext.orden import counting
from ckanext.orden.use import keeping, visits
from redis.exceptions import ConnectionError as NoRedis
from sqlalchemy import event
from werkzeug.datastructures import FileStorage

from .conftest import BROWSER, ELSEWHERE, Get, change, file_of, kept

Catalogue = dict[str, dict[str, Any]]
pytestmark = pytest.mark.usefixtures("with_plugins", "catalogue")


def member(role: str | None) -> dict[str, str]:
    """The headers of somebody with an account, and with a role in the datasets' organisation."""
    user = factories.User(password="correct-horse-battery")
    if role:
        call_action("organization_member_create", id="toyonaka", username=user["name"], role=role)
    token = call_action("api_token_create", {"ignore_auth": True}, user=user["name"], name="t")["token"]
    return {"Authorization": token}


def test_a_page_that_is_read_is_a_view(get: Get):
    get("/dataset/open")
    get("/en/dataset/open")
    get("/dataset/other")
    assert kept() == {"open": (2, 0), "other": (1, 0)}


def test_a_file_elsewhere_is_counted_and_its_address_stays_what_it_is(get: Get, catalogue: Catalogue):
    answer = get(file_of(catalogue["open"]), status=302)
    assert answer.headers["Location"] == ELSEWHERE
    assert kept() == {"open": (0, 1)}


def test_the_page_offers_its_files_by_the_address_that_counts(get: Get, catalogue: Catalogue):
    page = get("/dataset/open").get_data(as_text=True)
    assert f'href="{file_of(catalogue["open"])}"' in page and "files.example.jp" in page
    resource = get(file_of(catalogue["open"]).removesuffix("/download")).get_data(as_text=True)
    assert f'href="{file_of(catalogue["open"])}"' in resource and f"<code>{ELSEWHERE}</code>" in resource
    assert tk.get_action("package_show")({}, {"id": "open"})["resources"][0]["url"] == ELSEWHERE


def test_an_uploaded_file_is_counted(
    get: Get, catalogue: Catalogue, ckan_config: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(ckan_config, "ckan.storage_path", str(tmp_path))
    file = {"package_id": "open", "name": "公園", "format": "CSV", "url": "parks.csv"}
    upload = FileStorage(BytesIO("名称\n本町公園\n".encode()), filename="parks.csv")
    resource = change("resource_create", **file, upload=upload)
    get(f"/dataset/open/resource/{resource['id']}/download/parks.csv")
    assert kept() == {"open": (0, 1)}


def test_a_file_counts_for_its_own_dataset_whatever_the_address_says(get: Get, catalogue: Catalogue):
    get(file_of(catalogue["open"]).replace("/open/", "/other/"), status=302)
    assert kept() == {"open": (0, 1)}


def test_every_route_that_is_counted_is_there(app: CKANTestApp):
    assert set(visits.COUNTED) <= set(app.flask_app.view_functions)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/dataset/", 200),
        ("/dataset/missing", 404),
        ("/api/3/action/package_show?id=open", 200),
        ("/dataset/open.ttl", 200),
        ("/organization/toyonaka", 200),
        ("/statistics", 200),
    ],
)
def test_other_pages_and_programs_of_the_api_do_not_count(get: Get, path: str, status: int):
    get(path, status)
    assert kept() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"User_Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User_Agent": "curl/8.5.0"},
        {"User_Agent": ""},
        {"Sec_Purpose": "prefetch;prerender"},
        {"Sec_Fetch_Dest": "empty"},
    ],
)
def test_programs_and_what_is_fetched_ahead_do_not_count(get: Get, catalogue: Catalogue, headers: dict[str, str]):
    get("/dataset/open", **headers)
    get(file_of(catalogue["open"]), status=302, **headers)
    assert kept() == {}


def test_who_looks_after_the_site_or_the_dataset_does_not_count(get: Get, auth: dict[str, str], catalogue: Catalogue):
    for headers in (auth, member("editor"), member("admin")):
        get("/dataset/open", **headers)
        get(file_of(catalogue["open"]), status=302, **headers)
    assert kept() == {}


@pytest.mark.parametrize("role", [None, "member"])
def test_others_with_an_account_count(get: Get, role: str | None):
    get("/dataset/open", **member(role))
    assert kept() == {"open": (1, 0)}


def test_a_hidden_dataset_never_counts(get: Get, catalogue: Catalogue):
    headers = member("member")
    get("/dataset/hidden", **headers)
    get(file_of(catalogue["hidden"]), status=302, **headers)
    assert kept() == {}


@pytest.mark.ckan_config("ckanext.orden.use.count", False)
def test_nothing_is_counted_when_it_is_switched_off(get: Get):
    get("/dataset/open")
    assert kept() == {}


def test_pages_are_shown_without_redis(get: Get, monkeypatch: pytest.MonkeyPatch):
    def gone() -> None:
        raise NoRedis("gone")

    with monkeypatch.context() as patch:
        patch.setattr(counting, "connect_to_redis", gone)
        get("/dataset/open")
        keeping.each_minute(None)
    assert kept() == {}


@pytest.fixture
def written() -> Iterator[list[str]]:
    """What the database is told to change meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.extend([statement] if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) else [])

    event.listen(model.meta.engine, "before_cursor_execute", note)
    yield sent
    event.remove(model.meta.engine, "before_cursor_execute", note)


def test_what_is_read_writes_nothing_into_the_database(get: Get, catalogue: Catalogue, written: list[str]):
    get("/dataset/open")
    get(file_of(catalogue["open"]), status=302)
    assert written == []


def test_nothing_of_the_visitor_is_kept(get: Get):
    get("/dataset/open", X_Forwarded_For="203.0.113.7", Cookie="session=secret", Referer="https://a.example/")
    redis: Any = counting.connect_to_redis()
    held = redis.hgetall(counting.key(visits.SUBJECT, counting.local_date()))
    assert held == {b"view open": b"1"}
    keeping.collect()
    rows = repr(model.Session.execute(keeping.UseCount.__table__.select()).all())
    assert not [part for part in ("203.0.113.7", "secret", BROWSER, "127.0.0.1", "a.example") if part in rows]
