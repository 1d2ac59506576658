from typing import Any

import pytest
from ckanext.orden.metadata.hashing import fingerprint

DATASET: dict[str, Any] = {
    "title": "避難所一覧",
    "tags": [{"name": "防災"}, {"name": "避難"}],
    "language": ["JPN", "ENG"],
    "extras": [{"key": "b", "value": "2"}, {"key": "a", "value": "1"}],
    "contact": [{"name": "課", "email": "a@example.jp"}],
    "resources": [{"url": "https://example.jp/a.csv", "size": 1}, {"url": "https://example.jp/b.csv"}],
}


def test_order_without_meaning_does_not_count():
    other = {key: DATASET[key] for key in sorted(DATASET, reverse=True)}
    for name in ("tags", "language", "extras"):
        other[name] = DATASET[name][::-1]
    assert fingerprint(other) == fingerprint(DATASET)


def test_empty_field_equals_a_missing_one():
    assert fingerprint({**DATASET, "notes": "", "version": None, "theme": [], "creator": [{}]}) == fingerprint(DATASET)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "避難所一覧 "},
        {"tags": [{"name": "防災"}]},
        {"resources": DATASET["resources"][::-1]},
        {"resources": [{**DATASET["resources"][0], "size": 0}, DATASET["resources"][1]]},
        {"notes": "x"},
    ],
)
def test_each_change_of_content_counts(change: dict[str, Any]):
    assert fingerprint({**DATASET, **change}) != fingerprint(DATASET)


def test_fingerprint_is_the_same_in_every_run():
    assert fingerprint({"title": "避難所"}) == "13830e7be893989ea39b15dfd4e44f28ded9f02c0161598020d8b22d3fda9347"
