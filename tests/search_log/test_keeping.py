"""What is kept, from when on with its text, and for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from ckan import model
from ckanext.orden import counting
from ckanext.orden.schedule import MINUTE
from ckanext.orden.search_log import counters, keeping
from ckanext.orden.search_log.counters import Event
from ckanext.orden.search_log.model import SearchClick, SearchCount, SearchQuery

from .conftest import DAY, Pass, kept

pytestmark = pytest.mark.usefixtures("with_plugins", "log")


def texts() -> set[str]:
    return {row.q for row in model.Session.query(SearchQuery)}


def everything_stored() -> str:
    """All that the three tables hold, as text."""
    tables = (SearchCount, SearchClick, SearchQuery)
    rows = [row for table in tables for row in model.Session.execute(table.__table__.select())]
    return repr(rows)


def test_the_text_of_a_rare_query_is_nowhere_in_the_tables(asked: Pass):
    asked("山田太郎 病歴", times=1, days=2)
    assert kept() == {("", "ja"): (1, 0, 0, 0, 0)}
    assert "山田" not in everything_stored()
    assert keeping.key("山田太郎 病歴") in {row.key for row in model.Session.query(SearchCount)}


def test_one_persons_day_makes_no_query_a_frequent_one(asked: Pass):
    asked("山田太郎", times=500, days=1)
    assert texts() == set()
    asked("山田太郎", times=1, days=2)
    assert texts() == {"山田太郎"}


def test_a_query_is_known_from_the_occasion_on_that_is_enough(asked: Pass):
    asked("避難所", times=1, days=2)
    assert texts() == set()
    asked("避難所", times=1, days=1, language="en")
    assert texts() == {"避難所"}


@pytest.mark.ckan_config("ckanext.orden.search.log_least", 5)
def test_more_occasions_can_be_asked_for(asked: Pass, ckan_config: Any, monkeypatch: pytest.MonkeyPatch):
    asked("避難所", times=2, days=2)
    assert texts() == set()
    asked("避難所", times=2, days=2)
    assert texts() == {"避難所"}
    monkeypatch.setitem(ckan_config, "ckanext.orden.search.log_least", 9)
    keeping.tidy()
    assert texts() == set()


def test_clicks_do_not_make_a_query_a_frequent_one(asked: Pass):
    asked("山田太郎", times=9, days=3, what="click", dataset="open")
    assert texts() == set()


@pytest.mark.ckan_config("ckanext.orden.search.log_days", 10)
def test_days_and_texts_are_forgotten_when_they_are_old(asked: Pass, monkeypatch: pytest.MonkeyPatch):
    asked("避難所", times=3, days=2)
    assert texts() == {"避難所"}
    monkeypatch.setattr(counters, "today", lambda: DAY + timedelta(days=10))
    keeping.tidy()
    assert {row.day for row in model.Session.query(SearchCount)} == {DAY}
    assert texts() == set()
    monkeypatch.setattr(counters, "today", lambda: DAY + timedelta(days=11))
    keeping.tidy()
    assert everything_stored() == "[]"


def test_counters_are_taken_once_and_each_minute():
    counters.add(Event("避難所", "ja", "nothing"))
    MINUTE.send()
    MINUTE.send()
    assert kept() == {("", "ja"): (1, 1, 0, 0, 0)}
    counters.add(Event("避難所", "ja", "nearest"))
    MINUTE.send()
    assert kept() == {("", "ja"): (2, 1, 0, 1, 0)}


def test_what_was_not_kept_is_kept_in_the_next_minute(monkeypatch: pytest.MonkeyPatch):
    counters.add(Event("避難所", "ja", "all"))

    def fails(*_: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(keeping, "keep", fails)
        keeping.collect()
    counters.add(Event("避難所", "ja", "all"))
    keeping.collect()
    keeping.collect()
    assert kept() == {("", "ja"): (2, 0, 0, 0, 0)}


def test_redis_does_not_fill_up_where_nobody_takes_the_counts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(counters, "MOST", 2)
    for q in ("一", "二", "三", "一"):
        counters.add(Event(q, "ja", "all"))
    redis: Any = counting.connect_to_redis()
    key = counting.key(counters.SUBJECT, counters.today())
    assert redis.hvals(key) == [b"2", b"1"]
    assert 0 < redis.ttl(key) <= 2 * 86400


def test_a_query_is_forgotten_and_so_is_everything(asked: Pass):
    asked("避難所")
    asked("公園")
    keeping.forget("公園")
    assert texts() == {"避難所"}
    counters.add(Event("公園", "ja", "all"))
    keeping.forget()
    keeping.collect()
    assert everything_stored() == "[]"
