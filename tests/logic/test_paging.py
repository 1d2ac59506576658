"""The pages of a large answer: each dataset once, in one order, to page 50 and beyond."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action

MANY, PAGE = 1200, 20
TOPICS = ("公園", "避難所", "図書館")
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", "orden"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]


@pytest.fixture(autouse=True)
def catalogue(with_plugins: None, clean_db: None, clean_index: None) -> None:
    """As many datasets, written into the index alone; many are alike to the second."""
    make_connection().add(docs=[document(number) for number in range(MANY)], commit=True)


def document(number: int) -> dict[str, Any]:
    dataset = {"id": f"id-{number:04}", "name": f"name-{number:04}", "title": f"{TOPICS[number % 3]} その{number}"}
    shown = {"state": "active", "dataset_type": "dataset", "metadata_modified": f"2026-04-0{1 + number % 4}T00:00:00Z"}
    rights = {"capacity": "public", "permission_labels": ["public"], "entity_type": "package"}
    return {
        **dataset,
        **shown,
        **rights,
        "index_id": dataset["id"],
        "site_id": tk.config["ckan.site_id"],
        "organization": f"org-{number % 7}",
        "validated_data_dict": json.dumps(dataset),
    }


def page(start: int, **asked: Any) -> dict[str, Any]:
    return call_action("package_search", {"ignore_auth": False, "user": ""}, start=start, rows=PAGE, **asked)


def walked(count: int, **asked: Any) -> list[str]:
    pages = [page(start, **asked) for start in range(0, count, PAGE)]
    assert {answer["count"] for answer in pages} == {count}
    return [dataset["name"] for answer in pages for dataset in answer["results"]]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, MANY),
        ({"q": "*:*"}, MANY),
        ({"q": "*:*", "sort": "title_string asc"}, MANY),
        ({"q": "公園"}, MANY // 3),
        ({"q": "title:公園"}, MANY // 3),
        ({"fq": "organization:org-3"}, 171),
    ],
)
def test_each_dataset_stands_on_one_page(asked: dict[str, str], count: int) -> None:
    names = walked(count, **asked)
    assert len(set(names)) == count
    assert walked(count, **asked) == names


def test_page_50_is_a_page() -> None:
    answer = page(980, q="*:*", **{"facet.field": ["organization"]})
    assert len(answer["results"]) == PAGE
    assert sum(answer["facets"]["organization"].values()) == answer["count"] == MANY


def test_behind_the_last_page_is_nothing() -> None:
    answer = page(MANY, q="公園")
    assert (answer["count"], answer["results"]) == (MANY // 3, [])
