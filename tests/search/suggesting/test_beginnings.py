"""What has been typed so far, as patterns."""

from __future__ import annotations

import re

import pytest
from ckanext.orden.search.suggesting import beginnings


@pytest.mark.parametrize(("text", "line"), [(None, ""), (["x"], ""), ("  a \n b ", "a b"), ("あ" * 99, "あ" * 50)])
def test_what_is_typed_becomes_one_bounded_line(text: object, line: str) -> None:
    assert beginnings.cleaned(text) == line


@pytest.mark.parametrize("text", ["{!knn}x", "_query_:x", "x\ue100"])
def test_signs_that_are_refused_are_left_out(text: str) -> None:
    assert not re.search("[{}:\ue000-\uf8ff]", beginnings.cleaned(text))


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("ひなん", "hinan jo"),
        ("ひなんj", "hinan jo"),
        ("ひなんじ", "hinan jo"),
        ("ヒナンジョ", "hinan jo"),
        ("ﾋﾅﾝ", "hinan jo"),
        ("hinanj", "hinan jo"),
        ("ＨＩＮＡＮ", "hinan jo"),
        ("hinannjo", "hinan jo"),
        ("hinanzyo", "hinan jo"),
        ("ひ", "hyojiban"),
        ("し", "shogakko"),
        ("syougakkou", "shogakko"),
        ("shougak", "shogakko"),
        ("がっこ", "gakko"),
        ("osaka", "oosaka shi"),
        ("ohsaka", "oosaka shi"),
        ("おおさかし", "oosaka shi"),
        ("sinbun", "shinbun"),
        ("shimbun", "shinbun"),
        ("しんぶん", "shinbun"),
        ("huku", "fukushi"),
        ("tizu", "chizu"),
        ("tuukin", "tsukin"),
        ("かんない", "kan nai"),
        ("けんえい", "kenei"),
        ("コーヒー", "kohi"),
        ("time", "time table"),
    ],
)
def test_a_beginning_meets_its_reading(text: str, reading: str) -> None:
    assert re.match(beginnings.as_read(text), reading)


@pytest.mark.parametrize(
    ("text", "reading"), [("ひなんj", "hinan basho"), ("ひ", "hana"), ("hinanj", "hina matsuri"), ("ち", "tosho")]
)
def test_another_reading_is_not_met(text: str, reading: str) -> None:
    assert not re.match(beginnings.as_read(text), reading)


@pytest.mark.parametrize("text", ["避難", "避なん", "*", ".*", "a|b", "🙂", "한국"])
def test_what_has_no_certain_reading_has_no_pattern(text: str) -> None:
    assert beginnings.as_read(text) == ""


def test_signs_of_patterns_are_themselves() -> None:
    assert re.fullmatch(beginnings.as_written("A.*(b)"), "a.*(b)")
    assert not re.fullmatch(beginnings.as_written(".*"), "xx")
