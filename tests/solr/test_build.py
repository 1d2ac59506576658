"""The configset: CKAN's own schema with Japanese added, written without a running Solr."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest
from ckanext.orden.solr import build, eras

JAPANESE_TYPES = {"text", "text_general", "text_ngram"}
SORTED_BY_READING = "title_string"


@pytest.fixture(scope="module")
def configset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("solr")
    build.write(directory)
    return directory


@pytest.fixture(scope="module")
def built(configset: Path) -> ET.Element:
    return ET.parse(configset / "schema.xml").getroot()  # noqa: S314 (files of our own and of CKAN)


@pytest.fixture(scope="module")
def stock() -> ET.Element:
    return ET.parse(build.stock_schema()).getroot()  # noqa: S314 (files of our own and of CKAN)


def entries(schema: ET.Element, path: str) -> dict[str, ET.Element]:
    return {entry.attrib["name"]: entry for entry in schema.findall(path)}


def canonical(entry: ET.Element) -> str:
    return ET.canonicalize(ET.tostring(entry), strip_text=True)


def copies(schema: ET.Element) -> Counter[tuple[str, str]]:
    return Counter((copy.attrib["source"], copy.attrib["dest"]) for copy in schema.findall("copyField"))


@pytest.mark.parametrize("path", ["fields/field", "fields/dynamicField"])
def test_every_field_of_ckan_stays_as_it_is(stock: ET.Element, built: ET.Element, path: str) -> None:
    theirs, ours = entries(stock, path), entries(built, path)
    assert theirs
    for name, field in theirs.items():
        expected = {**field.attrib, "type": "sort_ja"} if name == SORTED_BY_READING else field.attrib
        assert ours[name].attrib == expected


def test_every_type_of_ckan_stays_and_only_text_is_read_otherwise(stock: ET.Element, built: ET.Element) -> None:
    for tag in ("types/fieldType", "types/fieldtype"):
        theirs, ours = entries(stock, tag), entries(built, tag)
        assert theirs.keys() <= ours.keys()
        changed = {name for name in theirs if canonical(theirs[name]) != canonical(ours[name])}
        assert changed <= JAPANESE_TYPES
        assert all(theirs[name].attrib == ours[name].attrib for name in changed)


def test_every_copy_of_ckan_stays_and_none_is_doubled(stock: ET.Element, built: ET.Element) -> None:
    assert copies(stock) <= copies(built)
    assert set(copies(built).values()) == {1}


def test_name_version_and_key_of_ckan_stay(stock: ET.Element, built: ET.Element) -> None:
    assert built.attrib == stock.attrib
    assert [key.text for key in built.findall("uniqueKey")] == ["index_id"]


def test_no_name_is_declared_twice(built: ET.Element) -> None:
    for path in ("types/*", "fields/*"):
        names = [entry.attrib["name"] for entry in built.findall(path)]
        assert len(names) == len(set(names))


def test_every_type_and_copied_field_is_declared(built: ET.Element) -> None:
    types = entries(built, "types/*")
    fields = entries(built, "fields/*")
    assert {field.attrib["type"] for field in fields.values()} <= types.keys()
    assert {name for pair in copies(built) for name in pair} <= fields.keys()


def test_every_file_that_the_schema_names_is_written(configset: Path, built: ET.Element) -> None:
    named = {
        entry.attrib[attribute]
        for entry in built.iter()
        for attribute in ("mapping", "synonyms", "words", "userDictionary", "protected", "tags")
        if attribute in entry.attrib
    }
    assert named == {f"lang/{path.name}" for path in (configset / "lang").iterdir()}


def test_writing_twice_gives_the_same_files(configset: Path, tmp_path: Path) -> None:
    build.write(tmp_path)
    build.write(tmp_path)
    first, second = (
        {path.relative_to(directory): path.read_bytes() for path in directory.rglob("*") if path.is_file()}
        for directory in (configset, tmp_path)
    )
    assert first == second


def test_a_schema_of_another_form_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "schema.xml"
    other.write_text("<schema name='ckan-3'><fieldType name='text'/></schema>")
    with pytest.raises(ValueError, match="no <types>"):
        build.schema(other)


def test_no_rule_of_a_mapping_contradicts_another() -> None:
    for name, rules in build.mappings().items():
        targets: dict[str, str] = {}
        for old, new in rules:
            assert old != new, name
            assert targets.setdefault(old, new) == new, name


def test_a_word_of_the_user_dictionary_is_spelt_as_the_character_maps_leave_it() -> None:
    variants = dict(build.mappings()["variants"])
    lines = (build.TEXTS / "userdict.txt").read_text(encoding="utf-8").splitlines()
    for line in (line for line in lines if not line.startswith("#")):
        surface, segmentation, reading, _ = line.split(",")
        assert not [old for old in variants if old in surface], line
        assert segmentation.replace(" ", "") == surface
        assert len(segmentation.split()) == len(reading.split())


@pytest.mark.parametrize(
    ("spelling", "year"),
    [
        ("令和元年", "2019年"),
        ("令和06年", "2024年"),
        ("令和六年", "2024年"),
        ("r6年度", "2024年度"),
        ("平成三十一年", "2019年"),
        ("h30年度", "2018年度"),
        ("昭和64年", "1989年"),
        ("大正元年", "1912年"),
        ("明治45年", "1912年"),
        ("平成三〇年", "2018年"),
        ("二〇二四年", "2024年"),
        ("reiwa 6", "2024年"),
        ("heisei30", "2018年"),
    ],
)
def test_a_year_of_an_era_is_a_western_year(spelling: str, year: str) -> None:
    assert dict(build.mappings()["years"])[spelling] == year


def test_a_letter_and_a_number_alone_are_no_year() -> None:
    assert not [
        old for old, _ in build.mappings()["years"] if re.match(r"[a-z][0-9]", old) and not old.endswith("年度")
    ]
    assert "showa 3" not in dict(build.mappings()["years"])


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (64, "六十四")])
def test_a_number_is_written_in_kanji(number: int, text: str) -> None:
    assert eras.kanji(number) == text
