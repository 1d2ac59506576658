"""The terms by which suggestions find values."""

from __future__ import annotations

import pytest
from ckanext.orden.search.suggesting import values

DOCUMENT = {
    "organization": "naniwa",
    "organization_title": "なにわ研究所",
    "vocab_orden_municipality": ["272035"],
    "vocab_orden_theme": ["http://publications.europa.eu/resource/authority/data-theme/EDUC"],
    "tags": ["ＡＥＤ", "ひなん所"],
}


def terms(field: str, kind: str) -> set[tuple[str, str]]:
    found = values.indexed(DOCUMENT)[field]
    return {values.unpacked(term) for term in found if term.startswith(values.MARKS[kind])}


def test_each_value_stands_under_each_of_its_names() -> None:
    assert terms(values.WRITTEN, "organization") == {("なにわ研究所", "naniwa")}
    assert terms(values.WRITTEN, "place") == {(name, "272035") for name in ("豊中市", "大阪府豊中市", "toyonaka")}
    assert terms(values.READ, "place") == {("トヨナカシ", "272035")}
    themes = {name for name, _ in terms(values.WRITTEN, "theme")}
    assert {"教育・文化・すぽーつ・生活", "education, culture and sport"} <= themes


def test_width_case_and_kana_are_one_and_the_value_stays_as_it_is() -> None:
    assert terms(values.WRITTEN, "tag") == {("aed", "ＡＥＤ"), ("ひなん所", "ひなん所")}
    assert values.written("ＡＥＤ ヒナン所") == "aed ひなん所"


@pytest.mark.parametrize("value", ["a", "防災 情報", "🙂", "{!knn}", "x\ue0e9y"])
def test_a_packed_value_comes_back(value: str) -> None:
    assert values.unpacked(values.MARKS["tag"] + "name" + values.packed(value)) == ("name", value)


def test_a_name_cannot_pretend_to_be_another_value() -> None:
    [term] = values.indexed({"tags": ["a" + values.packed("b")]})[values.WRITTEN]
    assert values.unpacked(term) == ("a", "a" + values.packed("b"))


def test_unknown_codes_are_their_own_names_and_nothing_is_nothing() -> None:
    document = {"vocab_orden_municipality": ["999999"], "vocab_orden_theme": ["https://example.jp/theme"]}
    names = {values.unpacked(term)[0] for term in values.indexed(document)[values.WRITTEN]}
    assert names == {"999999", "https://example.jp/theme"}
    assert values.indexed({})[values.READ] == []
