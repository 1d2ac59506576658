import re

import pytest
from ckanext.orden.metadata.names import dataset_name, file_name, romaji, slug
from ckanext.orden.metadata.vocabularies import municipalities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ひなんじょ", "hinanjo"),
        ("きっぷ", "kippu"),
        ("マッチ", "matchi"),
        ("シャツ", "shatsu"),
        ("データ", "deta"),
        ("ちょうりし", "chourishi"),
        ("避難所AED", "避難所AED"),
    ],
)
def test_kana_become_romaji(text: str, expected: str):
    assert romaji(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("272035 ＡＥＤ", "272035-aed"), ("避難所", ""), ("a__b--c", "a__b-c"), ("", "")]
)
def test_slug_is_ascii(text: str, expected: str):
    assert slug(text) == expected


@pytest.mark.parametrize("prefix", ["272035-evacuation", "避難所一覧", "x" * 300, "-_-", "Ａ B", "\ud800"])
def test_name_is_valid_for_ckan_and_stable(prefix: str):
    name = dataset_name(prefix, "urn:orden:list:272035:1")
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]{1,99}", name)
    assert name == dataset_name(prefix, "urn:orden:list:272035:1")
    assert name != dataset_name(prefix, "urn:orden:list:272035:2")


def test_many_datasets_of_one_title_have_distinct_names():
    names = {dataset_name("272035-避難所一覧", f"urn:orden:list:272035:{number}") for number in range(1500)}
    assert len(names) == 1500


def test_lists_of_shelters_of_all_municipalities_of_osaka_have_names_of_their_own():
    """1,500 datasets called 避難所一覧 by 43 municipalities: distinct, stable, and with the code of their body."""
    towns = [place for place in municipalities() if place.prefecture == "大阪府"]
    assert len(towns) == 43
    owners = [towns[number % 43] for number in range(1500)]
    named = [
        (owner.code, dataset_name(f"{owner.code}-避難所一覧", f"urn:orden:list:{owner.code}:{number}"))
        for number, owner in enumerate(owners)
    ]
    names = [name for _, name in named]
    assert len(set(names)) == 1500
    assert all(name.startswith(f"{code}-") and re.fullmatch(r"[a-z0-9-]{2,100}", name) for code, name in named)
    assert dataset_name("272035-避難所一覧", "urn:orden:list:272035:2") == "272035-9289573afba9"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("park.csv", "park.csv"),
        ("Park List.v2.CSV", "Park List.v2.CSV"),
        ("公園一覧.csv", "toyonaka-1.csv"),
        ("トイレ2026.XLSX", "toire2026.xlsx"),
        ("公園", "toyonaka-1"),
        ("公園.ｃｓｖ", "toyonaka-1.csv"),
    ],
)
def test_file_with_a_japanese_name_keeps_its_ending(name: str, kept: str):
    assert file_name(name, "toyonaka-1") == kept
