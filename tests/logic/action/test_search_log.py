"""`orden_search_log_list`: who may see it, what it shows, what it refuses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action
from ckanext.orden.search_log import counters, keeping
from ckanext.orden.search_log.counters import Event

DAY = date(2026, 11, 30)
pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture
def searches(clean_db: None, clean_index: None) -> None:
    """A month of searches: frequent and rare ones, with and without hits and clicks."""
    counters.forget()
    organization = factories.Organization()
    factories.Dataset(name="shelters", title="避難所一覧", owner_org=organization["id"])
    factories.Dataset(name="hidden", title="秘密の一覧", owner_org=organization["id"], private=True)
    for ago in (0, 1, 20):
        for event, times in (
            (Event("避難所", "ja", "all"), 5),
            (Event("避難所", "en", "all"), 1),
            (Event("避難所", "ja", "click", "shelters"), 2),
            (Event("避難所", "ja", "click", "hidden"), 1),
            (Event("水族館", "ja", "nothing"), 2),
            (Event("給水車", "ja", "nearest"), 3),
            (Event("公園", "ja", "partial"), 4),
        ):
            keeping.keep(DAY - timedelta(days=ago), {event: times})
    keeping.keep(DAY, {Event("山田太郎", "ja", "all"): 2})


def found(**asked: Any) -> dict[str, Any]:
    return call_action("orden_search_log_list", **{"to": DAY.isoformat(), **asked})


def queries(**asked: Any) -> list[str]:
    return [query["q"] for query in found(**asked)["queries"]]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("all", ["避難所", "公園", "給水車", "水族館"]),
        ("no_hits", ["水族館"]),
        ("nearest", ["給水車"]),
        ("no_clicks", ["公園"]),
    ],
)
def test_each_kind_lists_its_queries_the_most_first(searches: None, kind: str, shown: list[str]):
    assert queries(kind=kind) == shown


def test_numbers_and_opened_datasets_are_told(searches: None):
    answer = found(limit=1)
    assert answer["count"] == 4
    assert answer["queries"] == [
        {
            "q": "避難所",
            "asked": 18,
            "nothing": 0,
            "partial": 0,
            "nearest": 0,
            "clicks": 9,
            "last": "2026-11-30",
            "datasets": [{"name": "shelters", "title": "避難所一覧", "clicks": 6}],
        }
    ]
    assert answer["totals"] == {"asked": 47, "nothing": 6, "partial": 12, "nearest": 9, "clicks": 9, "rare": 2}
    assert answer["settings"] == {"least": 3, "days": 400, "on": True}
    assert (answer["from"], answer["to"], answer["kind"]) == ("2026-11-01", "2026-11-30", "all")


def test_rare_queries_are_nowhere_in_the_answer(searches: None):
    for sort in ("asked", "nothing", "partial", "nearest", "clicks", "last", "q"):
        assert "山田" not in str(found(sort=sort, limit=1000))


def test_a_period_a_language_and_a_page_narrow_the_list(searches: None):
    assert found(**{"from": "2026-11-30"})["queries"][0]["asked"] == 6
    assert [query["asked"] for query in found(language="en")["queries"]] == [3]
    assert queries(limit=2, offset=1) == ["公園", "給水車"]
    assert queries(sort="q") == sorted(["避難所", "公園", "給水車", "水族館"])
    assert queries(**{"from": "2026-12-01", "to": "2026-12-31"}) == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"to": "2026-13-01"}, "to"),
        ({"from": "2026-12-01", "to": "2026-11-01"}, "from"),
        ({"kind": "some"}, "kind"),
        ({"sort": "asked; drop table"}, "sort"),
        ({"limit": "0"}, "limit"),
        ({"limit": "1001"}, "limit"),
        ({"limit": 0}, "limit"),
        ({"offset": "-1"}, "offset"),
        ({"offset": "²"}, "offset"),
    ],
)
def test_what_cannot_be_understood_is_named(asked: dict[str, Any], field: str):
    with pytest.raises(tk.ValidationError) as refused:
        found(**asked)
    assert list(refused.value.error_dict) == [field]


def test_the_first_days_of_the_calendar_are_a_period_too():
    assert found(to="0001-01-01")["queries"] == []


def test_only_system_administrators_see_it(app: CKANTestApp, auth: dict[str, str]):
    address = "/api/3/action/orden_search_log_list"
    user = factories.UserWithToken()
    factories.Organization(users=[{"name": user["name"], "capacity": "admin"}])
    assert app.get(address, status=403)
    assert app.get(address, headers={"Authorization": user["token"]}, status=403)
    answer: Any = app.get(address, headers=auth, status=200).json
    assert answer["result"]["queries"] == []
