"""Visitors who are not logged in may ask for so many checks in a minute."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from freezegun import freeze_time

pytestmark = [
    pytest.mark.usefixtures("with_plugins", "non_clean_db"),
    pytest.mark.ckan_config("ckanext.orden.checks_per_minute", 2),
]
TABLE = {"content": "施設名,住所\nA,B\n"}
DCAT, LIST = "/api/action/orden_dcat_validate", "/api/action/orden_table_validate"


@pytest.fixture(autouse=True)
def nobody_yet(app: Any) -> None:
    """No check has been counted, and the minute does not end during a test."""
    store: Any = connect_to_redis()
    for key in store.scan_iter("orden:checks:*"):
        store.delete(key)


@pytest.fixture(autouse=True)
def one_minute() -> Any:
    clock = freeze_time("2026-04-01 12:00:20")
    clock.start()
    yield clock
    clock.stop()


def ask(app: Any, address: str = DCAT, **options: Any) -> Any:
    return app.post(address, json=TABLE, **options)


def test_third_check_is_told_to_wait_in_the_form_of_the_api(app: Any):
    assert [ask(app).status_code for _ in range(2)] == [200, 200]
    answer = ask(app)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "40"
    assert answer.json["success"] is False
    assert "40" in answer.json["error"]["message"]


def test_checks_of_tables_count_too(app: Any):
    assert [ask(app).status_code, ask(app, LIST).status_code, ask(app, LIST).status_code] == [200, 200, 429]


def test_page_keeps_what_was_pasted_and_says_when_to_come_again(app: Any):
    for _ in range(2):
        ask(app)
    answer = app.post("/validate", data=TABLE)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert "40" in page and "施設名,住所" in page


def test_next_minute_is_a_new_one(app: Any):
    for _ in range(3):
        ask(app)
    with freeze_time("2026-04-01 12:01:01"):
        assert ask(app).status_code == 200


def test_whoever_is_logged_in_is_not_counted(clean_db: None, app: Any, one_minute: Any):
    one_minute.stop()
    headers = {"Authorization": factories.UserWithToken()["token"]}
    assert {ask(app, headers=headers).status_code for _ in range(4)} == {200}
    one_minute.start()


def test_another_address_has_its_own_minute(app: Any):
    for _ in range(3):
        ask(app)
    assert ask(app, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200


def test_one_network_of_ipv6_counts_as_one_visitor(app: Any):
    told = [ask(app, environ_overrides={"REMOTE_ADDR": f"2001:db8::{n}"}).status_code for n in (1, 2, 3)]
    assert told == [200, 200, 429]


def test_header_of_a_visitor_is_not_believed(app: Any):
    told = [ask(app, headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in (1, 2, 3)]
    assert told == [200, 200, 429]


def test_header_of_our_own_proxy_is_believed(app: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(tk.config, "ckanext.orden.trusted_proxies", 1)
    told = [ask(app, headers={"X-Forwarded-For": f"10.0.0.1, 192.0.2.{n}"}).status_code for n in (1, 2, 3)]
    assert told == [200, 200, 200]
    forged = [ask(app, headers={"X-Forwarded-For": f"192.0.2.{n}, 192.0.2.9"}).status_code for n in (1, 2, 3)]
    assert forged == [200, 200, 429]


def test_page_of_tables_is_counted_too(app: Any):
    told = [app.post("/validate/table", data=TABLE).get_data(as_text=True) for _ in range(3)]
    assert ["40" in page and "o-note--icho" in page for page in told] == [False, False, True]
