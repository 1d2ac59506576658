"""What a dataset lacks and how fresh it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from ckanext.orden.metadata.upkeep import current_until, lacking, updated_on

FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/"
CSV = {"format": "CSV", "url": "https://example.jp/a.csv"}
WHOLE = {"title": "避難所", "notes": "一覧です。", "license_id": "CC-BY-4.0", "resources": [CSV]}
TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({}, []),
        ({"notes": ""}, ["description"]),
        ({"license_id": ""}, ["required", "licence"]),
        ({"license_id": "", "orden_license_text": "市の規約による"}, ["licence"]),
        ({"resources": [{"format": "PDF", "url": "https://example.jp/a.pdf"}]}, ["machine_readable"]),
        ({"resources": [{"format": "HTML", "url": "https://example.jp/", "orden_api": "yes"}]}, []),
        ({"resources": [{"format": "PDF", "url": "https://example.jp/a.pdf"}, CSV]}, []),
        ({"resources": []}, []),
    ],
)
def test_what_a_dataset_lacks(change: dict[str, Any], lacks: list[str]) -> None:
    assert lacking({**WHOLE, **change}) == lacks


@pytest.mark.parametrize(
    ("frequency", "modified", "until"),
    [
        ("WEEKLY", "2026-11-01", date(2026, 11, 18)),
        ("WEEKLY", "2026-10", date(2026, 11, 17)),
        ("IRREG", "2026-11-01", None),
        ("", "2026-11-01", None),
        ("WEEKLY", "", date.min),
        ("TRIDECENNIAL", "9999-01-01", date.min),
    ],
)
def test_how_long_data_is_as_fresh_as_promised(frequency: str, modified: str, until: date | None) -> None:
    assert current_until({"frequency": FREQUENCY + frequency if frequency else "", "modified": modified}) == until


@pytest.mark.parametrize(
    ("modified", "updated"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("2026-11", date(2026, 11, 1)),
        ("2026-12-02", date(2026, 12, 2)),
        ("2206-11-20", TODAY),
        ("いつか", TODAY),
        ("", TODAY),
    ],
)
def test_when_data_was_updated(modified: str, updated: date) -> None:
    assert updated_on({"modified": modified}, TODAY) == updated
