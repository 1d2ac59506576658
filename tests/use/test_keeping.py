"""What is kept of the counts, for how long, and what is shown of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import call_auth
from ckanext.orden import counting
from ckanext.orden.schedule import MINUTE
from ckanext.orden.use import keeping, statistics, visits
from ckanext.orden.use.model import UseCount
from sqlalchemy import inspect

from .conftest import change, kept

Catalogue = dict[str, dict[str, Any]]
DAY = date(2026, 11, 30)
pytestmark = pytest.mark.usefixtures("with_plugins", "catalogue")


def rows() -> list[tuple[str, int, int]]:
    found = model.Session.query(UseCount).order_by(UseCount.day)
    return [(row.day.isoformat(), row.views, row.downloads) for row in found]


def test_the_migration_makes_the_table_that_the_model_describes():
    table = inspect(model.ensure_engine())
    columns = {column["name"]: column["nullable"] for column in table.get_columns("orden_use_count")}
    assert columns == {column.name: column.nullable for column in UseCount.__table__.columns}
    assert set(columns) == {"package_id", "day", "views", "downloads"}


def test_counters_are_taken_once_and_each_minute():
    counting.add(visits.SUBJECT, "view open", 10)
    MINUTE.send()
    MINUTE.send()
    counting.add(visits.SUBJECT, "view open", 10)
    MINUTE.send()
    assert kept() == {"open": (2, 0)}


def test_a_dataset_is_known_by_name_and_by_id(catalogue: Catalogue):
    file = catalogue["open"]["resources"][0]["id"]
    keeping.keep(DAY, {"view open": 1, f"view {catalogue['open']['id']}": 2, f"download {file}": 3, "view missing": 4})
    assert rows() == [("2026-11-30", 3, 3)]


def test_what_is_hidden_or_deleted_is_not_kept():
    change("package_delete", id="other")
    keeping.keep(DAY, {"view hidden": 5, "view other": 5})
    assert rows() == []


def test_redis_does_not_fill_up_where_nobody_takes_the_counts():
    for name in ("a", "b", "c", "a"):
        counting.add(visits.SUBJECT, f"view {name}", 2)
    redis: Any = counting.connect_to_redis()
    assert redis.hvals(counting.key(visits.SUBJECT, counting.local_date())) == [b"2", b"1"]


@pytest.mark.ckan_config("ckanext.orden.use.days", 60)
def test_old_days_are_added_up_by_month(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "local_date", lambda: DAY)
    for day in (date(2026, 8, 1), date(2026, 8, 2), date(2026, 8, 31), date(2026, 10, 2)):
        keeping.keep(day, {"view open": 2})
    for _ in range(2):
        keeping.tidy()
        assert rows() == [("2026-08-01", 6, 0), ("2026-10-02", 2, 0)]


def test_the_counts_of_a_purged_dataset_go_with_it():
    keeping.keep(DAY, {"view open": 2})
    change("dataset_purge", id="open")
    assert rows() == []


@pytest.fixture
def used(catalogue: Catalogue) -> None:
    file = catalogue["other"]["resources"][0]["id"]
    keeping.keep(DAY, {"view open": 5, "view other": 1, f"download {file}": 2})
    keeping.keep(date(2026, 10, 1), {"view open": 7})
    keeping.keep(date(2024, 10, 1), {"view open": 100})


def listed(**given: Any) -> dict[str, Any]:
    return tk.get_action("orden_use_list")({"user": "", "ignore_auth": False}, {"to": "2026-11-30", **given})


@pytest.mark.usefixtures("used")
class TestList:
    def test_the_last_twelve_months_are_told_by_month(self):
        found = listed()
        assert (found["from"], found["totals"]) == ("2025-12-01", {"views": 13, "downloads": 2})
        assert found["series"] == [
            {"period": "2026-10", "views": 7, "downloads": 0},
            {"period": "2026-11", "views": 6, "downloads": 2},
        ]
        assert [(row["name"], row["downloads"]) for row in found["datasets"]] == [("other", 2)]
        assert [row["name"] for row in listed(sort="views")["datasets"]] == ["open", "other"]

    def test_a_dataset_is_told_by_day(self):
        found = listed(id="open", by="day", **{"from": "2026-11-01"})
        assert found["series"] == [{"period": "2026-11-30", "views": 5, "downloads": 0}]
        assert "datasets" not in found

    def test_an_organisation_is_told_of_its_datasets(self):
        factories.Organization(name="sakai")
        found = [listed(organization=name)["totals"] for name in ("toyonaka", "sakai")]
        assert found == [{"views": 13, "downloads": 2}, {"views": 0, "downloads": 0}]
        assert listed(organization="sakai")["datasets"] == []
        with pytest.raises(tk.ObjectNotFound):
            listed(organization="nowhere")

    def test_what_becomes_hidden_is_in_no_figure_any_more(self):
        listed(sort="views")
        change("package_patch", id="open", private=True)
        found = listed(sort="views")
        assert found["totals"] == {"views": 1, "downloads": 2}
        assert [row["name"] for row in found["datasets"]] == ["other"]

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"from": "yesterday"}, "from"),
            ({"from": "2026-12-01"}, "from"),
            ({"by": "hour"}, "by"),
            ({"sort": "title"}, "sort"),
            ({"limit": 101}, "limit"),
        ],
    )
    def test_what_cannot_be_asked_is_told_at_its_field(self, given: dict[str, Any], field: str):
        with pytest.raises(tk.ValidationError) as refused:
            listed(**given)
        assert list(refused.value.error_dict) == [field]

    def test_of_a_hidden_dataset_nothing_is_told(self):
        with pytest.raises(tk.NotAuthorized):
            call_auth("orden_use_list", {"user": "", "model": model}, id="hidden")
        with pytest.raises(tk.ObjectNotFound):
            listed(id="missing")


def test_the_last_twelve_months_begin_with_a_month():
    firsts = [statistics.last_year(day) for day in (DAY, date(2026, 12, 31), date(2027, 1, 1))]
    assert firsts == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
