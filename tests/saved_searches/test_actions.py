"""Who may save, read, change and delete what, and how much."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckanext.orden.saved_searches.model import SavedSearch

from .conftest import Act


def test_saved_search_carries_its_words_facets_and_order(act: Act):
    made = act("hanako", "create", q="避難所", conditions=[["organization", "sakai"]], sort="title_string asc")
    assert act("hanako", "show", id=made["id"])["parameters"] == [
        ["q", "避難所"],
        ["organization", "sakai"],
        ["sort", "title_string asc"],
    ]
    assert (made["name"], made["frequency"], made["changes"]) == ("避難所 · sakai", "weekly", False)
    assert [each["id"] for each in act("hanako", "list")["searches"]] == [made["id"]]


@pytest.mark.parametrize("who", ["taro", "boss", ""])
@pytest.mark.parametrize("verb", ["show", "update", "delete"])
def test_search_of_another_person_is_closed_even_to_system_administrators(act: Act, who: str, verb: str):
    made = act("hanako", "create", q="避難所")
    with pytest.raises(tk.NotAuthorized):
        act(who, verb, id=made["id"], name="奪取")
    assert act("hanako", "show", id=made["id"])["name"] == "避難所"


def test_list_shows_nobody_the_searches_of_others(act: Act):
    act("hanako", "create", q="避難所")
    assert act("boss", "list")["searches"] == []
    with pytest.raises(tk.NotAuthorized):
        act("", "list")
    with pytest.raises(tk.NotAuthorized):
        act("", "create", q="避難所")


def test_one_more_search_than_the_limit_is_refused(act: Act, ckan_config: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(ckan_config, "ckanext.orden.saved_search.most", 2)
    act("hanako", "create", q="一")
    act("hanako", "create", q="二")
    with pytest.raises(tk.ValidationError) as refused:
        act("hanako", "create", q="三")
    assert list(refused.value.error_dict) == ["limit"]
    assert act("taro", "create", q="三")["name"] == "三"


def test_same_search_is_not_saved_twice(act: Act):
    act("hanako", "create", q="避難所")
    with pytest.raises(tk.ValidationError):
        act("hanako", "create", q="避難所", name="別の名前")


@pytest.mark.parametrize(
    "wrong",
    [
        {"q": "あ" * 501},
        {"frequency": "hourly"},
        {"name": "x" * 101},
        {"conditions": "organization"},
        {"conditions": [["a b", "c"]]},
        {"conditions": [["*:* OR id", "x"]]},
        {"conditions": [["ext_bbox", "0,0,1,1"]]},
        {"conditions": [["tags", {"a": 1}]]},
        {"q": "title:["},
    ],
)
def test_wrong_input_is_refused_with_its_field(act: Act, wrong: dict[str, Any]):
    with pytest.raises(tk.ValidationError):
        act("hanako", "create", **wrong)
    assert act("hanako", "list")["count"] == 0


def test_quotes_in_a_value_stay_part_of_the_value(act: Act):
    made = act("hanako", "create", conditions=[["tags", 'x" OR private:"true']])
    assert made["conditions"] == [["tags", 'x" OR private:"true']]


def test_update_changes_what_is_named_and_leaves_the_rest(act: Act):
    made = act("hanako", "create", q="避難所")
    changed = act("hanako", "update", id=made["id"], name="避難所の新着", frequency="daily")
    assert (changed["name"], changed["frequency"], changed["q"]) == ("避難所の新着", "daily", "避難所")
    assert act("hanako", "update", id=made["id"], frequency="never")["due"] is None
    with pytest.raises(tk.ValidationError):
        act("hanako", "update", id=made["id"], name=" ")
    act("hanako", "delete", id=made["id"])
    assert act("hanako", "list")["count"] == 0


def test_deleted_account_leaves_no_searches(act: Act):
    made = act("hanako", "create", q="避難所")
    tk.get_action("user_delete")({"user": "boss"}, {"id": "hanako"})
    assert SavedSearch.get(made["id"]) is None
