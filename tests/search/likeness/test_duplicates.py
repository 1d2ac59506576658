"""Which datasets may be one: evidence, what speaks against it, and bounds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from ckanext.orden.search.encoders import Vectors
from ckanext.orden.search.likeness.candidates import candidate
from ckanext.orden.search.likeness.duplicates import Pair, pairs

SITE = "https://odpo.example.jp"
FILE = "https://www.city.toyonaka.example.jp/aed.csv"


def dataset(number: int, title: str, organization: str = "豊中市", **values: Any) -> dict[str, Any]:
    owner = {"title": organization}
    return {"id": f"{number:05}", "name": f"d{number}", "title": title, "owner_org": organization} | {
        "organization": owner,
        **values,
    }


def files(*urls: str) -> list[dict[str, str]]:
    return [{"url": url} for url in urls]


def found(*datasets: dict[str, Any], vectors: Vectors | None = None, same: float = 0.9) -> list[Pair]:
    return pairs([candidate(values, SITE) for values in datasets], vectors, same)


def reasons(*datasets: dict[str, Any]) -> list[tuple[str, ...]]:
    return [pair.reasons for pair in found(*datasets)]


def test_one_file_in_two_catalogues_is_one_dataset() -> None:
    one = dataset(1, "AED設置箇所一覧", resources=files(FILE))
    other = dataset(2, "豊中市のAED", "大阪府", resources=files("http://www.CITY.toyonaka.example.jp/aed.csv#top"))
    [pair] = found(one, other)
    assert (pair.one, pair.other, pair.reasons, pair.apart, pair.near) == ("00001", "00002", ("file",), True, None)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"identifier": "urn:toyonaka:aed"}, "identifier"),
        ({"extras": [{"key": "identifier", "value": "urn:toyonaka:aed"}]}, "identifier"),
        ({"url": "https://www.city.toyonaka.example.jp/aed/"}, "page"),
    ],
)
def test_identifiers_and_pages_are_evidence(values: dict[str, Any], reason: str) -> None:
    [told] = reasons(dataset(1, "AED設置箇所", **values), dataset(2, "AED設置箇所", "大阪府", **values))
    assert reason in told


@pytest.mark.parametrize(
    ("one", "other"),
    [("人口 令和5年度", "人口 令和6年度"), ("豊中市の公園", "吹田市の公園"), ("北区の公園", "西区の公園")],
)
def test_other_years_and_places_are_other_datasets_even_in_one_file(one: str, other: str) -> None:
    assert reasons(dataset(1, one, resources=files(FILE)), dataset(2, other, resources=files(FILE))) == []


@pytest.mark.parametrize("url", ["https://www.city.toyonaka.example.jp/", "", "not an address", "https://[broken"])
def test_a_whole_site_is_no_file(url: str) -> None:
    assert reasons(dataset(1, "公園", resources=files(url)), dataset(2, "人口", resources=files(url))) == []


def test_what_many_share_tells_nothing() -> None:
    assert reasons(*(dataset(number, f"表{number}の{'甲乙丙丁戊己'[number]}") for number in range(6))) == []
    same_file = (dataset(number, "甲乙丙丁戊己"[number], resources=files(FILE)) for number in range(6))
    assert reasons(*same_file) == []
    assert reasons(*(dataset(number, "会議録") for number in range(6))) == []


def test_one_title_for_one_place_is_one_dataset() -> None:
    own = dataset(1, "指定避難所一覧", "豊中市")
    assert reasons(own, dataset(2, "豊中市 指定避難所一覧", "大阪府")) == [("title",)]
    assert reasons(own, dataset(2, "指定避難所一覧", "大阪府", orden_municipality="272035")) == [("title",)]
    assert reasons(own, dataset(2, "指定避難所一覧", "吹田市")) == []
    assert reasons(own, dataset(2, "指定避難所一覧", "大阪府")) == []
    assert reasons(own, dataset(2, "豊中市 指定避難所一覧 令和5年", "大阪府")) == []


def test_meaning_counts_between_sources_of_one_place_and_year() -> None:
    vectors = np.full((4, 2), np.sqrt(0.5), dtype=np.float32)
    own = dataset(1, "避難する場所")
    others = (
        dataset(2, "豊中市の避難所", "大阪府"),
        dataset(3, "避難の場所", harvest_source_title="別の取得元"),
        dataset(4, "避難所", "吹田市"),
    )
    told = [(pair.one, pair.other) for pair in found(own, *others, vectors=vectors)]
    assert sorted(told) == [("00001", "00002"), ("00001", "00003"), ("00002", "00003")]
    assert found(own, dataset(2, "施設"), vectors=vectors[:2]) == [], "of one source"


def test_those_far_in_meaning_are_not_one() -> None:
    vectors = np.eye(2, dtype=np.float32)
    assert found(dataset(1, "公園"), dataset(2, "豊中市の人口", "大阪府"), vectors=vectors) == []


def test_what_comes_from_elsewhere_stands_first() -> None:
    here = [dataset(1, "公園一覧"), dataset(2, "公園一覧")]
    there = [dataset(3, "人口"), dataset(4, "豊中市の人口", "大阪府")]
    assert [pair.apart for pair in found(*here, *there)] == [True, False]


def test_thousands_of_the_same_stay_few_pairs() -> None:
    datasets = [dataset(number, "見本", f"会社{number % 7}") for number in range(2500)]
    vectors = np.full((2500, 2), np.sqrt(0.5), dtype=np.float32)
    assert 0 < len(found(*datasets, vectors=vectors)) <= 2500 * 5
