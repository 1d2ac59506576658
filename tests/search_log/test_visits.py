"""What is counted of what visitors do: searches as they are typed, clicks on their hits, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ckan import model
from ckan.lib.search.common import make_connection
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.orden import counting
from ckanext.orden.search_log import counters, keeping, visits
from ckanext.orden.search_log.model import SearchClick
from redis.exceptions import ConnectionError as NoRedis
from sqlalchemy import event

from .conftest import BROWSER, Get, kept

SEARCH = "http://test.ckan.net/dataset/?q=避難所"
pytestmark = [
    pytest.mark.usefixtures("with_plugins", "catalogue"),
    pytest.mark.ckan_config("ckanext.orden.search.log_least", 1),
]


@pytest.fixture
def catalogue(log: None, clean_index: None) -> None:
    """A public and a private dataset on evacuation sites."""
    organization = factories.Organization(name="toyonaka", title="豊中市")
    for name, private in (("open", False), ("hidden", True)):
        fields = {"name": name, "title": "避難所一覧", "notes": "一覧です。", "private": private}
        factories.Dataset(owner_org=organization["id"], **fields)
    make_connection().commit()


def counts() -> dict[tuple[str, str], tuple[int, ...]]:
    keeping.collect()
    return kept()


def clicked() -> dict[str, int]:
    keeping.collect()
    names = {package.id: package.name for package in model.Session.query(model.Package)}
    return {names[row.package_id]: row.count for row in model.Session.query(SearchClick)}


def test_a_search_is_counted_with_what_it_found(get: Get):
    get("/dataset/?q=避難所")
    get("/dataset/?q=避難所")
    get("/en/dataset/?q=避難所")
    assert counts() == {("避難所", "ja"): (2, 0, 0, 0, 0), ("避難所", "en"): (1, 0, 0, 0, 0)}


@pytest.mark.ckan_config("ckanext.orden.search.partial_below", 0)
def test_a_search_that_finds_nothing_is_counted_as_such(get: Get):
    get("/dataset/?q=ぬるぽ")
    assert counts() == {("ぬるぽ", "ja"): (1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"count": 0}, "nothing"),
        ({"count": 3}, "all"),
        ({"count": 3, "orden_match": "partial", "orden_match_all_count": 1}, "all"),
        ({"count": 3, "orden_match": "partial", "orden_match_all_count": 0}, "partial"),
        ({"count": 3, "orden_match": "nearest", "orden_match_all_count": 0}, "nearest"),
    ],
)
def test_an_answer_is_told_by_its_best_hits(found: dict[str, Any], told: str):
    assert visits.outcome(found) == told


@pytest.mark.parametrize(
    "path",
    [
        "/dataset/?q=避難所&page=2",
        "/dataset/?q=避難所&tags=防災",
        "/dataset/?q=避難所&organization=toyonaka",
        "/dataset/?q=",
        "/dataset/",
        "/organization/toyonaka?q=避難所",
        "/api/3/action/package_search?q=避難所",
        "/?q=避難所",
    ],
)
def test_pages_filters_and_programs_of_the_api_are_no_searches(get: Get, path: str):
    get(path)
    assert counts() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"User_Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User_Agent": "curl/8.5.0"},
        {"User_Agent": ""},
        {"Sec_Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"Sec_Fetch_Dest": "empty"},
        {"come_from": SEARCH + "&sort=title_string+asc"},
        {"come_from": SEARCH + "&tags=防災"},
    ],
)
def test_programs_and_the_same_search_once_more_do_not_count(get: Get, headers: dict[str, str]):
    get("/dataset/?q=避難所", **headers)
    assert counts() == {}


def test_who_looks_after_the_site_does_not_count(get: Get, auth: dict[str, str]):
    get("/dataset/?q=避難所", **auth)
    get("/dataset/open", SEARCH, **auth)
    assert counts() == {}


def test_a_hit_that_is_opened_is_a_click(get: Get):
    get("/dataset/open", SEARCH)
    get("/dataset/open", SEARCH + "&tags=防災&page=2")
    assert counts() == {("", "ja"): (0, 0, 0, 0, 2)}
    assert clicked() == {"open": 2}
    get("/dataset/?q=避難所")
    assert counts() == {("避難所", "ja"): (1, 0, 0, 0, 2)}


@pytest.mark.parametrize(
    "come_from",
    [
        "",
        "http://test.ckan.net/dataset/",
        "http://test.ckan.net/organization/toyonaka?q=避難所",
        "http://elsewhere.example/dataset/?q=避難所",
        "http://test.ckan.net/dataset/?q=taro@example.jp",
        "http://[broken/dataset/?q=避難所",
    ],
)
def test_who_comes_from_elsewhere_has_not_clicked(get: Get, come_from: str):
    get("/dataset/open", come_from)
    assert counts() == {}


def test_a_hidden_dataset_is_never_among_the_clicks(get: Get):
    editor = factories.User(password="correct-horse-battery")
    call_action("organization_member_create", id="toyonaka", username=editor["name"], role="editor")
    token = call_action("api_token_create", {"ignore_auth": True}, user=editor["name"], name="t")["token"]
    get("/dataset/hidden", SEARCH, Authorization=token)
    get("/dataset/missing", SEARCH, status=404)
    assert clicked() == {}


@pytest.mark.ckan_config("ckanext.orden.search.log", False)
def test_nothing_is_counted_when_it_is_switched_off(get: Get):
    get("/dataset/?q=避難所")
    get("/dataset/open", SEARCH)
    assert counts() == {}


def test_pages_are_shown_without_redis(get: Get, monkeypatch: pytest.MonkeyPatch):
    def gone() -> None:
        raise NoRedis("gone")

    with monkeypatch.context() as patch:
        patch.setattr(counting, "connect_to_redis", gone)
        get("/dataset/?q=避難所")
        get("/dataset/open", SEARCH)
        keeping.each_minute(None)
    assert counts() == {}


@pytest.fixture
def written() -> Iterator[list[str]]:
    """What the database is told to change meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.extend([statement] if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) else [])

    event.listen(model.meta.engine, "before_cursor_execute", note)
    yield sent
    event.remove(model.meta.engine, "before_cursor_execute", note)


def test_a_page_that_is_read_writes_nothing_into_the_database(get: Get, written: list[str]):
    get("/dataset/?q=避難所")
    get("/dataset/open", SEARCH)
    assert written == []


def test_nothing_of_the_visitor_is_kept_in_redis(get: Get):
    get("/dataset/?q=避難所", X_Forwarded_For="203.0.113.7", Cookie="session=secret")
    redis: Any = counting.connect_to_redis()
    held = redis.hgetall(counting.key(counters.SUBJECT, counters.today()))
    assert list(held.values()) == [b"1"]
    said = b"".join(held).decode()
    assert said == '["避難所", "ja", "all", ""]'
    assert not [part for part in ("203.0.113.7", "secret", BROWSER, "127.0.0.1") if part in said]
