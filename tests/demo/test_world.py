"""The demo world's figures, texts and codes."""

import json
from collections import Counter
from pathlib import Path

import pytest

from demo import content
from demo.plan import EXPECTED, SAKAI, TOYONAKA
from demo.world import UPLOADED, world

PRIVATE_KINDS = 15
ODPO_PUBLIC_KINDS = {
    "care_service",
    "cultural_property",
    "public_wireless_lan",
    "public_toilet",
    "preschool",
    "nursery",
    "baby_station",
    "barrier_free_toilet",
    "crime",
    "pollen",
    "air_quality",
    "waterside",
    "prefectural_park",
    "event",
    "open_data_list",
}
SHELTERS = {
    "evacuation_space",
    "evacuation_shelter",
    "welfare_shelter",
    "evacuation_area",
    "shelter_status",
    "shelter_stock",
}


def check_digit(code: str) -> int:
    """The sixth digit of a 全国地方公共団体コード."""
    total = sum(int(digit) * weight for digit, weight in zip(code[:5], (6, 5, 4, 3, 2), strict=True))
    return (11 - total % 11) % 10


def test_the_world_has_the_figures_of_february_2025():
    found = world()
    assert len(found.organizations) == EXPECTED["organizations"]
    assert len(found.datasets) == EXPECTED["datasets"]
    assert sum(1 for _ in found.files()) == EXPECTED["resources"]


@pytest.mark.parametrize("source", EXPECTED["sources"])
def test_each_source_has_its_share(source):
    datasets = world().of(source)
    expected = EXPECTED["sources"][source]
    assert len({dataset.organization.name for dataset in datasets}) == expected["organizations"]
    assert len(datasets) == expected["datasets"]
    assert sum(len(dataset.resources) for dataset in datasets) == expected["resources"]


def test_names_and_paths_are_unique():
    found = world()
    assert len({dataset.name for dataset in found.datasets}) == EXPECTED["datasets"]
    assert len({resource.path for _, resource in found.files()}) == EXPECTED["resources"]
    assert len({(dataset.organization.name, dataset.title) for dataset in found.datasets}) == EXPECTED["datasets"]


@pytest.mark.parametrize("code", content.places())
def test_a_code_has_the_right_check_digit(code):
    assert len(code) == 6
    assert int(code[5]) == check_digit(code)


def test_osaka_has_its_43_municipalities():
    municipalities = [place for place in content.places().values() if place.tier != "prefecture"]
    assert len(municipalities) == 43
    assert {place.prefecture for place in municipalities} == {"大阪府"}


def test_every_municipality_has_a_handful_of_kinds():
    kinds = Counter(dataset.organization.name for dataset in world().datasets if dataset.organization.tier)
    assert min(kinds.values()) >= 7


def test_odpo_kinds_are_all_there():
    public = {dataset.kind.name for dataset in world().datasets if dataset.organization.name == "270008"}
    private = {dataset.kind.name for dataset in world().of("companies")}
    assert public >= ODPO_PUBLIC_KINDS
    assert len(private) == PRIVATE_KINDS


def test_keywords_are_as_long_as_ckan_asks():
    assert {tag for dataset in world().datasets for tag in dataset.tags if not 2 <= len(tag) <= 100} == set()


def test_two_files_are_uploaded():
    uploaded = {dataset.name for dataset, resource in world().files() if resource.upload}
    assert uploaded == UPLOADED


def test_texts_are_filled_in():
    for dataset in world().datasets:
        assert "{" not in dataset.title + dataset.notes
        assert dataset.issued < dataset.modified <= "2025-02-20"


def test_expected_search_names_datasets_of_the_asked_kind():
    expected = json.loads((Path(content.__file__).parent / "expected_search.json").read_text(encoding="utf-8"))
    by_name = {dataset.name: dataset for dataset in world().datasets}
    kinds = {"避難所": SHELTERS, "ひなんじょ": SHELTERS, "豊中市 避難所": SHELTERS, "ＡＥＤ": {"aed"}}
    assert set(expected) == set(kinds)
    for query, wanted in expected.items():
        assert len(wanted["datasets"]) >= wanted["top"]
        assert {by_name[name].kind.name for name in wanted["datasets"]} <= kinds[query]
    assert {by_name[name].organization.code for name in expected["豊中市 避難所"]["datasets"]} == {TOYONAKA}


def test_lists_hold_no_api():
    formats = {
        resource.format for dataset, resource in world().files() if dataset.organization.code in (TOYONAKA, SAKAI)
    }
    assert "NGSI" not in formats
