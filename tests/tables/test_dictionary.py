"""The data dictionary: what columns mean by the standard, or by their provider's words in the DataStore."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckanext.orden.tables import dictionary

FIELDS = [
    {"id": "_id", "type": "int"},
    {"id": "名称", "type": "text", "info": {"label": "施設の名称", "notes": "正式名称で書く"}},
    {"id": "定員", "type": "int4", "info": {"label": "", "notes": ""}},
    {"id": "開設日", "type": "timestamp"},
]


def refuse(error: type[Exception]) -> Callable[..., Any]:
    def action(*_: Any) -> Any:
        raise error("")

    return action


@pytest.fixture()
def datastore(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Any]], None]:
    """A DataStore that answers as told."""

    def answers(action: Callable[..., Any]) -> None:
        monkeypatch.setattr(dictionary, "plugin_loaded", lambda name: name == "datastore")
        monkeypatch.setattr(tk, "get_action", {"datastore_info": action}.__getitem__)

    return answers


def test_columns_of_the_datastore_are_told_in_the_words_of_their_provider(datastore):
    datastore(lambda _, data: {"fields": FIELDS, "meta": {"id": data["id"]}})
    assert dictionary.of_datastore({"id": "a", "datastore_active": True}) == [
        {"name": "名称", "kind": "text", "meaning": "施設の名称 正式名称で書く"},
        {"name": "定員", "kind": "integer", "meaning": ""},
        {"name": "開設日", "kind": "date", "meaning": ""},
    ]


@pytest.mark.parametrize("error", [tk.ObjectNotFound, tk.NotAuthorized])
def test_a_table_that_is_gone_or_not_for_the_reader_has_no_dictionary(datastore, error):
    datastore(refuse(error))
    assert dictionary.of_datastore({"id": "a", "datastore_active": True}) == []


def test_a_file_outside_the_datastore_is_not_asked_for(datastore):
    datastore(refuse(AssertionError))
    assert dictionary.of_datastore({"id": "a", "datastore_active": False}) == []


def test_columns_of_a_standard_are_told_with_type_requirement_and_values():
    report = {
        "standard": "std-v3/13",
        "header": ["名称", "車椅子可", "市の列", ""],
        "columns": ["名称", "車椅子使用者用トイレ有無", "", ""],
    }
    name, wheelchair, own = dictionary.of_report(report)
    assert (name["standard"], name["kind"]) == ("名称", "text")
    assert name["requirement"]
    assert (wheelchair["name"], wheelchair["standard"]) == ("車椅子可", "車椅子使用者用トイレ有無")
    assert wheelchair["values"]
    assert own == {"name": "市の列", "standard": "", "kind": "", "meaning": "", "values": "", "requirement": ""}
