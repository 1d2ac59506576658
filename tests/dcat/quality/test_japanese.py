"""What is asked of a dataset in Japan, and what cannot be asked of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from ckanext.orden.dcat.quality.japanese import japanese

TODAY = date(2026, 11, 29)
EU = "http://publications.europa.eu/resource/authority/frequency/"


def kept(frequency: str, modified: str) -> bool | None:
    return japanese({"frequency": EU + frequency, "modified": modified}, TODAY)["ja.updates"]


@pytest.mark.parametrize(
    ("frequency", "modified", "verdict"),
    [
        ("ANNUAL", "2026-04-01", True),
        ("ANNUAL", "2025-06-01", True),
        ("ANNUAL", "2025-04-01", False),
        ("ANNUAL", "2025", True),
        ("ANNUAL", "2024-05", False),
        ("MONTHLY", "2026-11-01T09:00:00+09:00", True),
        ("MONTHLY", "2026-08-01", False),
        ("DAILY", "2026-11-20", False),
        ("DAILY", "2026-11-24", True),
        ("IRREG", "2010-01-01", None),
        ("NEVER", "2010-01-01", None),
        ("ANNUAL", "", False),
        ("ANNUAL", "去年", False),
    ],
)
def test_updates_are_measured_by_what_was_promised(frequency: str, modified: str, verdict: bool | None):
    assert kept(frequency, modified) is verdict


def test_without_a_promise_none_is_broken():
    assert japanese({"modified": "2001-01-01"}, TODAY)["ja.updates"] is None


@pytest.mark.parametrize(
    ("tables", "verdict"),
    [
        ({}, None),
        ({"r": {"standard": "", "conforms": False}}, None),
        ({"r": {"standard": "std-v3/01", "conforms": True}}, True),
        ({"r": {"standard": "std-v3/01", "conforms": False}}, False),
        ({"r": {"standard": "std-v3/01", "conforms": False}, "s": {"standard": "std-v3/01", "conforms": True}}, True),
    ],
)
def test_only_standard_datasets_can_follow_a_standard(tables: dict[str, Any], verdict: bool | None):
    assert japanese({"orden_tables": tables}, TODAY)["ja.standard"] is verdict


@pytest.mark.parametrize(("kana", "verdict"), [([], None), ([True], True), ([True, False], False)])
def test_readings_are_asked_of_files_that_have_a_column_for_them(kana: list[bool], verdict: bool | None):
    assert japanese({}, TODAY, kana)["ja.kana"] is verdict


def test_the_rest_is_asked_of_everybody():
    nothing = japanese({}, TODAY)
    assert [nothing[f"ja.{name}"] for name in ("municipality", "personal", "contact")] == [False, False, False]
    dataset = {
        "orden_municipality": "272035",
        "privacy_policy_contains_personal_data": "非個人情報",
        "contact": [{"name": "防災課", "email": "bosai@city.example.jp"}],
    }
    found = japanese(dataset, TODAY)
    assert [found[f"ja.{name}"] for name in ("municipality", "personal", "contact")] == [True, True, True]
    assert japanese({"contact": [{"name": "防災課"}]}, TODAY)["ja.contact"] is False
    assert japanese({"orden_contact_phone": "06-0000-0000"}, TODAY)["ja.contact"] is True
