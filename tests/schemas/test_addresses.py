"""Portable addresses on their way out and into the index."""

from __future__ import annotations

import json

import pytest
from ckanext.orden.schemas.addresses import absolute_everywhere, portable_json

SITE = "https://data.example.jp"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("site:/sample/a.csv", f"{SITE}/sample/a.csv"),
        ("https://example.org/", "https://example.org/"),
        ("see site:/a", "see site:/a"),
        (["site:/a", 1, None], [f"{SITE}/a", 1, None]),
        ({"resources": [{"url": "site:/a"}]}, {"resources": [{"url": f"{SITE}/a"}]}),
        ('[{"url": "site:/a"}]', f'[{{"url": "{SITE}/a"}}]'),
        ('{"url": "https://example.org"}', '{"url": "https://example.org"}'),
    ],
)
def test_every_depth_is_shown_absolute(stored: object, shown: object) -> None:
    assert absolute_everywhere(stored, SITE) == shown


def test_what_goes_in_is_not_changed() -> None:
    stored = {"resources": [{"url": "site:/a"}]}
    absolute_everywhere(stored, SITE)
    assert stored == {"resources": [{"url": "site:/a"}]}


def test_index_and_answer_are_inverse() -> None:
    dataset = {
        "notes": f"{SITE}/ で公開",
        "url": f"{SITE}/dataset/1",
        "extras": [{"key": "contact", "value": json.dumps([{"url": f"{SITE}/contact"}])}],
        "other": "https://example.org/?u=https://data.example.jp/",
    }
    indexed = portable_json(json.dumps(dataset), SITE)
    assert SITE not in indexed.replace("?u=" + SITE, "")
    assert absolute_everywhere(json.loads(indexed), SITE) == dataset
    moved = absolute_everywhere(json.loads(indexed), "http://localhost:5001")
    assert moved["url"] == "http://localhost:5001/dataset/1"
